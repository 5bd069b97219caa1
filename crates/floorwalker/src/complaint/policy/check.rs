//! What a policy must be to be of use.

use super::limit::{AnswerRule, HoldingRule, Limit};
use super::record::{PolicyRecord, Seen};
use crate::complaint::words::Certainty;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Zone;
use crate::time::clock::MAX_AMOUNT;

/// The longest id, in bytes, so that its clocks can be named after it.
const MAX_ID: usize = 200;

/// Checks a policy.
pub(super) fn check(record: &PolicyRecord) -> Result<()> {
    Zone::get(&record.zone)?;
    if record.id.as_str().len() > MAX_ID {
        return Err(Error::range(
            "bytes of the id of a policy",
            1,
            MAX_ID,
            record.id.as_str().len(),
        ));
    }
    validity(record)?;
    let limits = record
        .acknowledge
        .iter()
        .chain(record.answer.iter().flat_map(limits));
    let recourse = record
        .recourse
        .iter()
        .flat_map(|recourse| recourse.after.iter().chain(&recourse.within));
    for limit in limits.chain(recourse) {
        limit_is_sound(record, limit)?;
    }
    if let Some(answer) = &record.answer {
        extension(record, answer)?;
    }
    if record.indemnity.is_some() && record.answer.is_none() {
        return refuse(
            record,
            "it has an indemnity, but no limit that could be missed",
        );
    }
    sources(record)
}

fn refuse<T>(record: &PolicyRecord, why: &str) -> Result<T> {
    let why = format!("{}: {why}", record.id);
    Err(ErrorKind::Conflict {
        what: "the parts of a policy",
        why,
    }
    .into())
}

fn validity(record: &PolicyRecord) -> Result<()> {
    match (record.valid_from, record.valid_until) {
        (Some(from), Some(until)) if from >= until => {
            let given = format!("{from} and {until} in {}", record.id);
            let (what, earlier, later) = ("validity of a policy", "its first day", "its end");
            Err(ErrorKind::Order {
                what,
                earlier,
                later,
                given,
            }
            .into())
        }
        _ => Ok(()),
    }
}

fn limits(answer: &AnswerRule) -> Vec<&Limit> {
    let mut limits = vec![&answer.limit];
    limits.extend(answer.variants.iter().map(|variant| &variant.limit));
    if let Some(HoldingRule::Extends(limit)) = &answer.holding {
        limits.push(limit);
    }
    limits
}

fn limit_is_sound(record: &PolicyRecord, limit: &Limit) -> Result<()> {
    if !(1..=MAX_AMOUNT).contains(&limit.amount) {
        return Err(Error::range(
            "limit of a policy",
            1,
            MAX_AMOUNT,
            limit.amount,
        ));
    }
    if limit.needs_hours() && record.hours.is_none() {
        return refuse(record, "it counts business days, but names no calendar");
    }
    Ok(())
}

/// An extended limit is counted in the same unit and is longer.
fn extension(record: &PolicyRecord, answer: &AnswerRule) -> Result<()> {
    let Some(HoldingRule::Extends(extended)) = answer.holding else {
        return Ok(());
    };
    let mut usual =
        std::iter::once(&answer.limit).chain(answer.variants.iter().map(|variant| &variant.limit));
    if usual.any(|limit| limit.unit != extended.unit || limit.amount >= extended.amount) {
        return refuse(
            record,
            "the limit after a holding reply is not longer than the usual one",
        );
    }
    Ok(())
}

fn sources(record: &PolicyRecord) -> Result<()> {
    if record.sources.is_empty() {
        return refuse(record, "it names no source");
    }
    let from_memory = record
        .sources
        .iter()
        .all(|source| source.seen == Seen::Memory);
    if from_memory && record.certainty.overall > Certainty::Low {
        return refuse(
            record,
            "it was written from memory only, so its certainty is low",
        );
    }
    Ok(())
}
