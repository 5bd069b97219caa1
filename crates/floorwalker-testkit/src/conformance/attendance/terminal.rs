//! The format of a common fingerprint terminal.

use std::fs;
use std::path::Path;

use chrono::NaiveDateTime;
use floorwalker::attendance::{Punch, PunchKind};
use floorwalker::id::AgentId;
use floorwalker::time::{LocalTimePolicy, Zone};

/// How the terminal writes a local time.
const TIME: &str = "%Y-%m-%d %H:%M:%S";

/// Reads all punches of a file; the local clock is taken as UTC.
pub(super) fn read(path: &Path) -> Result<Vec<Punch>, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| punch(line).map_err(|error| format!("line {}: {error}", at + 1)))
        .collect()
}

fn punch(line: &str) -> Result<Punch, String> {
    let fields: Vec<&str> = line.trim_end().split('\t').collect();
    let [id, at, _verify, code, ..] = fields.as_slice() else {
        return Err(format!("{line:?} has too few fields"));
    };
    let kind = match *code {
        "0" => PunchKind::In,
        "1" => PunchKind::Out,
        "2" => PunchKind::BreakStart,
        "3" => PunchKind::BreakEnd,
        _ => PunchKind::Unknown,
    };
    let at = NaiveDateTime::parse_from_str(at, TIME).map_err(|error| format!("{at:?}: {error}"))?;
    let utc = (&Zone::utc(), LocalTimePolicy::REFUSE);
    let agent = AgentId::new(id.trim()).map_err(|error| error.to_string())?;
    Punch::local(agent, kind, at, utc).map_err(|error| error.to_string())
}
