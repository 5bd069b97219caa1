//! The lines that nearly all lines are, read in one go.
//!
//! Nine of ten lines of a log are one of a few events in the shape that current
//! systems write. They are read from left to right, without first looking for the
//! end of the line: each field ends at the next pipe, the name of the event is known
//! from its first eight bytes, and a number is made of eight bytes at once. Few
//! branches depend on the data, as a branch that cannot be foretold costs more than
//! the work of a field. Whatever differs in the least is left to the reader of all
//! dialects; what both read, they read alike.

use super::dialect::{Ending, Fact};
use super::event::Event;
use super::number::{MAX_POSITION, MAX_SECS};
use super::slots::How;
use super::split::{Data, RawEvent, whole_stamp_ms};

/// Only lines of less than this are read here, and only with as much behind their start.
pub(crate) const WINDOW: usize = 256;

type Window = [u8; WINDOW];

/// Reads the line at the start of `bytes`, if it is a usual call event in its usual
/// shape, and hands it over; tells how long the line is with its end.
pub(crate) fn read(
    bytes: &[u8],
    take: impl FnOnce(usize, Event, &RawEvent<'_>, &Fact<'_>),
) -> Option<usize> {
    const STAMP: usize = 10;
    let window = bytes.first_chunk::<WINDOW>()?;
    if window[STAMP] != b'|' {
        return None;
    }
    let at_ms = whole_stamp_ms(&window[..STAMP])?;
    let callid = STAMP + 1;
    let queue = pipe(window, callid)? + 1;
    let agent = pipe(window, queue)? + 1;
    let name = pipe(window, agent)? + 1;
    let (event, fact, end) = event(window, name)?;
    let length = end_of_line(window, end)?;
    let data = name + event.length();
    let raw = RawEvent {
        at_ms,
        callid: &window[callid..queue - 1],
        queue: &window[queue..agent - 1],
        agent: &window[agent..name - 1],
        event: &window[name..data],
        data: Data::unread(&window[data + 1..end]),
    };
    take(length, event, &raw, &fact);
    Some(length)
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const TOPS: u64 = u64::from_le_bytes([0x80; 8]);

#[inline]
fn word(window: &Window, at: usize) -> Option<u64> {
    let bytes = window.get(at..at + 8)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// The place of the next pipe, if it comes before the end of the line.
#[inline]
fn pipe(window: &Window, start: usize) -> Option<usize> {
    const PIPES: u64 = u64::from_le_bytes([b'|'; 8]);
    const ENDS: u64 = u64::from_le_bytes([b'\n'; 8]);
    // The lowest top bit that is left belongs to the first byte that is 0.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
    let mut at = start;
    loop {
        let word = word(window, at)?;
        let found = zeros(word ^ PIPES) | zeros(word ^ ENDS);
        if found != 0 {
            let bit = found.trailing_zeros();
            let is_pipe = (word >> (bit - 7)) as u8 == b'|';
            return is_pipe.then_some(at + (bit / 8) as usize);
        }
        at += 8;
    }
}

/// The end of the line, if it is here: how long the line is with it.
fn end_of_line(window: &Window, at: usize) -> Option<usize> {
    match window.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// A number of one to seven digits from 0 to `max`, and where it ends.
#[inline]
fn number(window: &Window, at: usize, max: i64) -> Option<(u32, usize)> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    const ABOVE_NINE: u64 = u64::from_le_bytes([0x76; 8]);
    let digits = word(window, at)? ^ ZEROS;
    // The top bit of each byte that is no digit.
    let others = (((digits & !TOPS) + ABOVE_NINE) | digits) & TOPS;
    let bits = others.trailing_zeros() & !7;
    if bits == 0 || bits > 56 {
        return None;
    }
    // Zeros in front make it eight digits, which are joined two by two.
    let eight = digits << (64 - bits);
    let pairs = (eight.wrapping_mul(2561) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(6_553_601) >> 16) & 0x0000_ffff_0000_ffff;
    let value = (fours.wrapping_mul(42_949_672_960_001) >> 32) as u32;
    (i64::from(value) <= max).then_some((value, at + (bits / 8) as usize))
}

/// The same with a pipe behind it; the place after the pipe.
#[inline]
fn number_and_pipe(window: &Window, at: usize, max: i64) -> Option<(u32, usize)> {
    let (value, end) = number(window, at, max)?;
    (window[end] == b'|').then_some((value, end + 1))
}

/// The event at `name` with its fields, and where they end.
#[inline]
fn event(window: &Window, name: usize) -> Option<(Event, Fact<'_>, usize)> {
    const fn first(name: &[u8; 8]) -> u64 {
        u64::from_le_bytes(*name)
    }
    const CONNECT: u64 = first(b"CONNECT|");
    const ENTER: u64 = first(b"ENTERQUE");
    const WRAP_UP: u64 = first(b"WRAPUPST");
    const RING: u64 = first(b"RINGNOAN");
    const COMPLETE: u64 = first(b"COMPLETE");
    const ABANDON: u64 = first(b"ABANDON|");
    const CANCELED: u64 = first(b"RINGCANC");
    let rest = |at: usize| window.get(name + 8..name + 8 + at);
    let word = word(window, name)?;
    match word {
        CONNECT => connect(window, name + 8),
        ENTER if rest(3)? == b"UE|" => enter(window, name + 11),
        WRAP_UP if rest(4)? == b"ART|" => wrap_up(window, name + 12),
        RING if rest(5)? == b"SWER|" => ring(window, name + 13, false),
        COMPLETE => match rest(7)? {
            b"CALLER|" => complete(window, name + 15, Event::CompleteCaller, How::ByCaller),
            [b'A', b'G', b'E', b'N', b'T', b'|', _] => {
                complete(window, name + 14, Event::CompleteAgent, How::ByAgent)
            }
            _ => None,
        },
        ABANDON => abandon(window, name + 8),
        CANCELED if rest(5)? == b"ELED|" => ring(window, name + 13, true),
        _ => None,
    }
}

/// `|caller|position`, without a URL.
#[inline]
fn enter(window: &Window, at: usize) -> Option<(Event, Fact<'_>, usize)> {
    if window[at] != b'|' {
        return None;
    }
    let caller_end = pipe(window, at + 1)?;
    let (position, end) = number(window, caller_end + 1, MAX_POSITION)?;
    let fact = Fact::Enter {
        url: &[],
        caller: &window[at + 1..caller_end],
        name: &[],
        position: Some(position),
    };
    Some((Event::Enter, fact, end))
}

/// `hold|id|ring`.
#[inline]
fn connect(window: &Window, at: usize) -> Option<(Event, Fact<'_>, usize)> {
    let (hold, id) = number_and_pipe(window, at, MAX_SECS)?;
    let (ring, end) = number(window, pipe(window, id)? + 1, MAX_SECS)?;
    let fact = Fact::Connect {
        hold: Some(hold),
        ring: Some(ring),
    };
    Some((Event::Connect, fact, end))
}

/// `hold|talk|position`.
#[inline]
fn complete(
    window: &Window,
    at: usize,
    event: Event,
    how: How,
) -> Option<(Event, Fact<'_>, usize)> {
    let (wait, at) = number_and_pipe(window, at, MAX_SECS)?;
    let (talk, at) = number_and_pipe(window, at, MAX_SECS)?;
    let (original, end) = number(window, at, MAX_POSITION)?;
    let ending = Ending {
        wait: Some(wait),
        talk: Some(talk),
        original: Some(original),
        ..Ending::plain(how)
    };
    Some((event, Fact::End(ending), end))
}

/// `position|original position|wait`.
#[inline]
fn abandon(window: &Window, at: usize) -> Option<(Event, Fact<'_>, usize)> {
    let (position, at) = number_and_pipe(window, at, MAX_POSITION)?;
    let (original, at) = number_and_pipe(window, at, MAX_POSITION)?;
    let (wait, end) = number(window, at, MAX_SECS)?;
    let ending = Ending {
        position: Some(position),
        original: Some(original),
        wait: Some(wait),
        ..Ending::plain(How::Abandon)
    };
    Some((Event::Abandon, Fact::End(ending), end))
}

#[inline]
fn ring(window: &Window, at: usize, canceled: bool) -> Option<(Event, Fact<'_>, usize)> {
    let (ms, end) = number(window, at, MAX_SECS * 1000)?;
    let ms = i64::from(ms);
    let event = if canceled {
        Event::RingCanceled
    } else {
        Event::RingNoAnswer
    };
    Some((event, Fact::Ring { ms, canceled }, end))
}

#[inline]
fn wrap_up(window: &Window, at: usize) -> Option<(Event, Fact<'_>, usize)> {
    let (secs, end) = number(window, at, MAX_SECS)?;
    let secs = Some(secs);
    Some((Event::WrapUpStart, Fact::WrapUp { secs }, end))
}

#[cfg(test)]
mod tests {
    use super::super::dialect::call_fact;
    use super::super::pipes::Pipes;
    use super::super::split::split;
    use super::*;
    use proptest::prelude::*;

    type Shown = (i64, [Vec<u8>; 5], Event, String);

    fn shown(raw: &RawEvent<'_>, event: Event, fact: &Fact<'_>) -> Shown {
        let parts = [raw.callid, raw.queue, raw.agent, raw.event, raw.data.bytes];
        let fact = format!("{fact:?}");
        (raw.at_ms, parts.map(<[u8]>::to_vec), event, fact)
    }

    /// What the reader of all dialects makes of the first line.
    fn slowly(bytes: &[u8]) -> Option<(Shown, usize)> {
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
        let pipes = Pipes::find(line);
        let raw = split(line, &pipes).ok()?;
        let event = Event::of(raw.event);
        let (fact, bad) = call_fact(event, raw.data);
        (!bad).then(|| (shown(&raw, event, &fact), end + 1))
    }

    fn quickly(bytes: &[u8]) -> Option<(Shown, usize)> {
        let mut out = None;
        let length = read(bytes, |_, event, raw, fact| {
            out = Some(shown(raw, event, fact));
        });
        Some((out?, length?))
    }

    /// The bytes with enough behind them to be read quickly.
    fn followed(line: &[u8]) -> Vec<u8> {
        let mut bytes = line.to_vec();
        bytes.extend_from_slice(b"\n1700000000|x|y|z|CONNECT|1|2|3\n");
        bytes.resize(line.len() + WINDOW, b'1');
        bytes
    }

    #[test]
    fn usual_lines_are_read_quickly() {
        for line in [
            "1700000000|1699999997.1|sales|NONE|ENTERQUEUE||0612345678|1",
            "1700000012|1699999997.1|sales|PJSIP/201|CONNECT|12|1700000008.2|4",
            "1700000132|1699999997.1|sales|PJSIP/201|COMPLETEAGENT|12|120|1",
            "1700000132|1699999997.1|sales|PJSIP/201|COMPLETECALLER|12|120|1\r",
            "1700000031|a.1|q|NONE|ABANDON|2|3|31",
            "1700000015|a.1|q|Anna|RINGNOANSWER|15000",
            "1700000015|a.1|q|Anna|RINGCANCELED|0",
            "1700000015|a.1|q|Anna|WRAPUPSTART|0015",
        ] {
            let bytes = followed(line.as_bytes());
            assert!(quickly(&bytes).is_some(), "{line}");
            assert_eq!(slowly(&bytes), quickly(&bytes), "{line}");
        }
    }

    #[test]
    fn a_line_ends_where_it_ends() {
        let bytes = followed(b"1700000012|1699999997.1|sales");
        assert!(quickly(&bytes).is_none());
        let bytes = followed(b"1700000012|a|b|c|CONNECT|1|2");
        assert!(quickly(&bytes).is_none());
    }

    const NAMES: &[&str] = &[
        "ENTERQUEUE",
        "CONNECT",
        "COMPLETEAGENT",
        "COMPLETECALLER",
        "ABANDON",
        "RINGNOANSWER",
        "RINGCANCELED",
        "WRAPUPSTART",
        "CONNECTED",
        "COMPLETEC",
        "EXITEMPTY",
        "ABANDON ",
        "DID",
    ];

    proptest! {
        /// Whatever is read quickly is read the same by the reader of all dialects.
        #[test]
        fn both_readers_read_alike(
            stamp in "[0-9]{9,11}",
            parts in prop::collection::vec("[a1./|\r]{0,12}", 3),
            name in prop::sample::select(NAMES),
            data in "[0-9a|.\r ]{0,18}",
            cut in 0_usize..90,
        ) {
            let mut line = format!("{stamp}|{}|{}|{}|{name}|{data}", parts[0], parts[1], parts[2]).into_bytes();
            line.truncate(cut);
            let bytes = followed(&line);
            if let Some(quick) = quickly(&bytes) {
                prop_assert_eq!(slowly(&bytes), Some(quick));
            }
        }

        #[test]
        fn numbers_are_those_of_the_slow_reader(number in 0_u32..99_999_999, rest in "[|a\n:/]") {
            let text = format!("{number}{rest}");
            let mut window = [b'9'; WINDOW];
            window[..text.len()].copy_from_slice(text.as_bytes());
            let expected = (number <= 9_999_999).then(|| (number, text.len() - 1));
            prop_assert_eq!(super::number(&window, 0, i64::MAX), expected);
        }
    }
}
