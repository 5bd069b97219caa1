//! Files: packed, damaged, rotated, torn, overlapping.

use std::path::{Path, PathBuf};

use floorwalker_acd::queue_log::{Options, QueueLog};
use floorwalker_acd::{FindingKind, read_bytes, read_files};
use proptest::prelude::*;

use super::made_up::logs;
use super::{assert_same, read, told};

/// A folder of its own for a test.
fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place).unwrap();
    place
}

fn write(place: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = place.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn read_all(paths: &[PathBuf]) -> QueueLog {
    read_files(paths, &Options::default()).unwrap()
}

fn sample() -> Vec<u8> {
    std::fs::read(crate::workspace().join("examples/data/sample.queue_log.gz")).unwrap()
}

#[test]
fn a_packed_file_is_read() {
    let place = place("packed");
    let packed = sample();
    let one = read_all(&[write(&place, "one.gz", &packed)]);
    assert_eq!(one.table().len(), 9968);
    assert!(one.findings().is_empty(), "{:?}", one.findings().counts());
    assert_same(
        &told(&one),
        &told(&read_bytes(&packed, &Options::default())),
        "in memory",
    );
    // Two members in one file are the log twice.
    let twice = [&packed[..], &packed[..]].concat();
    let two = read_all(&[write(&place, "two.gz", &twice)]);
    assert_same(&told(&one), &told(&two), "two members");
}

#[test]
fn a_cut_off_file_is_read_up_to_there() {
    let place = place("cut-off");
    let packed = sample();
    let cut = &packed[..packed.len() / 2];
    let log = read_all(&[write(&place, "cut.gz", cut)]);
    assert_eq!(log.findings().count(FindingKind::BrokenArchive), 1);
    assert!(
        (4000..6000).contains(&log.table().len()),
        "{}",
        log.table().len()
    );
    let in_memory = read_bytes(cut, &Options::default());
    assert_eq!(in_memory.findings().count(FindingKind::BrokenArchive), 1);
    assert_same(&told(&log), &told(&in_memory), "in memory");

    let garbage = [&packed[..], b"no gzip"].concat();
    let log = read_all(&[write(&place, "garbage.gz", &garbage)]);
    assert_eq!(
        (
            log.table().len(),
            log.findings().count(FindingKind::BrokenArchive)
        ),
        (9968, 1)
    );
}

#[test]
fn a_missing_file_is_an_error() {
    let error = read_files(&["/no/such/queue_log"], &Options::default()).unwrap_err();
    assert_eq!(error.code(), "read.failed");
    assert!(error.to_string().contains("/no/such/queue_log"));
}

#[test]
fn an_empty_file_is_an_empty_log() {
    let place = place("empty");
    let log = read_all(&[write(&place, "empty", b""), write(&place, "also", b"\n\n")]);
    assert!(log.table().is_empty() && log.findings().is_empty());
}

#[test]
fn a_copy_made_before_the_rotation_counts_once() {
    let place = place("copies");
    let unpacked = read_bytes(&sample(), &Options::default());
    let text = unpack(&sample());
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let part = |name: &str, range: std::ops::Range<usize>| {
        write(&place, name, lines[range].concat().as_bytes())
    };
    let files = [
        part("rotated-3", 0..15_000),
        part("copy", 9_000..30_001),
        part("rotated-2", 15_000..30_000),
        part("rotated-1", 30_000..lines.len()),
        part("copy-of-copy", 9_000..30_001),
    ];
    let mut order = [4, 2, 0, 3, 1];
    for _ in 0..3 {
        order.rotate_left(2);
        let paths = order.map(|at| files[at].clone());
        assert_same(&told(&unpacked), &told(&read_all(&paths)), "copies");
    }
}

fn unpack(packed: &[u8]) -> String {
    use std::io::Read;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(packed)
        .read_to_string(&mut text)
        .unwrap();
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Cut into files at any byte, given in any order, the log is the same.
    #[test]
    fn files_may_be_cut_anywhere(lines in logs(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4), turn in 0_usize..4) {
        let bytes = format!("{}\n", lines.join("\n")).into_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        // Files shorter than a line cannot be put in order by their stamps.
        cuts.dedup_by(|b, a| *b - *a < 200 && *b != bytes.len());
        let place = place("cuts");
        let mut paths: Vec<PathBuf> = cuts
            .windows(2)
            .filter(|ends| has_line(&bytes[ends[0]..ends[1]]))
            .enumerate()
            .map(|(number, ends)| write(&place, &format!("part-{number}"), &bytes[ends[0]..ends[1]]))
            .collect();
        let covered: usize = paths.iter().map(|path| std::fs::metadata(path).unwrap().len() as usize).sum();
        prop_assume!(covered == bytes.len());
        // Stamps must tell the order of the files.
        let firsts: Vec<i64> = paths.iter().map(|path| first_stamp(&std::fs::read(path).unwrap())).collect();
        prop_assume!(firsts.windows(2).all(|pair| pair[0] < pair[1]));
        let shift = turn.min(paths.len());
        paths.rotate_left(shift);
        assert_same(&told(&read(&bytes)), &told(&read_all(&paths)), "files");
    }
}

fn has_line(bytes: &[u8]) -> bool {
    first_stamp(bytes) > 0
}

/// The stamp of the first line that begins in the bytes.
fn first_stamp(bytes: &[u8]) -> i64 {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut stamps = text
        .lines()
        .filter_map(|line| line.split_once('|')?.0.parse::<i64>().ok());
    stamps.find(|stamp| *stamp > 1_000_000_000).unwrap_or(0)
}
