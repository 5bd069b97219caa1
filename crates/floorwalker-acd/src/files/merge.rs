//! Several files in the order of time, merged line by line where they overlap.

use std::path::Path;

use memchr::{memchr, memrchr};

use super::Watch;
use super::input::{BLOCK, Input};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::FindingKind;
use crate::queue_log::{Lines, Reader, Sink, leading_stamp};

/// How much of a file is looked at to find its first stamp.
const LOOKED_AT: usize = 64 * 1024;

/// A file that is being read.
struct Source {
    name: String,
    input: Input,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    is_over: bool,
    /// How much of the file has been read, as it is on the disk.
    position: u64,
    lines: Lines,
    number: u32,
    /// The stamp of the next line, or of the one before if it has none.
    stamp: i64,
}

/// Reads all files, and tells the watch after each block how much of them has been read.
pub(super) fn read<S: Sink>(
    paths: &[&Path],
    mut reader: Reader<S>,
    watch: Watch<'_>,
) -> Result<Reader<S>> {
    let (mut done, mut told) = (0, 0);
    let mut waiting = in_order(paths)?.into_iter().peekable();
    let mut active: Vec<Source> = Vec::new();
    loop {
        let next = waiting.peek().map(|&(stamp, _)| stamp);
        let first = active.iter().map(|source| source.stamp).min();
        let start_next = match (next, first) {
            (Some(next), Some(first)) => first > next,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return Ok(reader),
        };
        if start_next {
            if let Some((stamp, path)) = waiting.next() {
                active.push(Source::open(path, stamp, &mut reader)?);
            }
            continue;
        }
        done += advance(&mut active, next, &mut reader)?;
        let in_active = active.iter().map(|source| source.position);
        let read = done + in_active.sum::<u64>();
        if read != told && !watch(read) {
            return Err(ErrorKind::Stopped.into());
        }
        told = read;
    }
}

/// The paths by the first stamp in each file; a file without one stays behind the
/// file before it.
fn in_order<'a>(paths: &[&'a Path]) -> Result<Vec<(i64, &'a Path)>> {
    let mut last = i64::MIN;
    let mut stamped = Vec::new();
    for &path in paths {
        let mut start = vec![0; LOOKED_AT];
        let filled = match Input::open(path)?.fill(&mut start) {
            Ok(filled) => filled,
            Err(error) if super::is_damage(&error) => 0,
            Err(error) => return Err(Error::read(path.display(), error)),
        };
        last = first_stamp(&start[..filled]).unwrap_or(last);
        stamped.push((last, path));
    }
    stamped.sort_by_key(|&(stamp, _)| stamp);
    Ok(stamped)
}

/// The stamp of the first line. If it is a day away from that of the second, the
/// first is the rest of a line whose first digits end another file.
fn first_stamp(start: &[u8]) -> Option<i64> {
    const DAY: i64 = 86_400_000;
    let mut lines = start.split(|&byte| byte == b'\n').filter_map(leading_stamp);
    let (first, second) = (lines.next()?, lines.next());
    let is_torn = second.is_some_and(|second| (second - first).abs() > DAY);
    if is_torn { second } else { Some(first) }
}

/// Takes lines of the file that is furthest behind, up to where another one has older ones.
/// Gives the length of that file if it is over.
fn advance<S: Sink>(
    active: &mut Vec<Source>,
    next: Option<i64>,
    reader: &mut Reader<S>,
) -> Result<u64> {
    let Some(place) = (0..active.len()).min_by_key(|&place| (active[place].stamp, place)) else {
        return Ok(0);
    };
    let others = active
        .iter()
        .enumerate()
        .filter(|&(other, _)| other != place)
        .map(|(_, source)| source.stamp);
    let limit = others.chain(next).min().unwrap_or(i64::MAX);
    active[place].read_until(limit, reader)?;
    if active[place].is_over && active[place].is_empty() {
        let mut over = active.remove(place);
        let half = over.lines.take_half();
        let takes_it = |source: &&mut Source| source.lines.takes_tail();
        match active.iter_mut().find(takes_it) {
            Some(source) => source.lines.set_tail(half),
            None if next.is_some() => reader.keep_half(half),
            None => {
                over.lines.set_half(half);
                reader.finish_from(over.number, &mut over.lines);
            }
        }
        return Ok(over.position);
    }
    Ok(0)
}

