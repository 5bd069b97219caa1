//! Logs of real telephone systems.

use std::collections::BTreeMap;

use floorwalker::contact::Outcome;
use floorwalker::time::Zone;
use floorwalker_acd::queue_log::{EndedBy, Options, QueueLog, Transfer};
use floorwalker_acd::{FindingKind, read_files, table};

use super::{assert_same, told};

fn table(path: &std::path::Path, zone: &str) -> QueueLog {
    let options = Options::default().with_zone(Zone::get(zone).unwrap());
    table::read_queue_log(std::fs::File::open(path).unwrap(), &options).unwrap()
}

fn log(path: &std::path::Path) -> QueueLog {
    read_files(&[path], &Options::default()).unwrap()
}

/// The visits of a log in the words of the reference: call, queue, entry, outcome,
/// agent, wait, talk, rings not taken, place on entry.
fn visits(log: &QueueLog) -> Vec<String> {
    let mut rows: Vec<(i64, String)> = Vec::new();
    for (leg, details) in log
        .legs()
        .zip(log.details())
        .filter(|(leg, _)| leg.is_offered())
    {
        let outcome = match (leg.outcome, details.transfer, details.ended_by) {
            (Outcome::Answered, Some(Transfer::Attended), _) => "ATTENDEDTRANSFER",
            (Outcome::Answered, Some(_), _) => "BLINDTRANSFER",
            (Outcome::Answered, None, Some(EndedBy::Agent)) => "COMPLETEAGENT",
            (Outcome::Answered, None, Some(EndedBy::Caller)) => "COMPLETECALLER",
            (Outcome::Abandoned, ..) => "ABANDON",
            (Outcome::TimedOut, ..) => "EXITWITHTIMEOUT",
            _ => "OPEN",
        };
        let secs = |time: Option<chrono::TimeDelta>| {
            time.map(|time| time.num_seconds().to_string())
                .unwrap_or_default()
        };
        let entered = leg.arrived.timestamp();
        rows.push((
            entered,
            format!(
                "{},{},{entered},{outcome},{},{},{},{},{}",
                details.callid,
                leg.queue,
                leg.agent.as_ref().map_or("", |agent| agent.as_str()),
                secs(leg.wait()),
                secs(leg.talk()),
                leg.ring_no_answers,
                details.original_position.unwrap_or(0),
            ),
        ));
    }
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn every_call_of_a_support_desk() {
    let Some(folder) = super::shared("queue-log-real", "the log of a support desk") else {
        return;
    };
    let reference = std::fs::read_to_string(folder.join("pbxware-part1.calls.csv")).unwrap();
    let mut expected: Vec<(i64, String)> = Vec::new();
    for row in reference.lines().skip(1) {
        let mut cells: Vec<&str> = row.split(',').collect();
        let entered = cells[2].parse().unwrap();
        cells.remove(3); // the day
        expected.push((entered, cells.join(",")));
    }
    expected.sort();
    let expected: Vec<String> = expected.into_iter().map(|(_, row)| row).collect();
    let from_log = visits(&log(&folder.join("pbxware-part1.queue_log")));
    assert_eq!(from_log, expected);
    assert_eq!(expected.len(), 74);
}

#[test]
fn table_and_log_tell_the_same() {
    let Some(folder) = super::shared("queue-log-real", "a table and its log") else {
        return;
    };
    for part in ["pbxware-part1", "pbxware-part2"] {
        let from_log = log(&folder.join(format!("{part}.queue_log")));
        let from_table = table(
            &folder.join(format!("{part}.table.csv")),
            "America/New_York",
        );
        assert_same(&told(&from_log), &told(&from_table), part);
        let counts = |log: &QueueLog| log.findings().counts().clone();
        assert_eq!(counts(&from_log), counts(&from_table));
    }
}

#[test]
fn nothing_is_lost() {
    let Some(folder) = super::shared("queue-log-real", "the log of a support desk") else {
        return;
    };
    let parts =
        ["pbxware-part1.queue_log", "pbxware-part2.queue_log"].map(|name| folder.join(name));
    for files in [&parts[..1], &parts[1..], &parts[..]] {
        let entries: usize = files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .map(|text| text.matches("|ENTERQUEUE|").count())
            .sum();
        let log = read_files(files, &Options::default()).unwrap();
        let offered = log.legs().filter(|leg| leg.is_offered()).count();
        let rebuilt = log.legs().zip(log.details());
        let rebuilt = rebuilt
            .filter(|(leg, details)| leg.is_offered() && details.rebuilt)
            .count();
        assert_eq!(offered, entries + rebuilt);
    }
    // The second part goes on where the first ends, in whatever order they are given.
    let whole = read_files(&parts, &Options::default()).unwrap();
    let reversed = read_files(&[&parts[1], &parts[0]], &Options::default()).unwrap();
    assert_same(&told(&whole), &told(&reversed), "reversed");
    let open = whole
        .legs()
        .filter(|leg| leg.outcome == Outcome::Open)
        .count();
    let talking = whole
        .legs()
        .filter(|leg| leg.answered.is_some() && leg.released.is_none());
    assert_eq!(open + talking.count(), 4, "the log ends inside four calls");
}

#[test]
fn sessions_of_a_support_desk() {
    let Some(folder) = super::shared("queue-log-real", "the log of a support desk") else {
        return;
    };
    let log = log(&folder.join("pbxware-part1.queue_log"));
    // The durations that the telephone system itself logged at logoff.
    let logged = std::fs::read_to_string(folder.join("pbxware-part1.queue_log")).unwrap();
    let mut logoffs = 0;
    for line in logged
        .lines()
        .filter(|line| line.contains("|AGENTCALLBACKLOGOFF|"))
    {
        let fields: Vec<&str> = line.split('|').collect();
        let (at, secs): (i64, i64) = (fields[0].parse().unwrap(), fields[6].parse().unwrap());
        let session = log.sessions().iter().find(|session| {
            session.agent.as_str() == fields[3] && session.to.map(|to| to.timestamp()) == Some(at)
        });
        let session = session.unwrap_or_else(|| panic!("no session ends with {line}"));
        assert!(
            (at - session.from.timestamp() - secs).abs() <= 1,
            "{session:?} {line}"
        );
        logoffs += 1;
    }
    assert_eq!(
        (logoffs, log.findings().count(FindingKind::AliasFound)),
        (8, 6)
    );
}

#[test]
fn a_live_table_of_asterisk() {
    let Some(folder) = super::shared("queue-log-real", "a live queue_log table") else {
        return;
    };
    let log = table(&folder.join("realtime-mysql.table.csv"), "UTC");
    let mut outcomes: BTreeMap<Outcome, u32> = BTreeMap::new();
    log.legs()
        .for_each(|leg| *outcomes.entry(leg.outcome).or_insert(0) += 1);
    let expected = [
        (Outcome::Answered, 2),
        (Outcome::Abandoned, 5),
        (Outcome::TimedOut, 1),
    ];
    assert_eq!(outcomes, BTreeMap::from(expected));
    let first = log.leg(0).unwrap();
    assert_eq!(first.arrived.to_rfc3339(), "2023-02-05T00:09:13+00:00");
    assert_eq!(first.talk().unwrap().num_seconds(), 5);
    let canceled: u32 = log.details().iter().map(|one| one.rings_canceled).sum();
    let rings: u32 = log.legs().map(|leg| leg.ring_no_answers).sum();
    assert_eq!((canceled, rings), (1, 2));
}
