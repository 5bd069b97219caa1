//! The figures of a month, and their comparison with the reference.

use std::path::Path;

use chrono::TimeDelta;
use floorwalker::contact::ContactTable;
use floorwalker::id::QueueId;
use floorwalker::service::{Class, IntervalTally, Kpi, ServiceLevel, Tally, TallySettings, Timing};
use floorwalker::time::{Every, Grid, Interval, Zone};
use floorwalker::units::Fraction;

use super::super::Case;
use super::super::table::{Actual, Row, Table, compare as compare_cell};

/// The rules of the reference: 20 seconds, short abandons up to 5.
struct Rules {
    offered: ServiceLevel,
    excl_short: ServiceLevel,
    answered: ServiceLevel,
    with_abandons: ServiceLevel,
}

fn rules() -> Result<Rules, floorwalker::Error> {
    let (within, short) = (TimeDelta::seconds(20), TimeDelta::seconds(5));
    Ok(Rules {
        offered: ServiceLevel::offered(within)?,
        excl_short: ServiceLevel::excl_short(within, short)?,
        answered: ServiceLevel::answered_only(within)?,
        with_abandons: ServiceLevel::positive(within)?,
    })
}

pub(super) fn tally(
    legs: &ContactTable,
    zone: &Zone,
    every: Every,
) -> Result<IntervalTally, String> {
    let count = || {
        let rules = rules()?;
        let settings = TallySettings::new(Grid::new(zone.clone(), every), rules.offered)
            .with_rule(rules.excl_short)
            .with_rule(rules.answered)
            .with_rule(rules.with_abandons);
        IntervalTally::count(&legs.columns(), settings)
    };
    count().map_err(|error: floorwalker::Error| error.to_string())
}

/// What a month sums up to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sums {
    offered: u64,
    answered: u64,
    abandoned: u64,
    answered_within_20: u64,
    wait_answered_ms: u64,
    wait_abandoned_ms: u64,
    talk_ms: u64,
}

impl Sums {
    pub(super) fn of(tally: &IntervalTally) -> Self {
        let total = tally.total();
        Self {
            offered: total.offered(),
            answered: total.answered(),
            abandoned: total.abandoned(),
            answered_within_20: total.legs(Class::Answered, Timing::Within),
            wait_answered_ms: total.sums().wait_answered,
            wait_abandoned_ms: total.sums().wait_abandoned,
            talk_ms: total.sums().talk,
        }
    }
}

/// Without a reference: the figures agree among themselves.
pub(super) fn consistency(tally: &IntervalTally) -> Vec<Case> {
    let total = tally.total();
    let parts = total.answered() + total.abandoned() + total.flow_outs() + total.open();
    let sums = Sums::of(tally);
    let adds_up = if total.offered() == parts + total.counts().lost {
        Ok(())
    } else {
        Err(format!(
            "offered {} but the parts are {parts}",
            total.offered()
        ))
    };
    let queues: Vec<QueueId> = tally.queues().into_iter().cloned().collect();
    let by_interval = tally.intervals().iter().map(|interval| {
        let pooled = tally.pooled(&queues, interval);
        pooled.map_or(0, |pooled| pooled.offered())
    });
    let by_interval: u64 = by_interval.sum();
    let sums_up = if by_interval == total.offered() {
        Ok(())
    } else {
        Err(format!(
            "offered {}, by interval {by_interval}",
            total.offered()
        ))
    };
    vec![
        (
            format!("offered is the sum of its parts: {sums:?}"),
            adds_up,
        ),
        ("intervals sum up to the total".to_owned(), sums_up),
    ]
}

