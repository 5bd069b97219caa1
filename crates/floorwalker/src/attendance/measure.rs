//! Ratios that say what made them, and why they have no value if they have none.

use std::fmt;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize as DeriveSerialize};

use crate::terms::terms;
use crate::time::Span;
use crate::units::Fraction;

terms! {
    /// Why a ratio has no value.
    Undefined ("reason for no value") {
        /// There is nothing to divide by, and nothing to divide.
        NothingToDivide = "nothing_to_divide",
        /// Nothing was planned, so nothing can have been kept.
        NothingPlanned = "nothing_planned",
        /// The telephone system recorded nothing about the operator.
        NoActualData = "no_actual_data",
    }
}

/// A ratio, or why there is none: undefined is not zero, and not infinite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DeriveSerialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// An exact value.
    Defined(Fraction),
    /// Something where nothing was planned: above every target, and no number.
    Infinite,
    /// No value.
    Undefined(Undefined),
}

impl Measured {
    /// `part / whole`; undefined for the reason `why` if the whole is 0.
    pub(super) fn of(part: i128, whole: u64, why: Undefined) -> Self {
        Fraction::new(part, whole).map_or(Self::Undefined(why), Self::Defined)
    }

    /// The exact value, if there is one.
    #[must_use]
    pub fn exact(self) -> Option<Fraction> {
        match self {
            Self::Defined(value) => Some(value),
            Self::Infinite | Self::Undefined(_) => None,
        }
    }
}

/// A ratio with everything that made it: its rule by name, numerator,
/// denominator and window.
///
/// ```
/// use floorwalker::attendance::{AdherenceConvention, AdherenceTimes, Measured, Undefined};
/// use floorwalker::time::Span;
///
/// let nothing = AdherenceTimes::default();
/// let hour = Span::from_millis(0, 3_600_000)?;
/// let adherence = nothing.adherence(AdherenceConvention::InPlan, hour);
/// assert_eq!(adherence.measured(), Measured::Undefined(Undefined::NothingPlanned));
/// assert_eq!(adherence.to_string(), "in_plan 0/0: undefined, nothing_planned");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    name: &'static str,
    numerator: i128,
    denominator: u64,
    measured: Measured,
    window: Span,
}

impl Measure {
    /// A ratio that is undefined only where its denominator is 0.
    pub(super) fn plain(name: &'static str, part: i128, whole: u64, window: Span) -> Self {
        let measured = Measured::of(part, whole, Undefined::NothingToDivide);
        Self::new(name, (part, whole), measured, window)
    }

    pub(super) fn new(
        name: &'static str,
        (numerator, denominator): (i128, u64),
        measured: Measured,
        window: Span,
    ) -> Self {
        Self {
            name,
            numerator,
            denominator,
            measured,
            window,
        }
    }

    /// The rule that made it, by its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The upper number, mostly milliseconds.
    #[must_use]
    pub fn numerator(&self) -> i128 {
        self.numerator
    }

    /// The lower number, mostly milliseconds.
    #[must_use]
    pub fn denominator(&self) -> u64 {
        self.denominator
    }

    /// The value, or why there is none.
    #[must_use]
    pub fn measured(&self) -> Measured {
        self.measured
    }

    /// The time it is about.
    #[must_use]
    pub fn window(&self) -> Span {
        self.window
    }

    /// The exact value, `None` where it is undefined or infinite.
    #[must_use]
    pub fn exact(&self) -> Option<Fraction> {
        self.measured.exact()
    }

    /// The value rounded to `places` digits, a half to the even digit.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Option<Decimal> {
        self.exact().map(|exact| exact.to_decimal(places))
    }
}

impl fmt::Display for Measure {
    /// As in `in_plan 50/60 = 83.33 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.name, self.numerator, self.denominator)?;
        match self.measured {
            Measured::Defined(value) => write!(f, " = {} %", value.times(100).to_decimal(2)),
            Measured::Infinite => write!(f, ": infinite"),
            Measured::Undefined(why) => write!(f, ": undefined, {why}"),
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut measure = serializer.serialize_struct("Measure", 6)?;
        measure.serialize_field("name", &self.name)?;
        measure.serialize_field("numerator", &self.numerator)?;
        measure.serialize_field("denominator", &self.denominator)?;
        measure.serialize_field("value", &self.exact().map(Fraction::to_f64))?;
        measure.serialize_field("measured", &self.measured)?;
        measure.serialize_field("window", &self.window)?;
        measure.end()
    }
}
