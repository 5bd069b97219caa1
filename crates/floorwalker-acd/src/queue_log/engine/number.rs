//! Numbers in the fields of events.

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// Nothing.
    Missing,
    /// Something that is no number between 0 and the limit.
    Bad,
    /// A whole number. A fraction is cut off; zeros in front are allowed.
    Is(i64),
}

/// No wait, ring or talk is longer than thirty days; what says so is damaged.
pub(crate) const MAX_SECS: i64 = 30 * 86_400;
/// No session lasts longer than 400 days.
pub(crate) const MAX_SESSION_SECS: i64 = 400 * 86_400;
/// No line of callers is longer.
pub(crate) const MAX_POSITION: i64 = 1_000_000;

/// Reads a number from 0 to `max`.
pub(crate) fn number(field: &[u8], max: i64) -> Number {
    // Nearly all fields are a few digits.
    if (1..=9).contains(&field.len()) {
        let mut value = 0_u32;
        let mut other = false;
        for &byte in field {
            let digit = byte.wrapping_sub(b'0');
            other |= digit > 9;
            value = value.wrapping_mul(10).wrapping_add(u32::from(digit));
        }
        if !other {
            let value = i64::from(value);
            return if value <= max {
                Number::Is(value)
            } else {
                Number::Bad
            };
        }
    }
    unusual(field, max)
}

/// Blanks, fractions and zeros in front.
#[cold]
fn unusual(field: &[u8], max: i64) -> Number {
    let field = field.trim_ascii();
    if field.is_empty() {
        return Number::Missing;
    }
    let whole = match memchr::memchr(b'.', field) {
        Some(point) if point > 0 && field[point + 1..].iter().all(u8::is_ascii_digit) => {
            &field[..point]
        }
        _ => field,
    };
    let mut value = 0_i64;
    for &byte in whole {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return Number::Bad;
        }
        value = value * 10 + i64::from(digit);
        if value > max {
            return Number::Bad;
        }
    }
    Number::Is(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_a_number() {
        let read = |field: &str| number(field.as_bytes(), MAX_SECS);
        assert_eq!(read(""), Number::Missing);
        assert_eq!(read("0"), Number::Is(0));
        assert_eq!(read("01"), Number::Is(1));
        assert_eq!(read(" 12 "), Number::Is(12));
        assert_eq!(read("12.75"), Number::Is(12));
        assert_eq!(read("000000000000000000000000000007"), Number::Is(7));
        for bad in [
            "-1",
            "x",
            "1x",
            ".5",
            "1.x",
            "99999999999999999999",
            "2592001",
        ] {
            assert_eq!(read(bad), Number::Bad, "{bad}");
        }
    }
}
