//! A small JSON reader, so that the task runner needs no dependency.

use std::str::Chars;

/// A JSON value. Numbers keep their text: no task calculates with one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads one value that fills the whole text.
    ///
    /// # Errors
    ///
    /// If the text is not JSON; the message says at which byte.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader {
            rest: text.chars(),
            length: text.len(),
        };
        let value = reader.value()?;
        reader.skip_space();
        match reader.rest.next() {
            None => Ok(value),
            Some(_) => reader.fail("the end"),
        }
    }

    /// The value under a key of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        let Self::Object(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub(crate) fn items(&self) -> Option<&[Json]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: Chars<'a>,
    length: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Json, String> {
        match self.peek() {
            Some('{') => Ok(Json::Object(self.list('{', '}', Self::entry)?)),
            Some('[') => Ok(Json::Array(self.list('[', ']', Self::value)?)),
            Some('"') => Ok(Json::Text(self.text()?)),
            _ => self.word(),
        }
    }

    /// Items between two brackets, with commas between them.
    fn list<T>(
        &mut self,
        open: char,
        close: char,
        item: fn(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        self.expect(open)?;
        let mut items = Vec::new();
        if self.takes(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.takes(close) {
                return Ok(items);
            }
            self.expect(',')?;
        }
    }

    fn entry(&mut self) -> Result<(String, Json), String> {
        let key = self.text()?;
        self.expect(':')?;
        Ok((key, self.value()?))
    }

    fn text(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escaped()?),
                Some(c) if c >= ' ' => text.push(c),
                _ => return self.fail("a text"),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        match self.rest.next() {
            Some(c @ ('"' | '\\' | '/')) => Ok(c),
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('r') => Ok('\r'),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('u') => self.unicode(),
            _ => self.fail("an escape"),
        }
    }

    /// Four hexadecimal digits, or two times four for a character beyond the first 65,536.
    fn unicode(&mut self) -> Result<char, String> {
        let mut code = self.four_digits()?;
        if (0xD800..0xDC00).contains(&code) {
            let low = match (self.rest.next(), self.rest.next()) {
                (Some('\\'), Some('u')) => self.four_digits()?,
                _ => return self.fail("the second half of a character"),
            };
            code = 0x10000 + ((code - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF);
        }
        char::from_u32(code).map_or_else(|| self.fail("a character"), Ok)
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let mut code = 0;
        for _ in 0..4 {
            match self.rest.next().and_then(|c| c.to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => return self.fail("four hexadecimal digits"),
            }
        }
        Ok(code)
    }

    /// `null`, `true`, `false` or a number.
    fn word(&mut self) -> Result<Json, String> {
        let text = self.rest.as_str();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let value = match word {
            "null" => Json::Null,
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit())
                && word.parse::<f64>().is_ok() =>
            {
                Json::Number(word.to_owned())
            }
            _ => return self.fail("a value"),
        };
        self.rest = rest.chars();
        Ok(value)
    }

    fn skip_space(&mut self) {
        let rest = self.rest.as_str();
        self.rest = rest.trim_start_matches([' ', '\n', '\r', '\t']).chars();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.rest.clone().next()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.rest.next();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.takes(wanted) {
            Ok(())
        } else {
            self.fail(&format!("'{wanted}'"))
        }
    }

    fn fail<T>(&self, wanted: &str) -> Result<T, String> {
        let place = self.length - self.rest.as_str().len();
        Err(format!("expected {wanted} before byte {place}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind() {
        let json = Json::parse(
            r#" {"name": "a \"quoted\" \u00e8 \ud83d\ude00", "list": [1, -2.5e3, true, false, null],
                 "empty": [{}, [], ""]} "#,
        )
        .unwrap();
        assert_eq!(
            json.get("name").and_then(Json::text),
            Some("a \"quoted\" è 😀")
        );
        let number = |text: &str| Json::Number(text.to_owned());
        assert_eq!(
            json.get("list").and_then(Json::items).unwrap(),
            [
                number("1"),
                number("-2.5e3"),
                Json::Bool(true),
                Json::Bool(false),
                Json::Null
            ]
        );
        assert_eq!(
            json.get("empty").and_then(Json::items).unwrap(),
            [
                Json::Object(vec![]),
                Json::Array(vec![]),
                Json::Text(String::new())
            ]
        );
        assert_eq!(json.get("absent"), None);
        assert_eq!(json.text(), None);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "[1 2]",
            "[1,]",
            "{\"a\"}",
            "nul",
            "inf",
            "\"open",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud83d\"",
            "\"\\udc00\"",
            "1 2",
            "{'a': 1}",
        ] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_error_says_where() {
        let error = Json::parse("[1, x]").unwrap_err();
        assert_eq!(error, "expected a value before byte 4");
    }
}
