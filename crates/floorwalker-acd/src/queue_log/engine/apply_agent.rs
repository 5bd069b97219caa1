//! Events of operators wait until late lines are there.

use super::agents::{AgentEvent, login_call};
use super::dialect::agent_fields;
use super::due::What;
use super::event::Event;
use super::track::Act;
use super::{Engine, RawEvent};
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

impl Engine {
    pub(super) fn agent_event(&mut self, event: Event, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        let Some(line) = self.repeats(raw, sink) else {
            return;
        };
        let Some(agent) = self.agent_code(raw, sink) else {
            self.note_event(raw, FindingKind::UnmatchedEvent, sink);
            return;
        };
        let (field, secs, bad_number) = agent_fields(event, raw.data);
        if bad_number {
            self.note_event(raw, FindingKind::BadNumber, sink);
        }
        let Some(act) = self.act(event, raw, field, secs, sink) else {
            return;
        };
        self.agents.pending.push(AgentEvent {
            at: raw.at_ms,
            agent,
            call: login_call(raw.callid),
            act,
            line,
            place: self.notes.here,
        });
        self.dues.push(raw.at_ms, 0, What::Agents);
    }

    fn act(
        &mut self,
        event: Event,
        raw: &RawEvent<'_>,
        field: &[u8],
        secs: Option<u32>,
        sink: &mut impl Sink,
    ) -> Option<Act> {
        let in_no_queue = raw.queue.is_empty() || raw.queue == b"NONE";
        let all = matches!(event, Event::PauseAll | Event::UnpauseAll) || in_no_queue;
        let queue = match event {
            Event::Login | Event::Logoff => None,
            Event::AddMember | Event::RemoveMember => Some(self.queue_code(raw, sink)?),
            _ if all => None,
            _ => Some(self.queue_code(raw, sink)?),
        };
        Some(match (event, queue) {
            (Event::AddMember, Some(queue)) => Act::Add {
                queue,
                paused: field == b"PAUSED",
            },
            (Event::RemoveMember, Some(queue)) => Act::Remove { queue },
            (Event::Login, _) => Act::Login,
            (Event::Logoff, _) => Act::Logoff { secs },
            (Event::Pause | Event::PauseAll, queue) => Act::Pause {
                queue,
                reason: self.names.reason(field.trim_ascii()),
            },
            (Event::Unpause | Event::UnpauseAll, queue) => Act::Unpause { queue },
            _ => return None,
        })
    }
}
