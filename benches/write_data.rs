//! Writes the data of the benches into a folder, for measuring peers on the same.
//!
//! Each column of the ten million legs is a file of little-endian numbers, in the order of
//! arrival and shuffled; the log of a million calls is text, as its telephone system writes it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use floorwalker_benches::SEED;
use floorwalker_testkit::generate::{BenchLegs, bench_legs, bench_log};

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("name the folder to write into"))?;
    for (order, sorted) in [("sorted", true), ("shuffled", false)] {
        let folder = folder.join(order);
        fs::create_dir_all(&folder)?;
        write_legs(&folder, &bench_legs(10_000_000, SEED, sorted))?;
    }
    let mut log = BufWriter::new(File::create(folder.join("queue_log"))?);
    bench_log(1_000_000, SEED, &mut log)?;
    log.flush()
}

macro_rules! write_columns {
    ($folder:expr, $legs:expr, $($name:ident),*) => {
        $(
            let numbers = $legs.$name.iter();
            let bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
            fs::write($folder.join(stringify!($name)), bytes)?;
        )*
    };
}

fn write_legs(folder: &Path, legs: &BenchLegs) -> io::Result<()> {
    write_columns!(
        folder, legs, queue, agent, arrived_ms, wait_ms, outcome, talk_ms, hold_ms, wrap_ms
    );
    Ok(())
}
