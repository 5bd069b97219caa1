//! Rows of a table as events.

use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::map::{ColumnMap, DataPlaces, Places};
use super::pbxware;
use super::time::Times;
use crate::decode;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::FindingKind;
use crate::queue_log::{Data, Options, Pipes, QueueLog, RawEvent, Reader, Sink};

/// Reads a queue log from a table with a header, separated by commas, semicolons or
/// tabs. The header shows the [layout](ColumnMap).
///
/// # Errors
/// `table.missing_column`, naming the column and those that are there;
/// `read.failed` if the input cannot be read.
///
/// ```
/// use floorwalker::time::Zone;
/// use floorwalker_acd::{queue_log::Options, table};
///
/// let rows = "\
/// id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5
/// 1,2024-03-05 10:00:00.000100,a.1,sales,NONE,ENTERQUEUE,,0611,1,,
/// 2,2024-03-05 10:00:31.250000,a.1,sales,NONE,ABANDON,1,1,31,,
/// ";
/// let options = Options::default().with_zone(Zone::get("Europe/Rome")?);
/// let log = table::read_queue_log(rows.as_bytes(), &options)?;
/// assert_eq!(log.leg(0).unwrap().arrived.to_rfc3339(), "2024-03-05T09:00:00+00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_queue_log(input: impl Read, options: &Options) -> Result<QueueLog> {
    read_queue_log_into(input, None, options, QueueLog::new())
}

/// Reads a queue log from a table with declared columns, or with those that the
/// header shows, and hands over what is finished to a sink.
///
/// # Errors
/// As [`read_queue_log`].
pub fn read_queue_log_into<S: Sink>(
    input: impl Read,
    map: Option<&ColumnMap>,
    options: &Options,
    sink: S,
) -> Result<S> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let delimiter = delimiter(&mut input)?;
    let mut table = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(input);
    let header: Vec<String> = table
        .byte_headers()
        .map_err(unreadable)?
        .iter()
        .map(|name| decode::text(name).into_owned())
        .collect();
    let map = match map {
        Some(map) => map.clone(),
        None => ColumnMap::detect(&header)?,
    };
    let mut rows = Rows {
        places: map.places(&header)?,
        times: Times::new(options.zone().clone(), options.local_time()),
        reader: Reader::new(options.clone(), sink),
        data: Vec::new(),
    };
    let mut record = ByteRecord::new();
    while table.read_byte_record(&mut record).map_err(unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        rows.take(line, &record);
    }
    Ok(rows.reader.finish())
}

/// The separator that the first line has most of.
pub(crate) fn delimiter(input: &mut impl BufRead) -> Result<u8> {
    let start = input
        .fill_buf()
        .map_err(|why| Error::read("the table", why))?;
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or(start);
    let count = |sign: u8| line.iter().filter(|&&byte| byte == sign).count();
    let signs = [b'\t', b';', b','];
    Ok(signs
        .into_iter()
        .max_by_key(|&sign| count(sign))
        .unwrap_or(b','))
}

pub(crate) fn unreadable(error: csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::Io(why) => Error::read("the table", why),
        _ => ErrorKind::Table(error.to_string()).into(),
    }
}

struct Rows<S> {
    places: Places,
    times: Times,
    reader: Reader<S>,
    data: Vec<u8>,
}

impl<S: Sink> Rows<S> {
    fn take(&mut self, line: u64, record: &ByteRecord) {
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let event = cell(self.places.event).trim_ascii();
        if event.is_empty() {
            let detail = format_args!("its event has no name");
            return self.reader.note(line, FindingKind::BadLine, detail);
        }
        let time = decode::text(cell(self.places.time));
        let stamp = match self.times.read(&time) {
            Ok(stamp) => stamp,
            Err(why) => {
                return self
                    .reader
                    .note(line, FindingKind::BadTime, format_args!("{why}"));
            }
        };
        if stamp.by_order {
            let detail = format_args!("{time}");
            self.reader.note(line, FindingKind::DoubleLocalTime, detail);
        }
        self.data.clear();
        join_data(&self.places.data, event, &cell, &mut self.data);
        let pipes = Pipes::find(&self.data);
        let raw = RawEvent {
            at_ms: stamp.ms,
            callid: cell(self.places.callid),
            queue: cell(self.places.queue),
            agent: cell(self.places.agent),
            event,
            data: Data::new(&self.data, &pipes),
        };
        self.reader.row(line, &raw);
    }
}

/// Joins the fields of an event, without the empty columns at the end.
fn join_data<'a>(
    places: &DataPlaces,
    event: &[u8],
    cell: &impl Fn(usize) -> &'a [u8],
    out: &mut Vec<u8>,
) {
    match places {
        DataPlaces::Pbxware(places) => pbxware::fields(event, places.map(cell), out),
        DataPlaces::Each(columns, joined) => {
            for (number, &column) in columns.iter().enumerate() {
                if number > 0 {
                    out.push(b'|');
                }
                out.extend_from_slice(cell(column));
            }
            while out.last() == Some(&b'|') {
                out.pop();
            }
            if let (true, Some(joined)) = (out.is_empty(), joined) {
                out.extend_from_slice(cell(*joined));
            }
        }
    }
}
