//! Missing ends and starts: what replaces them, and how sure that is.

use super::rules::Mending;
use crate::attendance::punch::{
    Edge, Origin, PunchKind, PunchMark, PunchRules, Repair, RepairRule, Session, Stretch,
};
use crate::attendance::spans::between;
use crate::id::AgentId;
use crate::time::Span;

/// What is known when a session is mended.
pub(super) struct Mender<'a> {
    pub(super) agent: &'a AgentId,
    pub(super) mending: Mending,
    pub(super) punches: &'a PunchRules,
    /// The operator's states, in order.
    pub(super) stretches: &'a [Stretch],
    pub(super) as_of_ms: i64,
}

/// What mending came to.
#[derive(Default)]
pub(super) struct Mended {
    pub(super) repairs: Vec<Repair>,
    /// An end or a start is missing, or rests on nothing but a rule.
    pub(super) incomplete: bool,
    /// The session still lasts.
    pub(super) in_progress: bool,
}

impl Mender<'_> {
    /// Mends a session of a shift, or of none. `before` is when the session
    /// before ended, `after` when the one after begins.
    pub(super) fn mend(
        &self,
        session: &mut Session,
        shift: Option<Span>,
        (before, after): (Option<i64>, Option<i64>),
    ) -> Mended {
        let mut mended = Mended::default();
        match (session.from, session.to) {
            (Some(from), None) => self.mend_end(session, from, (shift, after), &mut mended),
            (None, Some(to)) => self.mend_start(session, to, before, &mut mended),
            (Some(_), Some(_)) | (None, None) => {}
        }
        self.mend_break(session, &mut mended);
        mended
    }

    fn mend_end(
        &self,
        session: &mut Session,
        from: Edge,
        (shift, after): (Option<Span>, Option<i64>),
        mended: &mut Mended,
    ) {
        let longest = from.at_ms() + i64::from(self.punches.max_shift_minutes) * 60_000;
        let limit = minutes(self.mending.limit_minutes);
        let due = shift.map_or(longest, |shift| shift.end_ms() + limit);
        if after.is_none() && self.as_of_ms < due {
            mended.in_progress = true;
            session.to = Edge::new(self.as_of_ms.max(from.at_ms()), Origin::Assumed);
            return;
        }
        let bound = after.unwrap_or(i64::MAX).min(longest);
        let last = self.last_use(from.at_ms(), bound);
        let near = minutes(self.mending.planned_end_within_minutes);
        let planned = shift
            .map(|shift| shift.end_ms())
            .filter(|&end| from.at_ms() < end && end <= bound);
        let (rule, at, origin) = match (planned, last) {
            (Some(end), Some(last)) if (last - end).abs() <= near => {
                (RepairRule::MissingOutPlannedEnd, end, Origin::Planned)
            }
            (Some(end), _) => {
                let at = (end + limit).min(bound);
                (RepairRule::MissingOutLimit, at, Origin::Assumed)
            }
            (None, Some(last)) => (RepairRule::MissingOutLastState, last, Origin::System),
            (None, None) => {
                mended.incomplete = true;
                return;
            }
        };
        mended.incomplete = origin == Origin::Assumed;
        session.to = Edge::new(at, origin);
        session.assumed = between(last.unwrap_or(from.at_ms()).max(from.at_ms()), at);
        self.note(mended, rule, (at, PunchKind::Out));
    }

    fn mend_start(
        &self,
        session: &mut Session,
        to: Edge,
        before: Option<i64>,
        mended: &mut Mended,
    ) {
        let longest = to.at_ms() - i64::from(self.punches.max_shift_minutes) * 60_000;
        let bound = before.unwrap_or(i64::MIN).max(longest);
        let first = self
            .stretches
            .iter()
            .find(|stretch| stretch.span.start_ms() >= bound)
            .filter(|stretch| stretch.span.start_ms() < to.at_ms());
        let Some(first) = first else {
            mended.incomplete = true;
            return;
        };
        let at = first.span.start_ms();
        session.from = Edge::new(at, Origin::System);
        self.note(mended, RepairRule::MissingInFirstState, (at, PunchKind::In));
    }

    /// Ends a break that was never ended with the first productive state after it.
    fn mend_break(&self, session: &mut Session, mended: &mut Mended) {
        let (Some(open), Some(to)) = (session.open_break, session.to) else {
            return;
        };
        let from = open.timestamp_millis();
        let back = self.stretches.iter().find(|stretch| {
            let start = stretch.span.start_ms();
            stretch.state.is_productive() && start > from && start < to.at_ms()
        });
        let Some(back) = back else {
            mended.incomplete |= !mended.in_progress;
            return;
        };
        let at = back.span.start_ms();
        session.breaks.extend(between(from, at));
        session.open_break = None;
        self.note(
            mended,
            RepairRule::MissingBreakEndState,
            (at, PunchKind::BreakEnd),
        );
    }

    /// When the telephone system was last used in `[from, bound)`.
    fn last_use(&self, from: i64, bound: i64) -> Option<i64> {
        let inside =
            |stretch: &&Stretch| stretch.span.end_ms() > from && stretch.span.start_ms() < bound;
        self.stretches
            .iter()
            .filter(inside)
            .map(|stretch| stretch.span.end_ms().min(bound))
            .max()
    }

    fn note(&self, mended: &mut Mended, rule: RepairRule, (at, kind): (i64, PunchKind)) {
        let after = PunchMark::at_ms(at, kind);
        mended
            .repairs
            .push(Repair::by_rule(self.agent, rule, None, after));
    }
}

fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}
