//! What is known of one visit, one slot for each kind of event.
//!
//! Events fill slots and do not drive a machine from state to state: so it does not
//! matter in which order lines come within a few seconds, and a line that comes twice
//! fills the same slot twice.

use serde::{Deserialize, Serialize};

use super::notes::Place;

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    ByAgent,
    ByCaller,
    BlindTransfer,
    AttendedTransfer,
    Transfer,
    Abandon,
    Timeout,
    Key,
    Empty,
    Withdrawn,
    DialByAgent,
    DialByCustomer,
    DialTransferred,
    DialFailed,
    OutCall,
    OutCallFailed,
}

impl How {
    /// Whether somebody spoke.
    pub(crate) fn is_answered(self) -> bool {
        use How::{Abandon, DialFailed, Empty, Key, OutCallFailed, Timeout, Withdrawn};
        !matches!(
            self,
            Abandon | Timeout | Key | Empty | Withdrawn | DialFailed | OutCallFailed
        )
    }

    /// Whether the operator passed the caller on.
    pub(crate) fn is_transfer(self) -> bool {
        matches!(
            self,
            Self::BlindTransfer | Self::AttendedTransfer | Self::Transfer | Self::DialTransferred
        )
    }

    /// Whether it ends a dial of the centre's.
    pub(crate) fn is_dial(self) -> bool {
        use How::{DialByAgent, DialByCustomer, DialFailed, DialTransferred};
        self.is_whole_call()
            || matches!(
                self,
                DialByAgent | DialByCustomer | DialTransferred | DialFailed
            )
    }

    /// Whether one event tells the whole call, without a start.
    pub(crate) fn is_whole_call(self) -> bool {
        matches!(self, Self::OutCall | Self::OutCallFailed)
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) at: i64,
    /// The wait in seconds.
    pub(crate) hold: Option<u32>,
    /// How long it rang at the operator, in seconds.
    pub(crate) ring: Option<u32>,
    pub(crate) agent: Option<u32>,
}

/// The end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    pub(crate) at: i64,
    pub(crate) how: How,
    pub(crate) wait: Option<u32>,
    pub(crate) talk: Option<u32>,
    pub(crate) position: Option<u32>,
    pub(crate) original: Option<u32>,
    pub(crate) agent: Option<u32>,
}

impl End {
    /// When the visit must have begun, by its own fields.
    pub(crate) fn begun(&self) -> Option<i64> {
        let talk = if self.how.is_answered() {
            self.talk?
        } else {
            0
        };
        Some(self.at - (i64::from(self.wait?) + i64::from(talk)) * 1000)
    }

    /// The order in which two ends of one visit are preferred.
    fn rank(&self) -> (i64, How, Option<u32>, Option<u32>) {
        (self.at, self.how, self.wait, self.talk)
    }
}

/// The texts of a visit, kept one after the other in one buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Url,
    Caller,
    CallerName,
    Called,
    Key,
    To,
    Context,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    places: [(u16, u16); 7],
}

impl Texts {
    /// Longer texts are cut off.
    const LONGEST: usize = 512;
    /// A text that is set again takes new room; nothing sets one very often.
    const ROOM: usize = 7 * 2 * Self::LONGEST;

    pub(crate) fn set(&mut self, text: Text, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(Self::LONGEST)];
        if bytes.is_empty() || self.get(text) == bytes {
            return;
        }
        if self.bytes.len() + bytes.len() > Self::ROOM {
            return;
        }
        let start = self.bytes.len() as u16;
        self.bytes.extend_from_slice(bytes);
        self.places[text as usize] = (start, bytes.len() as u16);
    }

    pub(crate) fn get(&self, text: Text) -> &[u8] {
        let (start, len) = self.places[text as usize];
        let start = usize::from(start);
        self.bytes
            .get(start..start + usize::from(len))
            .unwrap_or_default()
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self) -> bool {
        self.bytes.len() <= Self::ROOM
    }

    /// Takes the texts that the other has and this has not.
    pub(crate) fn take_over(&mut self, other: &Self) {
        use Text::{Called, Caller, CallerName, Context, Key, To, Url};
        for text in [Url, Caller, CallerName, Called, Key, To, Context] {
            if self.get(text).is_empty() {
                self.set(text, other.get(text));
            }
        }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places = Default::default();
    }
}

/// One visit to a queue, or one dial, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slots {
    pub(crate) queue: u32,
    pub(crate) is_dial: bool,
    /// The stamp of the entry.
    pub(crate) entered: Option<i64>,
    pub(crate) position: Option<u32>,
    pub(crate) answer: Option<Answer>,
    pub(crate) end: Option<End>,
    /// The stamp of a technical fault.
    pub(crate) failed: Option<i64>,
    /// Refused before the queue; whether because it was closed.
    pub(crate) refused: Option<bool>,
    /// Seconds of work after the call.
    pub(crate) wrap_up: Option<u32>,
    /// The operator who dialled.
    pub(crate) dialler: Option<u32>,
    pub(crate) rings: u32,
    pub(crate) long_rings: u32,
    pub(crate) canceled_rings: u32,
    pub(crate) dumps: u32,
    /// What was counted so far, so that a repeated line is not counted again.
    pub(crate) counted: Vec<u64>,
    /// The latest stamp of its events.
    pub(crate) last: i64,
    pub(crate) place: Place,
    pub(crate) texts: Texts,
    /// Whether a partner was searched for it, as its entry is missing.
    pub(crate) was_searched: bool,
    /// The call in which a later part of it was logged under another id.
    pub(crate) other_call: Option<Vec<u8>>,
}

