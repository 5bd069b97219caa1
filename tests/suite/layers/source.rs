//! Rust source as the checks see it: without comments, and with the inside of strings covered.

/// The code of a file. Lines keep their numbers.
///
/// Comments and docs become spaces. The characters inside a string or character literal become
/// `s`, so that a brace or a path in a string is not taken for code.
pub(super) fn code_of(text: &str) -> String {
    let mut cover = Cover {
        rest: text,
        code: String::with_capacity(text.len()),
    };
    while cover.step() {}
    cover.code
}

/// The code without the items marked `#[cfg(test)]`.
pub(super) fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        let (before, item) = rest.split_at(start);
        let (item, after) = item.split_at(MARK.len() + end_of_item(&item[MARK.len()..]));
        kept.push_str(before);
        kept.extend(item.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    kept + rest
}

/// How many bytes the item at the start of the code takes: to its semicolon, or to the brace that
/// closes its first one.
pub(super) fn end_of_item(code: &str) -> usize {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (place, c) in code.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' if braces <= 1 => return place + 1,
            '}' => braces -= 1,
            ';' if braces == 0 && brackets == 0 => return place + 1,
            _ => {}
        }
    }
    code.len()
}

/// Words, `::`, and all other characters one by one.
pub(super) fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Cover<'a> {
    rest: &'a str,
    code: String,
}

impl Cover<'_> {
    /// Takes the next piece; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        if self.rest.starts_with("//") {
            self.blank(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.blank(block_comment(self.rest));
        } else if let Some((open, length, close)) = raw_string(self.rest)
            && !self.code.ends_with(is_word)
        {
            self.literal(open, length, close);
        } else if first == '"' {
            self.literal(1, quoted(&self.rest[1..], '"'), 1);
        } else if let Some(length) = character(self.rest) {
            self.literal(1, length, 1);
        } else {
            self.keep(first.len_utf8());
        }
        true
    }

    fn keep(&mut self, length: usize) {
        let (piece, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.code.push_str(piece);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        self.replace(length, ' ');
    }

    /// Keeps the two ends of a literal and covers what is between them.
    fn literal(&mut self, open: usize, length: usize, close: usize) {
        self.keep(open);
        self.replace(length, 's');
        self.keep(close);
    }

    fn replace(&mut self, length: usize, with: char) {
        let (piece, rest) = self.rest.split_at(length);
        let covered = piece.chars().map(|c| if c == '\n' { c } else { with });
        self.code.extend(covered);
        self.rest = rest;
    }
}

/// The length of a block comment, those inside it included.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut place = 0;
    while place < text.len() {
        let rest = &text[place..];
        if rest.starts_with("/*") {
            depth += 1;
            place += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            place += 2;
            if depth == 0 {
                return place;
            }
        } else {
            place += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The lengths of the opening, the inside and the closing of a raw string at the start.
fn raw_string(text: &str) -> Option<(usize, usize, usize)> {
    let prefix = ["r", "br", "cr"]
        .into_iter()
        .find(|prefix| text.starts_with(prefix))?;
    let after = &text[prefix.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    let inside = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&close).unwrap_or(inside.len());
    Some((prefix.len() + hashes + 1, length, close.len()))
}

/// The length of the text before the closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return place,
            _ => {}
        }
    }
    text.len()
}

/// The length inside a character literal at the start; `None` for a lifetime and all else.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return Some(quoted(inside, '\''));
    }
    let length = first.len_utf8();
    inside[length..].starts_with('\'').then_some(length)
}

#[test]
fn comments_and_strings_are_covered() {
    assert_eq!(code_of("a // b\nc"), "a     \nc");
    assert_eq!(
        code_of("a /* b /* c */ d\n */ e"),
        "a               \n    e"
    );
    assert_eq!(code_of(r#"f("a{\"}//", 'x')"#), r#"f("sssssss", 's')"#);
    assert_eq!(code_of("r#\"a\"b{\"# }"), "r#\"ssss\"# }");
    assert_eq!(code_of("for\"x\""), "for\"s\"");
    assert_eq!(
        code_of("b'{' '\\'' '\\u{7b}' '\"'"),
        "b's' 'ss' 'ssssss' 's'"
    );
}

#[test]
fn lifetimes_and_names_are_kept() {
    let code = "fn f<'a>(x: &'a str, r#type: u8) -> &'static str { br }";
    assert_eq!(code_of(code), code);
}

#[test]
fn items_for_tests_are_left_out() {
    let code = "\
use a;
#[cfg(test)]
use b::{c};
fn f() {}
#[cfg(test)]
mod tests {
    fn g() { if x {} }
}
fn h() {}
#[cfg(test)]
mod more;
#[cfg(test)]
fn sized(x: [u8; 4]) {}
fn last() {}";
    let kept = without_tests(code);
    assert_eq!(kept.lines().count(), code.lines().count());
    let tokens = tokens(&kept);
    for word in ["b", "g", "tests", "more", "sized"] {
        assert!(!tokens.contains(&word), "{word}");
    }
    for word in ["a", "f", "h", "last"] {
        assert!(tokens.contains(&word), "{word}");
    }
}

#[test]
fn code_is_cut_into_tokens() {
    assert_eq!(
        tokens("use crate::{a, b_c::*};"),
        [
            "use", "crate", "::", "{", "a", ",", "b_c", "::", "*", "}", ";"
        ]
    );
}
