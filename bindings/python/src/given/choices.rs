//! Closed choices, written as text, and arguments with a text as their default.

use floorwalker::roster::Basis;
use floorwalker::service::{
    Attribution, CiscoAbandons, ClockStart, KeepWaits, Treatment, WaitClass,
};
use floorwalker::team::Granularity;
use floorwalker::time::business::{Boundaries, HolidayScope};
use floorwalker::time::clock::{DeadlineUnit, Roll};
use floorwalker_acd::queue_log::Restarts;
use floorwalker_arrow::Grouping;
use floorwalker_report::Language;
use pyo3::prelude::*;

use super::{Argument, convert};
use crate::errors::{Failure, Result};

/// A value that has a text.
pub(crate) trait FromText: Argument {
    /// The value of a text that is known to have one.
    fn from_text(text: &str) -> Result<Option<Self>>;
}

/// An argument with a default that is written as text.
pub(crate) struct Choice<'py, T> {
    given: Option<Bound<'py, PyAny>>,
    default: &'static str,
    kind: std::marker::PhantomData<T>,
}

impl<T: FromText> Choice<'_, T> {
    /// The argument was not given.
    pub(crate) fn or(default: &'static str) -> Self {
        Self {
            given: None,
            default,
            kind: std::marker::PhantomData,
        }
    }

    /// The converted value of the argument with this name.
    pub(crate) fn read(&self, argument: &str) -> Result<T> {
        if let Some(given) = &self.given {
            return convert(argument, given);
        }
        let message = format!("the default of {argument} is no value: {}", self.default);
        T::from_text(self.default)?.ok_or_else(|| Failure::new("argument.type", message))
    }
}

impl<'a, 'py, T: Argument> FromPyObject<'a, 'py> for Choice<'py, T> {
    type Error = std::convert::Infallible;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = T::HINT;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> std::result::Result<Self, Self::Error> {
        Ok(Self {
            given: Some(value.to_owned()),
            default: "",
            kind: std::marker::PhantomData,
        })
    }
}

macro_rules! choices {
    ($($(#[$docs:meta])* $name:ident of $kind:ty { $first:literal => $first_value:expr, $($text:literal => $value:expr),* $(,)? })*) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name(pub(crate) $kind);

        impl Argument for $name {
            #[cfg(feature = "stubs")]
            const HINT: pyo3::inspect::PyStaticExpr = pyo3::type_hint_subscript!(
                pyo3::type_hint_identifier!("typing", "Literal"),
                text($first),
                $(text($text)),*
            );

            const ALLOWED: &'static str = concat!("one of '", $first, "'", $(", '", $text, "'"),*);

            fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
                match value.extract::<String>() {
                    Ok(text) => Self::from_text(&text),
                    Err(_) => Ok(None),
                }
            }
        }

        impl FromText for $name {
            fn from_text(text: &str) -> Result<Option<Self>> {
                Ok(match text {
                    $first => Some(Self($first_value)),
                    $($text => Some(Self($value)),)*
                    _ => None,
                })
            }
        }
    )*};
}

#[cfg(feature = "stubs")]
const fn text(value: &'static str) -> pyo3::inspect::PyStaticExpr {
    let value = pyo3::inspect::PyStaticConstant::Str(value);
    pyo3::inspect::PyStaticExpr::Constant { value }
}

choices! {
    /// What the rows of a table are about.
    By of Grouping {
        "queue" => Grouping::Queue,
        "all" => Grouping::Pooled,
    }
    /// Which instant of a contact decides its interval.
    AttributedBy of Attribution {
        "arrival" => Attribution::Arrival,
        "queue_exit" => Attribution::QueueExit,
        "answer" => Attribution::Answer,
        "service_level_event" => Attribution::ServiceLevelEvent,
        "release" => Attribution::Release,
        "wrap_up_end" => Attribution::WrapUpEnd,
        "disconnect" => Attribution::Disconnect,
    }
    /// What is kept of the waits.
    Keep of KeepWaits {
        "histogram" => KeepWaits::Histogram,
        "exact" => KeepWaits::Exact,
        "nothing" => KeepWaits::Nothing,
    }
    /// Which contacts a wait belongs to.
    WaitOf of WaitClass {
        "answered" => WaitClass::Answered,
        "abandoned" => WaitClass::Abandoned,
        "callback" => WaitClass::Callback,
        "flow_out" => WaitClass::FlowOut,
    }
    /// How a Cisco centre treats abandons.
    Cisco of CiscoAbandons {
        "ignored" => CiscoAbandons::Ignored,
        "negative" => CiscoAbandons::Negative,
        "positive" => CiscoAbandons::Positive,
    }
    /// From which instant a wait is measured.
    Clock of ClockStart {
        "queue_entry" => ClockStart::QueueEntry,
        "centre_entry" => ClockStart::CentreEntry,
        "operator_choice" => ClockStart::OperatorChoice,
    }
    /// What a rule does with contacts that were not answered.
    Treated of Treatment {
        "negative" => Treatment::Negative,
        "ignored" => Treatment::Ignored,
        "ignored_within" => Treatment::IgnoredWithin,
        "ignored_short" => Treatment::IgnoredShort,
        "positive" => Treatment::Positive,
        "positive_if_done" => Treatment::PositiveIfDone,
    }
    /// How closely people may be looked at.
    Closeness of Granularity {
        "team" => Granularity::Team,
        "pseudonym" => Granularity::Pseudonym,
        "person" => Granularity::Person,
    }
    /// What a restart of the telephone system means for calls that are open.
    Restart of Restarts {
        "end_calls" => Restarts::EndCalls,
        "ignore" => Restarts::Ignore,
    }
    /// What a holiday does to a shift over midnight.
    Scope of HolidayScope {
        "calendar_day" => HolidayScope::CalendarDay,
        "opening_day" => HolidayScope::OpeningDay,
    }
    /// How the ends of windows are read on the night of a clock change.
    Ends of Boundaries {
        "compatible" => Boundaries::Compatible,
        "wall_clock" => Boundaries::WallClock,
    }
    /// What a deadline is counted in.
    UnitOf of DeadlineUnit {
        "calendar_day" => DeadlineUnit::CalendarDay,
        "business_day" => DeadlineUnit::BusinessDay,
        "week" => DeadlineUnit::Week,
        "month" => DeadlineUnit::Month,
    }
    /// Where a last day goes that is no business day.
    Rolled of Roll {
        "none" => Roll::None,
        "following" => Roll::Following,
        "preceding" => Roll::Preceding,
    }
    /// Whether a roster is a plan or was worked.
    JudgedBy of Basis {
        "plan" => Basis::Plan,
        "actuals" => Basis::Actuals,
    }
    /// A language of reports.
    Spoken of Language {
        "en" => Language::English,
        "it" => Language::Italian,
    }
}
