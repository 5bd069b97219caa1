//! Where the reader is in its sources, and how it reports what is odd.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::{FindingKind, FindingRef};
use crate::queue_log::sink::Sink;

/// A line of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) source: u32,
    pub(crate) line: u64,
}

/// The sources by number, and the line at hand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Notes {
    sources: Vec<String>,
    pub(crate) here: Place,
    /// Kinds that are told once for the whole data.
    told: BTreeSet<FindingKind>,
}

impl Notes {
    /// The next lines are of another source.
    pub(crate) fn begin_source(&mut self, name: &str) {
        if self.sources.last().is_none_or(|last| last != name) {
            self.sources.push(name.to_owned());
        }
        self.here = Place {
            source: u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX),
            line: 0,
        };
    }

    pub(crate) fn note(&self, sink: &mut impl Sink, kind: FindingKind, detail: fmt::Arguments<'_>) {
        self.note_at(sink, self.here, kind, detail);
    }

    pub(crate) fn note_at(
        &self,
        sink: &mut impl Sink,
        place: Place,
        kind: FindingKind,
        detail: fmt::Arguments<'_>,
    ) {
        let source = self.sources.get(place.source as usize);
        sink.finding(&FindingRef {
            source: source.map_or("", String::as_str),
            line: place.line,
            kind,
            detail,
        });
    }

    /// Reports a kind the first time only.
    pub(crate) fn note_once(
        &mut self,
        sink: &mut impl Sink,
        place: Place,
        kind: FindingKind,
        detail: fmt::Arguments<'_>,
    ) {
        if self.told.insert(kind) {
            self.note_at(sink, place, kind, detail);
        }
    }
}
