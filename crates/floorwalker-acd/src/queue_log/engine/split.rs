//! One line as its parts: `epoch|callid|queue|agent|event|fields`.

use memchr::memchr;

/// An event as its source wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawEvent<'a> {
    /// Milliseconds since 1970.
    pub(crate) at_ms: i64,
    pub(crate) callid: &'a [u8],
    pub(crate) queue: &'a [u8],
    pub(crate) agent: &'a [u8],
    pub(crate) event: &'a [u8],
    /// The fields of the event, joined by pipes.
    pub(crate) data: &'a [u8],
}

/// Stamps from 1970 to the end of 2099; others are damaged lines.
pub(crate) const MAX_STAMP_SECS: i64 = 4_102_444_799;

/// Takes a line apart.
pub(crate) fn split(line: &[u8]) -> Result<RawEvent<'_>, &'static str> {
    let (stamp, rest) = field(line).ok_or("it has no separator")?;
    let at_ms = stamp_ms(stamp).ok_or("it does not begin with a stamp")?;
    let (callid, rest) = field(rest).ok_or("it has no queue")?;
    let (queue, rest) = field(rest).ok_or("it has no agent")?;
    let (agent, rest) = field(rest).ok_or("it has no event")?;
    let (event, data) = field(rest).unwrap_or((rest, &[]));
    if event.is_empty() {
        return Err("its event has no name");
    }
    Ok(RawEvent {
        at_ms,
        callid,
        queue,
        agent,
        event,
        data,
    })
}

fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr(b'|', bytes)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

/// Whole seconds since 1970, with a fraction in some exports.
pub(crate) fn stamp_ms(stamp: &[u8]) -> Option<i64> {
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

    #[test]
    fn lines_are_taken_apart() {
        let raw = split(b"1700000012|a.1|sales|Anna|CONNECT|12|b.1|4").unwrap();
        assert_eq!(raw.at_ms, 1_700_000_012_000);
        assert_eq!(raw.event, b"CONNECT");
        assert_eq!(raw.data, b"12|b.1|4");
        assert_eq!(split(b"1|a|b|c|QUEUESTART").unwrap().data, b"");
    }

    #[test]
    fn stamps_may_have_fractions() {
        assert_eq!(stamp_ms(b"915141608"), Some(915_141_608_000));
        assert_eq!(stamp_ms(b"1700000000.5"), Some(1_700_000_000_500));
        assert_eq!(stamp_ms(b"1700000000.123456"), Some(1_700_000_000_123));
        for bad in [
            &b""[..],
            b"x",
            b"-1",
            b"1.x",
            b"17000000001",
            b"9999999999",
            b"1.1234567890",
        ] {
            assert_eq!(stamp_ms(bad), None);
        }
    }

    #[test]
    fn damaged_lines_say_what_is_missing() {
        assert_eq!(split(b"").unwrap_err(), "it has no separator");
        assert_eq!(
            split(b"x|a|b|c|D|").unwrap_err(),
            "it does not begin with a stamp"
        );
        assert_eq!(
            split(b"1700000000|a|b|c||1").unwrap_err(),
            "its event has no name"
        );
        assert_eq!(split(b"1700000000|a|b|c").unwrap_err(), "it has no event");
    }
}
