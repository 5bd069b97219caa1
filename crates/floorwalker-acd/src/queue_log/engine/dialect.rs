//! What the fields of each event mean, in every dialect that was seen.
//!
//! Fields were added at the end over the years, and one is moved by what stands
//! before it; a pipe inside a URL is not escaped. So shapes are recognised by the
//! number of fields and, where a field may hold pipes, from the right.

use super::event::Event;
use super::number::{MAX_POSITION, MAX_SECS, MAX_SESSION_SECS, Number, number};
use super::slots::How;
use super::split::Data;

/// What a call event says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact<'a> {
    Enter {
        url: &'a [u8],
        caller: &'a [u8],
        name: &'a [u8],
        position: Option<u32>,
    },
    Connect {
        hold: Option<u32>,
        ring: Option<u32>,
    },
    End(Ending<'a>),
    /// Rang at an operator in milliseconds without being taken.
    Ring {
        ms: i64,
        canceled: bool,
    },
    Dump,
    Incompatible,
    WrapUp {
        secs: Option<u32>,
    },
    Called(&'a [u8]),
    Refused {
        closed: bool,
    },
    Dial {
        number: &'a [u8],
    },
}

/// What an end event says. Times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending<'a> {
    pub(crate) how: How,
    pub(crate) wait: Option<u32>,
    pub(crate) talk: Option<u32>,
    pub(crate) position: Option<u32>,
    pub(crate) original: Option<u32>,
    pub(crate) key: &'a [u8],
    /// Where to it was transferred, and the context of that.
    pub(crate) to: (&'a [u8], &'a [u8]),
}

impl<'a> Ending<'a> {
    /// An end of which nothing is told.
    pub(crate) fn plain(how: How) -> Self {
        Self {
            how,
            wait: None,
            talk: None,
            position: None,
            original: None,
            key: &[],
            to: (&[], &[]),
        }
    }
}

/// The fields of an event, and whether one of them was no number.
struct Fields<'a> {
    data: Data<'a>,
    bad_number: bool,
}

impl<'a> Fields<'a> {
    fn text(&self, at: usize) -> &'a [u8] {
        self.data.field(at)
    }

    /// A number from 0 to `max`; what is none is noted and taken as missing.
    fn number(&mut self, at: usize, max: i64) -> Option<u32> {
        match number(self.text(at), max) {
            Number::Missing => None,
            Number::Is(value) => u32::try_from(value).ok(),
            Number::Bad => {
                self.bad_number = true;
                None
            }
        }
    }

    fn secs(&mut self, at: usize) -> Option<u32> {
        self.number(at, MAX_SECS)
    }

    fn position(&mut self, at: usize) -> Option<u32> {
        self.number(at, MAX_POSITION)
    }
}

/// Reads the fields of a call event; tells whether one of them was no number.
// flat table
pub(crate) fn call_fact<'a>(event: Event, data: Data<'a>) -> (Fact<'a>, bool) {
    let mut fields = Fields {
        data,
        bad_number: false,
    };
    let f = &mut fields;
    let fact = match event {
        Event::Enter => entry(f),
        Event::Connect => connect(f),
        Event::CompleteAgent => talked(f, How::ByAgent, 0),
        Event::CompleteCaller => talked(f, How::ByCaller, 0),
        Event::Abandon => left(f, How::Abandon, 0),
        Event::Timeout => left(f, How::Timeout, 0),
        Event::Key => left(f, How::Key, 1),
        Event::Empty => left(f, How::Empty, 0),
        Event::LeaveEmpty => Fact::End(Ending::plain(How::Empty)),
        Event::Withdraw => left(f, How::Withdrawn, 0),
        Event::Transfer => talked(f, How::Transfer, 2),
        Event::BlindTransfer => talked(f, How::BlindTransfer, 2),
        Event::AttendedTransfer => attended(f),
        Event::RingNoAnswer => ring(f, false),
        Event::RingCanceled => ring(f, true),
        Event::AgentDump => Fact::Dump,
        Event::WrapUpStart => Fact::WrapUp { secs: f.secs(0) },
        Event::Did => Fact::Called(f.text(0)),
        Event::Blocked => Fact::Refused { closed: false },
        Event::Closed => Fact::Refused { closed: true },
        Event::OutDial => Fact::Dial { number: f.text(0) },
        Event::OutAnswer => dialled(f),
        Event::OutNoAnswer => not_dialled(f),
        Event::OutCall => outcall(f),
        _ => Fact::Incompatible,
    };
    (fact, fields.bad_number)
}

