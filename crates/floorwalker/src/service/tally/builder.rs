//! The pass over the columns: every leg is looked at once.

use std::collections::HashMap;

use super::attribution::Milestones;
use super::clip::Clipper;
use super::counts::{Counts, Sums};
use super::interval_tally::{IntervalTally, LeftOut};
use super::page::{Cell, Page, Pages};
use super::settings::{KeepWaits, TallySettings};
use super::sheet::PAGE;
use super::waits::{WaitClass, bucket_of};
use crate::contact::{
    Block, CALLBACK_DONE, ContactColumns, LegKind, NONE, Outcome, TRANSFERRED_OUT,
};
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::rule::{CATEGORIES, Category, ClockStart};
use crate::time::{Intervals, Span};

/// Counts legs that come in batches; batches may name their queues differently.
///
/// For one batch, [`IntervalTally::count`] is shorter.
///
/// ```
/// # use chrono::{TimeDelta, TimeZone, Utc};
/// # use floorwalker::contact::{ContactTable, LegRecord};
/// # use floorwalker::id::QueueId;
/// # use floorwalker::service::{ServiceLevel, TallyBuilder, TallySettings};
/// # use floorwalker::time::{Every, Grid, Span, Zone};
/// let start = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let window = Span::new(start, start + TimeDelta::hours(8))?;
/// let grid = Grid::new(Zone::utc(), Every::Hour);
/// let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?);
/// let mut builder = TallyBuilder::new(settings, window)?;
/// let leg = LegRecord::waiting(QueueId::new("sales")?, start).check()?;
/// builder.add(&ContactTable::from_iter([&leg]).columns());
/// builder.add(&ContactTable::from_iter([&leg]).columns());
/// let tally = builder.finish();
/// assert_eq!(tally.total().offered(), 2);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Debug)]
pub struct TallyBuilder {
    settings: TallySettings,
    intervals: Intervals,
    as_of: i64,
    queues: Vec<QueueId>,
    codes: HashMap<QueueId, usize>,
    /// For each queue and cut: threshold and short limit.
    limits: Vec<(i64, i64)>,
    pages: Pages,
    busy: Clipper<usize>,
    left_out: LeftOut,
}

/// The interval of the last leg: the next one is often in it too.
struct Place {
    from: i64,
    to: i64,
    interval: usize,
}

impl TallyBuilder {
    /// Prepares to count over the intervals that touch `window`; a window in
    /// the settings wins.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the window is too long for the interval.
    pub fn new(settings: TallySettings, window: Span) -> Result<Self, Error> {
        let intervals = settings.grid().cover(settings.window().unwrap_or(window))?;
        let pages = Pages::new(intervals.len(), settings.cuts().len());
        Ok(Self {
            as_of: settings.as_of().map_or(NONE, |at| at.timestamp_millis()),
            settings,
            intervals,
            queues: Vec::new(),
            codes: HashMap::new(),
            limits: Vec::new(),
            pages,
            busy: Clipper::new(),
            left_out: LeftOut::default(),
        })
    }

