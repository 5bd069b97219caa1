//! Staffing: how many operators a workload needs, and what so many achieve.

mod again;
mod day;
mod goals;
mod sizing;

pub(crate) use again::replay;
pub(crate) use day::{attainment, carry_over};
pub(crate) use sizing::{
    agents_required, erlang_b, lines_required, most_calls, performance, scheduled_agents,
};

use floorwalker::staffing::Workload;

use crate::errors::Result;
use crate::numbers::{Figures, Numbers, Rows, Seconds};

/// The arguments that tell the work of intervals.
struct Told<'a, 'py> {
    calls: &'a Figures<'py>,
    aht: &'a Seconds<'py>,
    interval: &'a Seconds<'py>,
    patience: Option<&'a Seconds<'py>>,
    redials: Option<&'a Figures<'py>>,
}

/// The work of intervals.
struct Work {
    calls: Numbers,
    aht: Numbers,
    interval: Numbers,
    patience: Option<Numbers>,
    redials: Option<Numbers>,
}

impl Work {
    fn read<'py>(told: &Told<'_, 'py>, rows: &mut Rows<'py>) -> Result<Self> {
        let patience = told.patience.map(|given| rows.seconds("patience", given));
        let patience = patience.transpose()?;
        let redials = told.redials.map(|given| rows.read("redials", given));
        Ok(Self {
            calls: rows.read("calls", told.calls)?,
            aht: rows.seconds("aht", told.aht)?,
            interval: rows.seconds("interval", told.interval)?,
            patience,
            redials: redials.transpose()?,
        })
    }

    /// The work of one interval.
    fn at(&self, row: usize) -> Result<Workload> {
        let (calls, interval, aht) = (self.calls.at(row), self.interval.at(row), self.aht.at(row));
        let mut work = Workload::new(calls, interval, aht)?;
        if let Some(patience) = &self.patience {
            work = work.with_patience(patience.at(row))?;
        }
        if let Some(redials) = &self.redials {
            work = work.with_redials(redials.at(row))?;
        }
        Ok(work)
    }
}
