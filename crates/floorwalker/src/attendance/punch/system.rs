//! States of the telephone system, read as presence.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::session::{Edge, Origin, Session};
use crate::attendance::spans::{SpanSet, between};
use crate::contact::{AgentState, StateKind};
use crate::id::AgentId;
use crate::time::Span;

/// One stretch in one state, that may still last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::attendance) struct Stretch {
    pub(in crate::attendance) span: Span,
    pub(in crate::attendance) state: StateKind,
    /// Whether it still lasts.
    pub(in crate::attendance) open: bool,
}

/// Each operator's stretches in order, as they were known at `as_of`: one that
/// lasts longer still lasts, and one that begins later does not exist.
pub(in crate::attendance) fn stretches_by_agent(
    states: &[AgentState],
    as_of: DateTime<Utc>,
) -> BTreeMap<&AgentId, Vec<Stretch>> {
    let mut by_agent: BTreeMap<&AgentId, Vec<Stretch>> = BTreeMap::new();
    for state in states {
        let from = state.from().timestamp_millis();
        let ended = state.to().filter(|to| *to <= as_of);
        let to = ended.unwrap_or(as_of).timestamp_millis();
        if let Some(span) = between(from, to) {
            by_agent.entry(state.agent()).or_default().push(Stretch {
                span,
                state: state.state(),
                open: ended.is_none(),
            });
        }
    }
    for stretches in by_agent.values_mut() {
        stretches.sort_by_key(|stretch| stretch.span);
    }
    by_agent
}

/// Sessions for somebody who does not punch: logged in is there, pauses are
/// breaks, and being logged out for at most `relogin_ms` is staying.
pub(in crate::attendance) fn sessions_of(stretches: &[Stretch], relogin_ms: i64) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for stretch in stretches {
        let (start, end) = (stretch.span.start_ms(), stretch.span.end_ms());
        let staying = sessions.last_mut().filter(|session| {
            session
                .to
                .is_some_and(|to| start - to.at_ms() <= relogin_ms)
        });
        let end = staying
            .as_ref()
            .and_then(|session| session.to)
            .map_or(end, |to| end.max(to.at_ms()));
        let session = match staying {
            Some(session) => session,
            None => {
                sessions.push(Session {
                    from: Edge::new(start, Origin::System),
                    ..Session::default()
                });
                sessions.last_mut().expect("just pushed")
            }
        };
        session.to = Edge::new(end, Origin::System);
        if matches!(stretch.state, StateKind::Break | StateKind::Lunch) {
            session.breaks.push(stretch.span);
        }
    }
    for session in &mut sessions {
        session.breaks = SpanSet::of(std::mem::take(&mut session.breaks))
            .spans()
            .collect();
    }
    if let (Some(session), Some(last)) = (sessions.last_mut(), stretches.last())
        && last.open
    {
        session.to = None;
    }
    sessions
}
