//! The columns of a state.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use floorwalker::id::QueueId;
use floorwalker::service::TallyState;

use super::map::{Found, Place};
use super::names::Names;
use super::numbers::Numbers;
use crate::error::{Error, Result};
use crate::state::invalid;

/// The columns of a table that holds a state, or a piece of one.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) header: Names,
    queue: Names,
    start: Numbers,
    pub(crate) counts: Vec<Numbers>,
    pub(crate) sums: Vec<Numbers>,
    pub(crate) categories: ArrayRef,
    pub(crate) waits: ArrayRef,
}

/// Finds the columns of a state.
pub(crate) fn cells(batch: &RecordBatch) -> Result<Cells> {
    let column = |role| {
        let array = batch
            .column_by_name(role)
            .ok_or_else(|| invalid(format!("column {role} is missing")))?;
        Ok::<_, Error>(found(array, role))
    };
    Ok(Cells {
        header: Names::new(&column("header")?)?,
        queue: Names::new(&column("queue")?)?,
        start: Numbers::instants(&column("start")?, None)?,
        counts: fields(&column("counts")?, TallyState::COUNTS)?,
        sums: fields(&column("sums")?, TallyState::SUMS)?,
        categories: column("categories")?.array.clone(),
        waits: column("waits")?.array.clone(),
    })
}

fn found<'a>(array: &'a ArrayRef, role: &'static str) -> Found<'a> {
    let place = Place {
        column: role.to_owned(),
        role,
        unit: None,
    };
    Found { array, place }
}

fn fields(found_column: &Found<'_>, names: &'static [&'static str]) -> Result<Vec<Numbers>> {
    let role = found_column.place.role;
    let structure = found_column
        .array
        .as_struct_opt()
        .ok_or_else(|| invalid(format!("column {role} holds no structures")))?;
    names
        .iter()
        .map(|name| {
            let array = structure
                .column_by_name(name)
                .ok_or_else(|| invalid(format!("{role} have no {name}")))?;
            Numbers::counts(&found(array, name))
        })
        .collect()
}

impl Cells {
    pub(crate) fn queue(&self, row: usize) -> Result<QueueId> {
        let name = self.queue.get(row);
        let name = name.ok_or_else(|| invalid(format!("row {row} has no queue")))?;
        Ok(QueueId::new(name)?)
    }

    pub(crate) fn start(&self, row: usize) -> Result<i64> {
        let start = self.start.column().get(row);
        start.ok_or_else(|| invalid(format!("row {row} has no start")))
    }

    pub(crate) fn number<N: TryFrom<i64>>(&self, numbers: &Numbers, row: usize) -> Result<N> {
        let number = numbers.column().get(row);
        let number = number.ok_or_else(|| invalid(format!("row {row} lacks a number")))?;
        self.checked(number, row)
    }

    pub(crate) fn checked<N: TryFrom<i64>>(&self, number: i64, row: usize) -> Result<N> {
        N::try_from(number).map_err(|_| invalid(format!("row {row}: {number} is out of range")))
    }

    pub(crate) fn list(&self, lists: &ArrayRef, row: usize) -> Result<Vec<i64>> {
        let wrong = || invalid(format!("row {row}: a list of whole numbers is missing"));
        let list = match lists.data_type() {
            _ if lists.is_null(row) => return Err(wrong()),
            DataType::List(_) => lists.as_list::<i32>().value(row),
            DataType::LargeList(_) => lists.as_list::<i64>().value(row),
            DataType::FixedSizeList(..) => lists.as_fixed_size_list().value(row),
            _ => return Err(wrong()),
        };
        if list.null_count() > 0 {
            return Err(wrong());
        }
        let numbers = Numbers::counts(&found(&list, "list"))?;
        let column = numbers.column();
        Ok((0..list.len()).filter_map(|at| column.get(at)).collect())
    }
}