/// Every row of the reference, and that nothing lies outside of them.
pub(super) fn compare(
    tally: &IntervalTally,
    zone: &Zone,
    reference: &Path,
) -> Result<Vec<Case>, String> {
    let rules = rules().map_err(|error| error.to_string())?;
    let queues: Vec<QueueId> = tally.queues().into_iter().cloned().collect();
    let mut cases = Vec::new();
    let mut offered = 0;
    for row in Table::read(reference)?.rows() {
        let name = format!("{} {}", row.get("date_local"), row.get("half_hour"));
        let interval = interval_of(tally, zone, row)?;
        let pooled = tally
            .pooled(&queues, interval)
            .map_err(|error| error.to_string())?;
        offered += pooled.offered();
        cases.push((name.trim().to_owned(), compare_row(row, &pooled, &rules)));
    }
    let total = tally.total().offered();
    let outside = if offered == total {
        Ok(())
    } else {
        Err(format!("{offered} in the rows, {total} in all"))
    };
    cases.push(("nothing outside of the rows".to_owned(), outside));
    Ok(cases)
}

fn interval_of(tally: &IntervalTally, zone: &Zone, row: Row<'_>) -> Result<Interval, String> {
    let date = row.get("date_local");
    let date: chrono::NaiveDate = date.parse().map_err(|error| format!("{date}: {error}"))?;
    let start = zone.start_of_day(date).ok_or("the date does not exist")?;
    let start = match row.get("half_hour").split_once(':') {
        None => start,
        Some((hours, minutes)) => {
            let number = |text: &str| text.parse::<i64>().map_err(|error| error.to_string());
            start + (number(hours)? * 60 + number(minutes)?) * 60_000
        }
    };
    let index = tally.intervals().index_of_ms(start);
    index
        .and_then(|index| tally.intervals().get(index))
        .ok_or_else(|| format!("{date} is not in the tally"))
}

fn compare_row(row: Row<'_>, tally: &Tally, rules: &Rules) -> Result<(), String> {
    for (column, cell) in row.cells() {
        if matches!(column, "date_local" | "half_hour") {
            continue;
        }
        let actual = column_of(column, tally, rules)
            .ok_or_else(|| format!("the column {column} is not known"))?;
        // A whole number is printed with a point where it is a rate.
        compare_cell(cell, &actual).map_err(|why| format!("{column}: {why}"))?;
    }
    Ok(())
}

/// A column of the reference by its name. Sums and waits are whole seconds there.
// flat table
fn column_of(column: &str, tally: &Tally, rules: &Rules) -> Option<Actual> {
    let rate = |figure: floorwalker::service::Figure| Actual::Number(figure.exact(), 6);
    let level = |rule: &ServiceLevel| tally.service_level(rule).ok().map(rate);
    let seconds = |kpi: Kpi| {
        let exact = tally.figure(kpi).exact();
        let in_seconds = exact
            .and_then(|one| Fraction::new(one.numerator(), one.denominator().saturating_mul(1000)));
        Actual::Number(in_seconds, 6)
    };
    let sums = tally.sums();
    let abandoned = |timing| tally.legs(Class::Abandoned, timing);
    let short = tally.legs(Class::AbandonedShort, Timing::Within);
    Some(match column {
        "offered" => Actual::Count(tally.offered()),
        "answered" => Actual::Count(tally.answered()),
        "abandoned" => Actual::Count(tally.abandoned()),
        "abandoned_le5" => Actual::Count(tally.short_abandoned()),
        "answered_le20" => Actual::Count(tally.legs(Class::Answered, Timing::Within)),
        "abandoned_le20" => Actual::Count(abandoned(Timing::Within) + short),
        "sl_offered" => level(&rules.offered)?,
        "sl_excl_short" => level(&rules.excl_short)?,
        "sl_answered" => level(&rules.answered)?,
        "sl_with_abandons" => level(&rules.with_abandons)?,
        "abandon_rate" => rate(tally.figure(Kpi::AbandonRate)),
        "wait_answered_sum" => Actual::Count(sums.wait_answered / 1000),
        "asa" => seconds(Kpi::Asa),
        "wait_abandoned_sum" => Actual::Count(sums.wait_abandoned / 1000),
        "avg_abandon_wait" => seconds(Kpi::Ata),
        "max_wait" => match sums.longest_wait() {
            Some(longest) => Actual::Count(longest / 1000),
            None => Actual::Number(None, 0),
        },
        "talk_sum" => Actual::Count(sums.talk / 1000),
        "aht" => seconds(Kpi::Aht),
        _ => return None,
    })
}
