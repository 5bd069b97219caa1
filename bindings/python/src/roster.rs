//! Rosters, and whether they are lawful.

mod change;
mod check;
mod coverage;
mod proposal;

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::roster::Roster;
use floorwalker::time::{Every, Grid, Zone};
use pyo3::prelude::*;
use serde_json::{Map, Value, json};

pub(crate) use check::{PyRosterReport, check_roster, rule_packs};

use crate::errors::{Failure, Result, compute};
use crate::given::{Choice, Described, Given, Instance, Named, Window, ZoneName, optional};
use crate::output::AnyDict;
use crate::record::{self, Plain};
use crate::records::{As, Records, Timed, record_of, table};
use crate::rule::quoted;
use crate::table::Table;

/// The shifts of operators: who does what from when to when.
///
/// ``rows`` has a row for each piece of a shift, as dicts or in a table: ``operator``,
/// ``start``, ``end`` and, if known, ``activity`` (``phone`` without it), ``layer``
/// (``productive``, ``auxiliary`` for what lies over it such as a break, ``time_off``) and
/// ``work_day`` (without it, the local day of the first start). Pieces of an operator on one
/// work day are one shift. ``activities`` says what the activities are: ``contact``,
/// ``back_office``, ``meeting``, ``training``, ``meal``, ``rest``, ``screen_break``,
/// ``on_call``, ``time_off`` and so on.
///
/// >>> import floorwalker as fw
/// >>> roster = fw.Roster([{"operator": "anna", "start": "2026-05-04T22:00+02:00", "end": "2026-05-05T06:00+02:00"}],
/// ...                    zone="Europe/Rome")
/// >>> [(row["work_day"], row["activity"]) for row in roster.table().to_dicts()]
/// [('2026-05-04', 'phone')]
#[pyclass(frozen, name = "Roster", module = "floorwalker")]
pub(crate) struct PyRoster(pub(crate) Roster);

#[pymethods]
impl PyRoster {
    #[new]
    #[pyo3(signature = (rows, *, zone, activities = None))]
    fn new(
        py: Python<'_>,
        rows: Given<'_, Records>,
        zone: Given<'_, ZoneName>,
        activities: Option<Given<'_, Plain>>,
    ) -> PyResult<Self> {
        let rows = rows.read("rows")?.rows();
        let ZoneName(zone) = zone.read("zone")?;
        let activities = optional("activities", activities.as_ref())?;
        let activities = activities.map(Plain::or_json).transpose()?;
        compute(py, || Ok(Self(from_rows(rows, activities, &zone)?)))
    }

    /// A roster from plain objects or from their text in JSON, as ``to_dict`` makes them.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(record: Given<'_, Timed>) -> PyResult<Self> {
        Ok(Self(record.read("record")?.record("record")?))
    }

    /// The roster as plain objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0)
    }

    /// What operators do, one row for each stretch: upper layers cover lower ones.
    #[pyo3(signature = (*, zone = None))]
    fn table(&self, zone: Option<Given<'_, ZoneName>>) -> PyResult<Table> {
        let zone = optional("zone", zone.as_ref())?.map_or_else(Zone::utc, |ZoneName(zone)| zone);
        Ok(segments(&self.0, &zone)?)
    }

    /// The roster after changes: dicts such as ``{"remove": {"operator": .., "start": ..}}``,
    /// ``{"reassign": {"operator": .., "start": .., "to": ..}}``, ``{"add": shift}``,
    /// ``{"replace": {"operator": .., "start": .., "with": shift}}``, with a shift as in
    /// ``to_dict``.
    #[pyo3(signature = (changes, /))]
    fn with_changes(&self, py: Python<'_>, changes: Given<'_, Records>) -> PyResult<Self> {
        let changes = change::read(changes.read("changes")?, &self.0)?;
        compute(py, || Ok(Self(self.0.with_changes(&changes)?)))
    }

    /// How many operators are on the floor and how many are needed, one row for each interval
    /// and skill.
    ///
    /// ``staff`` has the operators with their skills; ``required`` has a row for each interval
    /// of ``every`` in which somebody is needed: ``at``, ``required`` and, if it matters,
    /// ``skill``.
    #[pyo3(signature = (staff, required, *, zone, window, every = Choice::or("30m")),
           text_signature = "($self, staff, required, *, zone, window, every='30m')")]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn coverage(
        &self,
        py: Python<'_>,
        staff: Given<'_, Timed>,
        required: Given<'_, Records>,
        zone: Given<'_, ZoneName>,
        window: Given<'_, Window>,
        every: Choice<'_, Named<Every>>,
    ) -> PyResult<Table> {
        let ZoneName(zone) = zone.read("zone")?;
        let window = window.read("window")?.span(&zone)?;
        let Named(every) = every.read("every")?;
        let staff = staff.read("staff")?.record("staff")?;
        let grid = Grid::new(zone, every);
        let required = required.read("required")?;
        compute(py, || {
            coverage::table(&self.0, &staff, required, grid, window)
        })
    }

    fn __len__(&self) -> usize {
        self.0.assignments().len()
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!(
            "Roster.from_json({})",
            quoted(&record::text(&self.0)?)
        ))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.0)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0)?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

