//! The log that an Asterisk telephone system would have kept.
//!
//! One line per event, `epoch|callid|queue|agent|event|` and the fields of the event
//! joined by `|`, in the dialect of Asterisk 18 and 20 with `log_membername_as_agent`:
//! agents appear by name everywhere.
//!
//! Stamps are epoch seconds with the fraction cut off. Waits and talk times are
//! differences of cut stamps, as the telephone system makes them, so a wait of 0.2 s
//! that crosses a full second is logged as 1. The ring time of a CONNECT is the ring
//! itself cut to seconds; RINGNOANSWER and RINGCANCELED carry milliseconds.
//!
//! Two liberties: PAUSEALL and UNPAUSEALL carry the member name and the reason (plain
//! Asterisk writes the interface and nothing), and WRAPUPSTART is an event of
//! distributions built on Asterisk, not of Asterisk itself.

use std::io::{self, Write};

use super::CentreHistory;
use super::engine::Observer;
use super::history::{CallId, Departure, Event, Names, Person, Subject, Visit, What, WorkedShift};

const FLUSH_AT: usize = 1 << 16;

/// Writes what was logged in a played centre.
///
/// # Errors
/// Those of `out`.
pub fn write_queue_log(history: &CentreHistory, out: impl Write) -> io::Result<()> {
    let mut writer = LogWriter::new(out, history.names().clone());
    for event in history.events() {
        writer.event(event);
    }
    writer.finish().map(|_| ())
}

/// Writes lines as events come; keeps the first error for the end.
pub(super) struct LogWriter<W> {
    out: W,
    names: Names,
    buffer: Vec<u8>,
    lines: u64,
    failed: Option<io::Error>,
}

impl<W: Write> LogWriter<W> {
    pub(super) fn new(out: W, names: Names) -> Self {
        Self {
            out,
            names,
            buffer: Vec::with_capacity(FLUSH_AT + 512),
            lines: 0,
            failed: None,
        }
    }

    /// Writes the rest and tells the number of lines.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.flush_buffer();
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.out.flush()?;
        Ok(self.lines)
    }

    fn flush_buffer(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(&self.buffer).err();
        }
        self.buffer.clear();
    }
}

impl<W: Write> Observer for LogWriter<W> {
    fn event(&mut self, event: &Event) {
        push_line(&mut self.buffer, &self.names, event);
        self.lines += 1;
        if self.buffer.len() >= FLUSH_AT {
            self.flush_buffer();
        }
    }

    fn visit(&mut self, _: Visit) {}

    fn shift(&mut self, _: WorkedShift) {}
}

/// The second in which an instant lies: the fraction is cut off.
pub(super) fn stamp_secs(at_ms: i64) -> i64 {
    at_ms.div_euclid(1000)
}

/// The seconds between two instants as the log tells them.
pub(super) fn logged_secs(from_ms: i64, to_ms: i64) -> i64 {
    stamp_secs(to_ms) - stamp_secs(from_ms)
}

fn push_line(line: &mut Vec<u8>, names: &Names, event: &Event) {
    push_number(line, stamp_secs(event.at_ms));
    line.push(b'|');
    match event.subject {
        Subject::None => line.extend_from_slice(b"NONE"),
        Subject::Manager => line.extend_from_slice(b"MANAGER"),
        Subject::Call(call) => push_call(line, call),
    }
    line.push(b'|');
    push_name(line, &names.queues, event.queue);
    line.push(b'|');
    push_name(line, &names.agents, event.agent);
    line.push(b'|');
    line.extend_from_slice(verb(&event.what).as_bytes());
    line.push(b'|');
    push_fields(line, names, event);
    line.push(b'\n');
}