/// `url|caller[|position[|name]]`, where the URL may hold pipes and the name may
/// be a number. Read from the right, as the URL is what stands in front.
fn entry<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    let (data, count) = (f.data.bytes, f.data.len());
    let url_goes_on = !f.text(0).is_empty() && is_url_piece(f.text(1));
    if count < 3 || (count == 3 && !url_goes_on) {
        return Fact::Enter {
            url: f.text(0),
            caller: f.text(1),
            name: &[],
            position: f.position(2),
        };
    }
    let (rest, last) = from_right(data);
    let (before, second) = from_right(rest);
    let name_may_follow = is_position(second) && count > 3;
    let two_numbers = is_position(second) && is_position(last);
    if name_may_follow && (!is_position(last) || (two_numbers && !has_pipe_in_url(before))) {
        entered(before, position_of(second), last)
    } else if is_position(last) && count > 3 {
        entered(rest, position_of(last), &[])
    } else {
        entered(data, None, &[])
    }
}

/// An entry from `url|caller`.
fn entered<'a>(head: &'a [u8], position: Option<u32>, name: &'a [u8]) -> Fact<'a> {
    let (url, caller) = from_right(head);
    Fact::Enter {
        url,
        caller,
        name,
        position,
    }
}

/// The last field, and what stands before it. One field alone is the first.
fn from_right(data: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memrchr(b'|', data) {
        Some(pipe) => (&data[..pipe], &data[pipe + 1..]),
        None => (data, &[]),
    }
}

/// Whether `url|caller` cannot be just that, because the URL holds a pipe.
fn has_pipe_in_url(head: &[u8]) -> bool {
    let mut pipes = memchr::memchr_iter(b'|', head);
    let first = pipes.next();
    let is_phone = |field: &[u8]| field.iter().all(|byte| b"0123456789+*#".contains(byte));
    pipes.next().is_some() || first.is_some_and(|pipe| pipe > 0 && !is_phone(&head[pipe + 1..]))
}

/// Whether a field holds signs that a URL has and no caller's number.
fn is_url_piece(field: &[u8]) -> bool {
    field.iter().any(|byte| b"=&/?%".contains(byte))
}

fn is_position(field: &[u8]) -> bool {
    matches!(number(field, 9_999), Number::Is(_))
}

fn position_of(field: &[u8]) -> Option<u32> {
    match number(field, 9_999) {
        Number::Is(position) => u32::try_from(position).ok(),
        _ => None,
    }
}

/// `hold`, then the peer's id, then the ring, as they came over the years.
fn connect<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    Fact::Connect {
        hold: f.secs(0),
        ring: f.secs(2),
    }
}

/// `hold|talk|position` after `skip` fields that say where to.
fn talked<'a>(f: &mut Fields<'a>, how: How, skip: usize) -> Fact<'a> {
    let to = match skip {
        0 => (&[][..], &[][..]),
        _ => (f.text(0), f.text(1)),
    };
    Fact::End(Ending {
        how,
        wait: f.secs(skip),
        talk: f.secs(skip + 1),
        position: None,
        original: f.position(skip + 2),
        key: &[],
        to,
    })
}

