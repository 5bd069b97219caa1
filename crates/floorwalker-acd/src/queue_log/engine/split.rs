//! One line as its parts: `epoch|callid|queue|agent|event|fields`.

use super::pipes::{MOST_PIPES, Pipes};

/// An event as its source wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawEvent<'a> {
    /// Milliseconds since 1970.
    pub(crate) at_ms: i64,
    pub(crate) callid: &'a [u8],
    pub(crate) queue: &'a [u8],
    pub(crate) agent: &'a [u8],
    pub(crate) event: &'a [u8],
    pub(crate) data: Data<'a>,
}

/// The fields of an event, joined by pipes, and where the first pipes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Data<'a> {
    pub(crate) bytes: &'a [u8],
    pipes: &'a [u32],
    /// What the places of pipes are counted from.
    offset: usize,
}

/// In front of the fields: stamp, call, queue, agent, event.
const HEAD: usize = 5;
/// No event has more fields; what is beyond stays in the last.
const MOST_FIELDS: usize = MOST_PIPES - HEAD + 1;

impl<'a> Data<'a> {
    /// Fields that are no part of a line.
    pub(crate) fn new(bytes: &'a [u8], pipes: &'a Pipes) -> Self {
        let pipes = pipes.as_slice();
        Self {
            bytes,
            pipes: &pipes[..pipes.len().min(MOST_FIELDS - 1)],
            offset: 0,
        }
    }

    /// Fields that were read already.
    pub(crate) fn unread(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            pipes: &[],
            offset: 0,
        }
    }

    /// How many fields there are.
    pub(crate) fn len(&self) -> usize {
        match self.bytes {
            [] => 0,
            _ => self.pipes.len() + 1,
        }
    }

    /// A field by its place; empty where there is none.
    pub(crate) fn field(&self, at: usize) -> &'a [u8] {
        let pipe = |at: usize| self.pipes.get(at).map(|&pipe| pipe as usize - self.offset);
        let start = match at.checked_sub(1) {
            None => 0,
            Some(before) => match pipe(before) {
                Some(pipe) => pipe + 1,
                None => return &[],
            },
        };
        let end = pipe(at).unwrap_or(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }
}

/// Stamps from 1970 to the end of 2099; others are damaged lines.
const MAX_STAMP_SECS: i64 = 4_102_444_799;

/// Takes a line apart at its pipes.
pub(crate) fn split<'a>(line: &'a [u8], pipes: &'a Pipes) -> Result<RawEvent<'a>, &'static str> {
    let pipes = pipes.as_slice();
    let &[a, b, c, d, ..] = pipes else {
        return Err("it has too few fields");
    };
    let [a, b, c, d] = [a, b, c, d].map(|pipe| pipe as usize);
    let at_ms = whole_stamp_ms(&line[..a]).ok_or("it does not begin with a stamp")?;
    let end = pipes.get(HEAD - 1).map_or(line.len(), |&e| e as usize);
    let event = &line[d + 1..end];
    if event.is_empty() {
        return Err("its event has no name");
    }
    let offset = end + 1;
    Ok(RawEvent {
        at_ms,
        callid: &line[a + 1..b],
        queue: &line[b + 1..c],
        agent: &line[c + 1..d],
        event,
        data: Data {
            bytes: line.get(offset..).unwrap_or_default(),
            pipes: pipes.get(HEAD..).unwrap_or_default(),
            offset,
        },
    })
}

/// Whole seconds since 1970, as in every line of a file.
pub(crate) fn whole_stamp_ms(stamp: &[u8]) -> Option<i64> {
    let seconds = match stamp.try_into().ok().and_then(ten_digits) {
        Some(seconds) => seconds,
        None if (1..10).contains(&stamp.len()) => digits(stamp)?,
        None => return None,
    };
    (seconds <= MAX_STAMP_SECS).then_some(seconds * 1000)
}

/// Whole seconds since 1970, with a fraction in some exports.
pub(crate) fn stamp_ms(stamp: &[u8]) -> Option<i64> {
    match stamp.try_into().ok().and_then(ten_digits) {
        Some(seconds) => (seconds <= MAX_STAMP_SECS).then_some(seconds * 1000),
        None => unusual_stamp(stamp),
    }
}

/// The number that ten digits make, read eight at a time.
fn ten_digits(digits: [u8; 10]) -> Option<i64> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    const HIGH: u64 = u64::from_le_bytes([0xf0; 8]);
    const SIX: u64 = u64::from_le_bytes([6; 8]);
    let [first @ .., a, b] = digits;
    let word = u64::from_le_bytes(first);
    let (a, b) = (a.wrapping_sub(b'0'), b.wrapping_sub(b'0'));
    let is_number = (word & HIGH) == ZEROS && (word.wrapping_add(SIX) & HIGH) == ZEROS;
    if !is_number || a > 9 || b > 9 {
        return None;
    }
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight.
    let pairs = ((word & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(2561) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(6_553_601) >> 16) & 0x0000_ffff_0000_ffff;
    let eight = fours.wrapping_mul(42_949_672_960_001) >> 32;
    Some((eight * 100 + u64::from(a) * 10 + u64::from(b)) as i64)
}

