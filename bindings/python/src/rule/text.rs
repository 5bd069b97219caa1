//! Rules as JSON and as Python code.

use floorwalker::service::ServiceLevel;
use serde_json::Value;

use super::limit::{duration_text, repr as limit_repr};
use crate::errors::{Failure, Result};

pub(super) fn json(rule: &ServiceLevel) -> Result<String> {
    serde_json::to_string(rule).map_err(|error| Failure::new("state.invalid", error.to_string()))
}

pub(super) fn from_json(text: &str) -> Result<ServiceLevel> {
    let read = serde_json::from_str(text);
    read.map_err(|error| Failure::new("state.invalid", format!("this is no rule in JSON: {error}")))
}

/// Methods that change one field, and the field.
const CHANGES: [(&str, &str); 7] = [
    ("with_abandons", "abandons"),
    ("with_flow_outs", "flow_outs"),
    ("with_callbacks", "callbacks"),
    ("with_unfinished", "unfinished"),
    ("with_blocked", "blocked"),
    ("with_closed", "closed"),
    ("with_clock", "clock"),
];

/// A rule as Python code: its text, and what differs from the rule of that text.
pub(super) fn repr(rule: &ServiceLevel) -> Result<String> {
    let mut text = rule.name().to_owned();
    let within = duration_text(rule.within().default_limit());
    match rule.short() {
        Some(short) => {
            let short = duration_text(short.default_limit());
            text.push_str(&format!("({within}, {short})"));
        }
        None => text.push_str(&format!("({within})")),
    }
    let model: ServiceLevel = text.parse()?;
    let (given, usual) = (fields(rule)?, fields(&model)?);
    if rule
        .name()
        .parse::<ServiceLevel>()
        .is_ok_and(|alone| alone == *rule)
    {
        return Ok(format!("ServiceLevel({})", quoted(rule.name())));
    }
    let mut code = format!("ServiceLevel({})", quoted(&text));
    for (method, field) in CHANGES {
        if given[field] != usual[field] {
            let value = given[field].as_str().unwrap_or_default();
            code.push_str(&format!(".{method}({})", quoted(value)));
        }
    }
    if given["comparison"] != usual["comparison"] {
        code.push_str(".strictly()");
    }
    if given["transfers_in"] != usual["transfers_in"] {
        code.push_str(".without_transfers_in()");
    }
    for (queue, within) in rule.within().exceptions() {
        let (queue, within) = (quoted(queue.as_str()), quoted(&duration_text(within)));
        code.push_str(&format!(".for_queue({queue}, {within})"));
    }
    if let Some(short) = rule
        .short()
        .filter(|short| short.exceptions().next().is_some())
    {
        code.push_str(&format!(".with_short({})", limit_repr(short)));
    }
    Ok(code)
}

fn fields(rule: &ServiceLevel) -> Result<Value> {
    serde_json::to_value(rule).map_err(|error| Failure::new("state.invalid", error.to_string()))
}

/// Text as a literal of Python.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{escaped}'")
}