/// `position|original position|wait` after `skip` fields that name the key.
fn left<'a>(f: &mut Fields<'a>, how: How, skip: usize) -> Fact<'a> {
    let key = if skip == 1 { f.text(0) } else { &[] };
    Fact::End(Ending {
        how,
        wait: f.secs(skip + 2),
        talk: None,
        position: f.position(skip),
        original: f.position(skip + 1),
        key,
        to: (&[], &[]),
    })
}

/// `BRIDGE|id`, `APP|application` or `LINK|channel|channel`, then as any talk.
/// A method that is not known is read from the right.
fn attended<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    let skip = match f.text(0) {
        b"LINK" => 3,
        b"BRIDGE" | b"APP" => 2,
        _ => f.data.len().saturating_sub(3),
    };
    let fact = talked(f, How::AttendedTransfer, skip);
    match fact {
        Fact::End(ending) => Fact::End(Ending {
            to: (f.text(1), &[]),
            ..ending
        }),
        other => other,
    }
}

fn ring<'a>(f: &mut Fields<'a>, canceled: bool) -> Fact<'a> {
    Fact::Ring {
        ms: f.number(0, MAX_SECS * 1000).map_or(0, i64::from),
        canceled,
    }
}

/// PBXware: `number|who ended it|ring|talk`.
fn dialled<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    let how = match f.text(1) {
        b"COMPLETEAGENT" => How::DialByAgent,
        b"TRANSFER" => How::DialTransferred,
        _ => How::DialByCustomer,
    };
    Fact::End(dial_ending(how, f.secs(2), f.secs(3), f.text(0)))
}

fn not_dialled<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    Fact::End(dial_ending(How::DialFailed, f.secs(2), None, f.text(0)))
}

/// `status|talk|parameters`: one line for a whole call that the host reports.
fn outcall<'a>(f: &mut Fields<'a>) -> Fact<'a> {
    let talk = f.secs(1);
    let answered = talk.is_some_and(|talk| talk > 0) || f.text(0).starts_with(b"ANSWER");
    let how = if answered {
        How::OutCall
    } else {
        How::OutCallFailed
    };
    let talk = if answered { talk } else { None };
    Fact::End(dial_ending(how, Some(0), talk, &[]))
}

fn dial_ending<'a>(how: How, wait: Option<u32>, talk: Option<u32>, number: &'a [u8]) -> Ending<'a> {
    Ending {
        wait,
        talk,
        key: number,
        ..Ending::plain(how)
    }
}

/// What an operator event says beside its name: the first field, and the seconds
/// of the session that a logoff ends.
pub(crate) fn agent_fields<'a>(event: Event, data: Data<'a>) -> (&'a [u8], Option<u32>, bool) {
    let mut fields = Fields {
        data,
        bad_number: false,
    };
    let secs = match event {
        Event::Logoff => fields.number(1, MAX_SESSION_SECS),
        _ => None,
    };
    (fields.text(0), secs, fields.bad_number)
}

#[cfg(test)]
mod tests {
    use super::super::pipes::Pipes;
    use super::*;

    fn enter(data: &str) -> (String, String, String, Option<u32>) {
        let pipes = Pipes::find(data.as_bytes());
        let (
            Fact::Enter {
                url,
                caller,
                name,
                position,
            },
            _,
        ) = call_fact(Event::Enter, Data::new(data.as_bytes(), &pipes))
        else {
            panic!("no entry");
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(url), text(caller), text(name), position)
    }

    fn parts(
        url: &str,
        caller: &str,
        name: &str,
        position: Option<u32>,
    ) -> (String, String, String, Option<u32>) {
        (url.to_owned(), caller.to_owned(), name.to_owned(), position)
    }

