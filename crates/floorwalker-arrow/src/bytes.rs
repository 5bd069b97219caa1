//! A table as bytes, to be stored or sent to another process of the same program.
//!
//! A header in JSON says what the buffers are, the buffers follow as they are. This is no
//! exchange format: tables go to other libraries through the Arrow interface.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, make_array, new_empty_array};
use arrow_schema::{DataType, Schema};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8] = b"floorwalker table 1\n";

#[derive(Serialize, Deserialize)]
struct Header {
    schema: Schema,
    batches: Vec<Batch>,
}

#[derive(Serialize, Deserialize)]
struct Batch {
    rows: usize,
    columns: Vec<Node>,
}

/// One array: the lengths of its buffers in bytes, in the order in which they follow.
#[derive(Serialize, Deserialize)]
struct Node {
    rows: usize,
    offset: usize,
    nulls: Option<usize>,
    buffers: Vec<usize>,
    children: Vec<Node>,
}

/// A table as bytes.
///
/// ```
/// use floorwalker_arrow::{TableBuilder, table_from_bytes, table_to_bytes};
///
/// let table = TableBuilder::new().text("queue", [Some("sales"), None]).finish()?;
/// let bytes = table_to_bytes(&table.schema(), &[table.clone()])?;
/// assert_eq!(table_from_bytes(&bytes)?.1, [table]);
/// # Ok::<(), floorwalker_arrow::Error>(())
/// ```
///
/// # Errors
/// `table.invalid` if the schema holds something that JSON cannot.
pub fn table_to_bytes(schema: &Schema, batches: &[RecordBatch]) -> Result<Vec<u8>> {
    let mut data = Vec::new();
    let batches = batches.iter().map(|batch| Batch {
        rows: batch.num_rows(),
        columns: batch
            .columns()
            .iter()
            .map(|array| node(array, &mut data))
            .collect(),
    });
    let header = Header {
        batches: batches.collect(),
        schema: schema.clone(),
    };
    let header = serde_json::to_vec(&header).map_err(|error| invalid(error.to_string()))?;
    let length = (header.len() as u64).to_le_bytes();
    Ok([MAGIC, &length, &header, &data].concat())
}

fn node(array: &ArrayRef, data: &mut Vec<u8>) -> Node {
    let parts = array.to_data();
    let nulls = parts.nulls().map(|nulls| {
        // Bits before the offset belong to no row.
        let bits: Vec<bool> = std::iter::repeat_n(true, parts.offset())
            .chain(nulls.iter())
            .collect();
        let packed: Vec<u8> = bits.chunks(8).map(packed).collect();
        data.extend_from_slice(&packed);
        packed.len()
    });
    let buffers = parts.buffers().iter().map(|buffer| {
        data.extend_from_slice(buffer.as_slice());
        buffer.len()
    });
    let buffers = buffers.collect();
    let children = parts.child_data().iter();
    Node {
        rows: parts.len(),
        offset: parts.offset(),
        nulls,
        buffers,
        children: children
            .map(|child| node(&make_array(child.clone()), data))
            .collect(),
    }
}

/// Eight bits as a byte, the first lowest.
fn packed(bits: &[bool]) -> u8 {
    let numbered = bits.iter().enumerate();
    numbered.fold(0, |byte, (place, &bit)| byte | u8::from(bit) << place)
}

/// The schema and the batches of a table that was made into bytes.
///
/// # Errors
/// `table.invalid` if the bytes are none that [`table_to_bytes`] made.
pub fn table_from_bytes(bytes: &[u8]) -> Result<(Arc<Schema>, Vec<RecordBatch>)> {
    let cut_off = || invalid("the bytes end too early".to_owned());
    let rest = bytes.strip_prefix(MAGIC);
    let rest = rest.ok_or_else(|| invalid("the bytes are no table".to_owned()))?;
    let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(cut_off)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut_off())?;
    let (header, mut data) = rest.split_at_checked(length).ok_or_else(cut_off)?;
    let header: Header =
        serde_json::from_slice(header).map_err(|error| invalid(error.to_string()))?;
    let schema = Arc::new(header.schema);
    let mut batches = Vec::with_capacity(header.batches.len());
    for batch in header.batches {
        if batch.columns.len() != schema.fields().len() {
            return Err(invalid(
                "the columns are not those of the schema".to_owned(),
            ));
        }
        let fields = schema.fields().iter();
        let columns = fields
            .zip(batch.columns)
            .map(|(field, node)| array(field.data_type(), node, &mut data))
            .collect::<Result<_>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.rows));
        batches.push(RecordBatch::try_new_with_options(
            schema.clone(),
            columns,
            &options,
        )?);
    }
    Ok((schema, batches))
}

/// One array from the bytes that come next; its data is checked in full.
fn array(kind: &DataType, node: Node, data: &mut &[u8]) -> Result<ArrayRef> {
    let mut take = |length: usize| {
        let (taken, rest) = data
            .split_at_checked(length)
            .ok_or_else(|| invalid("the bytes end too early".to_owned()))?;
        *data = rest;
        Ok::<_, Error>(taken.to_vec())
    };
    let nulls = node.nulls.map(&mut take).transpose()?;
    let buffers = node
        .buffers
        .into_iter()
        .map(|length| Ok(take(length)?.into()))
        .collect::<Result<_>>()?;
    let kinds = kinds_of_children(kind);
    if kinds.len() != node.children.len() {
        return Err(invalid(format!("{kind} has {} children", kinds.len())));
    }
    let children = kinds.into_iter().zip(node.children);
    let children = children
        .map(|(kind, child)| Ok(array(kind, child, data)?.to_data()))
        .collect::<Result<_>>()?;
    let made = new_empty_array(kind)
        .into_data()
        .into_builder()
        .len(node.rows)
        .offset(node.offset)
        .null_bit_buffer(nulls.map(Into::into))
        .buffers(buffers)
        .child_data(children)
        .align_buffers(true)
        .build()?;
    Ok(make_array(made))
}

/// The types of the arrays inside an array of this type, as far as tables of this project have such.
fn kinds_of_children(kind: &DataType) -> Vec<&DataType> {
    match kind {
        DataType::List(field) | DataType::LargeList(field) => vec![field.data_type()],
        DataType::Struct(fields) => fields.iter().map(|field| field.data_type()).collect(),
        DataType::Dictionary(_, values) => vec![values],
        _ => Vec::new(),
    }
}

fn invalid(why: String) -> Error {
    ErrorKind::Table(why).into()
}
