//! Which column of a table is what, as an argument.

use floorwalker_arrow::{ColumnMap, LegReader, StateReader};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::Result;
use crate::given::{Argument, Given, ZoneName, hint, optional, wrong_type};

/// Exceptions from the standard names of columns.
pub(crate) struct Columns(Vec<(String, Option<String>)>);

impl Argument for Columns {
    hint!("Columns");

    const ALLOWED: &'static str = "a dict from standard names to names of columns, \
                                   such as {'arrived': 'start', 'wait_s': 'seconds'}";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.cast::<PyDict>() else {
            return Ok(None);
        };
        let pairs = pairs.iter().map(|(role, source)| {
            let pair = (role.extract(), source.extract());
            match pair {
                (Ok(role), Ok(source)) => Ok((role, source)),
                _ => Err(wrong_type("columns", Self::ALLOWED, value)),
            }
        });
        Ok(Some(Self(pairs.collect::<Result<_>>()?)))
    }
}

impl Columns {
    fn map(self, standard: ColumnMap) -> Result<ColumnMap> {
        let mut exceptions = self.0.into_iter();
        let mapped = exceptions.try_fold(standard, |map, (role, source)| {
            map.map(&role, source.as_deref())
        });
        Ok(mapped?)
    }
}

/// How legs are read.
pub(crate) fn leg_reader(
    columns: Option<&Given<'_, Columns>>,
    naive: Option<&Given<'_, ZoneName>>,
) -> Result<LegReader> {
    let map = mapped(ColumnMap::legs(), "columns", columns)?;
    let reader = LegReader::new(map);
    Ok(match optional("naive", naive)? {
        Some(ZoneName(zone)) => reader.with_naive(zone),
        None => reader,
    })
}

/// How states of operators are read.
pub(crate) fn state_reader(
    columns: Option<&Given<'_, Columns>>,
    naive: Option<&Given<'_, ZoneName>>,
) -> Result<StateReader> {
    let map = mapped(ColumnMap::states(), "state_columns", columns)?;
    let reader = StateReader::new(map);
    Ok(match optional("naive", naive)? {
        Some(ZoneName(zone)) => reader.with_naive(zone),
        None => reader,
    })
}

fn mapped(
    standard: ColumnMap,
    argument: &str,
    columns: Option<&Given<'_, Columns>>,
) -> Result<ColumnMap> {
    let Some(columns) = optional(argument, columns)? else {
        return Ok(standard);
    };
    columns
        .map(standard)
        .map_err(|failure| failure.about(argument))
}
