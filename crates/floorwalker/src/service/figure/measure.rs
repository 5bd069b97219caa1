//! A figure: a number that explains itself.

use std::fmt;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::kpi::Unit;
use crate::service::rule::ServiceLevel;
use crate::time::Span;
use crate::units::Fraction;

/// A figure with everything that made it: numerator, denominator, rule, window.
///
/// Undefined is `None`, never 0 or 1: the service level of no calls is not known.
///
/// ```
/// # use chrono::TimeDelta;
/// # use floorwalker::service::{IntervalTally, Kpi, ServiceLevel, TallySettings};
/// # use floorwalker::time::{Every, Grid, Zone};
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let nothing = IntervalTally::empty(TallySettings::new(Grid::new(Zone::utc(), Every::Day), rule));
/// let asa = nothing.total().figure(Kpi::Asa);
/// assert_eq!(asa.value(), None);
/// assert_eq!(asa.to_string(), "0/0 undefined");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    name: String,
    unit: Unit,
    numerator: i128,
    denominator: u64,
    rule: Option<ServiceLevel>,
    window: Span,
}

/// An hour in milliseconds: what turns "per millisecond" into "per hour".
const HOUR_MS: i64 = 3_600_000;

impl Figure {
    /// A figure from its parts, as it was stored somewhere else.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        unit: Unit,
        numerator: i128,
        denominator: u64,
        window: Span,
    ) -> Self {
        Self {
            name: name.into(),
            unit,
            numerator,
            denominator,
            rule: None,
            window,
        }
    }

    /// The same figure as the outcome of a service-level rule.
    #[must_use]
    pub fn by_rule(self, rule: &ServiceLevel) -> Self {
        Self {
            rule: Some(rule.clone()),
            ..self
        }
    }

    /// The name of the indicator.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is measured in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The upper number: legs, or milliseconds.
    #[must_use]
    pub fn numerator(&self) -> i128 {
        self.numerator
    }

    /// The lower number: legs, or milliseconds. 0 where the figure is undefined.
    #[must_use]
    pub fn denominator(&self) -> u64 {
        self.denominator
    }

    /// The service-level rule, if the figure is one.
    #[must_use]
    pub fn rule(&self) -> Option<&ServiceLevel> {
        self.rule.as_ref()
    }

    /// The time it is about.
    #[must_use]
    pub fn window(&self) -> Span {
        self.window
    }

    /// The exact value in its unit, `None` where it is undefined.
    #[must_use]
    pub fn exact(&self) -> Option<Fraction> {
        let fraction = Fraction::new(self.numerator, self.denominator)?;
        Some(match self.unit {
            Unit::PerHour => fraction.times(HOUR_MS),
            Unit::PerThousand => fraction.times(1000),
            _ => fraction,
        })
    }

    /// The value as a floating-point number, `None` where it is undefined.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.exact().map(Fraction::to_f64)
    }

    /// The value rounded to `places` digits after the point, a half to the even digit.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Option<Decimal> {
        self.exact().map(|exact| exact.to_decimal(places))
    }
}

impl fmt::Display for Figure {
    /// As people read it: `236/329 = 71.7 %`, `7.3 s`, `0.76 erl`, `329`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(exact) = self.exact() else {
            return write!(f, "{}/{} undefined", self.numerator, self.denominator);
        };
        match self.unit {
            Unit::Count => write!(f, "{}", exact.to_decimal(0)),
            Unit::Ratio => write!(f, "{exact} = {} %", exact.times(100).to_decimal(1)),
            Unit::Milliseconds => {
                let seconds =
                    Fraction::new(exact.numerator(), exact.denominator().saturating_mul(1000));
                write!(f, "{} s", seconds.unwrap_or(exact).to_decimal(1))
            }
            Unit::Erlangs => write!(f, "{} erl", exact.to_decimal(2)),
            Unit::PerHour => write!(f, "{} /h", exact.to_decimal(1)),
            Unit::Heads | Unit::Money => write!(f, "{}", exact.to_decimal(2)),
            Unit::PerThousand => write!(f, "{} per thousand", exact.to_decimal(2)),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut figure = serializer.serialize_struct("Figure", 7)?;
        figure.serialize_field("name", &self.name)?;
        figure.serialize_field("unit", &self.unit)?;
        figure.serialize_field("numerator", &self.numerator)?;
        figure.serialize_field("denominator", &self.denominator)?;
        figure.serialize_field("value", &self.value())?;
        figure.serialize_field("rule", &self.rule.as_ref().map(ToString::to_string))?;
        figure.serialize_field("window", &self.window)?;
        figure.end()
    }
}
