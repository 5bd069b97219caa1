//! Any columns are refused or counted, and every share lies between 0 and 1.

#![no_main]

use arbitrary::Arbitrary;
use chrono::TimeDelta;
use floorwalker::contact::{Codes, Column, ContactBatch, Exit, LegKind, Outcome, Release, TimeUnit, WrapUp};
use floorwalker::id::QueueId;
use floorwalker::service::{IntervalTally, Kpi, ServiceLevel, TallySettings, Unit};
use floorwalker::time::{Every, Grid, Zone};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    rows: Vec<(u8, i64, i32, u8, u8, i32, i32, i32)>,
    seconds: bool,
    window_years: bool,
}

fuzz_target!(|input: Input| {
    let column = |pick: fn(&(u8, i64, i32, u8, u8, i32, i32, i32)) -> i64| -> Vec<i64> {
        input.rows.iter().map(pick).collect()
    };
    let (queue, outcome, kind) = (column(|r| (r.0 % 4).into()), column(|r| (r.3 % 15).into()), column(|r| (r.4 % 6).into()));
    let arrived = column(|r| r.1);
    let (wait, talk, hold, wrap_up) =
        (column(|r| r.2.into()), column(|r| r.5.into()), column(|r| r.6.into()), column(|r| r.7.into()));
    let names = ["a", "b", "c"].map(|name| QueueId::new(name).expect("a name"));
    let mut batch = ContactBatch::new(Codes::new(Column::new(&queue), names), Column::new(&arrived));
    let unit = if input.seconds { TimeUnit::Second } else { TimeUnit::Milli };
    let timed = |values| Column::new(values).with_unit(unit).with_null_value(-1);
    batch.exit = Some(Exit::Wait(timed(&wait)));
    batch.outcome = Some(Codes::new(Column::new(&outcome), Outcome::ALL));
    batch.kind = Some(Codes::new(Column::new(&kind), LegKind::ALL));
    batch.release = Some(Release::Talk(timed(&talk)));
    batch.hold = Some(timed(&hold));
    batch.wrap_up = Some(WrapUp::Lasting(timed(&wrap_up)));
    let Ok(columns) = batch.check() else { return };
    let every = if input.window_years { Every::Month } else { Every::Hour };
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).expect("a threshold");
    let grid = Grid::new(Zone::get("Europe/Rome").expect("a zone"), every);
    let Ok(tally) = IntervalTally::count(&columns, TallySettings::new(grid, rule)) else { return };
    let total = tally.total();
    for kpi in Kpi::ALL.iter().filter(|kpi| kpi.unit() == Unit::Ratio) {
        assert!(total.figure(*kpi).value().is_none_or(|value| (0.0..=1.0).contains(&value)));
    }
});
