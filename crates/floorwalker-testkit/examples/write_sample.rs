//! Writes the sample log of `examples/data` anew.
//!
//! `cargo run -p floorwalker-testkit --example write_sample -- examples/data/sample.queue_log.gz`

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;

use flate2::{Compression, GzBuilder};
use floorwalker_testkit::generate::{SAMPLE_SEED, generate, sample_centre, write_queue_log};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the file to write")?;
    let history = generate(&sample_centre(), SAMPLE_SEED)?;
    let file = BufWriter::new(File::create(path)?);
    let mut packed = GzBuilder::new().mtime(0).write(file, Compression::best());
    write_queue_log(&history, &mut packed)?;
    packed.finish()?.into_inner()?.sync_all()?;
    Ok(())
}
