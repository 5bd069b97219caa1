//! Text that is safe on a terminal, and text in ASCII.

/// How letters are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    ascii: bool,
}

impl Plain {
    pub(super) fn new(ascii: bool) -> Self {
        Self { ascii }
    }

    /// The text with every letter that steers the terminal, or that has no place in ASCII, replaced.
    pub(super) fn text(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for letter in text.chars() {
            if steers(letter) {
                out.extend(letter.escape_unicode());
            } else if self.ascii && !letter.is_ascii() {
                match likeness(letter) {
                    Some(like) => out.push_str(like),
                    None => out.extend(letter.escape_unicode()),
                }
            } else {
                out.push(letter);
            }
        }
        out
    }
}

/// Control characters, and those that turn the direction of writing.
fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What looks or reads like it in ASCII.
// flat table
fn likeness(letter: char) -> Option<&'static str> {
    Some(match letter {
        // Keeps a number and its unit together until the lines are broken.
        '\u{a0}' => "\u{a0}",
        '–' | '\u{2212}' => "-",
        '“' | '”' | '«' | '»' => "\"",
        '’' => "'",
        'à' => "a'",
        'è' | 'é' => "e'",
        'ì' => "i'",
        'ò' => "o'",
        'ù' => "u'",
        'À' => "A'",
        'È' | 'É' => "E'",
        'º' => "o",
        '✓' => "+",
        '≈' => "~",
        '✗' => "!",
        '·' => ".",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_the_terminal() {
        let text = Plain::new(false).text("a\u{1b}[31mb\u{202e}c è");
        assert_eq!(text, "a\\u{1b}[31mb\\u{202e}c è");
    }

    #[test]
    fn ascii_keeps_what_can_be_read() {
        let text = Plain::new(true).text("lunedì 80,0\u{a0}% – «città» 漢");
        assert_eq!(text, "lunedi' 80,0\u{a0}% - \"citta'\" \\u{6f22}");
    }
}
