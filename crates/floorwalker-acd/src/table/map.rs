//! Which column holds what.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Where the fields of the event are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataColumns {
    /// One column each. The last may hold the rest of the fields, joined by pipes.
    Each(Vec<String>),
    /// All in one column, joined by pipes.
    Joined(String),
    /// As PBXware splits them into parameters, positions, hold and talk.
    Pbxware,
}

/// The names of the columns of a table that holds a queue log.
///
/// Names are compared without regard to upper and lower case.
///
/// ```
/// use floorwalker_acd::table::{ColumnMap, DataColumns};
///
/// let asternic = ColumnMap::new(
///     ["datetime", "uniqueid", "qname", "qagent", "qevent"],
///     DataColumns::Each(vec!["info1".into(), "info2".into(), "info3".into()]),
/// );
/// assert_eq!(asternic.time(), "datetime");
///
/// let found = ColumnMap::detect(&["id", "time_id", "call_id", "queue", "agent", "verb", "data1"])?;
/// assert_eq!(found, ColumnMap::queue_metrics());
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    time: String,
    callid: String,
    queue: String,
    agent: String,
    event: String,
    data: DataColumns,
}

/// The parameters, positions and times of PBXware.
pub(super) const PBXWARE: [&str; 7] = [
    "param1", "param2", "param3", "entpos", "expos", "htime", "ttime",
];

impl ColumnMap {
    /// The columns of time, call id, queue, agent and event, and those of the fields.
    #[must_use]
    pub fn new(columns: [&str; 5], data: DataColumns) -> Self {
        let [time, callid, queue, agent, event] = columns.map(str::to_owned);
        Self {
            time,
            callid,
            queue,
            agent,
            event,
            data,
        }
    }

    /// Asterisk's table with `data1` to `data5`.
    #[must_use]
    pub fn realtime() -> Self {
        let names = ["time", "callid", "queuename", "agent", "event"];
        Self::new(names, numbered())
    }

    /// Asterisk's older table with one column `data`.
    #[must_use]
    pub fn single() -> Self {
        let names = ["time", "callid", "queuename", "agent", "event"];
        Self::new(names, DataColumns::Joined("data".to_owned()))
    }

    /// The table of QueueMetrics.
    #[must_use]
    pub fn queue_metrics() -> Self {
        let names = ["time_id", "call_id", "queue", "agent", "verb"];
        Self::new(names, numbered())
    }

    /// The table of PBXware, in which the column `type` is the agent.
    #[must_use]
    pub fn pbxware() -> Self {
        let names = ["date_time", "callid", "queue_name", "type", "event"];
        Self::new(names, DataColumns::Pbxware)
    }

    /// The layout that a header shows.
    ///
    /// # Errors
    /// `table.missing_column` if no layout is complete: it names the first column
    /// that the nearest layout lacks, and lists the columns that are there.
    pub fn detect<T: AsRef<str>>(header: &[T]) -> Result<Self> {
        let known = [
            Self::realtime(),
            Self::single(),
            Self::queue_metrics(),
            Self::pbxware(),
        ];
        let has = |name: &String| find(header, name).is_some();
        let count = |map: &Self| map.needed().iter().filter(|name| has(name)).count();
        let complete = known.iter().find(|map| map.needed().iter().all(has));
        if let Some(map) = complete {
            return Ok(map.clone());
        }
        let nearest = known.iter().rev().max_by_key(|map| count(map));
        let missing = nearest.and_then(|map| map.needed().into_iter().find(|name| !has(name)));
        Err(missing_column(missing.unwrap_or_default(), header))
    }

    /// The column of the time.
    #[must_use]
    pub fn time(&self) -> &str {
        &self.time
    }

    /// The column of the call id.
    #[must_use]
    pub fn callid(&self) -> &str {
        &self.callid
    }

    /// The column of the queue.
    #[must_use]
    pub fn queue(&self) -> &str {
        &self.queue
    }

