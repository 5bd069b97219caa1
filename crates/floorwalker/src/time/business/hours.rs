//! Business hours: one calendar, or several put together.

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use crate::error::{Error, ErrorKind, Result};
use crate::time::instant::{checked, text};

/// The most calendars that may be put together.
pub const MAX_PARTS: usize = 64;
/// How deep compositions may lie in each other.
pub const MAX_DEPTH: usize = 8;

/// Business hours: a calendar, its versions over time, or the common or joint time of
/// several.
///
/// Invariant: versions are in order of their beginning; at most [`MAX_PARTS`] parts in
/// each list, at most [`MAX_DEPTH`] levels.
///
/// | made by | open |
/// | --- | --- |
/// | [`Hours::from`] a calendar | when it is |
/// | [`versions`](Hours::versions) | when the version in force is; editing the future leaves the past alone |
/// | [`all_of`](Hours::all_of) | when all are, on one line of instants whatever their zones |
/// | [`any_of`](Hours::any_of) | when at least one is (follow the sun) |
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Hours(Form);

/// What hours are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Calendar(Calendar),
    Versions {
        first: Box<Hours>,
        changes: Vec<Change>,
    },
    AllOf(Vec<Hours>),
    AnyOf(Vec<Hours>),
}

/// From an instant on, other hours hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) from_ms: i64,
    pub(super) hours: Hours,
}

impl Hours {
    /// `first`, and from each instant of `changes` (milliseconds since 1970) on the
    /// hours given with it.
    ///
    /// ```
    /// use floorwalker::time::{Span, Zone};
    /// use floorwalker::time::business::{Calendar, DayWindow, Hours, Timeline, WeekHours};
    ///
    /// let daily = |start, end| {
    ///     let week = WeekHours::every_day(&[DayWindow::new(start, end)?])?;
    ///     Ok::<_, floorwalker::Error>(Hours::from(Calendar::new(Zone::utc(), week)?))
    /// };
    /// let noon = 1_767_268_800_000; // 2026-01-01T12:00Z
    /// let hours = Hours::versions(daily("08:00", "20:00")?, [(noon, daily("10:00", "16:00")?)])?;
    /// let day = Span::from_millis(noon - 12 * 3_600_000, noon + 12 * 3_600_000)?;
    /// let open = Timeline::new(hours).elapsed_ms(day.start_ms(), day.end_ms());
    /// assert_eq!(open, (4 + 4) * 3_600_000);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `time.out_of_order` if the instants do not increase; `value.out_of_range` if one
    /// lies outside years 1 to 9999, or for too many or too deep parts.
    pub fn versions(
        first: impl Into<Self>,
        changes: impl IntoIterator<Item = (i64, Self)>,
    ) -> Result<Self> {
        let changes = changes.into_iter().take(MAX_PARTS + 1);
        let changes = changes
            .map(|(from_ms, hours)| Change { from_ms, hours })
            .collect();
        Self::try_from(Form::Versions {
            first: Box::new(first.into()),
            changes,
        })
    }

    /// Open when all of `parts` are.
    ///
    /// # Errors
    /// `calendar.no_windows` if there are none; `value.out_of_range` for too many or
    /// too deep parts.
    pub fn all_of(parts: impl IntoIterator<Item = Self>) -> Result<Self> {
        Self::try_from(Form::AllOf(parts.into_iter().take(MAX_PARTS + 1).collect()))
    }

    /// Open when at least one of `parts` is.
    ///
    /// # Errors
    /// As for [`all_of`](Self::all_of).
    pub fn any_of(parts: impl IntoIterator<Item = Self>) -> Result<Self> {
        Self::try_from(Form::AnyOf(parts.into_iter().take(MAX_PARTS + 1).collect()))
    }

    pub(super) fn form(&self) -> &Form {
        &self.0
    }

    fn depth(&self) -> usize {
        1 + self.0.parts().map(Self::depth).max().unwrap_or(0)
    }
}

impl Form {
    fn parts(&self) -> Box<dyn Iterator<Item = &Hours> + '_> {
        match self {
            Self::Calendar(_) => Box::new(std::iter::empty()),
            Self::Versions { first, changes } => {
                let changes = changes.iter().map(|change| &change.hours);
                Box::new(std::iter::once(&**first).chain(changes))
            }
            Self::AllOf(parts) | Self::AnyOf(parts) => Box::new(parts.iter()),
        }
    }
}

impl From<Calendar> for Hours {
    fn from(calendar: Calendar) -> Self {
        Self(Form::Calendar(calendar))
    }
}

impl From<&Calendar> for Hours {
    fn from(calendar: &Calendar) -> Self {
        Self(Form::Calendar(calendar.clone()))
    }
}

impl TryFrom<Form> for Hours {
    type Error = Error;
    fn try_from(form: Form) -> Result<Self> {
        let count = form.parts().count();
        if count > MAX_PARTS {
            return Err(Error::range("parts of business hours", 1, MAX_PARTS, count));
        }
        match &form {
            Form::Versions { changes, .. } => check_order(changes)?,
            Form::AllOf(parts) | Form::AnyOf(parts) if parts.is_empty() => {
                return Err(ErrorKind::NoWindows.into());
            }
            _ => {}
        }
        let hours = Self(form);
        let depth = hours.depth();
        if depth > MAX_DEPTH {
            return Err(Error::range(
                "levels of business hours",
                1,
                MAX_DEPTH,
                depth,
            ));
        }
        Ok(hours)
    }
}

impl From<Hours> for Form {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

fn check_order(changes: &[Change]) -> Result<()> {
    for change in changes {
        checked("beginning of a version", change.from_ms)?;
    }
    for pair in changes.windows(2) {
        if pair[0].from_ms >= pair[1].from_ms {
            let given = format!("{} before {}", text(pair[0].from_ms), text(pair[1].from_ms));
            let (what, earlier, later) = ("list of versions", "a version", "the next");
            return Err(ErrorKind::Order {
                what,
                earlier,
                later,
                given,
            }
            .into());
        }
    }
    Ok(())
}
