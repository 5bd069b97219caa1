//! The visits of a case.

use floorwalker::contact::{Leg, Outcome};
use floorwalker_acd::queue_log::{EndedBy, QueueLog, Transfer, VisitDetails};
use serde_json::{Map, Value, json};

use super::same;

/// A visit that came out.
pub(super) struct Actual<'a> {
    pub(super) leg: Leg,
    pub(super) details: &'a VisitDetails,
}

/// The visits of a log, those that entered no queue and dials left out.
pub(super) fn offered(log: &QueueLog) -> Vec<Actual<'_>> {
    all(log)
        .into_iter()
        .filter(|actual| actual.leg.is_offered())
        .collect()
}

fn all(log: &QueueLog) -> Vec<Actual<'_>> {
    let details = log.details().iter();
    log.legs()
        .zip(details)
        .map(|(leg, details)| Actual { leg, details })
        .collect()
}

pub(super) fn check(log: &QueueLog, expected: &Value) -> Result<(), String> {
    let expected = expected.as_array().ok_or("calls is no list")?;
    let mut left = all(log);
    let mut wrong = Vec::new();
    for call in expected {
        let call = call.as_object().ok_or("a call is no object")?;
        let Some(place) = find(&left, call) else {
            wrong.push(format!("{} is missing", Value::Object(call.clone())));
            continue;
        };
        let actual = left.remove(place);
        let name = format!("{} in {}", actual.details.callid, actual.leg.queue);
        for (field, value) in call {
            let checked = match actual.field(field) {
                None => Err(format!("{name}: the field {field} is not known")),
                Some(got) => same(&format!("{name}: {field}"), value, &got),
            };
            wrong.extend(checked.err());
        }
    }
    let more = left.iter().filter(|actual| actual.leg.is_offered());
    wrong.extend(more.map(|actual| {
        let (id, queue) = (&actual.details.callid, &actual.leg.queue);
        let at = actual.leg.arrived;
        format!("unexpected visit {id} in {queue} at {at}")
    }));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}

/// The visit that is meant: by call, queue and entry, as far as they are given.
fn find(actual: &[Actual<'_>], call: &Map<String, Value>) -> Option<usize> {
    let same = |one: &Actual<'_>, field: &str| match call.get(field) {
        Some(value) => one.field(field).as_ref() == Some(value),
        None => true,
    };
    let is_meant = |one: &Actual<'_>, fields: &[&str]| fields.iter().all(|field| same(one, field));
    let exact = ["callid", "queue", "entered", "outcome"];
    let search = |fields| actual.iter().position(|one| is_meant(one, fields));
    search(&exact)
        .or_else(|| search(&exact[..3]))
        .or_else(|| search(&exact[..2]))
}

impl Actual<'_> {
    /// The value of a field of a call; `None` if there is no such field.
    // flat table
    fn field(&self, name: &str) -> Option<Value> {
        let Self { leg, details } = self;
        let secs = |time: Option<chrono::TimeDelta>| time.map(|time| time.num_seconds());
        Some(match name {
            "callid" => json!(details.callid),
            "conversation" => json!(details.conversation),
            "queue" => json!(leg.queue.as_str()),
            "entered" => json!(leg.arrived.timestamp()),
            "outcome" => json!(self.outcome()),
            "kind" => json!(leg.kind.name()),
            "wait" => json!(secs(leg.wait())),
            "talk" => json!(secs(leg.talk())),
            "wrapup" | "wrap_up" | "acw" => json!(secs(leg.wrap_up())),
            "answered" => json!(leg.answered.map(|at| at.timestamp())),
            "ended" | "released" => json!(leg.released.map(|at| at.timestamp())),
            "agent" => json!(leg.agent.as_ref().map(|agent| agent.as_str())),
            "ring" => json!(details.ring_secs),
            "ended_by" => json!(self.ended_by()),
            "pos" | "position" => json!(details.position),
            "origpos" | "original_position" => json!(details.original_position),
            "key" => json!(details.key),
            "transfer" => json!(self.transfer()),
            "to" | "transferred_to" => json!(details.transferred_to),
            "ring_no_answer" => json!(leg.ring_no_answers),
            "ring_no_answer_over_1s" => json!(details.ring_no_answers_over_1s),
            "ring_canceled" | "rings_canceled" => json!(details.rings_canceled),
            "agent_dumps" => json!(details.agent_dumps),
            "incomplete" => json!(leg.answered.is_some() && leg.released.is_none()),
            "rebuilt" => json!(details.rebuilt),
            "url" => json!(details.url.as_deref().unwrap_or("")),
            "caller" | "callerid" | "caller_id" => json!(details.caller.as_deref().unwrap_or("")),
            "caller_name" | "name" => json!(details.caller_name.as_deref().unwrap_or("")),
            "called" | "did" => json!(details.called.as_deref().unwrap_or("")),
            "why" | "note" => return None,
            _ => return None,
        })
    }

    /// The outcome in the words of the suite.
    fn outcome(&self) -> &'static str {
        match self.leg.outcome {
            Outcome::Answered if self.leg.transferred_out => "transferred",
            Outcome::Answered => "answered",
            Outcome::Abandoned => "abandoned",
            Outcome::TimedOut => "timeout",
            Outcome::LeftByKey => "exit_key",
            Outcome::LeftEmpty => "exit_empty",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Failed => "failed",
            Outcome::Lost => "lost_restart",
            Outcome::Open => "waiting",
            other => other.name(),
        }
    }

    fn ended_by(&self) -> Option<&'static str> {
        self.details.ended_by.map(|by| match by {
            EndedBy::Agent => "agent",
            EndedBy::Caller => "caller",
        })
    }

    fn transfer(&self) -> Option<&'static str> {
        self.details.transfer.map(|transfer| match transfer {
            Transfer::Blind => "blind",
            Transfer::Attended => "attended",
            Transfer::Unknown => "unknown",
        })
    }
}
