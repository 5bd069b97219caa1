//! What to put into a table of figures.

use std::str::FromStr;

use floorwalker::service::{Figure, Kpi, Percentile, ServiceLevel, Tally, WaitClass};

use crate::error::{Error, Result};

/// A figure to ask of a tally, by its name.
///
/// | text | figure |
/// |---|---|
/// | `service_level` | the service level of every rule that was counted for |
/// | a rule, such as `offered(20s)` | the service level of that rule |
/// | an indicator, such as `asa` | that indicator |
/// | `wait_p90`, `wait_p99.5`, `wait_p90_linear` | a percentile of the waits of answered legs |
///
/// ```
/// use floorwalker_arrow::Ask;
///
/// assert!("wait_p90".parse::<Ask>().is_ok());
/// assert_eq!("asaa".parse::<Ask>().unwrap_err().code(), "name.unknown");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// The service level of every rule of the settings.
    Rules,
    /// The service level of one rule.
    Rule(Box<ServiceLevel>),
    /// An indicator.
    Kpi(Kpi),
    /// A percentile of the waits of a class of legs.
    Wait(WaitClass, Percentile),
}

impl Ask {
    /// The figures, one for each rule where all rules are asked for.
    ///
    /// # Errors
    /// `options.conflict` if the tally did not count for a rule's threshold.
    pub(crate) fn of(&self, tally: &Tally) -> Result<Vec<Figure>> {
        Ok(match self {
            Self::Rules => {
                let rules = tally.settings().rules().iter();
                rules
                    .map(|rule| tally.service_level(rule))
                    .collect::<Result<_, _>>()?
            }
            Self::Rule(rule) => vec![tally.service_level(rule)?],
            Self::Kpi(kpi) => vec![tally.figure(*kpi)],
            Self::Wait(class, percentile) => vec![tally.percentile(*class, *percentile)],
        })
    }
}

impl FromStr for Ask {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        if name == Kpi::ServiceLevel.name() {
            return Ok(Self::Rules);
        }
        if let Some(percent) = name.strip_prefix("wait_p") {
            let (percent, linear) = match percent.strip_suffix("_linear") {
                Some(percent) => (percent, true),
                None => (percent, false),
            };
            if let Ok(percent) = percent.parse() {
                let percentile = if linear {
                    Percentile::linear(percent)?
                } else {
                    Percentile::nearest_rank(percent)?
                };
                return Ok(Self::Wait(WaitClass::Answered, percentile));
            }
        }
        // "offered" is an indicator and a definition; a definition that needs a limit has one.
        match name.parse() {
            Ok(kpi) => Ok(Self::Kpi(kpi)),
            Err(_) if name.contains('(') || ServiceLevel::NAMES.contains(&name) => {
                Ok(Self::Rule(Box::new(name.parse()?)))
            }
            Err(error) => Err(error.into()),
        }
    }
}
