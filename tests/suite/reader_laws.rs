//! The laws of the reader of `queue_log`, on a played centre and on any bytes.

use floorwalker::contact::Leg;
use floorwalker_acd::queue_log::{Options, QueueLog, Reader};
use floorwalker_acd::{read_bytes, read_files};
use floorwalker_testkit::generate::bench_log;
use proptest::prelude::*;

/// A made-up log of about four thousand lines.
fn log() -> Vec<u8> {
    let mut text = Vec::new();
    bench_log(700, 7, &mut text).unwrap();
    text
}

fn read(bytes: &[u8]) -> QueueLog {
    read_bytes(bytes, &Options::default())
}

fn legs(log: &QueueLog) -> Vec<Leg> {
    let mut legs: Vec<Leg> = log.legs().collect();
    legs.sort_by(|a, b| {
        (a.arrived, &a.id, &a.conversation, &a.queue).cmp(&(
            b.arrived,
            &b.id,
            &b.conversation,
            &b.queue,
        ))
    });
    legs
}

fn feed(chunks: impl IntoIterator<Item = Vec<u8>>) -> QueueLog {
    let mut reader = Reader::new(Options::default(), QueueLog::new());
    reader.begin_source("log");
    chunks.into_iter().for_each(|chunk| reader.feed(&chunk));
    reader.finish()
}

#[test]
fn nothing_is_lost() {
    let text = log();
    let lines = String::from_utf8(text.clone()).unwrap();
    let entered = lines
        .lines()
        .filter(|line| line.contains("|ENTERQUEUE|"))
        .count();
    assert!(entered > 500);
    assert_eq!(read(&text).legs().filter(Leg::is_offered).count(), entered);
}

#[test]
fn line_ends_marks_and_doubling_change_nothing() {
    let text = log();
    let expected = legs(&read(&text));
    let crlf: Vec<u8> = String::from_utf8(text.clone())
        .unwrap()
        .replace('\n', "\r\n")
        .into_bytes();
    assert_eq!(legs(&read(&crlf)), expected);
    let marked = [b"\xef\xbb\xbf".as_slice(), &text].concat();
    assert_eq!(legs(&read(&marked)), expected);
    let doubled: Vec<u8> = text
        .split_inclusive(|&byte| byte == b'\n')
        .flat_map(|line| [line, line].concat())
        .collect();
    assert_eq!(legs(&read(&doubled)), expected);
}

#[test]
fn files_in_any_order_are_one_log() {
    let text = log();
    let expected = legs(&read(&text));
    let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
    let folder = std::env::temp_dir().join(format!("floorwalker-reader-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let parts = [
        ("queue_log.1", &lines[..1500]),
        ("queue_log.0", &lines[1500..2500]),
        ("queue_log", &lines[2500..]),
    ];
    let paths: Vec<_> = parts.iter().map(|(name, _)| folder.join(name)).collect();
    for (path, (_, part)) in paths.iter().zip(parts) {
        std::fs::write(path, part.concat()).unwrap();
    }
    for order in [[0, 1, 2], [2, 0, 1], [2, 1, 0]] {
        let paths = order.map(|at: usize| paths[at].clone());
        assert_eq!(
            legs(&read_files(&paths, &Options::default()).unwrap()),
            expected
        );
    }
    // A file that was imported twice changes nothing either.
    let twice = [
        paths[0].clone(),
        paths[1].clone(),
        paths[0].clone(),
        paths[2].clone(),
    ];
    assert_eq!(
        legs(&read_files(&twice, &Options::default()).unwrap()),
        expected
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_line_without_an_end_stays_in_bounds() {
    let mut reader = Reader::new(Options::default(), QueueLog::new());
    reader.begin_source("log");
    let chunk = vec![b'x'; 1 << 20];
    (0..1024).for_each(|_| reader.feed(&chunk));
    reader.feed(b"\n1700000000|a.1|q|NONE|ENTERQUEUE||1|1\n1700000031|a.1|q|NONE|ABANDON|1|1|31\n");
    let log = reader.finish();
    assert_eq!(log.legs().count(), 1);
    assert!(log.findings().total() > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn chunks_do_not_matter(cuts in prop::collection::vec(1_usize..5000, 1..40)) {
        let text = log();
        let expected = legs(&read(&text));
        let mut rest = text.as_slice();
        let mut chunks = Vec::new();
        for cut in cuts.iter().cycle() {
            let (chunk, tail) = rest.split_at(rest.len().min(*cut));
            chunks.push(chunk.to_vec());
            rest = tail;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(legs(&feed(chunks)), expected);
    }

    #[test]
    fn lines_may_change_places_within_two_seconds(seed in prop::collection::vec(any::<u8>(), 64)) {
        let text = log();
        let expected = legs(&read(&text));
        let mut lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        let stamp = |line: &[u8]| -> i64 { std::str::from_utf8(&line[..10]).unwrap().parse().unwrap() };
        let call = |line: &[u8]| line.split(|&byte| byte == b'|').nth(1).unwrap().to_vec();
        for at in 1..lines.len() {
            let near = stamp(lines[at]) - stamp(lines[at - 1]) <= 2;
            // Within one call the order of the lines is what happened.
            if near && seed[at % 64] % 2 == 0 && call(lines[at]) != call(lines[at - 1]) && call(lines[at]) != b"NONE" && call(lines[at - 1]) != b"NONE" {
                lines.swap(at - 1, at);
            }
        }
        prop_assert_eq!(legs(&read(&lines.concat())), expected);
    }

    #[test]
    fn a_reader_can_be_put_aside_anywhere(at in 0.0_f64..1.0) {
        let text = log();
        let expected = legs(&read(&text));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let cut = (text.len() as f64 * at) as usize;
        let mut reader = Reader::new(Options::default(), QueueLog::new());
        reader.begin_source("log");
        reader.feed(&text[..cut]);
        let (state, log) = reader.suspend();
        let state = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
        let mut reader = Reader::resume(state, log).unwrap();
        reader.feed(&text[cut..]);
        prop_assert_eq!(legs(&reader.finish()), expected);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let log = read(&bytes);
        prop_assert!(log.legs().count() <= bytes.len());
    }

    #[test]
    fn any_fields_are_survived(
        lines in prop::collection::vec((any::<i64>(), 0_usize..4, 0_usize..12, prop::collection::vec(any::<i64>(), 0..6)), 0..60),
    ) {
        const EVENTS: [&str; 12] = [
            "ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "ABANDON", "EXITWITHTIMEOUT", "RINGNOANSWER", "ADDMEMBER",
            "REMOVEMEMBER", "PAUSE", "UNPAUSE", "ATTENDEDTRANSFER", "QUEUESTART",
        ];
        let mut text = String::new();
        for (stamp, call, event, fields) in lines {
            let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
            text.push_str(&format!("{stamp}|c.{call}|q|A|{}|{}\n", EVENTS[event], fields.join("|")));
        }
        let log = read(text.as_bytes());
        prop_assert!(log.legs().all(|leg| leg.wait().is_none_or(|wait| wait >= chrono::TimeDelta::zero())));
    }
}