    #[test]
    fn entries_of_all_shapes() {
        assert_eq!(enter("|0611|3"), parts("", "0611", "", Some(3)));
        assert_eq!(enter("|0611"), parts("", "0611", "", None));
        assert_eq!(enter("||1"), parts("", "", "", Some(1)));
        assert_eq!(enter(""), parts("", "", "", None));
        assert_eq!(
            enter("http://a/b|0611|2"),
            parts("http://a/b", "0611", "", Some(2))
        );
        assert_eq!(
            enter("|0611|1|Anna Rossi"),
            parts("", "0611", "Anna Rossi", Some(1))
        );
        assert_eq!(enter("|0611|1|12"), parts("", "0611", "12", Some(1)));
        assert_eq!(enter("|0611|1|"), parts("", "0611", "", Some(1)));
        assert_eq!(
            enter("http://a/?x=1|y=2|0611|2"),
            parts("http://a/?x=1|y=2", "0611", "", Some(2))
        );
        assert_eq!(
            enter("http://a/?x=1|y=2|200|2"),
            parts("http://a/?x=1|y=2", "200", "", Some(2))
        );
        assert_eq!(
            enter("http://a/?x=1|y=2|z|0611|2|Anna"),
            parts("http://a/?x=1|y=2|z", "0611", "Anna", Some(2))
        );
        assert_eq!(
            enter("http://a/?x=1|y=2|0611"),
            parts("http://a/?x=1|y=2", "0611", "", None)
        );
    }

    fn ending(event: Event, data: &str) -> [Option<u32>; 4] {
        let pipes = Pipes::find(data.as_bytes());
        let (Fact::End(end), _) = call_fact(event, Data::new(data.as_bytes(), &pipes)) else {
            panic!("no end");
        };
        [end.wait, end.talk, end.position, end.original]
    }

    #[test]
    fn ends_of_all_shapes() {
        let end = ending;
        assert_eq!(
            end(Event::CompleteAgent, "12|120|1"),
            [Some(12), Some(120), None, Some(1)]
        );
        assert_eq!(
            end(Event::CompleteCaller, "12|120"),
            [Some(12), Some(120), None, None]
        );
        assert_eq!(
            end(Event::Abandon, "2|3|31"),
            [Some(31), None, Some(2), Some(3)]
        );
        assert_eq!(end(Event::Abandon, "2|3|"), [None, None, Some(2), Some(3)]);
        assert_eq!(end(Event::Timeout, "1"), [None, None, Some(1), None]);
        assert_eq!(
            end(Event::Key, "1|2|3|10"),
            [Some(10), None, Some(2), Some(3)]
        );
        assert_eq!(end(Event::Key, "1|2"), [None, None, Some(2), None]);
        assert_eq!(
            end(Event::Withdraw, "1|1|9|moved"),
            [Some(9), None, Some(1), Some(1)]
        );
        assert_eq!(
            end(Event::Transfer, "600|default"),
            [None, None, None, None]
        );
        assert_eq!(
            end(Event::Transfer, "600|default|5|45"),
            [Some(5), Some(45), None, None]
        );
        assert_eq!(
            end(Event::BlindTransfer, "600|default|5|60|1"),
            [Some(5), Some(60), None, Some(1)]
        );
        let attended = |data| end(Event::AttendedTransfer, data);
        assert_eq!(
            attended("BRIDGE|7f3c|5|40|1"),
            [Some(5), Some(40), None, Some(1)]
        );
        assert_eq!(
            attended("BRIDGE||5|40|1"),
            [Some(5), Some(40), None, Some(1)]
        );
        assert_eq!(
            attended("APP|Queue|12|120|1"),
            [Some(12), Some(120), None, Some(1)]
        );
        assert_eq!(
            attended("LINK|a;1|a;2|5|45|1"),
            [Some(5), Some(45), None, Some(1)]
        );
        assert_eq!(
            attended("OTHER|x|y|z|5|45|1"),
            [Some(5), Some(45), None, Some(1)]
        );
    }

    #[test]
    fn bad_numbers_are_missing_and_noted() {
        let pipes = Pipes::find(b"-3|b.1|4");
        let data = Data::new(b"-3|b.1|4", &pipes);
        let (fact, bad) = call_fact(Event::Connect, data);
        assert_eq!(
            fact,
            Fact::Connect {
                hold: None,
                ring: Some(4)
            }
        );
        assert!(bad);
    }
}
