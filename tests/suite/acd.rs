//! The readers of logs: laws, real logs, the cases of the suite, tables.

mod cases;
mod files;
mod hostile;
mod laws;
mod made_up;
mod neutral;
mod real;
mod tables;
mod work;

use std::fmt::Write;
use std::path::PathBuf;

use floorwalker_acd::queue_log::{Options, QueueLog, Reader};

/// The folder of data beside the workspace, if it is there; says what is skipped if not.
fn shared(folder: &str, what: &str) -> Option<PathBuf> {
    let path = super::workspace().join("../shared/data").join(folder);
    if path.exists() {
        return Some(path);
    }
    println!("SKIPPED: {what}: the shared data set is not beside the workspace");
    None
}

fn read(bytes: &[u8]) -> QueueLog {
    let mut reader = Reader::new(Options::default(), QueueLog::new());
    reader.feed(bytes);
    reader.finish()
}

/// Everything that came out but findings, as text to be compared.
fn told(log: &QueueLog) -> String {
    let mut out = String::new();
    for (leg, details) in log.legs().zip(log.details()) {
        writeln!(out, "{leg:?} {details:?}").unwrap();
    }
    writeln!(out, "{:?}", log.sessions()).unwrap();
    writeln!(out, "{:?}", log.pauses()).unwrap();
    writeln!(out, "{:?}", log.states()).unwrap();
    writeln!(out, "{:?}", log.rings()).unwrap();
    writeln!(out, "{:?}", log.other_events()).unwrap();
    out
}

/// Fails with the first lines that differ.
fn assert_same(expected: &str, actual: &str, how: &str) {
    if expected == actual {
        return;
    }
    let differ = expected.lines().zip(actual.lines()).find(|(a, b)| a != b);
    let (a, b) = differ.unwrap_or(("", "(one of them is longer)"));
    let place = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let from = place.saturating_sub(300);
    let part = |text: &str| text.chars().skip(from).take(500).collect::<String>();
    panic!("{how}: ... {}\n ... {}", part(a), part(b));
}
