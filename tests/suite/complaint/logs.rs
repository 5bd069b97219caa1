//! Figures of real logs equal those that pandas computes, by `tests/oracle/complaint_figures.py`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use floorwalker::complaint::*;
use floorwalker::service::Percentile;
use floorwalker::time::business::{Calendar, Timeline};
use floorwalker::time::{Span, Zone};
use floorwalker_cases::{CaseLog, LogMap, read};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The figures of pandas; `None` where data or pandas are absent.
fn oracle() -> Option<Value> {
    let data = root().join("../shared/data");
    if !data.join("incident-log-sla").exists() {
        println!(
            "SKIPPED: figures of real complaint logs: the shared data set is not beside the workspace"
        );
        return None;
    }
    let python = root().join(if cfg!(windows) {
        "target/venv/Scripts/python.exe"
    } else {
        "target/venv/bin/python"
    });
    let has_pandas = Command::new(&python).args(["-c", "import pandas"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        println!("SKIPPED: figures of real complaint logs: target/venv has no pandas");
        return None;
    }
    let script = root().join("tests/oracle/complaint_figures.py");
    let output = Command::new(&python)
        .arg(script)
        .arg(&data)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn log(path: &str, map: &LogMap) -> CaseLog {
    let file = File::open(root().join("../shared/data").join(path)).unwrap();
    if path.ends_with(".gz") {
        read(GzDecoder::new(file), map).unwrap()
    } else {
        read(file, map).unwrap()
    }
}

fn map(json: Value) -> LogMap {
    LogMap::from_json(&json.to_string()).unwrap()
}

fn window(zone: &str, first: &str, end: &str) -> Span {
    let zone = Zone::get(zone).unwrap();
    let start = |date: &str| zone.start_of_day(date.parse().unwrap()).unwrap();
    Span::from_millis(start(first), start(end)).unwrap()
}

fn tally(log: &CaseLog, map: &LogMap, window: Span) -> ComplaintTally {
    let always = Timeline::new(Calendar::always_open(Zone::utc()));
    let summaries = log.cases.iter().map(|case| {
        case.summary(&map.meanings, window.end_ms(), &always)
            .unwrap()
    });
    ComplaintTally::of(
        ComplaintSettings::new(window),
        &summaries.collect::<Vec<_>>(),
    )
}

fn count(tally: &ComplaintTally, kpi: ComplaintKpi) -> i128 {
    tally.figure(kpi).numerator()
}

fn stand(tally: &ComplaintTally) -> Value {
    json!({
        "received": count(tally, ComplaintKpi::Received),
        "closed": count(tally, ComplaintKpi::Closed),
        "open": count(tally, ComplaintKpi::Open),
        "disordered": tally.disordered(),
        "ages": tally.ageing().iter().map(|bucket| bucket.count).collect::<Vec<_>>(),
    })
}

fn spread(tally: &ComplaintTally, step: &str) -> Value {
    let mean = tally.step_mean(step);
    let rank = |percent| {
        tally
            .step_percentile(step, Percentile::nearest_rank(percent).unwrap())
            .numerator()
    };
    json!({"count": mean.denominator(), "sum": mean.numerator(), "p50": rank(50.0), "p90": rank(90.0)})
}

fn topics(tally: &ComplaintTally) -> Value {
    let lines = tally.topics();
    json!(
        lines
            .lines()
            .iter()
            .map(|line| (line.name.as_str(), line.count))
            .collect::<Vec<_>>()
    )
}

fn add(value: &mut Value, more: Value) {
    value
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
}

fn hands(log: &CaseLog) -> Value {
    let sum = |of: fn(&LogCase) -> u32| {
        log.cases
            .iter()
            .filter_map(|case| case.log.as_ref())
            .map(of)
            .sum::<u32>()
    };
    json!({"handovers": sum(LogCase::handovers), "ping_pong": sum(LogCase::ping_pong)})
}

fn standard(tally: &ComplaintTally, name: &str) -> Value {
    let share = tally.within_standard(name);
    let met = share.numerator();
    json!({"met": met, "breached": i128::from(share.denominator()) - met})
}

fn nyc() -> Value {
    let map = map(json!({
        "shape": "cases", "case": "unique_key", "opened": "created", "closed": "closed", "topic": "complaint_type",
        "time": {"format": "%m/%d/%Y %I:%M:%S %p", "zone": "America/New_York"}
    }));
    let log = log("nyc311/nyc311-20200101-02.csv.gz", &map);
    assert!(log.findings.is_empty());
    let tally = tally(
        &log,
        &map,
        window("America/New_York", "2020-01-01", "2020-01-03"),
    );
    let mut figures = stand(&tally);
    add(
        &mut figures,
        json!({"to_close": spread(&tally, "to_close"), "topics": topics(&tally)}),
    );
    figures
}

fn cfpb() -> Value {
    let map = map(json!({
        "shape": "cases", "case": "Complaint ID", "opened": "Date received", "topic": "Product",
        "time": {"format": "%Y-%m-%d", "zone": "America/New_York"},
        "standard": {"column": "Timely response?", "name": "timely", "met": ["Yes"], "breached": ["No"]}
    }));
    let log = log("cfpb-complaints/complaints-odd-id.csv.gz", &map);
    let tally = tally(
        &log,
        &map,
        window("America/New_York", "2000-01-01", "2030-01-01"),
    );
    let mut figures =
        json!({"received": count(&tally, ComplaintKpi::Received), "topics": topics(&tally)});
    add(&mut figures, standard(&tally, "timely"));
    figures
}

fn boston() -> Value {
    let map = map(json!({
        "shape": "cases", "case": "case_enquiry_id", "opened": "open_dt", "closed": "closed_dt", "topic": "reason",
        "time": {"format": "%Y-%m-%d %H:%M:%S", "zone": "America/New_York"},
        "standard": {"column": "ontime", "name": "target", "met": ["ONTIME"], "breached": ["OVERDUE"]}
    }));
    let log = log("boston311/boston311-100.csv", &map);
    let tally = tally(
        &log,
        &map,
        window("America/New_York", "2000-01-01", "2030-01-01"),
    );
    let mut figures = json!({"received": count(&tally, ComplaintKpi::Received)});
    add(&mut figures, standard(&tally, "target"));
    figures
}

fn incidents() -> Value {
    let map = map(json!({
        "shape": "events", "case": "number", "at": "sys_updated_at", "word": "incident_state",
        "opened": "opened_at", "closed": "closed_at", "actor": "assignment_group", "priority": "priority",
        "topic": "category", "reopen_count": "reopen_count", "missing": ["?"],
        "time": {"format": "%d/%m/%Y %H:%M", "zone": "UTC"},
        "standard": {"column": "made_sla", "name": "sla", "met": ["true"], "breached": ["false"]},
        "meanings": {
            "New": "working", "Active": "working", "Resolved": "resolved", "Closed": "closed",
            "Awaiting User Info": "waiting_customer", "Awaiting Evidence": "waiting_customer",
            "Awaiting Vendor": "waiting_third_party", "Awaiting Problem": "waiting_third_party"
        }
    }));
    let log = log("incident-log-sla/incidents-2016-03.csv.gz", &map);
    let unknown = map
        .meanings
        .unknown(log.cases.iter().filter_map(|case| case.log.as_ref()));
    assert!(unknown.is_empty(), "{unknown:?}");
    let window = window("UTC", "2016-03-01", "2016-04-01");
    let tally = tally(&log, &map, window);
    let always = Timeline::new(Calendar::always_open(Zone::utc()));
    let waiting = |case: &floorwalker_cases::CaseRecord| {
        let end_ms = case.closed_ms.unwrap_or(window.end_ms());
        case.log
            .as_ref()
            .map_or(0, |log| log.waiting_ms(&map.meanings, end_ms, &always))
    };
    let reopened = log
        .cases
        .iter()
        .filter(|case| case.reopen_count > Some(0))
        .count();
    let mut figures = stand(&tally);
    add(
        &mut figures,
        json!({
            "to_close": spread(&tally, "to_close"),
            "to_resolve": spread(&tally, "to_resolve"),
            "reopened": reopened,
            "waiting": log.cases.iter().map(waiting).sum::<i64>(),
        }),
    );
    add(&mut figures, standard(&tally, "sla"));
    add(&mut figures, hands(&log));
    figures
}

fn events(path: &str, map: &LogMap) -> Value {
    let log = log(path, map);
    let mut figures = json!({"rows": log.rows, "cases": log.cases.len()});
    add(&mut figures, hands(&log));
    figures
}

fn helpdesk() -> Value {
    let map = map(json!({
        "shape": "events", "case": "Case ID", "at": "Complete Timestamp", "word": "Activity", "actor": "Resource",
        "time": {"format": "%Y/%m/%d %H:%M:%S%.f", "zone": "Europe/Rome"}
    }));
    events("helpdesk-italy/helpdesk-odd-cases.csv.gz", &map)
}

fn bpi() -> Value {
    let map = map(json!({
        "shape": "events", "case": "case:concept:name", "at": "time:timestamp", "word": "lifecycle:transition",
        "actor": "org:group", "time": {"format": "%Y-%m-%d %H:%M:%S%.f%:z", "zone": "UTC"}
    }));
    events("bpi2013-closed-problems/bpi2013_closed.csv.gz", &map)
}

#[test]
fn figures_of_real_logs_equal_those_of_pandas() {
    let Some(oracle) = oracle() else { return };
    let figures = json!({
        "nyc": nyc(), "cfpb": cfpb(), "boston": boston(), "incidents": incidents(), "helpdesk": helpdesk(), "bpi": bpi()
    });
    for (name, expected) in oracle.as_object().unwrap() {
        for (figure, value) in expected.as_object().unwrap() {
            assert_eq!(figures[name][figure], *value, "{name}: {figure}");
        }
    }
}
