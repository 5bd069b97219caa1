//! Sums over a case, by the library's own tally where it has them.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use floorwalker::contact::Outcome;
use floorwalker::service::{IntervalTally, ServiceLevel, Tally, TallySettings};
use floorwalker::time::{Every, Grid, Zone};
use floorwalker_acd::FindingKind;
use floorwalker_acd::queue_log::QueueLog;
use serde_json::{Value, json};

use super::{calls, same};

fn tally(log: &QueueLog, zone: &Zone) -> Result<IntervalTally, String> {
    let text = |error: floorwalker::Error| error.to_string();
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).map_err(text)?;
    let grid = Grid::new(zone.clone(), Every::Minutes30);
    let settings = TallySettings::new(grid, rule);
    IntervalTally::count(&log.table().columns(), settings).map_err(text)
}

pub(super) fn check(log: &QueueLog, expected: &Value) -> Result<(), String> {
    let total = tally(log, &Zone::utc())?.total();
    let expected = expected.as_object().ok_or("totals is no object")?;
    let wrong: Vec<String> = expected
        .iter()
        .filter_map(|(name, value)| {
            let actual = sum(log, &total, name);
            let actual = actual.ok_or_else(|| format!("the total {name} is not known"));
            actual
                .and_then(|actual| same(&format!("total {name}"), value, &actual))
                .err()
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}

/// A total by its name; `None` if there is none of that name.
// flat table
fn sum(log: &QueueLog, total: &Tally, name: &str) -> Option<Value> {
    let count = |outcome: Outcome| {
        let legs = calls::offered(log).into_iter();
        legs.filter(|one| one.leg.outcome == outcome).count() as u64
    };
    let details = |of: fn(&floorwalker_acd::queue_log::VisitDetails) -> u32| {
        log.details().iter().map(of).map(u64::from).sum::<u64>()
    };
    let seconds = |ms: u64| ms / 1000;
    Some(json!(match name {
        "offered" => total.offered(),
        "answered" => total.answered(),
        "transferred" => total.counts().transferred_out,
        "abandoned" => total.abandoned(),
        "timeout" => total.counts().timed_out,
        "exit_key" => total.counts().left_by_key,
        "exit_empty" => total.counts().left_empty,
        "withdrawn" => total.counts().withdrawn,
        "failed" => total.counts().failed,
        "lost_restart" | "lost" => total.counts().lost,
        "waiting" | "open" => total.open(),
        "blocked" => total.blocked(),
        "closed" => total.closed(),
        "incomplete" => count(Outcome::Answered) - total.counts().completed,
        "wait_answered_sum" => seconds(total.sums().wait_answered),
        "wait_abandoned_sum" => seconds(total.sums().wait_abandoned),
        "talk_sum" => seconds(total.sums().talk),
        "wrapup_sum" => seconds(total.sums().wrap_up),
        "ring_no_answer" => total.counts().ring_no_answers,
        "ring_no_answer_over_1s" => details(|one| one.ring_no_answers_over_1s),
        "ring_canceled" | "rings_canceled" => details(|one| one.rings_canceled),
        "outbound" | "dials" => total.counts().outbound_dials,
        "outbound_answered" => total.counts().outbound_answered,
        "rebuilt" => details(|one| one.rebuilt.into()),
        _ => return None,
    }))
}

/// Callers as persons: conversations with at least one visit.
pub(super) fn unique_callers(log: &QueueLog, expected: &Value) -> Result<(), String> {
    let offered = calls::offered(log);
    let callers: BTreeSet<&str> = offered
        .iter()
        .map(|one| &*one.details.conversation)
        .collect();
    same("unique_callers", expected, &json!(callers.len()))
}

/// The half-hour in which a call was offered.
pub(super) fn offered_interval(
    log: &QueueLog,
    zone: &Zone,
    expected: &Value,
) -> Result<(), String> {
    let tally = tally(log, zone)?;
    let queues: Vec<_> = tally.queues().into_iter().cloned().collect();
    let mut labels = Vec::new();
    for interval in tally.intervals().iter() {
        let pooled = tally
            .pooled(&queues, interval)
            .map_err(|error| error.to_string())?;
        if pooled.offered() > 0 {
            labels.push(interval.label());
        }
    }
    let expected = match expected {
        Value::Array(list) => Value::Array(list.clone()),
        one => json!([one]),
    };
    same("offered_interval", &expected, &json!(labels))
}

/// How many findings there are of the kinds that are named.
pub(super) fn findings(log: &QueueLog, expected: &Value) -> Result<(), String> {
    let expected = expected.as_object().ok_or("findings is no object")?;
    for (name, count) in expected {
        let kind = FindingKind::ALL.iter().find(|kind| kind.name() == name);
        let kind = kind.ok_or_else(|| format!("no kind of finding is called {name}"))?;
        let actual = json!(log.findings().count(*kind));
        same(&format!("finding {name}"), count, &actual)?;
    }
    Ok(())
}
