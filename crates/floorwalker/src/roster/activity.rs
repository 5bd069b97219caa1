//! What an operator does in a part of a shift.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::id::{ActivityId, SkillId};
use crate::terms::terms;

terms! {
    /// The kind of an activity; it says how the activity counts unless told otherwise.
    ActivityKind ("activity kind") {
        /// Taking or making contacts (linea).
        Contact = "contact",
        /// Work on cases without a customer on the line (back office).
        BackOffice = "back_office",
        /// A meeting or a briefing (riunione).
        Meeting = "meeting",
        /// Training or coaching (formazione).
        Training = "training",
        /// A meal (pausa pranzo).
        Meal = "meal",
        /// A short rest (pausa).
        Rest = "rest",
        /// A pause from the screen (pausa videoterminale): working time by law.
        ScreenBreak = "screen_break",
        /// A breast-feeding rest (riposo per allattamento): working time by law.
        BreastfeedingRest = "breastfeeding_rest",
        /// Being reachable without working (reperibilità).
        OnCall = "on_call",
        /// Time off within a shift (permesso).
        TimeOff = "time_off",
        /// Any other work.
        Other = "other",
    }
}

/// How an activity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Nature {
    work: bool,
    paid: bool,
    screen: bool,
    cover_permille: u16,
}

impl ActivityKind {
    fn nature(self) -> Nature {
        use ActivityKind as K;
        let works = !matches!(self, K::Meal | K::Rest | K::OnCall | K::TimeOff);
        Nature {
            work: works,
            paid: works || matches!(self, K::Rest | K::OnCall),
            screen: matches!(self, K::Contact | K::BackOffice),
            cover_permille: if self == K::Contact { 1000 } else { 0 },
        }
    }

    /// Whether it is a pause: a meal, a rest or a pause from the screen.
    #[must_use]
    pub fn is_break(self) -> bool {
        matches!(self, Self::Meal | Self::Rest | Self::ScreenBreak)
    }
}

/// An activity as it is written in JSON: what is left out follows from the kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename = "Activity", deny_unknown_fields)]
struct ActivityRecord {
    id: ActivityId,
    kind: ActivityKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    work: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paid: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    screen: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cover_permille: Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    skills: Vec<SkillId>,
}

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    id: ActivityId,
    kind: ActivityKind,
    nature: Nature,
    skills: Vec<SkillId>,
}

/// An activity (attività) of the roster, such as "phone" or "meal".
///
/// Invariant: it covers at most the whole of an operator.
///
/// Cheap to clone. The kind says whether it is working time, paid, at the screen, and
/// how much of an operator it puts on the floor; the `with_` methods say otherwise:
///
/// | kind | working time | paid | screen | covers |
/// |---|---|---|---|---|
/// | contact | yes | yes | yes | wholly |
/// | back office | yes | yes | yes | no |
/// | meeting, training, other | yes | yes | no | no |
/// | screen break, breast-feeding rest | yes | yes | no | no |
/// | rest, on call | no | yes | no | no |
/// | meal, time off | no | no | no | no |
///
/// ```
/// use floorwalker::roster::{Activity, ActivityKind};
///
/// let paper = Activity::new("letters".parse()?, ActivityKind::BackOffice).with_screen(false);
/// assert!(paper.is_work() && !paper.is_screen());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ActivityRecord", into = "ActivityRecord")]
pub struct Activity(Arc<Inner>);

impl Activity {
    /// An activity that counts as its kind does.
    #[must_use]
    pub fn new(id: ActivityId, kind: ActivityKind) -> Self {
        Self(Arc::new(Inner {
            id,
            kind,
            nature: kind.nature(),
            skills: Vec::new(),
        }))
    }

