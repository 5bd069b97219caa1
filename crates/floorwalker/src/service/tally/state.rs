//! The plain form of a tally, in columns: what travels between processes and is stored.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::counts::{Counts, Sums};
use super::interval_tally::{IntervalTally, LeftOut};
use super::page::Pages;
use super::settings::TallySettings;
use super::waits::WaitClass;
use super::work::Work;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::rule::CATEGORIES;
use crate::time::{Intervals, Span};

/// An [`IntervalTally`] as plain columns, with one row for each queue and interval in
/// which something happened.
///
/// Partitions of a large centre are counted where they lie, travel as states, and are
/// made into one tally where they meet. Rows may come in any order, and several may be
/// about the same queue and interval: they add up, so states are joined by appending
/// their rows. [`IntervalTally::from_state`] checks everything.
///
/// ```
/// # use chrono::{TimeDelta, TimeZone, Utc};
/// # use floorwalker::contact::{ContactTable, LegRecord};
/// # use floorwalker::id::QueueId;
/// # use floorwalker::service::{IntervalTally, ServiceLevel, TallySettings};
/// # use floorwalker::time::{Every, Grid, Zone};
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let leg = LegRecord::waiting(QueueId::new("sales")?, nine).check()?;
/// let legs = ContactTable::from_iter([&leg]);
/// let grid = Grid::new(Zone::utc(), Every::Hour);
/// let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?);
/// let tally = IntervalTally::count(&legs.columns(), settings)?;
///
/// let state = tally.to_state();
/// assert_eq!(state.len(), 1);
/// assert_eq!(IntervalTally::from_state(&state)?, tally);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TallyState {
    /// What the tally was told before it counted.
    pub settings: TallySettings,
    /// From the start of its first interval to the end of its last; `None` without intervals.
    pub window: Option<Span>,
    /// Legs that belong to no interval of the window.
    pub left_out: LeftOut,
    /// The queues that the rows name by number.
    pub queues: Vec<QueueId>,
    /// The queue of each row: its number in `queues`.
    pub queue: Vec<u32>,
    /// The start of the interval of each row, in milliseconds since 1970.
    pub start_ms: Vec<i64>,
    /// A column for each of [`COUNTS`](Self::COUNTS).
    pub counts: Vec<Vec<u32>>,
    /// A column for each of [`SUMS`](Self::SUMS), in milliseconds.
    pub sums: Vec<Vec<u64>>,
    /// Legs by service-level category, [`categories_per_row`](Self::categories_per_row) numbers a row.
    pub categories: Vec<u32>,
    /// How many runs of waits each row has.
    pub wait_runs: Vec<u32>,
    /// For each run the class of its legs: 0 answered, 1 abandoned, 2 call-back, 3 flow-out.
    pub wait_class: Vec<u8>,
    /// For each run its wait in milliseconds or, in a histogram, the number of its bucket.
    pub wait: Vec<u64>,
    /// For each run how many legs waited so long.
    pub wait_legs: Vec<u64>,
}

