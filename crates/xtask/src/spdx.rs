//! Licence expressions: `OR`, `AND`, `WITH`, parentheses, and the old slash for `OR`.

use std::iter::Peekable;
use std::vec;

/// Whether the allowed licences are enough to satisfy the expression.
///
/// A licence with an exception (`Apache-2.0 WITH LLVM-exception`) is a licence of its own: it is
/// allowed only if the list names it in full.
///
/// # Errors
///
/// If the text is not a licence expression.
pub(crate) fn is_satisfied(expression: &str, allowed: &[&str]) -> Result<bool, String> {
    let mut reader = Reader {
        words: words(expression).into_iter().peekable(),
        allowed,
    };
    let satisfied = reader.any_of()?;
    match reader.words.next() {
        None => Ok(satisfied),
        Some(word) => Err(format!("unexpected {word}")),
    }
}

/// Names and operators; the parentheses and the slash stand alone.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Reader<'a> {
    words: Peekable<vec::IntoIter<String>>,
    allowed: &'a [&'a str],
}

impl Reader<'_> {
    /// `A OR B OR C`, the loosest binding.
    fn any_of(&mut self) -> Result<bool, String> {
        let mut satisfied = self.all_of()?;
        while self.takes("OR") {
            satisfied |= self.all_of()?;
        }
        Ok(satisfied)
    }

    /// `A AND B AND C`.
    fn all_of(&mut self) -> Result<bool, String> {
        let mut satisfied = self.one()?;
        while self.takes("AND") {
            satisfied &= self.one()?;
        }
        Ok(satisfied)
    }

    /// One licence, or an expression in parentheses.
    fn one(&mut self) -> Result<bool, String> {
        let word = self.name()?;
        if word == "(" {
            let satisfied = self.any_of()?;
            return if self.takes(")") {
                Ok(satisfied)
            } else {
                Err("a parenthesis is not closed".to_owned())
            };
        }
        let name = if self.takes("WITH") {
            format!("{word} WITH {}", self.name()?)
        } else {
            word
        };
        Ok(self.allowed.contains(&name.as_str()))
    }

    fn name(&mut self) -> Result<String, String> {
        match self.words.next() {
            None => Err("a licence is missing at the end".to_owned()),
            Some(word) if ["OR", "AND", "WITH", ")"].contains(&word.as_str()) => {
                Err(format!("a licence is missing before {word}"))
            }
            Some(word) => Ok(word),
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        self.words.next_if(|next| next == word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(expression: &str) -> bool {
        is_satisfied(expression, &["MIT", "Apache-2.0", "Unicode-3.0"]).unwrap()
    }

    #[test]
    fn one_allowed_licence_of_a_choice_is_enough() {
        assert!(allows("MIT"));
        assert!(!allows("MPL-2.0"));
        assert!(allows("MPL-2.0 OR MIT"));
        assert!(allows("Unlicense/MIT"));
        assert!(allows("GPL-3.0 / MIT"));
        assert!(!allows("GPL-3.0/MPL-2.0"));
    }

    #[test]
    fn all_licences_of_a_conjunction_are_needed() {
        assert!(allows("MIT AND Apache-2.0"));
        assert!(!allows("MIT AND OpenSSL"));
        assert!(allows("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!allows("(MIT OR Apache-2.0) AND OpenSSL"));
        // AND binds tighter than OR.
        assert!(allows("MIT OR Apache-2.0 AND OpenSSL"));
        assert!(!allows("(MIT OR Apache-2.0) AND OpenSSL"));
    }

    #[test]
    fn an_exception_makes_another_licence() {
        assert!(!allows("Apache-2.0 WITH LLVM-exception"));
        assert!(allows(
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"
        ));
        let with = ["Apache-2.0 WITH LLVM-exception"];
        assert!(is_satisfied(with[0], &with).unwrap());
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in [
            "",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT Apache-2.0",
            "MIT WITH",
            "()",
        ] {
            assert!(is_satisfied(text, &["MIT"]).is_err(), "{text}");
        }
    }
}