    fn changed(self, change: impl FnOnce(&mut Inner)) -> Self {
        let old = &self.0;
        let mut inner = Inner {
            id: old.id.clone(),
            kind: old.kind,
            nature: old.nature,
            skills: old.skills.clone(),
        };
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// The same activity, counted as working time or not.
    #[must_use]
    pub fn with_work(self, work: bool) -> Self {
        self.changed(|inner| inner.nature.work = work)
    }

    /// The same activity, paid or not.
    #[must_use]
    pub fn with_paid(self, paid: bool) -> Self {
        self.changed(|inner| inner.nature.paid = paid)
    }

    /// The same activity, at the screen or not.
    #[must_use]
    pub fn with_screen(self, screen: bool) -> Self {
        self.changed(|inner| inner.nature.screen = screen)
    }

    /// The same activity for these skills only. An operator needs one of them.
    #[must_use]
    pub fn with_skills(self, skills: impl IntoIterator<Item = SkillId>) -> Self {
        self.changed(|inner| inner.skills = skills.into_iter().collect())
    }

    /// The same activity, putting this many thousandths of an operator on the floor.
    ///
    /// # Errors
    /// `value.out_of_range` if there are more than 1000.
    pub fn with_cover(self, permille: u16) -> Result<Self> {
        if permille > 1000 {
            return Err(Error::range("cover in thousandths", 0, 1000, permille));
        }
        Ok(self.changed(|inner| inner.nature.cover_permille = permille))
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &ActivityId {
        &self.0.id
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ActivityKind {
        self.0.kind
    }

    /// Whether it is working time.
    #[must_use]
    pub fn is_work(&self) -> bool {
        self.0.nature.work
    }

    /// Whether it is paid.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.0.nature.paid
    }

    /// Whether it is at the screen.
    #[must_use]
    pub fn is_screen(&self) -> bool {
        self.0.nature.screen
    }

    /// Whether it is a pause.
    #[must_use]
    pub fn is_break(&self) -> bool {
        self.0.kind.is_break()
    }

    /// Whether it is work that somebody does: working time and not a pause.
    #[must_use]
    pub fn is_duty(&self) -> bool {
        self.is_work() && !self.is_break() && self.kind() != ActivityKind::BreastfeedingRest
    }

    /// How many thousandths of an operator it puts on the floor.
    #[must_use]
    pub fn cover_permille(&self) -> u16 {
        self.0.nature.cover_permille
    }

    /// The skills it is for; empty if it is for whatever the operator can.
    #[must_use]
    pub fn skills(&self) -> &[SkillId] {
        &self.0.skills
    }
}

impl TryFrom<ActivityRecord> for Activity {
    type Error = Error;

    fn try_from(record: ActivityRecord) -> Result<Self> {
        let usual = record.kind.nature();
        Self::new(record.id, record.kind)
            .with_skills(record.skills)
            .changed(|inner| {
                inner.nature.work = record.work.unwrap_or(usual.work);
                inner.nature.paid = record.paid.unwrap_or(usual.paid);
                inner.nature.screen = record.screen.unwrap_or(usual.screen);
            })
            .with_cover(record.cover_permille.unwrap_or(usual.cover_permille))
    }
}

impl From<Activity> for ActivityRecord {
    fn from(activity: Activity) -> Self {
        let (inner, usual) = (&activity.0, activity.0.kind.nature());
        let unusual = |given, usual| (given != usual).then_some(given);
        let covers = inner.nature.cover_permille;
        Self {
            id: inner.id.clone(),
            kind: inner.kind,
            work: unusual(inner.nature.work, usual.work),
            paid: unusual(inner.nature.paid, usual.paid),
            screen: unusual(inner.nature.screen, usual.screen),
            cover_permille: (covers != usual.cover_permille).then_some(covers),
            skills: inner.skills.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_what_is_unusual() {
        let json = r#"{"id":"letters","kind":"back_office","screen":false}"#;
        let letters: Activity = serde_json::from_str(json).unwrap();
        assert!(letters.is_work() && letters.is_paid() && !letters.is_screen());
        assert_eq!(serde_json::to_string(&letters).unwrap(), json);
        let too_much = r#"{"id":"x","kind":"contact","cover_permille":1001}"#;
        assert!(serde_json::from_str::<Activity>(too_much).is_err());
    }

    #[test]
    fn pauses_are_no_duty() {
        let is_duty = |kind| Activity::new("x".parse().unwrap(), kind).is_duty();
        assert!(is_duty(ActivityKind::Contact) && is_duty(ActivityKind::Meeting));
        for kind in [
            ActivityKind::Meal,
            ActivityKind::Rest,
            ActivityKind::ScreenBreak,
            ActivityKind::BreastfeedingRest,
            ActivityKind::OnCall,
            ActivityKind::TimeOff,
        ] {
            assert!(!is_duty(kind), "{kind}");
        }
    }
}
