//! Where calls come from: Poisson arrivals by interval, or a list of real ones.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::draw::Duration;
use super::log::{SECOND, SimCall, micros};
use super::random::Random;
use super::scenario::{Callback, Redial, Scenario};

/// Calls of one type, one after the other.
struct Stream<'a> {
    /// Arrivals per microsecond, by interval.
    rates: Vec<f64>,
    interval: u64,
    row: usize,
    now: f64,
    next: u64,
    arrivals: Random,
    callers: Random,
    follow_up: Random,
    handling: &'a Duration,
    patience: &'a Duration,
    redial: Option<&'a Redial>,
    callback: Option<Callback>,
}

impl Stream<'_> {
    /// Goes on to the next arrival: an exponential amount of expected calls further.
    fn advance(&mut self) {
        let mut left = self.arrivals.exponential();
        while let Some(&rate) = self.rates.get(self.row) {
            let end = (self.interval * (self.row as u64 + 1)) as f64;
            let room = (end - self.now) * rate;
            if left < room {
                self.now += left / rate;
                self.next = (self.now as u64).min(end as u64 - 1);
                return;
            }
            left -= room;
            self.now = end;
            self.row += 1;
        }
        self.next = u64::MAX;
    }

    fn draw(&mut self, call_type: u16, at: u64) -> SimCall {
        let patience = micros(self.patience.draw(&mut self.callers));
        let handling = micros(self.handling.draw(&mut self.callers)).max(1);
        SimCall::new(call_type, at, patience, handling)
    }
}

/// The calls of a run in the order of their arrival.
pub(super) struct Source<'a> {
    streams: Vec<Stream<'a>>,
    /// The stream with the earliest next arrival.
    first: usize,
    redials: BinaryHeap<Reverse<(u64, u16)>>,
    given: std::iter::Peekable<std::vec::IntoIter<SimCall>>,
    end: u64,
}

impl<'a> Source<'a> {
    /// Poisson arrivals of a scenario, from a seed.
    pub(super) fn poisson(scenario: &'a Scenario, seed: u64) -> Self {
        let record = scenario.record();
        let interval = micros(record.interval_secs);
        let mut busyness = Random::new(seed, 1);
        let of_day = busyness.factor(record.busyness.day());
        let factors: Vec<f64> = (0..record.types[0].calls.len())
            .map(|_| of_day * busyness.factor(record.busyness.interval()))
            .collect();
        let stream = |(call_type, number): (&'a super::scenario::CallType, u64)| {
            let per_interval = call_type.calls.iter().zip(&factors);
            let rates = per_interval.map(|(calls, factor)| calls * factor / interval as f64);
            let mut stream = Stream {
                rates: rates.collect(),
                interval,
                row: 0,
                now: 0.0,
                next: 0,
                arrivals: Random::new(seed, 10 + 3 * number),
                callers: Random::new(seed, 11 + 3 * number),
                follow_up: Random::new(seed, 12 + 3 * number),
                handling: &call_type.handling,
                patience: &call_type.patience,
                redial: call_type.redial.as_ref(),
                callback: call_type.callback,
            };
            stream.advance();
            stream
        };
        let streams: Vec<Stream<'_>> = record.types.iter().zip(0..).map(stream).collect();
        let mut source = Self {
            streams,
            first: 0,
            redials: BinaryHeap::new(),
            given: Vec::new().into_iter().peekable(),
            end: micros(scenario.end_secs()),
        };
        source.find_first();
        source
    }

    /// These calls, which must be in the order of their arrival.
    pub(super) fn given(calls: Vec<SimCall>) -> Self {
        Self {
            streams: Vec::new(),
            first: 0,
            redials: BinaryHeap::new(),
            given: calls.into_iter().peekable(),
            end: u64::MAX,
        }
    }

    fn find_first(&mut self) {
        for (place, stream) in self.streams.iter().enumerate() {
            if stream.next < self.streams[self.first].next {
                self.first = place;
            }
        }
    }

    /// The next call, if it arrives before `due`.
    #[inline]
    pub(super) fn next_before(&mut self, due: u64) -> Option<SimCall> {
        if let Some(&Reverse((at, call_type))) = self.redials.peek() {
            let next = self
                .streams
                .get(self.first)
                .map_or(u64::MAX, |stream| stream.next);
            if at < due && at <= next {
                self.redials.pop();
                return Some(self.streams[usize::from(call_type)].draw(call_type, at));
            }
        }
        if let Some(stream) = self.streams.get_mut(self.first) {
            let at = stream.next;
            if at >= due || at == u64::MAX {
                return None;
            }
            let call = stream.draw(self.first as u16, at);
            stream.advance();
            self.find_first();
            return Some(call);
        }
        self.given.next_if(|call| call.arrived < due)
    }

    /// Somebody gave up now, and may call again before the end.
    pub(super) fn redial(&mut self, call: &SimCall, now: u64) {
        let Some(stream) = self.streams.get_mut(usize::from(call.call_type)) else {
            return;
        };
        let Some(redial) = stream.redial else { return };
        if stream.follow_up.unit() <= redial.part {
            let at = now + (redial.after.draw(&mut stream.follow_up) * SECOND) as u64;
            if at < self.end {
                self.redials.push(Reverse((at, call.call_type)));
            }
        }
    }

    /// Whether a caller accepts a call-back.
    pub(super) fn accepts_callback(&mut self, call: &SimCall) -> bool {
        let Some(stream) = self.streams.get_mut(usize::from(call.call_type)) else {
            return false;
        };
        stream
            .callback
            .is_some_and(|callback| stream.follow_up.unit() <= callback.part)
    }
}
