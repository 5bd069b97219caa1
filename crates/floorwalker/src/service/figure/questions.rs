//! The figures of a tally, asked by name.

use super::explain::Explanation;
use super::kpi::{Kpi, Unit};
use super::measure::Figure;
use super::percentile::Percentile;
use super::waited::waited_cut;
use crate::error::{Error, ErrorKind};
use crate::service::rule::{
    CATEGORIES, Category, Class, ClockStart, Comparison, ServiceLevel, Timing, Verdict,
};
use crate::service::tally::{KeepWaits, Tally, WaitClass};

/// A service level that is known only to lie between two figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// It is at least this.
    pub at_least: Figure,
    /// It is at most this.
    pub at_most: Figure,
}

impl Bounds {
    /// Whether both are the same, so that the figure is exact.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.at_least == self.at_most
    }
}

/// A numerator and a denominator.
type Pair = (u64, u64);

impl Tally {
    /// The figure of an indicator.
    ///
    /// Indicators that need a limit for short abandons are undefined where the
    /// settings have none.
    #[must_use]
    pub fn figure(&self, kpi: Kpi) -> Figure {
        if kpi == Kpi::ServiceLevel {
            let rule = self.settings().main_rule().clone();
            return self
                .service_level(&rule)
                .expect("the main rule is always counted for");
        }
        let (numerator, denominator) = match kpi.unit() {
            Unit::Count => self.count(kpi).map_or((0, 0), |count| (count, 1)),
            Unit::Ratio => self.ratio(kpi),
            _ => self.duration(kpi),
        };
        Figure::new(
            kpi.name(),
            kpi.unit(),
            numerator.into(),
            denominator,
            self.scope().window(),
        )
    }

    fn count(&self, kpi: Kpi) -> Option<u64> {
        let counts = self.counts();
        let within = |class| self.legs(class, Timing::Within);
        Some(match kpi {
            Kpi::Attempts => self.inbound() + self.blocked() + self.closed(),
            Kpi::Offered => self.offered(),
            Kpi::OfferedInbound => self.inbound(),
            Kpi::TransferIn => counts.transfer_in,
            Kpi::OverflowIn => counts.overflow_in,
            Kpi::Answered => self.answered(),
            Kpi::Abandoned => self.abandoned(),
            Kpi::ShortAbandoned => {
                return self
                    .settings()
                    .short_abandons()
                    .map(|_| self.short_abandoned());
            }
            Kpi::CallbackRequested => self.callback_requested(),
            Kpi::FlowOuts => self.flow_outs(),
            Kpi::Overflowed => self.overflowed(),
            Kpi::TimedOut => counts.timed_out,
            Kpi::LeftByKey => counts.left_by_key,
            Kpi::LeftEmpty => counts.left_empty,
            Kpi::Withdrawn => counts.withdrawn,
            Kpi::Failed => counts.failed,
            Kpi::Lost => counts.lost,
            Kpi::Open => self.open(),
            Kpi::Blocked => self.blocked(),
            Kpi::Closed => self.closed(),
            Kpi::AnsweredIn => within(Class::Answered),
            Kpi::AbandonedIn => within(Class::Abandoned) + within(Class::AbandonedShort),
            Kpi::CallbackIn => within(Class::Callback) + within(Class::CallbackDone),
            Kpi::FlowOutIn => within(Class::FlowOut),
            Kpi::TransferredOut => counts.transferred_out,
            Kpi::Completed => counts.completed,
            Kpi::Held => counts.held,
            Kpi::RingNoAnswers => counts.ring_no_answers,
            Kpi::ShortAnswers => {
                return self
                    .settings()
                    .short_answers()
                    .map(|_| counts.short_answers);
            }
            Kpi::CallbackDials => counts.callback_dials,
            Kpi::CallbackAnswered => counts.callback_answered,
            Kpi::OutboundDials => counts.outbound_dials,
            Kpi::OutboundAnswered => counts.outbound_answered,
            _ => return None,
        })
    }

    /// Offered legs that came from outside.
    fn inbound(&self) -> u64 {
        self.offered()
            .saturating_sub(self.counts().transfer_in + self.counts().overflow_in)
    }

    fn ratio(&self, kpi: Kpi) -> Pair {
        let counts = self.counts();
        let (offered, abandoned) = (self.offered(), self.abandoned());
        let short = self
            .settings()
            .short_abandons()
            .map(|_| self.short_abandoned());
        match (kpi, short) {
            (Kpi::AnswerRate, _) => (self.answered(), offered),
            (Kpi::AbandonRate, _) => (abandoned, offered),
            (Kpi::AbandonRateExclShort, Some(short)) => (abandoned - short, offered - short),
            (Kpi::AbandonRateLong, Some(short)) => (abandoned - short, offered),
            (Kpi::BlockingRate, _) => (
                self.blocked(),
                self.inbound() + self.blocked() + self.closed(),
            ),
            (Kpi::TransferRate, _) => (counts.transferred_out, self.answered()),
            (Kpi::CallbackCompletion, _) => (self.callback_done(), self.callback_requested()),
            (Kpi::CallbackAnswerRate, _) => (counts.callback_answered, counts.callback_dials),
            (Kpi::ConnectRate, _) => (counts.outbound_answered, counts.outbound_dials),
            _ => (0, 0),
        }
    }

