//! The promises about speed and memory, kept by counting work and not by a clock.

use floorwalker_acd::queue_log::{Columns, Options, Reader};
use floorwalker_testkit::generate::bench_log;

fn log(calls: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    bench_log(calls, 7, &mut bytes).unwrap();
    bytes
}

#[test]
fn each_line_is_looked_up_once() {
    let bytes = log(20_000);
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
    let mut reader = Reader::new(Options::default(), Columns::new());
    reader.feed(&bytes);
    let work = reader.work();
    assert_eq!(work.lines, lines);
    // One for each line, and one for each visit to remember it.
    let visits = reader.finish().table().len() as u64;
    assert!(work.lookups <= lines + visits, "{work:?}, {visits} visits");
    // A visit becomes final once, a login or pause once.
    assert!(work.settled <= lines, "{work:?}");
}

#[test]
fn memory_does_not_grow_with_the_log() {
    let bytes = log(40_000);
    let mut reader = Reader::new(Options::default().without_agents(), Columns::new());
    let mut rooms = Vec::new();
    for chunk in bytes.chunks(bytes.len() / 8 + 1) {
        reader.feed(chunk);
        rooms.push(reader.work().allocations);
    }
    // Room is made for what is open at once, not for what has been.
    let visits = reader.sink().table().len() as u64;
    assert!(rooms[7] < visits / 50, "{rooms:?} for {visits} visits");
    assert!(rooms[7] < rooms[2] + rooms[2] / 2, "{rooms:?}");
}
