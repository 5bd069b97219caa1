//! Findings: what was odd in the input, where, and what was assumed.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The closed list of oddities, each with a stable name and the assumption made.
macro_rules! kinds {
    ($($(#[$docs:meta])* $variant:ident = $name:literal, $assumption:literal;)*) => {
        /// What kind of oddity was found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum FindingKind {
            $($(#[$docs])* #[serde(rename = $name)] $variant,)*
        }

        impl FindingKind {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as in tables and JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What was assumed, in words for a supervisor.
            #[must_use]
            pub fn assumption(self) -> &'static str {
                match self { $(Self::$variant => $assumption,)* }
            }
        }
    };
}

kinds! {
    /// A line or row that is no event.
    BadLine = "bad_line", "it is no event and was left out";
    /// A line longer than the limit.
    LongLine = "long_line", "the line was cut at the limit, the rest was skipped";
    /// The last line of the data does not end.
    UnfinishedLine = "unfinished_line", "the last line was taken as it is, though more may have been meant to follow";
    /// Half a line at the end of one file, the rest at the start of the next.
    TornLine = "torn_line", "the two halves were joined";
    /// The same line again.
    RepeatedLine = "repeated_line", "the same line was seen before and counts once";
    /// Lines as old as data that was forgotten long ago.
    RepeatedImport = "repeated_import", "the lines lie inside data already read, and were taken as a second import of it";
    /// Stamps went back by more than two seconds.
    ClockSetBack = "clock_set_back", "the clock was set back, or files are out of order; within a call the order of lines was kept";
    /// A packed file that ends too early.
    BrokenArchive = "broken_archive", "the file is damaged or cut off; everything before that was read";
    /// An event that is not interpreted.
    UnknownEvent = "unknown_event", "the event is counted by its name and has no other effect";
    /// A name with characters that no identifier may have.
    NameChanged = "name_changed", "control characters and what is beyond 256 bytes were replaced";
    /// A name that is no UTF-8.
    NotUtf8 = "not_utf8", "the bytes were read as Latin-1";
    /// More names than are kept.
    TooManyNames = "too_many_names", "there are more names than are kept, so the event was left out";
    /// A field that should be a number.
    BadNumber = "bad_number", "the field is no usable number and was taken as missing";
    /// A time that cannot be read or does not exist.
    BadTime = "bad_time", "the time cannot be read, so the row was left out";
    /// A local time that the clock showed twice.
    DoubleLocalTime = "double_local_time", "the local time exists twice; the order of rows decided which was meant";
    /// A value that a row of a table should not have.
    BadRow = "bad_row", "the row contradicts itself or holds an unreadable value, and was left out";

    /// An end or an answer without the entry.
    RebuiltVisit = "rebuilt_visit", "the entry into the queue is missing; it was calculated from wait and talk";
    /// No wait in the event.
    WaitFromStamps = "wait_from_stamps", "the wait is missing; the difference of the stamps was taken";
    /// No talk in the event.
    TalkFromStamps = "talk_from_stamps", "the talk is missing; the difference of the stamps was taken";
    /// Fields and stamps differ by more than a second.
    FieldContradiction = "field_contradiction", "the fields of the event and the stamps differ; the fields were taken";
    /// Two end events for one visit.
    DoubledEnd = "doubled_end", "a visit ends once; the first end was taken";
    /// Two answers for one visit.
    SecondAnswer = "second_answer", "a visit is answered once; the first answer was taken";
    /// An end that says answered without an answer.
    MissingAnswer = "missing_answer", "the answer is missing; it was calculated from the end";
    /// The caller left according to the end, after an answer.
    EndAfterAnswer = "end_after_answer", "the visit had been answered, so it counts as answered";
    /// An event of a call that is over.
    LateEvent = "late_event", "the call was over before; the event has no effect";
    /// An event that fits to nothing.
    UnmatchedEvent = "unmatched_event", "the event fits to no call and has no effect";
    /// The same caller entered the same queue again without having left.
    ReenteredOpen = "reentered_open", "both visits stay open until they end or are given up";
    /// Still waiting when the telephone system restarted.
    LostAtRestart = "lost_at_restart", "the call was lost when the telephone system restarted";
    /// Still talking when the telephone system restarted.
    CutAtRestart = "cut_at_restart", "the call was answered and its end is not known, as the telephone system restarted";
    /// No event for longer than the limit.
    GivenUp = "given_up", "nothing was heard of the call for too long; it counts as lost, or as answered without an end";
    /// More open calls than are kept.
    TooManyOpenCalls = "too_many_open_calls", "there are more open calls than are kept; the oldest was given up";
    /// Two call ids that are one call.
    JoinedIds = "joined_ids", "queue, time and operator prove that two call ids belong to one visit";
    /// No work after the call in the log.
    NoWrapUp = "no_wrap_up", "the log has no work after the call and none was configured; calls end when the talk ends";
    /// The operator of the end is not the one of the answer.
    OtherAgent = "other_agent", "answer and end name different operators; that of the answer was taken";

    /// Two names of one operator.
    AliasFound = "alias_found", "the log shows that both names are the same operator; the second name is used";
    /// A login of somebody who is logged in.
    RepeatedLogin = "repeated_login", "the operator was logged in already; it is one session";
    /// An end of a session without its start.
    AssumedLogin = "assumed_login", "the login is missing; it was taken from the logged duration, or from the start of the data";
    /// An end of a pause without its start.
    UnpauseWithoutPause = "unpause_without_pause", "no pause was known, so the event has no effect";
    /// A pause of somebody who is not logged in.
    PauseOutsideLogin = "pause_outside_login", "the operator was not logged in, so the pause has no effect";
    /// A session, a pause or a call that the data does not end.
    OpenAtEnd = "open_at_end", "the data ends before it; it is marked as still lasting";
    /// More is pending for an operator than is kept.
    TooMuchPending = "too_much_pending", "the timeline of the operator was settled early to save memory";
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An oddity as the reader reports it, borrowed from the line at hand.
#[derive(Clone, Copy, Debug)]
pub struct FindingRef<'a> {
    /// The file or source.
    pub source: &'a str,
    /// The number of the line or row in it, from 1; 0 where none is to blame.
    pub line: u64,
    /// What kind of oddity it is.
    pub kind: FindingKind,
    /// The particulars.
    pub detail: fmt::Arguments<'a>,
}

/// An oddity: where, what, and what was assumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The file or source.
    pub source: String,
    /// The number of the line or row in it, from 1; 0 where none is to blame.
    pub line: u64,
    /// What kind of oddity it is.
    pub kind: FindingKind,
    /// The particulars.
    pub detail: String,
}

impl Finding {
    /// What was assumed, in words for a supervisor.
    #[must_use]
    pub fn assumption(&self) -> &'static str {
        self.kind.assumption()
    }
}

