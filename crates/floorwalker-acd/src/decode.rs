//! Bytes of a log as text: UTF-8 where they are, otherwise Latin-1.

use std::borrow::Cow;

/// The text of `bytes`. What is no UTF-8 is taken as Latin-1, in which every byte
/// is a letter, so the same bytes always give the same name and none is lost.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

/// A name that an identifier accepts: control characters become U+FFFD and what is
/// beyond `max` bytes is cut off. Tells whether something was changed.
pub(crate) fn name(bytes: &[u8], max: usize) -> (String, bool) {
    let given = text(bytes);
    let mut clean: String = given
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    while clean.len() > max {
        clean.pop();
    }
    let changed = clean != *given;
    (clean, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_1_is_read_where_utf_8_is_not() {
        assert_eq!(text("Nicolò".as_bytes()), "Nicolò");
        assert_eq!(text(b"Nicol\xf2"), "Nicolò");
    }

    #[test]
    fn names_are_made_acceptable() {
        assert_eq!(name(b"a\tb", 256), ("a\u{fffd}b".to_owned(), true));
        assert_eq!(name("è".repeat(200).as_bytes(), 256).0.len(), 256);
        assert_eq!(name(b"Anna", 256), ("Anna".to_owned(), false));
    }
}
