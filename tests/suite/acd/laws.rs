//! The laws of the reader: what must not change the result does not.

use floorwalker::contact::Leg;
use floorwalker_acd::FindingKind;
use floorwalker_acd::queue_log::{Options, QueueLog, Reader, State};
use floorwalker_testkit::generate::bench_log;
use proptest::prelude::*;

use super::made_up::logs;
use super::{assert_same, read, told};

fn joined(lines: &[String]) -> Vec<u8> {
    let mut bytes = lines.join("\n").into_bytes();
    bytes.push(b'\n');
    bytes
}

/// Moves lines about by at most two seconds.
fn shaken(lines: &[String], late: &[u16]) -> Vec<String> {
    let mut keyed: Vec<(i64, &String)> = lines
        .iter()
        .zip(late.iter().cycle())
        .map(|(line, late)| {
            let stamp: i64 = line[..10].parse().unwrap();
            (stamp * 1000 + i64::from(late % 2001), line)
        })
        .collect();
    keyed.sort_by_key(|&(key, _)| key);
    keyed.into_iter().map(|(_, line)| line.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn chunks_may_end_anywhere(lines in logs(), sizes in prop::collection::vec(1_usize..97, 1..20)) {
        let bytes = joined(&lines);
        let mut reader = Reader::new(Options::default(), QueueLog::new());
        let (mut rest, mut turn) = (&bytes[..], 0);
        while !rest.is_empty() {
            let (chunk, more) = rest.split_at(sizes[turn % sizes.len()].min(rest.len()));
            reader.feed(chunk);
            (rest, turn) = (more, turn + 1);
        }
        let log = reader.finish();
        let whole = read(&bytes);
        assert_same(&told(&whole), &told(&log), "chunks");
        prop_assert_eq!(whole.findings(), log.findings());
    }

    #[test]
    fn a_line_that_comes_twice_counts_once(lines in logs()) {
        let doubled: Vec<String> = lines.iter().flat_map(|line| [line.clone(), line.clone()]).collect();
        assert_same(&told(&read(&joined(&lines))), &told(&read(&joined(&doubled))), "doubled lines");
    }

    #[test]
    fn a_log_that_comes_twice_counts_once(lines in logs()) {
        let once = joined(&lines);
        let twice = [&once[..], &once[..]].concat();
        assert_same(&told(&read(&once)), &told(&read(&twice)), "doubled log");
    }

    #[test]
    fn late_lines_change_nothing(lines in logs(), late in prop::collection::vec(any::<u16>(), 1..200)) {
        let calm = told(&read(&joined(&lines)));
        let shaken = told(&read(&joined(&shaken(&lines, &late))));
        assert_same(&calm, &shaken, "late lines");
    }

    #[test]
    fn ends_of_lines_and_a_mark_in_front_change_nothing(lines in logs()) {
        let plain = told(&read(&joined(&lines)));
        let windows = format!("\u{feff}{}\r\n", lines.join("\r\n"));
        assert_same(&plain, &told(&read(windows.as_bytes())), "CR and LF");
        assert_same(&plain, &told(&read(lines.join("\n").as_bytes())), "no end");
    }

    #[test]
    fn sleeping_changes_nothing(lines in logs(), naps in prop::collection::vec(any::<prop::sample::Index>(), 1..4)) {
        let bytes = joined(&lines);
        let mut cuts: Vec<usize> = naps.iter().map(|nap| nap.index(bytes.len())).collect();
        cuts.sort_unstable();
        let mut reader = Reader::new(Options::default(), QueueLog::new());
        let mut done = 0;
        for cut in cuts {
            reader.feed(&bytes[done..cut]);
            done = cut;
            let (state, log) = reader.suspend();
            let asleep = serde_json::to_string(&state).unwrap();
            let state: State = serde_json::from_str(&asleep).unwrap();
            reader = Reader::resume(state, log).unwrap();
        }
        reader.feed(&bytes[done..]);
        let log = reader.finish();
        let whole = read(&bytes);
        assert_same(&told(&whole), &told(&log), "sleeping");
        prop_assert_eq!(whole.findings(), log.findings());
    }

    #[test]
    fn nothing_is_lost(lines in logs()) {
        let log = read(&joined(&lines));
        let entries = lines.iter().filter(|line| line.contains("|ENTERQUEUE|")).count();
        let legs: Vec<_> = log.legs().zip(log.details()).filter(|(leg, _)| leg.is_offered()).collect();
        let rebuilt = legs.iter().filter(|(_, details)| details.rebuilt).count();
        // The same line twice is one: two callers may be the same by chance.
        let mut distinct: Vec<&String> = lines.iter().filter(|line| line.contains("|ENTERQUEUE|")).collect();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(legs.len(), distinct.len() + rebuilt, "{} entries", entries);
    }

    #[test]
    fn states_of_one_operator_do_not_overlap(lines in logs()) {
        let log = read(&joined(&lines));
        let mut last = std::collections::BTreeMap::new();
        for state in log.states() {
            let before = last.insert(state.agent().clone(), state.to());
            if let Some(before) = before {
                prop_assert!(before.is_some_and(|to| to <= state.from()), "{:?}", state);
            }
        }
    }

    /// Lines of a hostile hand: parts of real ones in any mixture. Nothing panics, what
    /// comes out are possible legs, and no more is open than the limit allows.
    #[test]
    fn hostile_lines_do_no_harm(
        parts in prop::collection::vec(
            (0_u8..24, 0_u32..40, prop::sample::select(vec!["a", "b", "c.1", "NONE", ""])),
            0..150,
        ),
        noise in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let events = [
            "ENTERQUEUE||1|1", "ENTERQUEUE|u|2|3|4|5", "CONNECT|5|x|2", "CONNECT|999999999999", "CONNECT",
            "COMPLETEAGENT|5|7|1", "COMPLETECALLER||", "ABANDON|1|1|9", "ABANDON|", "EXITEMPTY|1|1|3",
            "EXITWITHKEY|1", "TRANSFER|6|d", "ATTENDEDTRANSFER|LINK|a|b|1|2|3", "ATTENDEDTRANSFER|", "RINGNOANSWER|x",
            "SYSCOMPAT|", "AGENTDUMP|", "WRAPUPSTART|5", "ADDMEMBER|", "REMOVEMEMBER|", "PAUSEALL|x", "UNPAUSE|",
            "AGENTLOGOFF|c|99999999", "QUEUESTART|",
        ];
        let mut bytes = noise.clone();
        for (event, at, id) in parts {
            let stamp = 1_700_000_000 + i64::from(at * at * 977 % 40_000);
            let line = format!("{stamp}|{id}|q{}|{id}|{}\n", at % 3, events[usize::from(event)]);
            bytes.extend_from_slice(line.as_bytes());
        }
        bytes.extend_from_slice(&noise);
        let options = Options::default().with_limits(40, 5, 7).unwrap();
        let mut reader = Reader::new(options, QueueLog::new());
        for chunk in bytes.chunks(13) {
            reader.feed(chunk);
            prop_assert!(reader.work().open_visits <= 5);
        }
        let log = reader.finish();
        let legs = log.legs().count();
        prop_assert_eq!(legs, log.table().len());
        prop_assert_eq!(log.table().columns().len(), legs);
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let log = read(&bytes);
        prop_assert_eq!(log.table().len(), log.details().len());
    }

    /// A state that was tampered with is refused or read, and does no harm.
    #[test]
    fn tampered_states_do_no_harm(lines in logs(), cut in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), digit in "[0-9]{1,9}") {
        let bytes = joined(&lines);
        let mut reader = Reader::new(Options::default(), QueueLog::new());
        reader.feed(&bytes[..cut.index(bytes.len())]);
        let asleep = serde_json::to_string(&reader.suspend().0).unwrap();
        let numbers: Vec<usize> = asleep.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = numbers[place.index(numbers.len())];
        let tampered = format!("{}{digit}{}", &asleep[..at], &asleep[at + 1..]);
        if let Ok(state) = serde_json::from_str::<State>(&tampered)
            && let Ok(mut reader) = Reader::resume(state, QueueLog::new())
        {
            reader.feed(&bytes);
            let log = reader.finish();
            prop_assert_eq!(log.table().columns().len(), log.details().len());
        }
    }
}

#[test]
fn every_caller_of_a_played_centre_is_there() {
    let mut text = Vec::new();
    bench_log(700, 7, &mut text).unwrap();
    let lines = String::from_utf8(text.clone()).unwrap();
    let is_entry = |line: &&str| line.contains("|ENTERQUEUE|");
    let entries = lines.lines().filter(is_entry).count();
    assert!(entries > 500);
    assert_eq!(read(&text).legs().filter(Leg::is_offered).count(), entries);
}

/// A single line of a gigabyte takes no more room than the limit. (Fed in pieces, so
/// that the test itself takes none either.)
#[test]
fn an_endless_line_is_bounded() {
    let mut reader = Reader::new(Options::default(), QueueLog::new());
    reader.feed(b"1700000000|a.1|sales|NONE|ENTERQUEUE|");
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..1024 {
        reader.feed(&chunk);
    }
    reader.feed(b"|0612|1\n1700000009|a.1|sales|NONE|ABANDON|1|1|9\n");
    let log = reader.finish();
    assert_eq!(log.findings().count(FindingKind::LongLine), 1);
    assert_eq!(log.leg(0).unwrap().wait().unwrap().num_seconds(), 9);
    assert_eq!(log.details()[0].url.as_deref().map(str::len), Some(512));
}
