//! What a service-level rule makes of the probabilities of a model.

use crate::service::{Category, Class, Comparison, ServiceLevel, Timing, Verdict};

/// Verdicts of a rule on the six ways a call can end in a model.
///
/// In a model every call enters the queue by itself and is answered or gives up, so a
/// rule's treatment of flow-outs, call-backs and closed hours, and its start of the
/// clock, make no difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RuleShares {
    within_secs: f64,
    short_secs: Option<f64>,
    /// An answer without a wait is late under the rule (`<` with a threshold of 0).
    none_within: bool,
    answered: [Verdict; 2],
    short: [Verdict; 2],
    abandoned: [Verdict; 2],
}

/// Probabilities of what has happened to a call, by the two limits of a rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happened {
    /// Answered within the threshold, and at all.
    pub(crate) answered: [f64; 2],
    /// Gave up within the threshold, and at all.
    pub(crate) lost: [f64; 2],
    /// Gave up within the limit for short abandons.
    pub(crate) short: f64,
    /// Gave up within both limits.
    pub(crate) short_within: f64,
}

impl RuleShares {
    pub(crate) fn new(rule: &ServiceLevel) -> Self {
        let judge = |class| {
            [Timing::Within, Timing::Late].map(|timing| rule.judge(Category::timed(class, timing)))
        };
        let secs = |limit: &crate::service::Limit| {
            limit.default_limit().num_milliseconds() as f64 / 1000.0
        };
        let within_secs = secs(rule.within());
        Self {
            within_secs,
            short_secs: rule.short().map(secs),
            none_within: rule.comparison() == Comparison::Below && within_secs == 0.0,
            answered: judge(Class::Answered),
            short: judge(Class::AbandonedShort),
            abandoned: judge(Class::Abandoned),
        }
    }

    pub(crate) fn within_secs(&self) -> f64 {
        self.within_secs
    }

    pub(crate) fn short_secs(&self) -> Option<f64> {
        self.short_secs
    }

    /// The threshold, and the limit for short abandons if there is one.
    pub(crate) fn limits(&self) -> impl Iterator<Item = f64> + use<> {
        std::iter::once(self.within_secs).chain(self.short_secs)
    }

    /// The same rule with another threshold.
    pub(crate) fn with_within(self, within_secs: f64) -> Self {
        Self {
            within_secs,
            none_within: false,
            ..self
        }
    }

    /// The parts of calls that count for the rule, and that count at all.
    pub(crate) fn parts(&self, happened: &Happened) -> (f64, f64) {
        let [mut answered, all_answered] = happened.answered;
        let [mut lost, all_lost] = happened.lost;
        let mut short_within = happened.short_within;
        if self.none_within {
            (answered, lost, short_within) = (0.0, 0.0, 0.0);
        }
        let (mut counts_for, mut counts) = (0.0, 0.0);
        let mut count = |verdict: Verdict, part: f64| {
            if verdict != Verdict::LeftOut {
                counts += part;
            }
            if verdict == Verdict::For {
                counts_for += part;
            }
        };
        count(self.answered[0], answered);
        count(self.answered[1], all_answered - answered);
        if self.short == self.abandoned {
            count(self.abandoned[0], lost);
            count(self.abandoned[1], all_lost - lost);
        } else {
            let short_late = happened.short - short_within;
            count(self.short[0], short_within);
            count(self.short[1], short_late);
            count(self.abandoned[0], lost - short_within);
            count(self.abandoned[1], all_lost - lost - short_late);
        }
        (counts_for.max(0.0), counts)
    }

    /// The service level; `None` if no call counts.
    pub(crate) fn level(&self, happened: &Happened) -> Option<f64> {
        let (counts_for, counts) = self.parts(happened);
        (counts > 0.0).then(|| (counts_for / counts).min(1.0))
    }
}
