//! Any legs that a table accepts: no panic, and the parts sum up to the whole.

#![no_main]

use chrono::TimeDelta;
use floorwalker::contact::{ContactTable, LegKind, LegRow, Outcome};
use floorwalker::id::QueueId;
use floorwalker::service::{IntervalTally, Kpi, ServiceLevel, TallySettings};
use floorwalker::time::{Every, Grid, Zone};
use libfuzzer_sys::fuzz_target;

/// Twelve bytes make a leg; many make none, and are refused.
fn row(bytes: &[u8; 12], queues: u32) -> LegRow {
    let [queue, outcome, kind, flags, a, b, c, d, e, f, g, h] = *bytes;
    let pick = |all: usize, byte: u8| usize::from(byte) % all;
    let start = i64::from(u32::from_le_bytes([a, b, c, d]) >> 12) * 1000;
    let later = |byte: u8| i64::from(byte) * i64::from(byte) * 100;
    let left = start + later(e);
    let released = left + later(f);
    let mut row = LegRow::waiting(u32::from(queue) % queues, 1_774_000_000_000 + start);
    let base = row.arrived_ms - start;
    row.outcome = Outcome::ALL[pick(Outcome::ALL.len(), outcome)];
    row.kind = LegKind::ALL[pick(LegKind::ALL.len(), kind)];
    row.left_queue_ms = (flags & 1 == 0).then_some(base + left);
    row.answered_ms = (row.outcome == Outcome::Answered).then_some(base + left);
    row.released_ms = (flags & 2 == 0).then_some(base + released);
    row.wrapped_up_ms = (flags & 4 == 0).then_some(base + released + later(g));
    row.hold_ms = later(h) / 100;
    row.transferred_out = flags & 8 == 0;
    row
}

fuzz_target!(|data: &[u8]| {
    let mut tables = [ContactTable::new(), ContactTable::new()];
    let mut all = ContactTable::new();
    for name in ["sales", "care", "tech"] {
        let queue = QueueId::new(name).expect("a name");
        all.queue_code(&queue);
        tables.iter_mut().for_each(|table| {
            table.queue_code(&queue);
        });
    }
    for (number, bytes) in data.chunks_exact(12).enumerate() {
        let row = row(bytes.try_into().expect("twelve bytes"), 3);
        let accepted = tables[number % 2].push_row(&row).is_ok();
        assert_eq!(all.push_row(&row).is_ok(), accepted);
    }
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).expect("a limit");
    let rome = Zone::get("Europe/Rome").expect("a zone");
    let settings = || TallySettings::new(Grid::new(rome.clone(), Every::Minutes30), rule.clone());
    let count = |table: &ContactTable| IntervalTally::count(&table.columns(), settings());
    let (Ok(whole), Ok(one), Ok(two)) = (count(&all), count(&tables[0]), count(&tables[1])) else {
        return;
    };
    let merged = one.merge(&two).expect("the same settings");
    assert_eq!(merged, whole);
    let total = whole.total();
    assert!(total.answered() + total.abandoned() <= total.offered());
    let level = total.service_level(&rule).expect("it was counted");
    assert!(
        level
            .value()
            .is_none_or(|level| (0.0..=1.0).contains(&level))
    );
    assert!(total.figure(Kpi::Asa).value().is_none_or(|asa| asa >= 0.0));
});