    /// Prepares to count these batches: over the window of the settings or, without one,
    /// over the local days from the first arrival to the last milestone. `None` where
    /// there is neither a window nor a leg.
    ///
    /// For hosts that want to do something between two batches, such as showing progress;
    /// [`IntervalTally::count_all`] does the whole.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the legs span more intervals than a table may have;
    /// `columns.missing` if a rule measures waits from an instant that no leg has.
    pub fn over(
        batches: &[ContactColumns<'_>],
        settings: &TallySettings,
    ) -> Result<Option<Self>, Error> {
        check_clocks(batches, settings)?;
        let as_of = settings.as_of().and_then(|at| Span::new(at, at).ok());
        let legs = batches
            .iter()
            .filter_map(ContactColumns::span)
            .chain(as_of)
            .reduce(|a, b| a.hull(b));
        let window = match (settings.window(), legs) {
            (Some(window), _) => window,
            (None, Some(legs)) => settings.grid().whole_days(legs)?,
            (None, None) => return Ok(None),
        };
        Self::new(settings.clone(), window).map(Some)
    }

    /// Counts a batch.
    pub fn add(&mut self, columns: &ContactColumns<'_>) {
        let codes: Vec<usize> = columns
            .queues()
            .iter()
            .map(|queue| self.code(queue))
            .collect();
        let mut place = Place {
            from: 0,
            to: 0,
            interval: 0,
        };
        columns.for_each_block(|_, block| {
            for row in 0..block.len() {
                self.add_row(block, row, codes[block.queue[row] as usize], &mut place);
            }
        });
    }

    fn code(&mut self, queue: &QueueId) -> usize {
        if let Some(&code) = self.codes.get(queue) {
            return code;
        }
        let code = self.queues.len();
        self.queues.push(queue.clone());
        self.codes.insert(queue.clone(), code);
        self.limits
            .extend(self.settings.cuts().iter().map(|cut| cut.limits_of(queue)));
        self.pages.grow(self.queues.len());
        code
    }

    #[inline(always)]
    fn add_row(&mut self, block: &Block, row: usize, queue: usize, place: &mut Place) {
        let leg = Milestones::of(block, row);
        self.add_busy(queue, leg, place);
        let cuts = self.settings.cuts().len();
        let threshold = self.limits[queue * cuts].0;
        let at = self.settings.attribution().instant(leg, threshold);
        if at < place.from || at >= place.to {
            match self.intervals.index_of_ms(at) {
                Some(interval) => {
                    let bounds = self.intervals.bounds();
                    *place = Place {
                        from: bounds[interval],
                        to: bounds[interval + 1],
                        interval,
                    };
                }
                None if at == NONE => {
                    self.left_out.without_instant += 1;
                    return;
                }
                None => {
                    self.left_out.outside_window += 1;
                    return;
                }
            }
        }
        let page = self.pages.page_mut(queue, place.interval);
        let limits = &self.limits[queue * cuts..(queue + 1) * cuts];
        let wait = if leg.left == NONE {
            NONE
        } else {
            leg.left - leg.arrived
        };
        let row = Row {
            block,
            row,
            leg,
            wait,
        };
        count(page, place.interval % PAGE, &row, limits, &self.settings);
    }

    /// Time from the answer to the end of the work after it, or to the extraction if that is not known.
    #[inline(always)]
    fn add_busy(&mut self, queue: usize, leg: Milestones, place: &Place) {
        if leg.answered == NONE {
            return;
        }
        let end = if leg.wrapped_up == NONE {
            self.as_of
        } else {
            leg.wrapped_up
        };
        if end == NONE {
            return;
        }
        if leg.answered >= place.from && end <= place.to {
            let ms = (end - leg.answered).max(0).unsigned_abs();
            if ms > 0 {
                self.pages.add_busy(queue, place.interval, ms);
            }
        } else {
            let pages = &mut self.pages;
            let stretch = (leg.answered, end);
            self.busy
                .clip(&self.intervals, queue, stretch, |queue, interval, ms| {
                    pages.add_busy(queue, interval, ms);
                });
        }
    }

    /// The result, in columns by queue and interval.
    #[must_use]
    pub fn finish(mut self) -> IntervalTally {
        let pages = &mut self.pages;
        self.busy.settle(&self.intervals, |queue, interval, ms| {
            pages.add_busy(queue, interval, ms)
        });
        self.pages.compress();
        IntervalTally::from_parts(
            self.settings,
            self.intervals,
            self.queues,
            self.pages,
            self.left_out,
        )
    }
}

/// Refuses a rule that measures from an instant which no leg has.
fn check_clocks(batches: &[ContactColumns<'_>], settings: &TallySettings) -> Result<(), Error> {
    for (rule, batch) in settings
        .rules()
        .iter()
        .flat_map(|rule| batches.iter().map(move |batch| (rule, batch.batch())))
    {
        let (column, present) = match rule.clock() {
            ClockStart::QueueEntry => continue,
            ClockStart::CentreEntry => ("reached", batch.reached.is_some()),
            ClockStart::OperatorChoice => ("asked", batch.asked.is_some()),
        };
        if !present {
            let why = "a service-level rule measures waits from it";
            return Err(ErrorKind::ColumnMissing { column, why }.into());
        }
    }
    Ok(())
}

/// One leg of a block, with what is known of it so far.
struct Row<'a> {
    block: &'a Block,
    row: usize,
    leg: Milestones,
    wait: i64,
}

/// Counts one leg in its cell.
#[inline(always)]
fn count(
    page: &mut Page,
    cell: usize,
    row: &Row<'_>,
    limits: &[(i64, i64)],
    settings: &TallySettings,
) {
    let (outcome, kind) = (row.block.outcome[row.row], row.block.kind[row.row]);
    if kind.is_dial() {
        count_dial(&mut page.cells[cell].counts, kind, outcome);
        return;
    }
    let done = row.block.flags[row.row] & CALLBACK_DONE != 0;
    for (at, (cut, &(threshold, short))) in settings.cuts().iter().zip(limits).enumerate() {
        if kind != LegKind::Inbound && !cut.transfers_in {
            continue;
        }
        let wait = match cut.clock {
            ClockStart::QueueEntry => row.wait,
            ClockStart::CentreEntry => since(row.leg.left, row.block.reached[row.row]),
            ClockStart::OperatorChoice => since(row.leg.left, row.block.asked[row.row]),
        };
        let category = Category::of(outcome, done, wait, threshold, short);
        page.cuts[cell * limits.len() + at][category.index() % CATEGORIES] += 1;
    }
    if outcome.is_queued() {
        count_offered(page, cell, row, settings);
    }
}

fn count_dial(counts: &mut Counts<u32>, kind: LegKind, outcome: Outcome) {
    let answered = u32::from(outcome == Outcome::Answered);
    if kind == LegKind::Callback {
        counts.callback_dials += 1;
        counts.callback_answered += answered;
    } else {
        counts.outbound_dials += 1;
        counts.outbound_answered += answered;
    }
}

fn since(left: i64, start: i64) -> i64 {
    if left == NONE || start == NONE {
        NONE
    } else {
        left - start
    }
}

/// Counts what only offered legs have: kinds, waits, handling.
#[inline(always)]
fn count_offered(page: &mut Page, cell: usize, row: &Row<'_>, settings: &TallySettings) {
    let Cell { counts, sums } = &mut page.cells[cell];
    match row.block.kind[row.row] {
        LegKind::Transfer => counts.transfer_in += 1,
        LegKind::Overflow => counts.overflow_in += 1,
        _ => {}
    }
    let rings = u32::try_from(row.block.ring_no_answers[row.row]).unwrap_or(u32::MAX);
    counts.ring_no_answers = counts.ring_no_answers.saturating_add(rings);
    let class = wait_class(counts, row.block.outcome[row.row]);
    if class == Some(WaitClass::Answered) {
        count_handling(counts, sums, row, settings);
    }
    let Some((class, waited)) = class.zip(u64::try_from(row.wait).ok()) else {
        return;
    };
    match class {
        WaitClass::Answered => sums.wait_answered = sums.wait_answered.saturating_add(waited),
        WaitClass::Abandoned => sums.wait_abandoned = sums.wait_abandoned.saturating_add(waited),
        WaitClass::Callback | WaitClass::FlowOut => {}
    }
    sums.longest_wait_plus_1 = sums.longest_wait_plus_1.max(waited + 1);
    match settings.keep_waits() {
        KeepWaits::Nothing => return,
        KeepWaits::Histogram => page.waits.push(cell, class, bucket_of(waited)),
        KeepWaits::Exact => page.waits.push(cell, class, waited),
    }
    page.mind_the_log();
}

/// The class of wait of an outcome, the rarer outcomes counted on the way.
#[inline(always)]
fn wait_class(counts: &mut Counts<u32>, outcome: Outcome) -> Option<WaitClass> {
    let rare = match outcome {
        Outcome::Answered => return Some(WaitClass::Answered),
        Outcome::Abandoned => return Some(WaitClass::Abandoned),
        Outcome::CallbackRequested => return Some(WaitClass::Callback),
        Outcome::Overflowed => return Some(WaitClass::FlowOut),
        Outcome::Lost => {
            counts.lost += 1;
            return None;
        }
        Outcome::TimedOut => &mut counts.timed_out,
        Outcome::LeftByKey => &mut counts.left_by_key,
        Outcome::LeftEmpty => &mut counts.left_empty,
        Outcome::Withdrawn => &mut counts.withdrawn,
        Outcome::Failed => &mut counts.failed,
        Outcome::Open | Outcome::Blocked | Outcome::Closed | Outcome::NoAnswer => return None,
    };
    *rare += 1;
    Some(WaitClass::FlowOut)
}

#[inline(always)]
fn count_handling(
    counts: &mut Counts<u32>,
    sums: &mut Sums,
    row: &Row<'_>,
    settings: &TallySettings,
) {
    let leg = row.leg;
    counts.transferred_out += u32::from(row.block.flags[row.row] & TRANSFERRED_OUT != 0);
    if leg.released == NONE || leg.wrapped_up == NONE {
        return;
    }
    let hold = row.block.hold[row.row];
    let talk = leg.released - leg.answered - hold;
    counts.completed += 1;
    counts.held += u32::from(hold > 0);
    counts.short_answers += u32::from(talk < settings.short_answers_ms());
    sums.talk = sums.talk.saturating_add(talk.unsigned_abs());
    sums.hold = sums.hold.saturating_add(hold.unsigned_abs());
    sums.wrap_up = sums
        .wrap_up
        .saturating_add((leg.wrapped_up - leg.released).unsigned_abs());
}
