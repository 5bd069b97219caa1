//! Any bytes, in chunks and with a nap in between: no panic, bounded memory, and the
//! same result as in one go.

#![no_main]

use floorwalker_acd::queue_log::{Options, QueueLog, Reader, State};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&[size, nap], bytes)) = data.split_first_chunk::<2>() else {
        return;
    };
    let options = || {
        Options::default()
            .with_limits(200, 50, 20)
            .expect("limits above 0")
    };
    let mut whole = Reader::new(options(), QueueLog::new());
    whole.feed(bytes);
    assert!(whole.work().open_visits <= 50);
    let whole = whole.finish();

    let mut reader = Reader::new(options(), QueueLog::new());
    let chunks = bytes.chunks(usize::from(size) + 1);
    for (number, chunk) in chunks.enumerate() {
        if number == usize::from(nap) {
            let (state, log) = reader.suspend();
            let asleep = serde_json::to_string(&state).expect("a state is plain data");
            let state: State = serde_json::from_str(&asleep).expect("it reads its own writing");
            reader = Reader::resume(state, log).expect("it wakes up");
        }
        reader.feed(chunk);
    }
    let pieces = reader.finish();
    let legs = |log: &QueueLog| log.legs().collect::<Vec<_>>();
    assert_eq!(legs(&whole), legs(&pieces));
    assert_eq!(whole.states(), pieces.states());
    assert_eq!(whole.findings(), pieces.findings());
    assert_eq!(whole.table().columns().len(), whole.details().len());
});