impl Slots {
    /// Empties the slots and keeps the room. What is not needed to tell empty slots
    /// from others is left as it is, and set with the first event.
    pub(crate) fn reset(&mut self) {
        self.is_dial = false;
        self.entered = None;
        self.position = None;
        self.answer = None;
        self.end = None;
        self.failed = None;
        self.refused = None;
        self.wrap_up = None;
        self.dialler = None;
        self.rings = 0;
        self.long_rings = 0;
        self.canceled_rings = 0;
        self.dumps = 0;
        self.counted.clear();
        self.texts.clear();
        self.was_searched = false;
        self.other_call = None;
    }

    /// When it entered the queue: the stamp, or what the fields say.
    pub(crate) fn arrived(&self) -> Option<i64> {
        self.entered.or_else(|| self.calculated_entry())
    }

    /// The entry by the fields of the answer or the end.
    pub(crate) fn calculated_entry(&self) -> Option<i64> {
        let by_answer = |answer: Answer| Some(answer.at - i64::from(answer.hold?) * 1000);
        self.answer
            .and_then(by_answer)
            .or_else(|| self.end.and_then(|end| end.begun()))
    }

    /// Whether it may still get an end.
    pub(crate) fn is_open(&self) -> bool {
        self.end.is_none() && self.refused.is_none()
    }

    /// Whether it is nothing but something said beforehand.
    pub(crate) fn is_shell(&self) -> bool {
        self.entered.is_none()
            && self.answer.is_none()
            && self.end.is_none()
            && self.refused.is_none()
    }

    /// Whether it holds nothing but what was said beforehand.
    pub(crate) fn is_idle_shell(&self) -> bool {
        let heard = self.rings + self.canceled_rings + self.dumps > 0;
        self.is_shell() && !heard && self.failed.is_none() && self.wrap_up.is_none()
    }

    /// Whether somebody spoke or speaks.
    pub(crate) fn is_answered(&self) -> bool {
        self.answer.is_some() || self.end.is_some_and(|end| end.how.is_answered())
    }

    /// Counts something once; tells whether it was new. Bounded: a visit with more
    /// rings than are remembered may count a repeated one again.
    pub(crate) fn counts(&mut self, mark: u64) -> bool {
        const REMEMBERED: usize = 4096;
        if self.counted.contains(&mark) {
            return false;
        }
        if self.counted.len() == REMEMBERED {
            self.counted.drain(..REMEMBERED / 2);
        }
        self.counted.push(mark);
        true
    }

    /// Takes an end. Of two, the one that fits an answer or its absence, then the earlier.
    pub(crate) fn take_end(&mut self, end: End) -> bool {
        let fits = |one: &End| one.how.is_answered() == self.answer.is_some();
        let better = match &self.end {
            None => true,
            Some(known) => (!fits(&end), end.rank()) < (!fits(known), known.rank()),
        };
        if better {
            self.end = Some(end);
        }
        better
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(at: i64, how: How) -> End {
        End {
            at,
            how,
            wait: Some(1),
            talk: None,
            position: None,
            original: None,
            agent: None,
        }
    }

    #[test]
    fn the_earlier_end_is_taken_in_any_order() {
        let ends = [end(100, How::Empty), end(101, How::Abandon)];
        for order in [[0, 1], [1, 0]] {
            let mut slots = Slots::default();
            for at in order {
                slots.take_end(ends[at]);
            }
            assert_eq!(slots.end, Some(ends[0]));
        }
    }

    #[test]
    fn an_answered_visit_prefers_an_answered_end() {
        let mut slots = Slots {
            answer: Some(Answer {
                at: 50,
                hold: None,
                ring: None,
                agent: None,
            }),
            ..Slots::default()
        };
        slots.take_end(end(100, How::Abandon));
        slots.take_end(end(101, How::ByCaller));
        assert_eq!(slots.end.unwrap().how, How::ByCaller);
    }

    #[test]
    fn texts_share_a_buffer() {
        let mut texts = Texts::default();
        texts.set(Text::Caller, b"0611");
        texts.set(Text::Url, b"http://a");
        assert_eq!(texts.get(Text::Caller), b"0611");
        assert_eq!(texts.get(Text::Url), b"http://a");
        assert_eq!(texts.get(Text::Key), b"");
        texts.set(Text::Key, &[b'x'; 9000]);
        assert_eq!(texts.get(Text::Key).len(), 512);
    }
}
