//! The public holidays of Italy.

use super::holidays::{HolidayDay, HolidayRule, Holidays};
use crate::error::{ErrorKind, Result, nearest};

/// The national holidays (festività nazionali) with the years in which they hold.
#[must_use]
pub fn national() -> Holidays {
    Holidays::none()
}

/// The day of the patron saint (santo patrono) of a town.
///
/// # Errors
/// `name.unknown` with the nearest names.
pub fn patron(town: &str) -> Result<HolidayRule> {
    if town == "Padova" {
        return HolidayRule::new(
            "Sant'Antonio di Padova",
            HolidayDay::Date { month: 6, day: 13 },
        );
    }
    let given = town.chars().take(40).collect();
    let nearest = nearest(town, ["Padova"]);
    Err(ErrorKind::Unknown {
        what: "town with a patron saint",
        given,
        nearest,
    }
    .into())
}
