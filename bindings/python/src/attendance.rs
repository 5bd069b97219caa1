//! Attendance: who is there, how shifts were kept, and how well the plan was followed.

mod access;
pub(crate) mod adherence;
mod ledger;
mod measure;
pub(crate) mod presence;
mod shrinkage;

pub(crate) use ledger::ledger_balance;
pub(crate) use measure::PyMeasure;
pub(crate) use shrinkage::{PyShrinkageTree, gross_up};
