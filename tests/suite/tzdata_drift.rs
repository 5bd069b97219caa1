//! The zone rules compiled into the library agree with the PyPI package tzdata.
//!
//! `tests/oracle/tzdata_offsets.py` prints the offsets of that package; it needs a
//! Python that has it, `target/venv/bin/python` or `python3`. Without one, or with a
//! release older than the one in `tests/requirements.txt`, the comparison is skipped
//! and says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use floorwalker::time::Zone;

/// 2015-01-01 and 2038-01-01 in seconds since 1970.
const YEARS: std::ops::Range<i64> = 1_420_070_400..2_145_916_800;
const THREE_DAYS: usize = 3 * 86_400;
/// More names that only one side has are no longer a matter of taste.
const HANDFUL: usize = 5;

/// The offsets of a zone: the first, then the changes as (second, offset).
struct Offsets {
    first: i32,
    changes: Vec<(i64, i32)>,
}

impl Offsets {
    fn parse(words: &mut dyn Iterator<Item = &str>) -> Self {
        let first = words.next().unwrap().parse().unwrap();
        let change = |word: &str| {
            let (at, offset) = word.split_once(':').unwrap();
            (at.parse().unwrap(), offset.parse().unwrap())
        };
        Self {
            first,
            changes: words.map(change).collect(),
        }
    }

    fn at(&self, second: i64) -> i32 {
        let before = self.changes.partition_point(|&(at, _)| at <= second);
        before
            .checked_sub(1)
            .map_or(self.first, |last| self.changes[last].1)
    }
}

#[test]
fn offsets_agree_with_the_python_package() {
    match oracle() {
        Ok(text) => compare(&text),
        Err(why) => println!("SKIPPED: tzdata drift: {why}"),
    }
}

#[test]
fn a_wrong_offset_is_found() {
    let without_summer_time = Offsets::parse(&mut ["3600"].into_iter());
    assert_eq!(
        first_difference("Europe/Rome", &without_summer_time).unwrap(),
        "Europe/Rome at 1427846400: 7200 here, 3600 there"
    );
}

fn compare(text: &str) {
    let mut lines = text.lines();
    println!("{} against {}", lines.next().unwrap(), Zone::tzdb_version());
    let theirs: BTreeMap<&str, Offsets> = lines
        .map(|line| {
            let mut words = line.split(' ');
            (words.next().unwrap(), Offsets::parse(&mut words))
        })
        .collect();
    let ours: BTreeSet<&str> = Zone::names().collect();
    let names: BTreeSet<&str> = theirs.keys().copied().collect();
    let one_sided: Vec<&&str> = ours.symmetric_difference(&names).collect();
    println!("names that only one side has: {one_sided:?}");
    assert!(one_sided.len() <= HANDFUL, "{one_sided:?}");
    assert!(
        theirs.len() > 500,
        "only {} zones were compared",
        theirs.len()
    );

    let different: Vec<String> = theirs
        .iter()
        .filter(|(name, _)| ours.contains(*name))
        .filter_map(|(name, offsets)| first_difference(name, offsets))
        .collect();
    assert!(
        different.is_empty(),
        "offsets differ:\n{}",
        different.join("\n")
    );
}

fn first_difference(name: &str, theirs: &Offsets) -> Option<String> {
    let zone = Zone::get(name).unwrap();
    let around_changes = theirs.changes.iter().flat_map(|&(at, _)| [at - 1, at]);
    let seconds = YEARS.step_by(THREE_DAYS).chain(around_changes);
    let wrong = seconds.filter(|&at| zone.offset_secs_at_ms(at * 1000) != theirs.at(at));
    wrong.min().map(|at| {
        let ours = zone.offset_secs_at_ms(at * 1000);
        format!("{name} at {at}: {ours} here, {} there", theirs.at(at))
    })
}

/// The output of the Python script, or why there is none.
fn oracle() -> Result<String, String> {
    let python = python().ok_or("no Python with the package tzdata")?;
    let script = root().join("tests/oracle/tzdata_offsets.py");
    let output = Command::new(&python)
        .arg(script)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("{} failed:\n{stderr}", python.display());
    }
    let text = String::from_utf8(output.stdout).unwrap();
    let found = text.split(' ').next().unwrap().to_owned();
    let pinned = include_str!("../requirements.txt")
        .lines()
        .find_map(|line| line.strip_prefix("tzdata=="))
        .expect("requirements.txt names a release of tzdata");
    if release(&found) < release(pinned) {
        return Err(format!("tzdata {found} is older than {pinned}"));
    }
    Ok(text)
}

fn release(version: &str) -> Vec<u32> {
    version
        .trim()
        .split('.')
        .map(|part| part.parse().unwrap())
        .collect()
}

fn python() -> Option<PathBuf> {
    let own = ["target/venv/bin/python", "target/venv/Scripts/python.exe"];
    let candidates = own
        .iter()
        .map(|path| root().join(path))
        .filter(|path| path.exists());
    candidates.chain(["python3".into()]).find(|python| {
        let probe = Command::new(python).args(["-c", "import tzdata"]).output();
        probe.is_ok_and(|output| output.status.success())
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}
