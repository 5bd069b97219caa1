//! Cutting a stream of chunks into lines, in bounded memory.

use serde::{Deserialize, Serialize};

/// A line, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) bytes: &'a [u8],
    /// Its number in the source, from 1.
    pub(crate) number: u64,
    pub(crate) note: LineNote,
}

/// What is odd about a line as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineNote {
    None,
    /// It was longer than the limit; the rest was skipped.
    Cut,
    /// Its first half ended another source.
    Joined,
    /// The data ended before the line did.
    Unfinished,
}

/// Takes lines.
pub(crate) trait TakeLines {
    /// Takes the line with this number at the start of `bytes`, if its end can be
    /// found with it; tells how long it is with its end.
    fn take_quickly(&mut self, number: u64, bytes: &[u8]) -> Option<usize>;

    /// Takes any line.
    fn take(&mut self, line: Line<'_>);
}

/// Cuts chunks of any size into lines.
///
/// Invariant: `half` is at most `limit` bytes long.
///
/// A source may end in the middle of a line, because a file was rotated while the
/// line was written. Its half is kept until the first line of the next source shows
/// whether it is the other half.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lines {
    limit: usize,
    /// The start of a line that has not ended yet.
    half: Vec<u8>,
    /// The half line that ended the source before, until the first line of this one.
    tail: Vec<u8>,
    /// Whether the rest of the line is skipped, as it is too long.
    skipping: bool,
    /// Whether no line of this source has ended yet.
    at_start: bool,
    number: u64,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Lines {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            half: Vec::new(),
            tail: Vec::new(),
            skipping: false,
            at_start: true,
            number: 0,
        }
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self) -> bool {
        self.limit > 0 && self.half.len() <= self.limit && self.tail.len() <= self.limit
    }

    /// The half line that ends this source, for the next one.
    pub(crate) fn take_half(&mut self) -> Vec<u8> {
        self.skipping = false;
        std::mem::take(&mut self.half)
    }

    /// Gives a half line back that nobody else goes on with.
    pub(crate) fn set_half(&mut self, half: Vec<u8>) {
        self.half = half;
    }

    /// The half line that ended the source before this one, which has not begun.
    pub(crate) fn set_tail(&mut self, tail: Vec<u8>) {
        self.tail = tail;
    }

    /// Whether a half line can still be joined to the first line.
    pub(crate) fn takes_tail(&self) -> bool {
        self.at_start && self.tail.is_empty()
    }

    /// Another source begins: its lines are counted from 1, and a half line may go on.
    pub(crate) fn begin_source(&mut self, each: &mut impl TakeLines) {
        if !self.half.is_empty() {
            self.flush_tail(each);
            self.tail = std::mem::take(&mut self.half);
        }
        self.skipping = false;
        self.at_start = true;
        self.number = 0;
    }

    /// Takes the next bytes and hands over every line that ends in them.
    pub(crate) fn feed(&mut self, mut chunk: &[u8], each: &mut impl TakeLines) {
        // The rest of a line that began before, or the first line of the source.
        while self.at_start || self.skipping || !self.half.is_empty() {
            let Some(end) = memchr::memchr(b'\n', chunk) else {
                return self.keep(chunk);
            };
            self.keep(&chunk[..end]);
            self.hand_over(each);
            chunk = &chunk[end + 1..];
        }
        loop {
            self.number += 1;
            if let Some(length) = each.take_quickly(self.number, chunk) {
                chunk = &chunk[length..];
                continue;
            }
            let Some(end) = memchr::memchr(b'\n', chunk) else {
                self.number -= 1;
                return self.keep(chunk);
            };
            let (mut bytes, mut note) = (&chunk[..end], LineNote::None);
            if end > self.limit {
                (bytes, note) = (&bytes[..self.limit], LineNote::Cut);
            }
            self.emit(without_cr(bytes), note, each);
            chunk = &chunk[end + 1..];
        }
    }

    /// Keeps a piece of a line as far as the limit allows.
    fn keep(&mut self, piece: &[u8]) {
        let room = self.limit - self.half.len();
        self.skipping |= piece.len() > room;
        self.half.extend_from_slice(&piece[..piece.len().min(room)]);
    }

    /// Hands over the line that was kept in pieces.
    fn hand_over(&mut self, each: &mut impl TakeLines) {
        self.number += 1;
        let mut bytes = std::mem::take(&mut self.half);
        let note = if self.skipping {
            LineNote::Cut
        } else {
            LineNote::None
        };
        self.skipping = false;
        if self.at_start {
            self.first(&bytes, note, each);
        } else {
            self.emit(without_cr(&bytes), note, each);
        }
        bytes.clear();
        self.half = bytes;
    }

    /// The first line of a source: without the mark of its encoding, and perhaps
    /// the second half of a line.
    fn first(&mut self, bytes: &[u8], note: LineNote, each: &mut impl TakeLines) {
        self.at_start = false;
        let bytes = without_cr(bytes.strip_prefix(BOM).unwrap_or(bytes));
        if !self.tail.is_empty() && belongs_together(&self.tail, bytes) {
            let mut joined = std::mem::take(&mut self.tail);
            joined.extend_from_slice(bytes);
            return self.emit(&joined, LineNote::Joined, each);
        }
        self.flush_tail(each);
        self.emit(bytes, note, each);
    }

    fn emit(&self, bytes: &[u8], note: LineNote, each: &mut impl TakeLines) {
        each.take(Line {
            bytes,
            number: self.number,
            note,
        });
    }

    fn flush_tail(&mut self, each: &mut impl TakeLines) {
        let tail = std::mem::take(&mut self.tail);
        if !tail.is_empty() {
            self.emit(&tail, LineNote::Unfinished, each);
        }
    }

    /// The data is over: what is left is the last line.
    pub(crate) fn finish(&mut self, each: &mut impl TakeLines) {
        if self.half.is_empty() {
            self.flush_tail(each);
            return;
        }
        self.number += 1;
        let half = std::mem::take(&mut self.half);
        let note = if self.skipping {
            LineNote::Cut
        } else {
            LineNote::Unfinished
        };
        self.skipping = false;
        if self.at_start {
            self.first(&half, note, each);
        } else {
            self.emit(without_cr(&half), note, each);
        }
    }
}

