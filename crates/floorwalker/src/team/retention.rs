//! How long figures about people are kept.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::AccessPolicy;
use crate::error::{ErrorKind, Result};

impl AccessPolicy {
    /// Until when figures are kept that were made at an instant: the retention of the
    /// policy in days of 24 hours.
    ///
    /// ```
    /// use floorwalker::team::{AccessPolicy, Granularity};
    ///
    /// let policy = AccessPolicy::new("coaching", "agreement of 12 May 2026", Granularity::Person)?;
    /// let made = "2026-03-02T08:00:00Z".parse().unwrap();
    /// assert_eq!(policy.keeps_until(made).to_rfc3339(), "2026-08-29T08:00:00+00:00"); // 180 days
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn keeps_until(&self, made: DateTime<Utc>) -> DateTime<Utc> {
        let days = TimeDelta::days(self.retention_days().into());
        made.checked_add_signed(days)
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// Something about people that is kept up to, but not at, an instant (conservazione).
///
/// ```
/// use floorwalker::team::{AccessPolicy, Granularity, Retained};
///
/// let policy = AccessPolicy::new("coaching", "agreement of 12 May 2026", Granularity::Person)?;
/// let at = |text: &str| text.parse().unwrap();
/// let kept = Retained::new("figures", at("2026-03-02T08:00:00Z"), &policy);
/// assert_eq!(kept.read(at("2026-08-29T07:59:59Z"))?, &"figures");
/// assert!(kept.read(at("2026-08-29T08:00:00Z")).unwrap_err().is_policy());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retained<T> {
    value: T,
    until: DateTime<Utc>,
}

impl<T> Retained<T> {
    /// Keeps `value`, made at an instant, for as long as the policy says.
    #[must_use]
    pub fn new(value: T, made: DateTime<Utc>, policy: &AccessPolicy) -> Self {
        let until = policy.keeps_until(made);
        Self { value, until }
    }

    /// When it is to be deleted.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// Whether it is to be deleted.
    #[must_use]
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        now >= self.until
    }

    /// What is kept.
    ///
    /// # Errors
    /// `policy.refused` from the instant on at which it is to be deleted.
    pub fn read(&self, now: DateTime<Utc>) -> Result<&T> {
        if self.is_over(now) {
            let why = format!("they were to be deleted at {}", self.until);
            let what = "figures about people";
            return Err(ErrorKind::Policy { what, why }.into());
        }
        Ok(&self.value)
    }

    /// Deletes what is to be deleted; says how many.
    pub fn purge(list: &mut Vec<Self>, now: DateTime<Utc>) -> usize {
        let before = list.len();
        list.retain(|one| !one.is_over(now));
        before - list.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::Granularity;

    #[test]
    fn what_is_over_is_deleted() {
        let policy = AccessPolicy::new("the day", "the law", Granularity::Person).unwrap();
        let at = |day: i64| DateTime::UNIX_EPOCH + TimeDelta::days(day);
        let mut list: Vec<Retained<i64>> = (0..5)
            .map(|day| Retained::new(day, at(day), &policy))
            .collect();
        assert_eq!(Retained::purge(&mut list, at(182)), 3);
        let left: Vec<i64> = list.iter().map(|one| *one.read(at(182)).unwrap()).collect();
        assert_eq!(left, [3, 4]);
    }

    #[test]
    fn an_instant_beyond_the_calendar_is_never_over() {
        let policy = AccessPolicy::new("the day", "the law", Granularity::Person).unwrap();
        let kept = Retained::new((), DateTime::<Utc>::MAX_UTC, &policy);
        assert_eq!(kept.until(), DateTime::<Utc>::MAX_UTC);
    }
}
