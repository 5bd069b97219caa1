//! From stretches and counts to the findings of a report, in order.

use chrono::{Datelike, Timelike};

use super::collect::Collected;
use super::exceptions::Exceptions;
use super::figures::Figures;
use super::finding::{Finding, FindingKind, Severity};
use super::options::Limits;
use super::rules::RuleSection;
use super::stretch::Stretch;
use crate::id::QueueId;
use crate::report::LocalSpan;

/// All findings, what cost most first.
pub(super) fn findings(all: &Collected, rules: &RuleSection, limits: &Limits) -> Vec<Finding> {
    let mut findings = below_target(all, limits);
    add_apart(&mut findings, &all.exceptions.abandonment, |stretch| {
        Finding::abandonment(stretch, limits.abandon_rate)
    });
    add_apart(&mut findings, &all.exceptions.unanswered, |stretch| {
        Finding::unanswered(stretch, limits.min_contacts)
    });
    findings.extend(long_wait(&all.exceptions, limits));
    findings.extend(refused(all));
    findings.extend(data_notes(&all.total, rules));
    findings.extend(not_counted(&all.exceptions));
    Finding::sort(&mut findings);
    findings
}

/// What missed the target: weekly slots, times at which several queues missed it
/// together, and the stretches of single queues that are in none of these.
fn below_target(all: &Collected, limits: &Limits) -> Vec<Finding> {
    let stretches = &all.exceptions.below_target;
    let mut findings = all.recurring.clone();
    for pooled in &all.pooled_below {
        let queues = queues_within(stretches, &pooled.when);
        if queues.len() > 1 {
            let finding = Finding::below_target(pooled, limits.min_contacts);
            findings.push(Finding { queues, ..finding });
        }
    }
    let listed = findings.clone();
    let single = stretches.iter().filter(|stretch| {
        let queue = stretch.queue.as_ref();
        !listed
            .iter()
            .any(|finding| covers(finding, queue, &stretch.when))
    });
    findings.extend(single.map(|stretch| Finding::below_target(stretch, limits.min_contacts)));
    findings
}

/// The queues with a stretch of which most lies inside `when`, or that covers most of it, in
/// alphabetical order.
fn queues_within(stretches: &[Stretch], when: &LocalSpan) -> Vec<QueueId> {
    let is_same_time = |one: &LocalSpan| is_mostly(one, when) || is_mostly(when, one);
    let inside = stretches.iter().filter(|one| is_same_time(&one.when));
    let mut queues: Vec<QueueId> = inside.filter_map(|one| one.queue.clone()).collect();
    queues.sort_unstable();
    queues.dedup();
    queues
}

/// Whether more than half of `part` lies in `whole`.
fn is_mostly(part: &LocalSpan, whole: &LocalSpan) -> bool {
    2 * part.overlap_millis(whole) > part.millis()
}

/// Whether a finding already speaks of that queue at that time.
fn covers(finding: &Finding, queue: Option<&QueueId>, when: &LocalSpan) -> bool {
    let is_about = queue.is_none_or(|queue| finding.queues.contains(queue));
    let in_time = finding.when.is_some_and(|listed| is_mostly(when, &listed));
    let in_slot = finding.slot.is_some_and(|slot| {
        let end_hour = match when.end.hour() {
            0 => 24,
            hour => hour + u32::from(when.end.minute() > 0),
        };
        let weekday = when.start.weekday().number_from_monday();
        weekday == u32::from(slot.weekday)
            && when.start.hour() >= u32::from(slot.from_hour)
            && end_hour <= u32::from(slot.to_hour)
    });
    is_about && (in_time || in_slot)
}

/// Adds the stretches that share no time with a finding on the same queue.
fn add_apart(
    findings: &mut Vec<Finding>,
    stretches: &[Stretch],
    make: impl Fn(&Stretch) -> Finding,
) {
    for stretch in stretches {
        let known = findings.iter().any(|finding| {
            let shares_time = finding
                .when
                .is_some_and(|when| when.overlaps(&stretch.when));
            let shares_queue = stretch
                .queue
                .as_ref()
                .is_none_or(|queue| finding.queues.contains(queue));
            shares_time && shares_queue
        });
        if !known {
            findings.push(make(stretch));
        }
    }
}

fn long_wait(exceptions: &Exceptions, limits: &Limits) -> Option<Finding> {
    let longest = exceptions
        .longest_waits
        .iter()
        .max_by_key(|one| one.results.figures.longest_wait)?;
    let is_long = longest.results.figures.longest_wait >= Some(limits.long_wait_ms);
    is_long.then(|| Finding::long_wait(longest))
}

fn refused(all: &Collected) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in &all.by_queue {
        let (blocked, closed) = (row.results.figures.blocked, row.results.figures.closed);
        let queues = vec![row.queue.clone()];
        let results = Some(row.results);
        if blocked > 0 {
            let finding = Finding::new(FindingKind::Blocked, Severity::Medium, blocked, blocked);
            findings.push(Finding {
                queues: queues.clone(),
                results,
                ..finding
            });
        }
        if closed > 0 {
            let finding = Finding::new(FindingKind::Closed, Severity::Low, 0, closed);
            findings.push(Finding {
                queues,
                results,
                ..finding
            });
        }
    }
    findings
}

/// What the source lacks. A contact whose wait it does not tell cannot be judged: that is a cost.
fn data_notes(total: &Figures, rules: &RuleSection) -> Vec<Finding> {
    let unknown = rules.unknown_waits();
    let severity = if unknown * 10 >= total.offered {
        Severity::High
    } else {
        Severity::Medium
    };
    [
        (FindingKind::UnknownWaits, severity, unknown, unknown),
        (FindingKind::Lost, Severity::Low, 0, total.lost),
    ]
    .into_iter()
    .filter(|&(.., count)| count > 0)
    .map(|(kind, severity, cost, count)| Finding::new(kind, severity, cost, count))
    .collect()
}

fn not_counted(exceptions: &Exceptions) -> Vec<Finding> {
    let not_counted = &exceptions.not_counted;
    let outside = not_counted.outside_window + not_counted.without_instant;
    let mut findings = Vec::new();
    if outside > 0 {
        findings.push(Finding::new(
            FindingKind::NotCounted,
            Severity::Low,
            0,
            outside,
        ));
    }
    let noted: u64 = not_counted.source.iter().map(|note| note.count).sum();
    if noted > 0 {
        findings.push(Finding::new(FindingKind::Source, Severity::Low, 0, noted));
    }
    findings
}