impl Described for PyRoster {
    const ALLOWED: &'static str = "a Roster";
}

/// The activity of rows that name none.
const PHONE: &str = "phone";

fn from_rows(
    rows: Vec<Map<String, Value>>,
    activities: Option<Value>,
    zone: &Zone,
) -> Result<Roster> {
    let mut shifts: Vec<(Value, String, Vec<Value>)> = Vec::new();
    for (at, mut row) in rows.into_iter().enumerate() {
        let place = format!("rows[{at}]");
        let missing =
            |name: &str| Failure::new("data.invalid", format!("argument {place} has no {name}"));
        let mut need = |name: &str| row.remove(name).ok_or_else(|| missing(name));
        let (operator, start, end) = (need("operator")?, need("start")?, need("end")?);
        let work_day = match row.remove("work_day") {
            Some(Value::String(day)) => day,
            _ => local_day(&start, zone).ok_or_else(|| missing("start with an offset"))?,
        };
        let activity = row.remove("activity").unwrap_or_else(|| PHONE.into());
        let layer = row.remove("layer").unwrap_or_else(|| "productive".into());
        if let Some(name) = row.keys().next() {
            let message = format!("argument {place} has an unknown field {name}");
            return Err(Failure::new("data.invalid", message));
        }
        let span = record_of([("start", start), ("end", end)]);
        let piece = record_of([("activity", activity), ("layer", layer), ("span", span)]);
        let mine =
            |shift: &&mut (Value, String, Vec<Value>)| shift.0 == operator && shift.1 == work_day;
        match shifts.iter_mut().rfind(mine) {
            Some(shift) => shift.2.push(piece),
            None => shifts.push((operator, work_day, vec![piece])),
        }
    }
    let assignments = shifts.into_iter().map(|(operator, work_day, pieces)| {
        json!({"operator": operator, "work_day": work_day, "pieces": pieces})
    });
    let assignments: Vec<Value> = assignments.collect();
    let record = json!({"activities": known(activities), "assignments": assignments});
    record::read(record).map_err(|failure| failure.about("rows"))
}

/// The activities: a list as in JSON, or a dict from names to kinds.
fn known(activities: Option<Value>) -> Value {
    match activities {
        None => json!([{"id": PHONE, "kind": "contact"}]),
        Some(Value::Object(kinds)) => {
            let mut all: Vec<Value> = kinds
                .into_iter()
                .map(|(id, kind)| json!({"id": id, "kind": kind}))
                .collect();
            if !all.iter().any(|one| one["id"] == PHONE) {
                all.push(json!({"id": PHONE, "kind": "contact"}));
            }
            all.into()
        }
        Some(other) => other,
    }
}

fn local_day(start: &Value, zone: &Zone) -> Option<String> {
    let at = chrono::DateTime::parse_from_rfc3339(start.as_str()?).ok()?;
    Some(zone.local_date_of_ms(at.timestamp_millis()).to_string())
}

fn segments(roster: &Roster, zone: &Zone) -> Result<Table> {
    let mut rows = Vec::new();
    for shift in roster.assignments() {
        for segment in shift.segments() {
            rows.push(json!({
                "operator": shift.operator(),
                "work_day": shift.work_day(),
                "start": segment.span.start().to_rfc3339(),
                "end": segment.span.end().to_rfc3339(),
                "activity": segment.activity.id(),
                "kind": segment.activity.kind().name(),
            }));
        }
    }
    table(
        zone.name(),
        &rows,
        &[
            ("operator", "operator", As::Text),
            ("work_day", "work_day", As::Text),
            ("start", "start", As::Instant),
            ("end", "end", As::Instant),
            ("activity", "activity", As::Text),
            ("kind", "kind", As::Text),
        ],
    )
}

impl PyRoster {
    /// The roster of an argument.
    pub(crate) fn of(given: &Given<'_, Instance<Self>>, argument: &str) -> Result<Roster> {
        let Instance(roster) = given.read(argument)?;
        Ok(roster.get().0.clone())
    }
}
