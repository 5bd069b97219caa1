//! What no switch would write: numbers at the ends of their range, a clock that jumps,
//! lines of the wrong shape. Endless lines are with the laws, broken archives with the files.

use std::fmt::Write;

use chrono::TimeDelta;
use floorwalker_acd::FindingKind;
use floorwalker_acd::queue_log::{Options, QueueLog, Reader};
use proptest::prelude::*;

use super::read;

const EVENTS: [&str; 12] = [
    "ENTERQUEUE",
    "CONNECT",
    "COMPLETEAGENT",
    "ABANDON",
    "EXITWITHTIMEOUT",
    "RINGNOANSWER",
    "ADDMEMBER",
    "REMOVEMEMBER",
    "PAUSE",
    "UNPAUSE",
    "ATTENDEDTRANSFER",
    "QUEUESTART",
];

/// The ends of the ranges of numbers, their neighbours, and numbers between.
fn any_number() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        prop::sample::select(vec![
            i64::MIN,
            i64::MIN + 1,
            -1,
            0,
            i64::from(i32::MAX),
            i64::from(u32::MAX) + 1,
            i64::MAX / 1000,
            i64::MAX / 1000 + 1,
            i64::MAX,
        ]),
        1_700_000_000_i64..1_700_100_000,
    ]
}

/// Every leg that came out is one that the columns accept.
fn assert_possible(log: &QueueLog) -> Result<(), TestCaseError> {
    let columns = log.table().columns();
    prop_assert_eq!(columns.len(), log.details().len());
    for leg in log.legs() {
        prop_assert!(leg.wait().is_none_or(|wait| wait >= TimeDelta::zero()));
        prop_assert!(
            leg.handle_time()
                .is_none_or(|time| time >= TimeDelta::zero())
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_numbers_do_no_harm(
        lines in prop::collection::vec((any_number(), 0_usize..4, 0_usize..12, prop::collection::vec(any_number(), 0..6)), 0..60),
    ) {
        let mut text = String::new();
        for (stamp, call, event, fields) in &lines {
            let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
            writeln!(text, "{stamp}|c.{call}|q|A|{}|{}", EVENTS[*event], fields.join("|")).unwrap();
        }
        assert_possible(&read(text.as_bytes()))?;
    }

    /// A clock that is set back and forth, by up to two days, in the middle of calls.
    #[test]
    fn a_clock_that_jumps_does_no_harm(steps in prop::collection::vec((-172_800_i64..172_800, 0_usize..6, 0_usize..12), 1..80)) {
        let (mut at, mut text) = (1_700_000_000_i64, String::new());
        for (step, call, event) in &steps {
            at += step;
            writeln!(text, "{at}|c.{call}|q|A|{}|5|7|1", EVENTS[*event]).unwrap();
        }
        let mut reader = Reader::new(Options::default(), QueueLog::new());
        text.as_bytes().chunks(61).for_each(|chunk| reader.feed(chunk));
        assert_possible(&reader.finish())?;
    }

    /// Too few columns, too many, and empty ones.
    #[test]
    fn lines_of_the_wrong_shape_do_no_harm(shapes in prop::collection::vec((0_usize..12, 0_usize..9, 0_usize..12), 0..60)) {
        let mut text = String::new();
        for (keep, empty, event) in shapes {
            let mut fields = vec!["1700000000", "c.1", "q", "A", EVENTS[event], "5", "7", "1", "", "x", "y", "z"];
            fields.truncate(keep);
            if let Some(field) = fields.get_mut(empty) {
                *field = "";
            }
            writeln!(text, "{}", fields.join("|")).unwrap();
        }
        assert_possible(&read(text.as_bytes()))?;
    }
}

#[test]
fn a_clock_that_is_set_back_is_told() {
    let call = |at: i64, id: &str| {
        let (answer, end) = (at + 10, at + 70);
        format!(
            "{at}|{id}|q|NONE|ENTERQUEUE||0612|1\n{answer}|{id}|q|A|CONNECT|10|x|2\n{end}|{id}|q|A|COMPLETECALLER|10|60|1\n"
        )
    };
    let text = [call(1_700_050_000, "a.1"), call(1_700_000_000, "b.1")].concat();
    let log = read(text.as_bytes());
    assert_eq!(log.findings().count(FindingKind::ClockSetBack), 1);
    assert_eq!(log.legs().count(), 2);
    for leg in log.legs() {
        assert_eq!(leg.wait(), Some(TimeDelta::seconds(10)));
    }
}

#[test]
fn lines_without_their_columns_are_told() {
    let text = "1700000000|c.1|q\n1700000000\n|||||\nno stamp|c.1|q|NONE|ENTERQUEUE||1|1\n\
                1700000001|c.1|q|NONE|ENTERQUEUE||1|1|and|many|more|than|there|are\n";
    let log = read(text.as_bytes());
    assert_eq!(log.findings().count(FindingKind::BadLine), 4);
    assert_eq!(log.legs().count(), 1);
}