    fn duration(&self, kpi: Kpi) -> Pair {
        let (sums, counts) = (self.sums(), self.counts());
        let (answered, abandoned) = (self.answered_with_wait(), self.abandoned_with_wait());
        match kpi {
            Kpi::Asa => (sums.wait_answered, answered),
            Kpi::Ata => (sums.wait_abandoned, abandoned),
            Kpi::Tma => (
                sums.wait_answered.saturating_add(sums.wait_abandoned),
                answered + abandoned,
            ),
            Kpi::LongestWait => sums.longest_wait().map_or((0, 0), |longest| (longest, 1)),
            Kpi::Att => (sums.talk, counts.completed),
            Kpi::AverageHold => (sums.hold, counts.completed),
            Kpi::AverageHoldOfHeld => (sums.hold, counts.held),
            Kpi::Acw => (sums.wrap_up, counts.completed),
            Kpi::Aht => (
                sums.talk
                    .saturating_add(sums.hold)
                    .saturating_add(sums.wrap_up),
                counts.completed,
            ),
            Kpi::AhtWithoutAcw => (sums.talk.saturating_add(sums.hold), counts.completed),
            Kpi::Busy => (sums.busy, 1),
            Kpi::Load => (sums.busy, self.scope().window().millis().unsigned_abs()),
            _ => (0, 0),
        }
    }

    /// The service level under `rule`: for / (for + against).
    ///
    /// # Errors
    /// `options.conflict` if the tally did not count for the rule's threshold;
    /// then [`service_level_at`](Self::service_level_at) may still bound it.
    pub fn service_level(&self, rule: &ServiceLevel) -> Result<Figure, Error> {
        let cut = self.cut_for(rule)?;
        Ok(self.level_figure(rule, cut))
    }

    fn level_figure(&self, rule: &ServiceLevel, cut: &[u64; CATEGORIES]) -> Figure {
        let (mut good, mut bad) = (0_u64, 0_u64);
        for category in Category::all() {
            match rule.judge(category) {
                Verdict::For => good += cut[category.index()],
                Verdict::Against => bad += cut[category.index()],
                Verdict::LeftOut => {}
            }
        }
        let name = Kpi::ServiceLevel.name();
        Figure::new(
            name,
            Unit::Ratio,
            good.into(),
            good + bad,
            self.scope().window(),
        )
        .by_rule(rule)
    }

    /// The service level under a rule that was not counted for, from the kept waits.
    ///
    /// Exact if every wait was kept, or if the thresholds are edges of the
    /// histogram (whole seconds up to two minutes, and the usual longer ones)
    /// and the comparison is "at most". Otherwise the two bounds leave out and
    /// include the legs in the one bucket, of at most 1 s or 1/60 of its length,
    /// that the threshold cuts through.
    ///
    /// # Errors
    /// `options.conflict` if no waits were kept, if the rule measures from
    /// another instant than the queue entry or leaves transfers out, or if its
    /// limits differ between the pooled queues.
    pub fn service_level_at(&self, rule: &ServiceLevel) -> Result<Bounds, Error> {
        let (threshold, short) = self.common_limits(rule)?;
        let [low, high] =
            [false, true].map(|hopeful| waited_cut(self, rule, (threshold, short), hopeful));
        Ok(Bounds {
            at_least: self.level_figure(rule, &low),
            at_most: self.level_figure(rule, &high),
        })
    }

    /// Threshold and short limit of a rule, if they are the same for all pooled queues.
    fn common_limits(&self, rule: &ServiceLevel) -> Result<(i64, i64), Error> {
        let refuse = |why: &str| {
            Err(ErrorKind::Conflict {
                what: "rule and tally",
                why: why.to_owned(),
            }
            .into())
        };
        if self.settings().keep_waits() == KeepWaits::Nothing {
            return refuse("no waits were kept");
        }
        if rule.clock() != ClockStart::QueueEntry || !rule.counts_transfers_in() {
            return refuse("kept waits are those of all legs from their queue entry");
        }
        let limits = |queue| {
            let strict = i64::from(rule.comparison() == Comparison::Below);
            let short = rule
                .short()
                .map_or(-1, |short| short.of(queue).num_milliseconds());
            (rule.within().of(queue).num_milliseconds() - strict, short)
        };
        let mut all = self.scope().queues().iter().map(limits);
        let first = all
            .next()
            .unwrap_or((rule.within().default_limit().num_milliseconds(), -1));
        if all.any(|other| other != first) {
            return refuse("the limits differ between the pooled queues");
        }
        Ok(first)
    }

    /// A percentile of the waits of a class of legs, in milliseconds.
    ///
    /// From a histogram the value is the end of its bucket: at most 1 s or 1/60
    /// above the true one. Undefined without legs, or if no waits were kept.
    #[must_use]
    pub fn percentile(&self, class: WaitClass, percentile: Percentile) -> Figure {
        let value = percentile.of(self.waits(), class);
        let (numerator, denominator) =
            value.map_or((0, 0), |value| (value.numerator(), value.denominator()));
        let name = format!("wait_{percentile}");
        Figure::new(
            name,
            Unit::Milliseconds,
            numerator,
            denominator,
            self.scope().window(),
        )
    }

    /// How a service level came about: which legs counted for and against, and which were left out.
    ///
    /// # Errors
    /// `options.conflict` if the tally did not count for the rule's threshold.
    pub fn explain(&self, rule: &ServiceLevel) -> Result<Explanation, Error> {
        let cut = self.cut_for(rule)?;
        Ok(Explanation::new(
            self.level_figure(rule, cut),
            rule,
            cut,
            self.scope(),
        ))
    }
}