impl TallyState {
    /// The names of the columns of counts.
    pub const COUNTS: &'static [&'static str] = Counts::<u32>::NAMES;

    /// The names of the columns of sums. The longest wait is kept plus one, 0 for none.
    pub const SUMS: &'static [&'static str] = Sums::NAMES;

    /// A state without rows.
    #[must_use]
    pub fn new(settings: TallySettings, window: Option<Span>, left_out: LeftOut) -> Self {
        Self {
            settings,
            window,
            left_out,
            queues: Vec::new(),
            queue: Vec::new(),
            start_ms: Vec::new(),
            counts: vec![Vec::new(); Self::COUNTS.len()],
            sums: vec![Vec::new(); Self::SUMS.len()],
            categories: Vec::new(),
            wait_runs: Vec::new(),
            wait_class: Vec::new(),
            wait: Vec::new(),
            wait_legs: Vec::new(),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.start_ms.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start_ms.is_empty()
    }

    /// How many numbers each row has in `categories`: 21 for each different threshold of the rules.
    #[must_use]
    pub fn categories_per_row(&self) -> usize {
        self.settings.cuts().len() * CATEGORIES
    }

    fn push(&mut self, queue: usize, start_ms: i64, pages: &Pages, slot: usize) {
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        self.queue
            .push(u32::try_from(queue).expect("fewer than four billion queues"));
        self.start_ms.push(start_ms);
        for (column, count) in self.counts.iter_mut().zip(pages.counts(slot).fields()) {
            column.push(small(count));
        }
        for (column, sum) in self.sums.iter_mut().zip(pages.sums(slot).fields()) {
            column.push(sum);
        }
        let categories = pages.cuts_of(slot).flatten();
        self.categories.extend(categories.map(small));
        let runs = pages.runs(slot);
        self.wait_runs.push(small(runs.len() as u64));
        for (class, wait, legs) in runs {
            self.wait_class.push(class as u8);
            self.wait.push(wait);
            self.wait_legs.push(legs);
        }
    }

    /// Refuses columns of different lengths.
    fn check_lengths(&self) -> Result<(), Error> {
        let rows = self.len();
        let runs: usize = self.wait_runs.iter().map(|&runs| runs as usize).sum();
        let kinds = [
            ("counts", self.counts.len(), Self::COUNTS.len()),
            ("sums", self.sums.len(), Self::SUMS.len()),
            ("queue", self.queue.len(), rows),
            (
                "categories",
                self.categories.len(),
                rows * self.categories_per_row(),
            ),
            ("wait_runs", self.wait_runs.len(), rows),
            ("wait_class", self.wait_class.len(), runs),
            ("wait", self.wait.len(), runs),
            ("wait_legs", self.wait_legs.len(), runs),
        ];
        let counts = self
            .counts
            .iter()
            .map(|column| ("counts", column.len(), rows));
        let sums = self.sums.iter().map(|column| ("sums", column.len(), rows));
        for (column, given, expected) in kinds.into_iter().chain(counts).chain(sums) {
            if given != expected {
                return Err(ErrorKind::ColumnLength {
                    column,
                    given,
                    reference: "start_ms",
                    expected,
                }
                .into());
            }
        }
        Ok(())
    }

    /// The interval of a row.
    fn interval_of(&self, row: usize, intervals: &Intervals) -> Result<usize, Error> {
        let start = self.start_ms[row];
        intervals
            .index_of_ms(start)
            .filter(|&at| intervals.bounds()[at] == start)
            .ok_or_else(|| {
                bad(
                    "start_ms",
                    row,
                    "no interval of the window starts then",
                    start,
                )
            })
    }

    fn add_row(&self, row: usize, pages: &mut Pages, slot: usize) -> Result<(), Error> {
        let mut counts = Counts::<u32>::default();
        for (field, column) in counts.fields_mut().zip(&self.counts) {
            *field = column[row];
        }
        let sums = std::array::from_fn(|at| self.sums[at][row]);
        let per_row = self.categories_per_row();
        let categories = &self.categories[row * per_row..(row + 1) * per_row];
        let completed = counts.completed;
        if !pages.add_stored(slot, counts, sums, categories) {
            let why = "more completed than answered legs";
            return Err(bad("counts", row, why, completed));
        }
        Ok(())
    }

    fn add_waits(
        &self,
        row: usize,
        runs: Range<usize>,
        pages: &mut Pages,
        slot: usize,
    ) -> Result<(), Error> {
        for run in runs {
            let class = usize::from(self.wait_class[run]);
            let class = WaitClass::ALL
                .get(class)
                .ok_or_else(|| bad("wait_class", row, "not between 0 and 3", class))?;
            let waited = (*class, self.wait[run], self.wait_legs[run]);
            if !pages.add_run(slot, waited) {
                let why = "more than the settings keep of waits, or a bucket that does not exist";
                return Err(bad("wait", row, why, format!("{waited:?}")));
            }
        }
        Ok(())
    }
}

fn bad(column: &'static str, row: usize, why: &'static str, given: impl ToString) -> Error {
    ErrorKind::ColumnValue {
        column,
        row,
        why,
        given: given.to_string(),
    }
    .into()
}