fn verb(what: &What) -> &'static str {
    match what {
        What::QueueStart => "QUEUESTART",
        What::ConfigReload => "CONFIGRELOAD",
        What::AddMember => "ADDMEMBER",
        What::RemoveMember => "REMOVEMEMBER",
        What::PauseAll(_) => "PAUSEALL",
        What::Pause(_) => "PAUSE",
        What::UnpauseAll(_) => "UNPAUSEALL",
        What::Unpause(_) => "UNPAUSE",
        What::Enter { .. } => "ENTERQUEUE",
        What::RingNoAnswer { .. } => "RINGNOANSWER",
        What::RingCancelled { .. } => "RINGCANCELED",
        What::Connect { .. } => "CONNECT",
        What::Complete {
            by_caller: true, ..
        } => "COMPLETECALLER",
        What::Complete { .. } => "COMPLETEAGENT",
        What::BlindTransfer { .. } => "BLINDTRANSFER",
        What::WrapUpStart { .. } => "WRAPUPSTART",
        What::Abandon(_) => "ABANDON",
        What::ExitWithTimeout(_) => "EXITWITHTIMEOUT",
        What::ExitWithKey(_) => "EXITWITHKEY",
    }
}

fn push_fields(line: &mut Vec<u8>, names: &Names, event: &Event) {
    let at_ms = event.at_ms;
    match event.what {
        What::QueueStart | What::ConfigReload | What::AddMember | What::RemoveMember => {}
        What::PauseAll(reason)
        | What::Pause(reason)
        | What::UnpauseAll(reason)
        | What::Unpause(reason) => push_name(line, &names.reasons, Some(reason)),
        What::Enter { caller, position } => {
            line.push(b'|');
            push_person(line, caller);
            push_numbers(line, b"|", &[position.into()]);
        }
        What::RingNoAnswer { ring_ms } | What::RingCancelled { ring_ms } => {
            push_number(line, ring_ms);
        }
        What::Connect {
            entered_ms,
            ring_ms,
            peer,
        } => {
            push_number(line, logged_secs(entered_ms, at_ms));
            line.push(b'|');
            push_call(line, peer);
            push_numbers(line, b"|", &[ring_ms / 1000]);
        }
        What::Complete {
            entered_ms,
            connected_ms,
            position,
            ..
        } => push_talk(line, entered_ms, connected_ms, at_ms, position),
        What::BlindTransfer {
            entered_ms,
            connected_ms,
            position,
            to,
        } => {
            push_number(line, 600 + i64::from(to));
            line.extend_from_slice(b"|from-queue|");
            push_talk(line, entered_ms, connected_ms, at_ms, position);
        }
        What::WrapUpStart { secs } => push_number(line, secs.into()),
        What::Abandon(departure) | What::ExitWithTimeout(departure) => {
            push_departure(line, departure, at_ms);
        }
        What::ExitWithKey(departure) => {
            line.extend_from_slice(b"1|");
            push_departure(line, departure, at_ms);
        }
    }
}

/// `hold|talk|original position`.
fn push_talk(line: &mut Vec<u8>, entered_ms: i64, connected_ms: i64, at_ms: i64, position: u32) {
    let hold = logged_secs(entered_ms, connected_ms);
    let talk = logged_secs(connected_ms, at_ms);
    push_numbers(line, b"", &[hold, talk, position.into()]);
}

/// `position|original position|wait`.
fn push_departure(line: &mut Vec<u8>, departure: Departure, at_ms: i64) {
    let wait = logged_secs(departure.entered_ms, at_ms);
    let (position, original) = (departure.position, departure.original_position);
    push_numbers(line, b"", &[position.into(), original.into(), wait]);
}

fn push_name(line: &mut Vec<u8>, names: &[String], number: Option<u16>) {
    let name = number.map_or("NONE", |number| names[usize::from(number)].as_str());
    line.extend_from_slice(name.as_bytes());
}

fn push_person(line: &mut Vec<u8>, caller: Option<Person>) {
    if let Some(person) = caller {
        write!(line, "{person}").expect("writing to memory does not fail");
    }
}

fn push_call(line: &mut Vec<u8>, call: CallId) {
    push_number(line, call.epoch_secs);
    line.push(b'.');
    let number = i64::try_from(call.number).unwrap_or(i64::MAX);
    push_number(line, number);
}