#[cold]
fn unusual_stamp(stamp: &[u8]) -> Option<i64> {
    let point = stamp.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = match point {
        None => (stamp, &[][..]),
        Some(point) => (&stamp[..point], &stamp[point + 1..]),
    };
    if whole.is_empty() || whole.len() > 10 || fraction.len() > 9 {
        return None;
    }
    let seconds = digits(whole)?;
    if seconds > MAX_STAMP_SECS {
        return None;
    }
    let mut millis = digits(&fraction[..fraction.len().min(3)])?;
    digits(fraction)?;
    for _ in fraction.len().min(3)..3 {
        millis *= 10;
    }
    Some(seconds * 1000 + millis)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0_i64, |value, &byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| value * 10 + i64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_taken_apart() {
        let line = b"1700000012|a.1|sales|Anna|CONNECT|12|b.1|4";
        let pipes = Pipes::find(line);
        let raw = split(line, &pipes).unwrap();
        assert_eq!(raw.at_ms, 1_700_000_012_000);
        assert_eq!(
            [raw.callid, raw.queue, raw.agent],
            [&b"a.1"[..], b"sales", b"Anna"]
        );
        assert_eq!(
            (raw.event, raw.data.bytes),
            (&b"CONNECT"[..], &b"12|b.1|4"[..])
        );
        let fields = [raw.data.field(0), raw.data.field(1), raw.data.field(2)];
        assert_eq!(fields, [&b"12"[..], b"b.1", b"4"]);
        for (line, count) in [
            ("1|a|b|c|QUEUESTART", 0),
            ("1|a|b|c|QUEUESTART|", 0),
            ("1|a|b|c|ENTERQUEUE||", 2),
        ] {
            let pipes = Pipes::find(line.as_bytes());
            assert_eq!(split(line.as_bytes(), &pipes).unwrap().data.len(), count);
        }
    }

    #[test]
    fn stamps_may_have_fractions() {
        assert_eq!(stamp_ms(b"1709679510"), Some(1_709_679_510_000));
        assert_eq!(stamp_ms(b"4102444799"), Some(4_102_444_799_000));
        assert_eq!(stamp_ms(b"915141608"), Some(915_141_608_000));
        assert_eq!(whole_stamp_ms(b"915141608"), Some(915_141_608_000));
        assert_eq!(whole_stamp_ms(b"1700000000.5"), None);
        assert_eq!(stamp_ms(b"1700000000.5"), Some(1_700_000_000_500));
        assert_eq!(stamp_ms(b"1700000000.123456"), Some(1_700_000_000_123));
        let bad: [&[u8]; 9] = [
            b"",
            b"x",
            b"-1",
            b"1.x",
            b"17000000001",
            b"9999999999",
            b"1.1234567890",
            b"170000000x",
            b"1:00000000",
        ];
        for bad in bad {
            assert_eq!(stamp_ms(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn damaged_lines_say_what_is_missing() {
        let why = |line: &[u8]| split(line, &Pipes::find(line)).unwrap_err();
        assert_eq!(why(b""), "it has too few fields");
        assert_eq!(why(b"1700000000|a|b|c"), "it has too few fields");
        assert_eq!(why(b"x|a|b|c|D|"), "it does not begin with a stamp");
        assert_eq!(why(b"1700000000|a|b|c||1"), "its event has no name");
    }

    proptest! {
        #[test]
        fn ten_digits_are_a_number(number in 0_u64..10_000_000_000, place in 0_usize..10, other in any::<u8>()) {
            let mut text: [u8; 10] = format!("{number:010}").into_bytes().try_into().unwrap();
            prop_assert_eq!(ten_digits(text), Some(number as i64));
            text[place] = other;
            let plain = std::str::from_utf8(&text).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            let plain = plain.map(|text| text.parse().unwrap());
            prop_assert_eq!(ten_digits(text), plain);
        }

        #[test]
        fn fields_are_those_of_a_plain_split(bytes in prop::collection::vec(prop::sample::select(b"|ab".to_vec()), 0..60)) {
            let pipes = Pipes::find(&bytes);
            let data = Data::new(&bytes, &pipes);
            let plain: Vec<&[u8]> = bytes.splitn(MOST_FIELDS, |&byte| byte == b'|').collect();
            let count = if bytes.is_empty() { 0 } else { plain.len() };
            prop_assert_eq!(data.len(), count);
            for (at, field) in plain.iter().enumerate() {
                prop_assert_eq!(data.field(at), *field);
            }
            prop_assert_eq!(data.field(plain.len()), b"");
        }
    }
}