impl IntervalTally {
    /// The plain form: queues in alphabetical order, intervals in theirs.
    #[must_use]
    pub fn to_state(&self) -> TallyState {
        let window = Some(self.intervals().window()).filter(|_| !self.intervals().is_empty());
        let mut state = TallyState::new(self.settings().clone(), window, self.left_out());
        let mut order: Vec<usize> = (0..self.queues.len()).collect();
        order.sort_unstable_by_key(|&code| &self.queues[code]);
        for (number, &code) in order.iter().enumerate() {
            state.queues.push(self.queues[code].clone());
            for (interval, slot) in self.pages.used(code) {
                let start = self.intervals().bounds()[interval];
                state.push(number, start, &self.pages, slot);
            }
        }
        state
    }

    /// The tally of a plain form, its rows checked and added up.
    ///
    /// # Errors
    /// `columns.length_mismatch` or `columns.bad_value` if the state is not one that
    /// [`to_state`](Self::to_state) gives, rows in another order and added rows aside;
    /// `grid.too_many_intervals` if its window is too long.
    pub fn from_state(state: &TallyState) -> Result<Self, Error> {
        state.check_lengths()?;
        let grid = state.settings.grid();
        let intervals = match state.window {
            Some(window) => grid.cover(window)?,
            None => Intervals::none(grid.clone()),
        };
        let mut pages = Pages::new(intervals.len(), &state.settings);
        let (queues, codes) = distinct(&state.queues);
        pages.grow(queues.len());
        let mut run = 0;
        for row in 0..state.len() {
            let queue = state.queue[row];
            let code = codes
                .get(queue as usize)
                .ok_or_else(|| bad("queue", row, "no queue has this number", queue))?;
            let interval = state.interval_of(row, &intervals)?;
            let slot = pages.slot(pages.start_of(*code), interval);
            state.add_row(row, &mut pages, slot)?;
            let runs = run..run + state.wait_runs[row] as usize;
            run = runs.end;
            state.add_waits(row, runs, &mut pages, slot)?;
        }
        pages.settle(queues.len());
        let counted = (queues, pages, state.left_out);
        let settings = state.settings.clone();
        Ok(Self::from_parts(
            settings,
            intervals,
            counted,
            Work::default(),
        ))
    }
}

