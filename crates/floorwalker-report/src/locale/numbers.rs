//! Numbers as people of a language write them.

use floorwalker::report::Quotient;
use rust_decimal::Decimal;

use super::Locale;

/// What is shown where a figure is undefined.
pub(crate) const UNDEFINED: &str = "–";
/// A space that does not break.
pub(crate) const NBSP: char = '\u{a0}';

const HOUR_MS: i64 = 3_600_000;

impl Locale {
    fn separators(&self) -> (char, char) {
        // (thousands, decimals)
        self.language.pick((',', '.'), ('.', ','))
    }

    /// A whole number: `1,234` or `1.234`.
    pub(crate) fn count(&self, count: u64) -> String {
        self.decimal(Decimal::from(count))
    }

    /// A decimal number with as many places as it has.
    pub(crate) fn decimal(&self, number: Decimal) -> String {
        let (thousands, decimals) = self.separators();
        let text = number.abs().to_string();
        let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        if number.is_sign_negative() && !number.is_zero() {
            out.push('\u{2212}');
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !places.is_empty() {
            out.push(decimals);
            out.push_str(places);
        }
        out
    }

    /// A share in percent with one place: `71.7 %`.
    pub(crate) fn percent(&self, share: Quotient) -> String {
        share.scaled(100, 1).map_or_else(
            || UNDEFINED.to_owned(),
            |value| format!("{}{NBSP}%", self.decimal(value)),
        )
    }

    /// A share in percent, without places if it has none: `80 %`, `92.5 %`.
    pub(crate) fn round_percent(&self, share: Quotient) -> String {
        share.scaled(100, 3).map_or_else(
            || UNDEFINED.to_owned(),
            |value| format!("{}{NBSP}%", self.decimal(value.normalize())),
        )
    }

    /// A share in percentage points: `5`, `2.5`.
    pub(crate) fn points(&self, share: Quotient) -> String {
        let points = share.scaled(100, 3).unwrap_or_default();
        self.decimal(points.normalize())
    }

    /// Milliseconds over something, as minutes and whole seconds: `0:07`, `1:02:03`.
    pub(crate) fn duration(&self, millis: Quotient) -> String {
        let seconds = Quotient::new(
            millis.numerator(),
            millis.denominator().saturating_mul(1000),
        );
        let Some(seconds) = seconds.scaled(1, 0) else {
            return UNDEFINED.to_owned();
        };
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 {
            format!("{}:{minutes:02}:{seconds:02}", self.count(hours))
        } else {
            format!("{minutes}:{seconds:02}")
        }
    }

    /// Milliseconds as hours and whole minutes: `37:05`.
    pub(crate) fn hours(&self, millis: Quotient) -> String {
        let minutes = Quotient::new(
            millis.numerator(),
            millis.denominator().saturating_mul(60_000),
        );
        let Some(minutes) = minutes.scaled(1, 0) else {
            return UNDEFINED.to_owned();
        };
        let minutes = u64::try_from(minutes).unwrap_or(u64::MAX);
        format!("{}:{:02}", self.count(minutes / 60), minutes % 60)
    }

    /// A number with so many places: `0.76`.
    pub(crate) fn number(&self, value: Quotient, places: u32) -> String {
        let value = value.scaled(1, places);
        value.map_or_else(|| UNDEFINED.to_owned(), |value| self.decimal(value))
    }

    /// Something over milliseconds, for each hour: `12.3`.
    pub(crate) fn per_hour(&self, value: Quotient) -> String {
        let value = value.scaled(HOUR_MS, 1);
        value.map_or_else(|| UNDEFINED.to_owned(), |value| self.decimal(value))
    }

    /// A limit in the shortest words: `20 s`, `2 min`, `500 ms`.
    pub(crate) fn limit(&self, millis: u64) -> String {
        match millis {
            ms if ms % 1000 != 0 => format!("{}{NBSP}ms", self.count(ms)),
            ms if ms >= 120_000 && ms % 60_000 == 0 => {
                format!("{}{NBSP}min", self.count(ms / 60_000))
            }
            ms => format!("{}{NBSP}s", self.count(ms / 1000)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, sample_locale};
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        let (en, it) = (
            sample_locale(Language::English),
            sample_locale(Language::Italian),
        );
        assert_eq!(
            (en.count(1_234_567), it.count(1_234_567)),
            ("1,234,567".into(), "1.234.567".into())
        );
        assert_eq!(
            (en.count(999), it.count(1_000)),
            ("999".into(), "1.000".into())
        );
        let level = Quotient::new(236, 329);
        assert_eq!(
            (en.percent(level), it.percent(level)),
            ("71.7\u{a0}%".into(), "71,7\u{a0}%".into())
        );
        assert_eq!(it.round_percent(Quotient::new(925, 1000)), "92,5\u{a0}%");
        assert_eq!(en.round_percent(Quotient::new(80, 100)), "80\u{a0}%");
        assert_eq!(en.number(Quotient::new(3, 4), 2), "0.75");
    }

    #[test]
    fn times_are_rounded_to_seconds() {
        let en = sample_locale(Language::English);
        assert_eq!(en.duration(Quotient::new(7_300, 1)), "0:07");
        assert_eq!(en.duration(Quotient::new(272_000, 1)), "4:32");
        assert_eq!(en.duration(Quotient::new(3_723_000, 1)), "1:02:03");
        assert_eq!(en.duration(Quotient::new(59_600, 1)), "1:00");
        assert_eq!(en.hours(Quotient::whole(133_500_000)), "37:05");
        assert_eq!(
            en.per_hour(Quotient::new(12, HOUR_MS.unsigned_abs())),
            "12.0"
        );
        assert_eq!(
            [
                en.limit(20_000),
                en.limit(120_000),
                en.limit(90_000),
                en.limit(500)
            ],
            ["20\u{a0}s", "2\u{a0}min", "90\u{a0}s", "500\u{a0}ms"]
        );
    }

    #[test]
    fn undefined_is_shown_as_such() {
        let en = sample_locale(Language::English);
        let nothing = Quotient::default();
        assert_eq!(
            [
                en.percent(nothing),
                en.duration(nothing),
                en.number(nothing, 1)
            ],
            [UNDEFINED; 3]
        );
    }
}
