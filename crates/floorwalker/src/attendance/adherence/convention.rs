//! The conventions of adherence and conformance, each by its name.

use super::map::AdherenceMap;
use super::times::AdherenceTimes;
use crate::attendance::activity::Activity;
use crate::attendance::measure::{Measure, Measured, Undefined};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// How adherence to the plan is computed (aderenza). There is no adherence
    /// without a convention: on the same day they differ by tens of points.
    ///
    /// `in` is planned time in a state that keeps the plan, `out` in one that
    /// breaks it or logged out, `neutral` in one that does neither.
    AdherenceConvention ("adherence convention") {
        /// `1 - out / scheduled`, not below 0, as in Genesys Cloud; undefined
        /// where nothing was planned or nothing recorded.
        ExceptionBased = "exception_based",
        /// `1 - (out + work outside) / (scheduled + work outside)`, the Genesys
        /// option by which working outside the shift is an exception too.
        ExceptionBasedOutsideWork = "exception_based_outside_work",
        /// `in / (scheduled - neutral)`, as in Calabrio.
        NeutralAware = "neutral_aware",
        /// `in / scheduled`: an operator who never came has 0.
        InPlan = "in_plan",
        /// `in / (scheduled + logged in outside)`.
        InPlanOutsideLoggedIn = "in_plan_outside_logged_in",
    }
}

terms! {
    /// How conformance to the plan is computed (conformità): was the planned
    /// *amount* worked, at whatever time? It may exceed 1. Vendors use the word
    /// for different things, so that it is asked for by name.
    ConformanceRule ("conformance rule") {
        /// `logged in / scheduled`.
        Total = "total",
        /// `(ready + contact) / scheduled work`: time on queue, as in Genesys Cloud.
        Work = "work",
    }
}

terms! {
    /// What it means that the telephone system recorded nothing at all about
    /// somebody.
    Silence ("silence") {
        /// Nothing is known: conformance has no value.
        IsUnknown = "is_unknown",
        /// They were not there: conformance is 0.
        IsAbsence = "is_absence",
    }
}

impl AdherenceTimes {
    /// Adherence by a convention, with numerator and denominator in milliseconds.
    ///
    /// ```
    /// # use chrono::{TimeDelta, TimeZone, Utc};
    /// # use floorwalker::attendance::*;
    /// # use floorwalker::contact::{AgentState, StateKind};
    /// # use floorwalker::id::AgentId;
    /// # use floorwalker::team::{AccessPolicy, Granularity};
    /// # use floorwalker::time::{Every, Grid, Span, Zone};
    /// // Planned 9 to 10; came at 9:10 and stayed until 10:10.
    /// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
    /// let at = |minutes| nine + TimeDelta::minutes(minutes);
    /// let anna = AgentId::new("Anna")?;
    /// let hour = PlannedSegment { span: Span::new(nine, at(60))?, activity: Activity::Work };
    /// let shift = PlannedShift::new(anna.clone(), nine.date_naive(), vec![hour])?;
    /// let ready = AgentState::new(anna.clone(), StateKind::Ready, at(10), Some(at(70)))?;
    ///
    /// let window = Span::new(nine, at(120))?;
    /// let settings = AdherenceSettings::new(Grid::new(Zone::utc(), Every::Day), window);
    /// let tally = AdherenceTally::count(&AdherencePlan::new(&[shift])?, &[ready], &settings)?;
    /// let policy = AccessPolicy::new("coaching", "agreement of 12 May 2026", Granularity::Person)?;
    /// let times = tally.agent_over(&anna, tally.intervals().window(), &policy)?;
    ///
    /// let percent = |convention| times.adherence(convention, window).exact().unwrap().times(100).to_decimal(2);
    /// assert_eq!(percent(AdherenceConvention::ExceptionBased).to_string(), "83.33");
    /// assert_eq!(percent(AdherenceConvention::ExceptionBasedOutsideWork).to_string(), "71.43");
    /// let conformance = times.conformance(ConformanceRule::Work, Silence::IsUnknown, window);
    /// assert_eq!(conformance.to_string(), "work 3600000/3600000 = 100.00 %");
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn adherence(&self, convention: AdherenceConvention, window: Span) -> Measure {
        use AdherenceConvention as C;
        let (scheduled, out) = (self.scheduled(), self.out_of_adherence());
        let (part, whole) = match convention {
            C::ExceptionBased | C::ExceptionBasedOutsideWork => {
                let outside = match convention {
                    C::ExceptionBasedOutsideWork => self.unscheduled_work(),
                    _ => 0,
                };
                let whole = scheduled + outside;
                (whole.saturating_sub(out + outside), whole)
            }
            C::NeutralAware => (self.in_adherence(), scheduled - self.neutral()),
            C::InPlan => (self.in_adherence(), scheduled),
            C::InPlanOutsideLoggedIn => (self.in_adherence(), scheduled + self.unscheduled()),
        };
        let needs_data = matches!(convention, C::ExceptionBased | C::ExceptionBasedOutsideWork);
        let measured = if needs_data && scheduled == 0 {
            Measured::Undefined(Undefined::NothingPlanned)
        } else if needs_data && self.logged_in() == 0 {
            Measured::Undefined(Undefined::NoActualData)
        } else {
            Measured::of(part.into(), whole, Undefined::NothingPlanned)
        };
        Measure::new(convention.name(), (part.into(), whole), measured, window)
    }

