//! Which state keeps which planned activity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::attendance::activity::{ACTIVITIES, Activity};
use crate::contact::StateKind;
use crate::terms::terms;

/// How many states there are.
pub(super) const STATES: usize = StateKind::ALL.len();

terms! {
    /// How a state stands to what is planned.
    Verdict ("adherence verdict") {
        /// It keeps the plan.
        In = "in",
        /// It does not: an exception.
        Out = "out",
        /// Neither: left out where the convention knows neutral time.
        Neutral = "neutral",
    }
}

/// Which states keep which activity.
///
/// Being logged out keeps nothing.
///
/// ```
/// use floorwalker::attendance::{Activity, AdherenceMap, Verdict};
/// use floorwalker::contact::StateKind;
///
/// let map = AdherenceMap::by_name().with(Activity::Work, StateKind::Meeting, Verdict::Neutral);
/// assert_eq!(map.verdict(Activity::Work, StateKind::Contact), Verdict::In);
/// assert_eq!(map.verdict(Activity::Work, StateKind::Lunch), Verdict::Out);
/// assert_eq!(map.verdict(Activity::Work, StateKind::Meeting), Verdict::Neutral);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Pairs", into = "Pairs")]
pub struct AdherenceMap([[Verdict; STATES]; ACTIVITIES]);

/// The pairs that are not out.
type Pairs = BTreeMap<Activity, BTreeMap<StateKind, Verdict>>;

impl AdherenceMap {
    /// Every state is out of every activity.
    #[must_use]
    pub fn nothing() -> Self {
        Self([[Verdict::Out; STATES]; ACTIVITIES])
    }

    /// Ready and contact keep work, any other pause keeps back office and other,
    /// and each remaining state keeps the activity of its name.
    #[must_use]
    pub fn by_name() -> Self {
        let pairs = [
            (Activity::Work, StateKind::Ready),
            (Activity::Work, StateKind::Contact),
            (Activity::Break, StateKind::Break),
            (Activity::Lunch, StateKind::Lunch),
            (Activity::Training, StateKind::Training),
            (Activity::Meeting, StateKind::Meeting),
            (Activity::BackOffice, StateKind::Aux),
            (Activity::Other, StateKind::Aux),
        ];
        let lay = |map: Self, (activity, state)| map.with(activity, state, Verdict::In);
        pairs.into_iter().fold(Self::nothing(), lay)
    }

    /// The same map with one pair changed.
    #[must_use]
    pub fn with(mut self, activity: Activity, state: StateKind, verdict: Verdict) -> Self {
        self.0[activity as usize][state as usize] = verdict;
        self
    }

    /// How a state stands to an activity.
    #[must_use]
    pub fn verdict(&self, activity: Activity, state: StateKind) -> Verdict {
        self.0[activity as usize][state as usize]
    }
}

impl Default for AdherenceMap {
    fn default() -> Self {
        Self::by_name()
    }
}

impl From<Pairs> for AdherenceMap {
    fn from(pairs: Pairs) -> Self {
        let flat = pairs.into_iter().flat_map(|(activity, states)| {
            states
                .into_iter()
                .map(move |(state, verdict)| (activity, state, verdict))
        });
        flat.fold(Self::nothing(), |map, (activity, state, verdict)| {
            map.with(activity, state, verdict)
        })
    }
}

impl From<AdherenceMap> for Pairs {
    fn from(map: AdherenceMap) -> Self {
        let mut pairs = Self::new();
        for &activity in Activity::ALL {
            for &state in StateKind::ALL {
                let verdict = map.verdict(activity, state);
                if verdict != Verdict::Out {
                    pairs.entry(activity).or_default().insert(state, verdict);
                }
            }
        }
        pairs
    }
}

/// How adherence is measured: the map, and how much is forgiven around a change
/// of activity.
///
/// An exception at the beginning or the end of a planned activity is forgiven
/// in full if it is not longer than the grace on that side; a longer one counts
/// in full. An activity that was missed as a whole is no late change and is not
/// forgiven. What products do with a longer one is not documented well, so that both
/// are 0 by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdherenceRules {
    /// Which states keep which activity.
    pub map: AdherenceMap,
    /// Seconds forgiven after an activity begins.
    pub grace_after_secs: u32,
    /// Seconds forgiven before an activity ends.
    pub grace_before_secs: u32,
}
