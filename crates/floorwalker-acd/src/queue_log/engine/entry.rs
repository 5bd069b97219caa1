//! Callers enter queues, are refused, and dial out.

use super::apply::About;
use super::clock::WINDOW;
use super::slots::{Slots, Text};
use super::{Engine, hash, pick};
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

impl Engine {
    /// A caller enters a queue, or a dial begins.
    pub(super) fn enter(&mut self, about: &About<'_>, sink: &mut impl Sink) -> Option<&mut Slots> {
        let at = about.raw.at_ms;
        let mut adopted = None;
        if about.call.is_some() {
            let mut here = self.here(about);
            let again = |slots: &Slots| slots.entered == Some(at) && slots.refused.is_none();
            if here.clone().any(|(_, slots)| again(slots)) {
                self.note_repeated(about.raw, sink);
                return None;
            }
            let fits = |slots: &Slots| {
                let calculated = slots.calculated_entry();
                slots.entered.is_none()
                    && calculated.is_none_or(|calculated| (calculated - at).abs() <= WINDOW)
            };
            let found = here.clone().find(|(_, slots)| fits(slots));
            adopted = found.map(|(visit, _)| visit);
            if adopted.is_none() && here.any(|(_, slots)| slots.is_open()) {
                self.note_event(about.raw, FindingKind::ReenteredOpen, sink);
            }
        }
        let visit = match adopted {
            Some(visit) => visit,
            None if self.was_entered(about, sink) => return None,
            None => self.add_visit(about),
        };
        let slots = self.heard(visit, at)?;
        slots.entered = Some(at);
        Some(slots)
    }

    /// Whether an old line tells an entry that was read before.
    fn was_entered(&mut self, about: &About<'_>, sink: &mut impl Sink) -> bool {
        let at = about.raw.at_ms;
        if !self.clock.is_behind(at) {
            return false;
        }
        let call = hash::stable(about.raw.callid);
        self.work.lookups += 1;
        let known = self
            .memory
            .visits(call)
            .any(|past| past.queue == about.queue && past.arrived == at);
        if known {
            self.note_repeated(about.raw, sink);
        } else if self.memory.is_forgotten(self.clock.first, at) {
            self.note_repeated_import(about.raw, sink);
        } else {
            return false;
        }
        true
    }

    /// The number that was called, which is logged before the entry.
    pub(super) fn called(&mut self, about: &About<'_>, number: &[u8], sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visit = match pick::going_on(self.visits_of(about), about.queue, at) {
            Some(visit) => visit,
            None if self.is_over(about, None, FindingKind::LateEvent, sink) => return,
            None => self.add_visit(about),
        };
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.texts.set(Text::Called, number);
        }
        self.visit_is_due(at, visit);
    }

    /// A call was refused before it entered the queue.
    pub(super) fn refuse(&mut self, about: &About<'_>, closed: bool, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let again = |slots: &Slots| slots.entered == Some(at) && slots.refused.is_some();
        if self.here(about).any(|(_, slots)| again(slots)) {
            return self.note_repeated(about.raw, sink);
        }
        if self.was_entered(about, sink) {
            return;
        }
        let visit = self.add_visit(about);
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.entered = Some(at);
            slots.refused = Some(closed);
        }
        self.visit_is_due(at, visit);
    }
}