    /// The column of the agent.
    #[must_use]
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// The column of the event.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// The columns of the fields.
    #[must_use]
    pub fn data(&self) -> &DataColumns {
        &self.data
    }

    /// The columns without which the table cannot be read.
    fn needed(&self) -> Vec<String> {
        let data = match &self.data {
            DataColumns::Each(columns) => columns.iter().take(1).cloned().collect(),
            DataColumns::Joined(column) => vec![column.clone()],
            DataColumns::Pbxware => PBXWARE.map(str::to_owned).to_vec(),
        };
        let names = [
            &self.time,
            &self.callid,
            &self.queue,
            &self.agent,
            &self.event,
        ];
        names.into_iter().cloned().chain(data).collect()
    }

    /// Where the columns are in a table with this header.
    pub(super) fn places<T: AsRef<str>>(&self, header: &[T]) -> Result<Places> {
        for name in self.needed() {
            if find(header, &name).is_none() {
                return Err(missing_column(name, header));
            }
        }
        let place = |name: &str| find(header, name);
        let at = |name: &str| place(name).ok_or_else(|| missing_column(name.to_owned(), header));
        let data = match &self.data {
            DataColumns::Each(columns) => {
                let columns: Vec<usize> = columns.iter().filter_map(|name| place(name)).collect();
                // Some tables have both; the single column is then used where the others are empty.
                DataPlaces::Each(columns, place("data"))
            }
            DataColumns::Joined(column) => DataPlaces::Each(vec![at(column)?], None),
            DataColumns::Pbxware => {
                let mut places = [0; PBXWARE.len()];
                for (slot, name) in places.iter_mut().zip(PBXWARE) {
                    *slot = at(name)?;
                }
                DataPlaces::Pbxware(places)
            }
        };
        Ok(Places {
            time: at(&self.time)?,
            callid: at(&self.callid)?,
            queue: at(&self.queue)?,
            agent: at(&self.agent)?,
            event: at(&self.event)?,
            data,
        })
    }
}

fn numbered() -> DataColumns {
    DataColumns::Each((1..=5).map(|number| format!("data{number}")).collect())
}

/// Where a column is in a header.
pub(crate) fn find<T: AsRef<str>>(header: &[T], name: &str) -> Option<usize> {
    let same = |column: &T| column.as_ref().trim().eq_ignore_ascii_case(name);
    header.iter().position(same)
}

/// The error for a column that is needed and not there.
pub(crate) fn missing_column<T: AsRef<str>>(column: String, header: &[T]) -> Error {
    let present = header.iter().map(|one| one.as_ref().to_owned()).collect();
    ErrorKind::MissingColumn { column, present }.into()
}

/// The places of the columns in one table.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) time: usize,
    pub(super) callid: usize,
    pub(super) queue: usize,
    pub(super) agent: usize,
    pub(super) event: usize,
    pub(super) data: DataPlaces,
}

#[derive(Clone, Debug)]
pub(super) enum DataPlaces {
    Each(Vec<usize>, Option<usize>),
    Pbxware([usize; PBXWARE.len()]),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_show_the_layout() {
        let detect = |header: &str| {
            let names: Vec<&str> = header.split(',').collect();
            ColumnMap::detect(&names)
        };
        let realtime = "id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5";
        assert_eq!(detect(realtime).unwrap(), ColumnMap::realtime());
        let single = "id,TIME,callid,queuename,agent,event,data";
        assert_eq!(detect(single).unwrap(), ColumnMap::single());
        let pbxware = "uid,date_time,callid,queue_name,type,event,param1,param2,param3,entpos,expos,htime,ttime,time";
        assert_eq!(detect(pbxware).unwrap(), ColumnMap::pbxware());
        let error = detect("id,time,callid,queuename,agent").unwrap_err();
        assert_eq!(
            error.to_string(),
            "column event is missing: the table has id, time, callid, queuename, agent"
        );
    }
}
