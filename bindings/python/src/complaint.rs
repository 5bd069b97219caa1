//! Complaints: the case, by what it is handled, personal data beside it.

mod beside;
mod case;
mod command;
mod obligations;
mod personal;
mod rules;
mod tally;

pub(crate) use case::PyComplaint;
pub(crate) use personal::PyPersonal;
pub(crate) use rules::{PyComplaintRules, procedure_faults};
pub(crate) use tally::{
    Ages, Counting, PyComplaintTally, complaint_figures, complaint_kpis, tally,
};

use floorwalker::complaint::{HistoryFault, Refusal};

use crate::errors::Failure;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Coded(refusal.code(), refusal.to_string())
    }
}

impl From<HistoryFault> for Failure {
    fn from(fault: HistoryFault) -> Self {
        let code = match &fault {
            HistoryFault::Event { why, .. } => why.code(),
            _ => "complaint.broken_chain",
        };
        Self::Coded(code, fault.to_string())
    }
}
