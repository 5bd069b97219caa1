//! Reading files: plain or packed, one or many.
//!
//! Rotated files may be given in any order: they are read in the order of their
//! first stamps, and where they overlap (the same log imported twice, a copy made
//! before the rotation) their lines are merged by stamp, so that a line that is in
//! both counts once.

mod input;
mod merge;

use std::path::Path;

use crate::error::Result;
use crate::queue_log::{Options, QueueLog, Reader, Sink};

use input::is_damage;

/// Reads log files, plain or gzip (also of several members), into memory.
///
/// # Errors
/// `read.failed` if a file cannot be opened or read. A packed file that is damaged
/// or ends too early is a finding: what came before that is read.
///
/// ```no_run
/// use floorwalker_acd::queue_log::Options;
///
/// let log = floorwalker_acd::read_files(&["queue_log.1.gz", "queue_log"], &Options::default())?;
/// println!("{} visits, {} findings", log.table().len(), log.findings().total());
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
pub fn read_files<P: AsRef<Path>>(paths: &[P], options: &Options) -> Result<QueueLog> {
    read_files_into(paths, options, QueueLog::new())
}

/// Reads log files and hands over what is finished to a sink, in memory that does
/// not grow with the files.
///
/// # Errors
/// As [`read_files`].
pub fn read_files_into<P: AsRef<Path>, S: Sink>(
    paths: &[P],
    options: &Options,
    sink: S,
) -> Result<S> {
    read_files_watched(paths, options, sink, &mut |_| true)
}

/// Is told how many bytes of all files together have been read (of packed files: bytes as
/// they are on the disk), and answers whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> bool;

/// The same, and tells a watch after each block of some hundred kilobytes how far it is:
/// to show progress, or to stop.
///
/// # Errors
/// As [`read_files`]; `read.stopped` if the watch said so.
pub fn read_files_watched<P: AsRef<Path>, S: Sink>(
    paths: &[P],
    options: &Options,
    sink: S,
    watch: Watch<'_>,
) -> Result<S> {
    let reader = Reader::new(options.clone(), sink);
    let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
    merge::read(&paths, reader, watch).map(Reader::finish)
}

/// Reads a log that is in memory, plain or gzip.
///
/// ```
/// use floorwalker_acd::queue_log::Options;
///
/// let log = floorwalker_acd::read_bytes(
///     b"1700000000|a.1|sales|NONE|ENTERQUEUE||0611|3\n1700000031|a.1|sales|NONE|ABANDON|2|3|31\n",
///     &Options::default(),
/// );
/// assert_eq!(log.details()[0].position, Some(2));
/// ```
#[must_use]
pub fn read_bytes(bytes: &[u8], options: &Options) -> QueueLog {
    read_bytes_into(bytes, options, QueueLog::new())
}

/// Reads a log that is in memory, plain or gzip, and hands over what is finished.
pub fn read_bytes_into<S: Sink>(bytes: &[u8], options: &Options, sink: S) -> S {
    let mut reader = Reader::new(options.clone(), sink);
    if input::is_packed(bytes) {
        let unpacked = input::unpack(bytes, |chunk| reader.feed(chunk));
        if let Err(why) = unpacked {
            let kind = crate::finding::FindingKind::BrokenArchive;
            reader.note(0, kind, format_args!("{why}"));
        }
    } else {
        reader.feed(bytes);
    }
    reader.finish()
}
