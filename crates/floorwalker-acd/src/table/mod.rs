//! Queue logs that were written into a database, as exported tables.
//!
//! | layout | columns | found in |
//! |---|---|---|
//! | realtime | `time, callid, queuename, agent, event, data1` to `data5` | Asterisk's `queue_log` table |
//! | single | `time, callid, queuename, agent, event, data` | the same before data columns were split |
//! | QueueMetrics | `time_id, call_id, queue, agent, verb, data1` to `data5` | loaders of QueueMetrics, VICIdial |
//! | PBXware | `date_time, callid, queue_name, type, event, param1` to `param3`, `entpos, expos, htime, ttime` | PBXware |
//!
//! Which one it is shows the header; [`ColumnMap`] names the columns of any other.
//! A table without a needed column is an error that names the column. Rows that
//! cannot be read are findings.
//!
//! Times are seconds since 1970, or text: with an offset, or local in the zone of the
//! [options](crate::queue_log::Options::with_zone). Asterisk writes local times unless
//! it is told to write UTC (`queue_log_realtime_use_gmt`); the table does not say
//! which. In the hour that comes twice when the clock is put back, the order of rows
//! decides: once times go back, the later hour is meant.

mod map;
mod pbxware;
mod rows;
mod time;

pub use map::{ColumnMap, DataColumns};
pub(crate) use map::{find, missing_column};
pub(crate) use rows::{delimiter, unreadable};
pub use rows::{read_queue_log, read_queue_log_into};
pub(crate) use time::Times;
