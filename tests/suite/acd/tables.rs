//! Logs that lie in tables.

use floorwalker::time::{LocalTimePolicy, Zone};
use floorwalker_acd::FindingKind;
use floorwalker_acd::queue_log::{Options, QueueLog};
use floorwalker_acd::table::{self, ColumnMap, DataColumns};
use proptest::prelude::*;

use super::made_up::logs;
use super::{assert_same, read, told};

fn rome() -> Options {
    Options::default().with_zone(Zone::get("Europe/Rome").unwrap())
}

fn from_table(rows: &str, options: &Options) -> QueueLog {
    table::read_queue_log(rows.as_bytes(), options).unwrap()
}

/// A line as a row of a table with `columns` columns for its fields.
fn row(number: usize, line: &str, columns: usize) -> String {
    let fields: Vec<&str> = line.splitn(6, '|').collect();
    let data: Vec<&str> = fields
        .get(5)
        .map_or(Vec::new(), |data| data.splitn(columns, '|').collect());
    let mut cells = vec![number.to_string()];
    cells.extend(fields[..5].iter().map(|cell| (*cell).to_owned()));
    cells.extend((0..columns).map(|at| data.get(at).copied().unwrap_or("").to_owned()));
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
    quoted.join(",")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The same lines in every layout are the same log.
    #[test]
    fn layouts_tell_the_same(lines in logs()) {
        let expected = told(&read(format!("{}\n", lines.join("\n")).as_bytes()));
        let layouts = [
            ("id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5", 5),
            ("id,time,callid,queuename,agent,event,data", 1),
            ("id,time_id,call_id,queue,agent,verb,data1,data2,data3,data4,data5", 5),
        ];
        for (header, columns) in layouts {
            let rows: Vec<String> = lines.iter().enumerate().map(|(number, line)| row(number, line, columns)).collect();
            let rows = format!("{header}\n{}\n", rows.join("\n"));
            assert_same(&expected, &told(&from_table(&rows, &Options::default())), header);
        }
    }

    #[test]
    fn any_table_does_no_harm(rows in "(id|time|callid|queuename|agent|event|data|[,;\"\n 0-9a|:-]){0,80}") {
        let header = "id,time,callid,queuename,agent,event,data1\n";
        let _ = table::read_queue_log(rows.as_bytes(), &Options::default());
        let _ = table::read_queue_log(format!("{header}{rows}").as_bytes(), &Options::default());
    }
}

#[test]
fn a_missing_column_is_named() {
    let error =
        table::read_queue_log(&b"time;callid;queuename;event;data\n"[..], &rome()).unwrap_err();
    assert!(error.is_missing_column());
    let message = "column agent is missing: the table has time, callid, queuename, event, data";
    assert_eq!(error.to_string(), message);
}

#[test]
fn odd_rows_are_findings() {
    let rows = "\
time,callid,queuename,agent,event,data1,data2,data3
2024-03-05 10:00:00,a.1,q,NONE,ENTERQUEUE,,1,1
yesterday,a.2,q,NONE,ENTERQUEUE,,1,1
2024-03-05 10:00:09,a.1,q,NONE,ABANDON,1,1,9
2024-03-05 10:00:10,a.1,q,NONE
";
    let log = from_table(rows, &rome());
    assert_eq!(log.table().len(), 1);
    assert_eq!(log.findings().count(FindingKind::BadTime), 1);
    assert_eq!(log.findings().count(FindingKind::BadLine), 1);
    assert_eq!(log.findings().list()[0].line, 3);
}

#[test]
fn the_night_the_clock_is_put_back() {
    // 02:30 to 03:00 comes twice; the caller waits from the first into the second.
    let rows = "\
time,callid,queuename,agent,event,data1,data2,data3
2026-10-25 02:50:00,a.1,q,NONE,ENTERQUEUE,,1,1
2026-10-25 02:10:00,a.1,q,NONE,ABANDON,1,1,1200
2026-10-25 02:20:00,a.2,q,NONE,ENTERQUEUE,,1,1
2026-10-25 02:20:30,a.2,q,NONE,ABANDON,1,1,30
";
    let log = from_table(rows, &rome());
    let arrived: Vec<String> = log.legs().map(|leg| leg.arrived.to_rfc3339()).collect();
    assert_eq!(
        arrived,
        ["2026-10-25T00:50:00+00:00", "2026-10-25T01:20:00+00:00"]
    );
    assert_eq!(log.findings().count(FindingKind::DoubleLocalTime), 3);
    assert_eq!(log.findings().count(FindingKind::FieldContradiction), 0);

    let refusing = rome().with_local_time(LocalTimePolicy::REFUSE);
    let log = from_table(rows, &refusing);
    assert_eq!(
        (
            log.table().len(),
            log.findings().count(FindingKind::BadTime)
        ),
        (0, 4)
    );
}

#[test]
fn declared_columns_are_used() {
    let map = ColumnMap::new(
        ["datetime", "uniqueid", "qname", "qagent", "qevent"],
        DataColumns::Each(vec!["info1".into(), "info2".into(), "info3".into()]),
    );
    let rows = "\
datetime\tuniqueid\tqname\tqagent\tqevent\tinfo1\tinfo2\tinfo3
1700000000\ta.1\tq\tNONE\tENTERQUEUE\t\t1\t1
1700000009\ta.1\tq\tNONE\tABANDON\t1\t1\t9
";
    let log = table::read_queue_log_into(
        rows.as_bytes(),
        Some(&map),
        &Options::default(),
        QueueLog::new(),
    );
    assert_eq!(
        log.unwrap().leg(0).unwrap().wait().unwrap().num_seconds(),
        9
    );
}