/// Numbers joined by `|`, with `before` in front.
fn push_numbers(line: &mut Vec<u8>, before: &[u8], numbers: &[i64]) {
    let mut joint = before;
    for &number in numbers {
        line.extend_from_slice(joint);
        push_number(line, number);
        joint = b"|";
    }
}

/// Decimal digits, written by hand because a long log has tens of millions of numbers.
fn push_number(line: &mut Vec<u8>, number: i64) {
    let mut digits = [0_u8; 20];
    let mut first = digits.len();
    let mut left = number.unsigned_abs();
    loop {
        first -= 1;
        digits[first] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if number < 0 {
        line.push(b'-');
    }
    line.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(subject: Subject, queue: Option<u16>, agent: Option<u16>, what: What) -> String {
        let names = Names {
            queues: vec!["sales".into()],
            agents: vec!["Giulia Conti".into()],
            reasons: vec!["Lunch".into()],
        };
        let event = Event {
            at_ms: 1_774_000_100_900,
            subject,
            queue,
            agent,
            what,
        };
        let mut bytes = Vec::new();
        push_line(&mut bytes, &names, &event);
        String::from_utf8(bytes).unwrap()
    }

    const CALL: CallId = CallId {
        epoch_secs: 1_774_000_000,
        number: 7,
    };

    #[test]
    fn lines_have_the_fields_of_the_dialect() {
        let call = Subject::Call(CALL);
        assert_eq!(
            line(Subject::None, None, None, What::QueueStart),
            "1774000100|NONE|NONE|NONE|QUEUESTART|\n"
        );
        assert_eq!(
            line(Subject::Manager, Some(0), Some(0), What::AddMember),
            "1774000100|MANAGER|sales|Giulia Conti|ADDMEMBER|\n"
        );
        assert_eq!(
            line(Subject::None, None, Some(0), What::PauseAll(0)),
            "1774000100|NONE|NONE|Giulia Conti|PAUSEALL|Lunch\n"
        );
        let enter = What::Enter {
            caller: Some(Person(6)),
            position: 3,
        };
        assert_eq!(
            line(call, Some(0), None, enter),
            "1774000100|1774000000.7|sales|NONE|ENTERQUEUE||025550000006|3\n"
        );
        let hidden = What::Enter {
            caller: None,
            position: 1,
        };
        assert!(line(call, Some(0), None, hidden).ends_with("|ENTERQUEUE|||1\n"));
    }

    #[test]
    fn waits_are_differences_of_cut_stamps() {
        let connect = What::Connect {
            entered_ms: 1_774_000_095_950,
            ring_ms: 4_950,
            peer: CALL,
        };
        assert!(
            line(Subject::Call(CALL), Some(0), Some(0), connect)
                .ends_with("|sales|Giulia Conti|CONNECT|5|1774000000.7|4\n")
        );
        let transfer = What::BlindTransfer {
            entered_ms: 1_774_000_010_000,
            connected_ms: 1_774_000_040_999,
            position: 2,
            to: 0,
        };
        assert!(
            line(Subject::Call(CALL), Some(0), Some(0), transfer)
                .ends_with("|BLINDTRANSFER|600|from-queue|30|60|2\n")
        );
        let left = What::ExitWithKey(Departure {
            entered_ms: 1_774_000_060_001,
            position: 1,
            original_position: 4,
        });
        assert!(
            line(Subject::Call(CALL), Some(0), None, left).ends_with("|EXITWITHKEY|1|1|4|40\n")
        );
    }

    #[test]
    fn numbers_as_the_standard_library_writes_them() {
        for number in [0, 7, 10, -1, 1_774_000_100, i64::MAX, i64::MIN] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            assert_eq!(String::from_utf8(bytes).unwrap(), number.to_string());
        }
    }

    #[test]
    fn a_failing_writer_is_reported() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::other("full"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut spec = super::super::sample_centre();
        spec.days = 1;
        let history = super::super::generate(&spec, 1).unwrap();
        let error = write_queue_log(&history, Full).unwrap_err();
        assert_eq!(error.to_string(), "full");
    }
}