/// Every queue once, and for each place in the list its number among them.
fn distinct(all: &[QueueId]) -> (Vec<QueueId>, Vec<usize>) {
    let mut numbers: HashMap<&QueueId, usize> = HashMap::new();
    let mut queues = Vec::new();
    let codes = all
        .iter()
        .map(|queue| {
            *numbers.entry(queue).or_insert_with(|| {
                queues.push(queue.clone());
                queues.len() - 1
            })
        })
        .collect();
    (queues, codes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{ContactTable, LegRecord, Outcome};
    use crate::service::rule::ServiceLevel;
    use crate::service::tally::KeepWaits;
    use crate::time::{Every, Grid, Zone};
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    fn settings(keep: KeepWaits) -> TallySettings {
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Minutes30);
        let within = TimeDelta::seconds(20);
        TallySettings::new(grid, ServiceLevel::offered(within).unwrap())
            .with_rule(ServiceLevel::excl_short(within, TimeDelta::seconds(5)).unwrap())
            .with_rule(
                ServiceLevel::offered(TimeDelta::seconds(30))
                    .unwrap()
                    .strictly(),
            )
            .with_waits(keep)
    }

    /// Legs around the night of 2026-03-29, when the clock of Rome was put forward.
    fn tally(legs: &[(i64, i64, u8)], keep: KeepWaits) -> IntervalTally {
        let night = DateTime::from_timestamp_millis(1_774_738_800_000).unwrap();
        let legs: Vec<_> = legs
            .iter()
            .map(|&(after, wait, what)| {
                let arrived = night + TimeDelta::milliseconds(after);
                let left = arrived + TimeDelta::milliseconds(wait);
                let queue = QueueId::new(["sales", "care"][usize::from(what % 2)]).unwrap();
                let leg = LegRecord::waiting(queue, arrived);
                match what % 3 {
                    0 => leg
                        .answered(None, left)
                        .finished(left, left + TimeDelta::hours(1)),
                    1 => leg.left(Outcome::Abandoned, left),
                    _ => leg,
                }
                .check()
                .unwrap()
            })
            .collect();
        let table = ContactTable::from_iter(&legs);
        IntervalTally::count(&table.columns(), settings(keep)).unwrap()
    }

    fn legs() -> impl Strategy<Value = Vec<(i64, i64, u8)>> {
        proptest::collection::vec((0_i64..90_000_000, 0_i64..400_000, 0_u8..6), 0..60)
    }

    proptest! {
        #[test]
        fn a_tally_comes_back_from_its_state(legs in legs(), exact: bool) {
            let keep = if exact { KeepWaits::Exact } else { KeepWaits::Histogram };
            let tally = tally(&legs, keep);
            let state = tally.to_state();
            let json = serde_json::to_string(&state).unwrap();
            let read: TallyState = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&read, &state);
            prop_assert_eq!(IntervalTally::from_state(&read).unwrap(), tally);
        }

        #[test]
        fn appending_rows_is_merging(a in legs(), b in legs()) {
            let (a, b) = (tally(&a, KeepWaits::Exact), tally(&b, KeepWaits::Exact));
            let merged = a.merge(&b).unwrap();
            let joined = append(a.to_state(), &b.to_state());
            prop_assert_eq!(IntervalTally::from_state(&joined).unwrap(), merged);
        }
    }

    fn append(mut a: TallyState, b: &TallyState) -> TallyState {
        let shift = u32::try_from(a.queues.len()).unwrap();
        a.window = [a.window, b.window]
            .into_iter()
            .flatten()
            .reduce(|a, b| a.hull(b));
        a.queues.extend(b.queues.iter().cloned());
        a.queue.extend(b.queue.iter().map(|queue| queue + shift));
        a.start_ms.extend(&b.start_ms);
        let pairs = a.counts.iter_mut().zip(&b.counts);
        pairs.for_each(|(a, b)| a.extend(b));
        let pairs = a.sums.iter_mut().zip(&b.sums);
        pairs.for_each(|(a, b)| a.extend(b));
        a.categories.extend(&b.categories);
        a.wait_runs.extend(&b.wait_runs);
        a.wait_class.extend(&b.wait_class);
        a.wait.extend(&b.wait);
        a.wait_legs.extend(&b.wait_legs);
        a
    }

    #[test]
    fn a_broken_state_is_refused_with_its_place() {
        let good = tally(&[(0, 1_000, 0), (1_000, 2_000, 1)], KeepWaits::Histogram).to_state();
        let code = |change: fn(&mut TallyState)| {
            let mut state = good.clone();
            change(&mut state);
            IntervalTally::from_state(&state).unwrap_err().to_string()
        };
        assert!(code(|state| state.start_ms[1] += 1).contains("start_ms, row 1"));
        assert!(code(|state| state.window = None).contains("start_ms, row 0"));
        assert!(code(|state| state.queue[0] = 7).contains("queue, row 0"));
        assert!(code(|state| state.wait_class[0] = 4).contains("wait_class, row 0"));
        assert!(code(|state| state.wait[1] = u64::MAX).contains("wait, row 1"));
        assert!(code(|state| state.wait[1] = 5_000).contains("wait, row 1"));
        assert!(code(|state| state.wait_legs[1] = u64::MAX).contains("wait, row 1"));
        assert!(code(|state| drop(state.sums.pop())).contains("column sums"));
        assert!(code(|state| state.categories.truncate(9)).contains("column categories"));
    }

    #[test]
    fn long_runs_are_kept_whole() {
        let mut state = tally(&[(0, 1_000, 0)], KeepWaits::Exact).to_state();
        state.wait_legs[0] = 200_000;
        let tally = IntervalTally::from_state(&state).unwrap();
        assert_eq!(tally.total().waits().count(WaitClass::Answered), 200_000);
    }
}
