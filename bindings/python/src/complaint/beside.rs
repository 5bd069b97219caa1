//! Complaints beside one that is decided on, for mergers.

use std::collections::BTreeMap;

use floorwalker::complaint::{Case, OtherStanding, Others, Stage};
use floorwalker::id::CaseId;
use pyo3::prelude::*;

use super::case::PyComplaint;
use crate::errors::Result;
use crate::given::{Argument, hint};

/// Complaints beside one that is decided on.
#[derive(Default)]
pub(super) struct Beside(BTreeMap<CaseId, OtherStanding>);

impl Others for Beside {
    fn standing(&self, id: &CaseId) -> Option<OtherStanding> {
        self.0.get(id).cloned()
    }
}

impl Argument for Beside {
    hint!("Complaints");

    const ALLOWED: &'static str = "a list of Complaints";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(others) = value.extract::<Vec<Bound<'_, PyComplaint>>>() else {
            return Ok(None);
        };
        let standing = |case: &Case| match (case.stage(), case.merged_into()) {
            (Stage::Merged, Some(into)) => OtherStanding::MergedInto(into.clone()),
            (stage, _) if stage.is_terminal() => OtherStanding::Over,
            _ => OtherStanding::Open,
        };
        let known = others.iter().map(|other| {
            let case = other.get().case_of();
            (case.id().clone(), standing(case))
        });
        Ok(Some(Self(known.collect())))
    }
}
