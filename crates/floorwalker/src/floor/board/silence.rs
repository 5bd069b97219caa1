//! Feeds that tell nothing.

use super::alarm::{AlarmKey, AlarmKind, Cause};
use super::board::Board;
use super::event::Feed;
use super::timers::Timer;

impl Board {
    /// The feed was heard.
    pub(super) fn hear(&mut self, feed: Feed, at_ms: i64) {
        let last = std::mem::replace(&mut self.heard_ms[feed as usize], at_ms);
        let Some(silent) = self.silence_ms(feed) else {
            return;
        };
        let key = silence_key(feed);
        if at_ms - last >= silent && self.alarms.is_raised(&key) {
            self.clear(&key, at_ms);
            self.set(at_ms + silent, Timer::Silence(feed as u8));
        }
    }

    fn silence_ms(&self, feed: Feed) -> Option<i64> {
        let secs = self.rules.record().silence_secs.get(&feed)?;
        Some(i64::from(*secs) * 1000)
    }

    /// One timer for each feed: it raises the alarm, or goes on to when it may be due.
    pub(super) fn may_be_silent(&mut self, feed: u8, at_ms: i64) {
        let Some(&feed) = Feed::ALL.get(usize::from(feed)) else {
            return;
        };
        let Some(silent) = self.silence_ms(feed) else {
            return;
        };
        let last = self.heard_ms[feed as usize];
        if at_ms - last >= silent {
            self.raise(silence_key(feed), at_ms, Cause::since(last).limit(silent));
        } else {
            self.set(last + silent, Timer::Silence(feed as u8));
        }
    }
}

fn silence_key(feed: Feed) -> AlarmKey {
    let feed = Some(feed);
    let key = AlarmKey::of(AlarmKind::Silence);
    AlarmKey { feed, ..key }
}