    /// Conformance by a rule, with numerator and denominator in milliseconds.
    ///
    /// Nothing planned and nothing done has no value; something done where
    /// nothing was planned is infinite; nothing recorded at all is what
    /// `silence` says.
    #[must_use]
    pub fn conformance(&self, rule: ConformanceRule, silence: Silence, window: Span) -> Measure {
        let (actual, planned) = match rule {
            ConformanceRule::Total => (self.logged_in(), self.scheduled()),
            ConformanceRule::Work => (self.productive(), self.scheduled_for(Activity::Work)),
        };
        let measured = if self.logged_in() == 0 && silence == Silence::IsUnknown {
            Measured::Undefined(Undefined::NoActualData)
        } else if planned == 0 && actual > 0 {
            Measured::Infinite
        } else {
            Measured::of(actual.into(), planned, Undefined::NothingPlanned)
        };
        Measure::new(rule.name(), (actual.into(), planned), measured, window)
    }

    /// Conformance by activity: of each planned activity at most as much counts
    /// as was planned, so that too much lunch does not make up for too little
    /// work. `sum of min(scheduled, actual) / scheduled`, never above 1.
    #[must_use]
    pub fn conformance_by_activity(&self, map: &AdherenceMap, window: Span) -> Measure {
        let kept = Activity::ALL.iter().map(|&activity| {
            self.scheduled_for(activity)
                .min(self.actual_for(activity, map))
        });
        let kept: u64 = kept.sum();
        let measured = Measured::of(kept.into(), self.scheduled(), Undefined::NothingPlanned);
        Measure::new(
            "by_activity",
            (kept.into(), self.scheduled()),
            measured,
            window,
        )
    }
}

/// Planned and present staff of a group, in milliseconds: a sum over people
/// that says nothing about one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaffingTimes {
    /// Planned, all activities.
    pub scheduled: u64,
    /// Planned to take contacts.
    pub scheduled_work: u64,
    /// Logged in.
    pub logged_in: u64,
    /// Ready or with a contact.
    pub productive: u64,
}

impl StaffingTimes {
    /// Planned to take contacts, on average over the window: heads.
    #[must_use]
    pub fn average_scheduled_work(&self, window: Span) -> Measure {
        let (part, whole) = (self.scheduled_work.into(), window.millis().unsigned_abs());
        Measure::plain("avg_scheduled_work", part, whole, window)
    }

    /// Heads at work less heads planned (saldo di copertura): below 0 where
    /// people are missing. `(ready + contact - scheduled work) / length`.
    #[must_use]
    pub fn net_staffing(&self, window: Span) -> Measure {
        let part = i128::from(self.productive) - i128::from(self.scheduled_work);
        Measure::plain("net_staffing", part, window.millis().unsigned_abs(), window)
    }
}

impl From<&AdherenceTimes> for StaffingTimes {
    fn from(times: &AdherenceTimes) -> Self {
        Self {
            scheduled: times.scheduled(),
            scheduled_work: times.scheduled_for(Activity::Work),
            logged_in: times.logged_in(),
            productive: times.productive(),
        }
    }
}
