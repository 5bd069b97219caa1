//! Any bytes, in any chunks, end in legs and findings: never in a panic.

#![no_main]

use floorwalker_acd::queue_log::{Options, QueueLog, Reader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let mut reader = Reader::new(Options::default(), QueueLog::new());
    reader.begin_source("fuzz");
    bytes.chunks(usize::from(size) + 1).for_each(|chunk| reader.feed(chunk));
    let log = reader.finish();
    assert!(log.legs().all(|leg| leg.wait().is_none_or(|wait| wait.num_milliseconds() >= 0)));
});