/// Lines may end with CR and LF, as on Windows.
fn without_cr(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// Whether `tail` and `head` are halves of one line: `tail` is cut off and `head`
/// does not begin with a stamp, or `tail` does not even have the whole stamp.
fn belongs_together(tail: &[u8], head: &[u8]) -> bool {
    !tail.contains(&b'|') || !begins_like_a_line(head)
}

/// Whether the bytes begin with a stamp and at least four more fields.
fn begins_like_a_line(bytes: &[u8]) -> bool {
    leading_stamp(bytes).is_some() && memchr::memchr_iter(b'|', bytes).take(4).count() == 4
}

/// The stamp with which a line begins, in milliseconds since 1970. It has no point:
/// a call id, which has one, may stand in front of the rest of a line.
pub(crate) fn leading_stamp(bytes: &[u8]) -> Option<i64> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let end = bytes.iter().take(11).position(|&byte| byte == b'|')?;
    (end >= 9).then(|| super::split::whole_stamp_ms(&bytes[..end]))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Default)]
    struct Taken(Vec<(String, u64, LineNote)>);

    impl TakeLines for Taken {
        fn take_quickly(&mut self, number: u64, bytes: &[u8]) -> Option<usize> {
            let line = bytes.strip_prefix(b"quick\n")?;
            self.0.push(text("quick", number, LineNote::None));
            Some(bytes.len() - line.len())
        }

        fn take(&mut self, line: Line<'_>) {
            let text = String::from_utf8_lossy(line.bytes).into_owned();
            self.0.push((text, line.number, line.note));
        }
    }

    fn cut(sources: &[&[&[u8]]], limit: usize) -> Vec<(String, u64, LineNote)> {
        let mut lines = Lines::new(limit);
        let mut taken = Taken::default();
        for source in sources {
            lines.begin_source(&mut taken);
            for chunk in *source {
                lines.feed(chunk, &mut taken);
            }
        }
        lines.finish(&mut taken);
        taken.0
    }

    fn text(text: &str, number: u64, note: LineNote) -> (String, u64, LineNote) {
        (text.to_owned(), number, note)
    }

    #[test]
    fn chunks_may_end_anywhere() {
        let expected = [
            text("one", 1, LineNote::None),
            text("", 2, LineNote::None),
            text("quick", 3, LineNote::None),
            text("two", 4, LineNote::Unfinished),
        ];
        let bytes = b"\xef\xbb\xbfone\r\n\nquick\ntwo";
        assert_eq!(cut(&[&[bytes]], 99), expected);
        let bytes: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(cut(&[&bytes], 99), expected);
    }

    #[test]
    fn long_lines_are_cut_and_the_rest_is_skipped() {
        let long = [b"x".repeat(50), b"\nshort\n".to_vec()].concat();
        let chunks: Vec<&[u8]> = long.chunks(7).collect();
        let expected = [
            text(&"x".repeat(10), 1, LineNote::Cut),
            text("short", 2, LineNote::None),
        ];
        assert_eq!(cut(&[&chunks], 10), expected);
        assert_eq!(cut(&[&[&long]], 10), expected);
    }

    #[test]
    fn torn_lines_are_joined() {
        let line = "1700000012|a.1|sales|Anna|CONNECT|12|b.1|4";
        for at in 1..line.len() {
            let (head, rest) = line.split_at(at);
            let rest = format!("{rest}\n");
            let out = cut(&[&[head.as_bytes()], &[rest.as_bytes()]], 999);
            assert_eq!(out, [text(line, 1, LineNote::Joined)], "{at}");
        }
    }

    #[test]
    fn whole_lines_are_not_joined() {
        let out = cut(
            &[
                &[b"1700000012|a|q|x|ABANDON|1|1"],
                &[b"1700000013|a|q|x|ABANDON|\n"],
            ],
            999,
        );
        assert_eq!(out.len(), 2);
        assert_eq!(out[0].2, LineNote::Unfinished);
    }

    proptest! {
        #[test]
        fn cutting_is_the_same_for_all_chunks(bytes in prop::collection::vec(prop::sample::select(b"ab|\r\n1".to_vec()), 0..200), size in 1_usize..20, limit in 1_usize..30) {
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(cut(&[&chunks], limit), cut(&[&[&bytes]], limit));
        }
    }
}
