//! Service levels: rules by name, mergeable counts, figures that explain themselves.
//!
//! The way from legs to a figure:
//!
//! 1. [`ServiceLevel`] says what counts for, against, or not at all.
//! 2. [`TallySettings`] says in which intervals and by which instant legs are counted.
//! 3. [`IntervalTally::count`] goes over the legs once; tallies of parts merge into the tally of the whole.
//! 4. A [`Tally`] pools queues and intervals, and is asked for [`Figure`]s by name.
//!
//! Counts and sums of time are whole numbers and are divided last. Each figure
//! carries its numerator and denominator, its rule and its window; undefined is
//! `None`. [`Tally::explain`] lists what counted and what was left out.

mod agent;
mod figure;
mod judged;
mod rule;
mod tally;
mod waiting;

pub use agent::{AgentCounts, AgentFigures, AgentKpi, AgentTally, AgentTimes, StateTimes};
pub use figure::{
    Better, Bounds, Explanation, ExplanationLine, Figure, Kpi, Percentile, UCCE_BANDS, Unit,
    WaitBand,
};
pub use judged::{JudgedLeg, judge_legs};
pub use rule::{
    Category, CiscoAbandons, Class, ClockStart, Comparison, GenesysSwitches, Limit, ServiceLevel,
    Timing, Treatment, Verdict, parse_duration,
};
pub use tally::{
    Attribution, Counts, IntervalTally, KeepWaits, LeftOut, Scope, Sums, Tally, TallyBuilder,
    TallySettings, TallyState, WaitClass, Waits, WithinBounds, Work,
};
pub use waiting::WaitingLine;