impl Source {
    fn open<S: Sink>(path: &Path, stamp: i64, reader: &mut Reader<S>) -> Result<Self> {
        let name = path.display().to_string();
        let number = reader.add_source(&name);
        let mut lines = Lines::new(reader.options().line_limit());
        lines.set_tail(reader.take_kept_half());
        let mut source = Self {
            name,
            input: Input::open(path)?,
            buffer: vec![0; BLOCK],
            start: 0,
            end: 0,
            is_over: false,
            position: 0,
            lines,
            number,
            stamp,
        };
        source.fill(reader)?;
        Ok(source)
    }

    fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Reads the next block behind what is left of the last.
    fn fill<S: Sink>(&mut self, reader: &mut Reader<S>) -> Result<()> {
        if self.is_over {
            return Ok(());
        }
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        match self.input.fill(&mut self.buffer[self.end..]) {
            Ok(0) => self.is_over = true,
            Ok(count) => {
                self.end += count;
                self.position = self.input.position();
            }
            Err(error) if super::is_damage(&error) => {
                self.is_over = true;
                let detail = format_args!("{}: {error}", self.name);
                reader.note_in(self.number, FindingKind::BrokenArchive, detail);
            }
            Err(error) => return Err(Error::read(&self.name, error)),
        }
        Ok(())
    }

    /// Hands over lines up to the first that is younger than `limit`, at most a block.
    fn read_until<S: Sink>(&mut self, limit: i64, reader: &mut Reader<S>) -> Result<()> {
        let block = &self.buffer[self.start..self.end];
        let Some(last) = memrchr(b'\n', block) else {
            return self.read_piece(reader);
        };
        let whole = &block[..=last];
        let last_line = memrchr(b'\n', &block[..last]).map_or(0, |before| before + 1);
        let last_stamp = leading_stamp(&block[last_line..]);
        let is_all_older = limit == i64::MAX || last_stamp.is_some_and(|stamp| stamp <= limit);
        let taken = if is_all_older {
            self.stamp = last_stamp.unwrap_or(self.stamp);
            whole.len()
        } else {
            let (taken, stamp) = older_lines(whole, limit, self.stamp);
            self.stamp = stamp;
            taken
        };
        reader.feed_from(self.number, &mut self.lines, &whole[..taken]);
        self.start += taken;
        if is_all_older {
            self.fill(reader)?;
            self.look_ahead();
        }
        Ok(())
    }

    /// No line ends in the buffer: hands over what there is, as a line may be very long.
    fn read_piece<S: Sink>(&mut self, reader: &mut Reader<S>) -> Result<()> {
        if self.end - self.start == self.buffer.len() || self.is_over {
            let piece = &self.buffer[self.start..self.end];
            reader.feed_from(self.number, &mut self.lines, piece);
            self.start = self.end;
        }
        self.fill(reader)?;
        self.look_ahead();
        Ok(())
    }

    fn look_ahead(&mut self) {
        let block = &self.buffer[self.start..self.end];
        self.stamp = leading_stamp(block).unwrap_or(self.stamp);
    }
}

/// How many bytes of lines come before the first line younger than `limit`, and the
/// stamp of that line.
fn older_lines(block: &[u8], limit: i64, mut stamp: i64) -> (usize, i64) {
    let mut taken = 0;
    while taken < block.len() {
        stamp = leading_stamp(&block[taken..]).unwrap_or(stamp);
        if stamp > limit {
            break;
        }
        taken += memchr(b'\n', &block[taken..]).map_or(block.len() - taken, |end| end + 1);
    }
    (taken, stamp)
}
