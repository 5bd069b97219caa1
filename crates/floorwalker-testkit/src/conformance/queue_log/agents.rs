//! The operators of a case, in seconds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use floorwalker::contact::StateKind;
use floorwalker::id::AgentId;
use floorwalker_acd::queue_log::QueueLog;
use serde_json::{Map, Value, json};

use super::{calls, same};

pub(super) fn check(log: &QueueLog, expected: &Value) -> Result<(), String> {
    let expected = expected.as_object().ok_or("agents is no object")?;
    let mut wrong = Vec::new();
    for (name, figures) in expected {
        let agent = AgentId::new(name).map_err(|error| error.to_string())?;
        let figures = figures.as_object().ok_or("an agent is no object")?;
        wrong.extend(check_agent(log, &agent, figures).err());
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}

fn check_agent(
    log: &QueueLog,
    agent: &AgentId,
    figures: &Map<String, Value>,
) -> Result<(), String> {
    let states = no_overlap(log, agent);
    states.map_err(|why| format!("{agent}: {why}"))?;
    for (name, value) in figures {
        let Some(actual) = figure(log, agent, name) else {
            return Err(format!("{agent}: the figure {name} is not known"));
        };
        same(&format!("{agent}: {name}"), value, &actual)?;
    }
    Ok(())
}

/// A figure of an operator by its name; `None` if there is none of that name.
// flat table
fn figure(log: &QueueLog, agent: &AgentId, name: &str) -> Option<Value> {
    let rings = log.rings().get(agent).copied().unwrap_or_default();
    let mine = || {
        let all = calls::offered(log).into_iter();
        all.filter(|one| one.leg.agent.as_ref() == Some(agent) && one.leg.answered.is_some())
    };
    let talk = || {
        mine()
            .filter_map(|one| one.leg.talk())
            .map(|talk| talk.num_seconds())
    };
    let transferred = || mine().filter(|one| one.leg.transferred_out).count();
    Some(match name {
        "login" | "logged_in" => json!(login(log, agent)),
        "sessions" | "logins" => json!(sessions(log, agent).count()),
        "pause" | "pauses" => json!(pauses(log, agent)),
        "pause_total" | "paused" => json!(pauses(log, agent).values().sum::<i64>()),
        "ready_or_busy" => json!(login(log, agent) - pauses(log, agent).values().sum::<i64>()),
        "ready" => json!(in_state(log, agent, |state| state == StateKind::Ready)),
        "busy" | "contact" => json!(in_state(log, agent, |state| state == StateKind::Contact)),
        "break" => json!(in_state(log, agent, |state| state == StateKind::Break)),
        "lunch" => json!(in_state(log, agent, |state| state == StateKind::Lunch)),
        "answered" => json!(mine().count()),
        "transferred" => json!(transferred()),
        "talk" => json!(talk().sum::<i64>()),
        "ring_no_answer" => json!(rings.no_answer),
        "ring_no_answer_over_1s" => json!(rings.no_answer_over_1s),
        "ring_canceled" | "rings_canceled" => json!(rings.canceled),
        _ => return None,
    })
}

/// What has no end lasts until the data ends.
fn seconds(log: &QueueLog, from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> i64 {
    let to = to.or(log.last_stamp()).unwrap_or(from);
    (to - from).num_seconds()
}

fn sessions<'a>(log: &'a QueueLog, agent: &'a AgentId) -> impl Iterator<Item = i64> {
    let mine = log.sessions().iter().filter(move |one| one.agent == *agent);
    mine.map(|session| seconds(log, session.from, session.to))
}

fn login(log: &QueueLog, agent: &AgentId) -> i64 {
    sessions(log, agent).sum()
}

fn pauses(log: &QueueLog, agent: &AgentId) -> BTreeMap<String, i64> {
    let mut pauses = BTreeMap::new();
    for pause in log.pauses().iter().filter(|one| one.agent == *agent) {
        let length = seconds(log, pause.from, pause.to);
        *pauses.entry(pause.reason.clone()).or_insert(0) += length;
    }
    pauses
}

fn in_state(log: &QueueLog, agent: &AgentId, wanted: impl Fn(StateKind) -> bool) -> i64 {
    let mine = log.states().iter().filter(|one| one.agent() == agent);
    let mine = mine.filter(|one| wanted(one.state()));
    mine.map(|one| seconds(log, one.from(), one.to())).sum()
}

/// States of one operator follow each other.
fn no_overlap(log: &QueueLog, agent: &AgentId) -> Result<(), String> {
    let mine: Vec<_> = log
        .states()
        .iter()
        .filter(|one| one.agent() == agent)
        .collect();
    for pair in mine.windows(2) {
        if pair[0].to().is_none_or(|to| to > pair[1].from()) {
            return Err(format!("{:?} overlaps {:?}", pair[0], pair[1]));
        }
    }
    Ok(())
}