impl From<&FindingRef<'_>> for Finding {
    fn from(finding: &FindingRef<'_>) -> Self {
        Self {
            source: finding.source.to_owned(),
            line: finding.line,
            kind: finding.kind,
            detail: finding.detail.to_string(),
        }
    }
}

impl fmt::Display for Finding {
    /// `queue_log:17: rebuilt_visit: a.1 in sales (the entry ... is missing; ...)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            line,
            kind,
            detail,
        } = self;
        write!(
            f,
            "{source}:{line}: {kind}: {detail} ({})",
            kind.assumption()
        )
    }
}

/// Findings, all counted, the first of each kind kept.
///
/// Invariant: at most [`kept_per_kind`](Self::kept_per_kind) of a kind are in the
/// list; the counts know all of them. So a hostile log cannot fill the memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    kept_per_kind: usize,
    counts: BTreeMap<FindingKind, u64>,
    list: Vec<Finding>,
}

impl Default for Findings {
    /// Keeps the first hundred of each kind.
    fn default() -> Self {
        Self::keeping(100)
    }
}

impl Findings {
    /// Keeps the first `per_kind` of each kind and counts the rest.
    #[must_use]
    pub fn keeping(per_kind: usize) -> Self {
        Self {
            kept_per_kind: per_kind,
            counts: BTreeMap::new(),
            list: Vec::new(),
        }
    }

    /// Counts a finding and keeps it if there is room.
    pub fn push(&mut self, finding: &FindingRef<'_>) {
        let count = self.counts.entry(finding.kind).or_insert(0);
        *count += 1;
        if *count <= self.kept_per_kind as u64 {
            self.list.push(finding.into());
        }
    }

    /// How many of each kind are kept in full.
    #[must_use]
    pub fn kept_per_kind(&self) -> usize {
        self.kept_per_kind
    }

    /// Those that were kept, in the order in which they were found.
    #[must_use]
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    /// How many of a kind there were.
    #[must_use]
    pub fn count(&self, kind: FindingKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    /// How many of each kind there were, kinds without any left out.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<FindingKind, u64> {
        &self.counts
    }

    /// How many there were in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Whether nothing was odd.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_kept() {
        let mut findings = Findings::keeping(2);
        for line in 1..=5 {
            findings.push(&FindingRef {
                source: "log",
                line,
                kind: FindingKind::BadLine,
                detail: format_args!("x"),
            });
        }
        assert_eq!(findings.count(FindingKind::BadLine), 5);
        assert_eq!(findings.list().len(), 2);
        assert_eq!(
            findings.list()[1].to_string(),
            "log:2: bad_line: x (it is no event and was left out)"
        );
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<_> =
            FindingKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), FindingKind::ALL.len());
    }
}
