//! What laws and regulators ask for, as data with its sources and how sure it is.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use floorwalker::complaint::{Policy, PolicyAnswer, PolicyBook, Question};
use floorwalker::id::Label;
use floorwalker::time::business::{Calendar, Timeline};
use floorwalker::time::clock::WaiverCause;
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;
use serde_json::{Map, Value};

use crate::calendar::PyCalendar;
use crate::errors::{Failure, Result, compute};
use crate::given::{Day, Described, Given, Instance, Named, Words, optional};
use crate::output::AnyDict;
use crate::record::{self, Plain};
use crate::rule::quoted;
use crate::table::Table;

/// Policies of complaints and service: rules of laws and regulators with their dates, sources
/// and how sure they are. ``floorwalker.policies`` are those of this package.
///
/// Nothing here is legal advice. Many were written down from secondary sources: look at their
/// ``certainty`` before relying on one. ``a | b`` are the policies of both; a name that both have
/// is taken from the second.
///
/// >>> import floorwalker as fw
/// >>> fw.policies.get("it.arera.tiqv.complaint", "2026-03-04")["answer"]["limit"]["amount"]
/// 30
/// >>> answer = fw.policies.answer("it.arera.tiqv.complaint", received="2026-03-04", today="2026-05-05",
/// ...                             answered="2026-05-05")
/// >>> answer["deadline"], answer["standing"], answer["indemnity"]["amount"], answer["next"]["kind"]
/// ('2026-04-03', 'late', '60', 'pay_indemnity')
#[pyclass(frozen, name = "PolicyBook", module = "floorwalker")]
pub(crate) struct PyPolicyBook(pub(crate) PolicyBook);

#[pymethods]
impl PyPolicyBook {
    /// Policies of your own: a list of plain objects, or its text in JSON.
    #[new]
    #[pyo3(signature = (policies, /))]
    fn new(policies: Given<'_, Plain>) -> PyResult<Self> {
        Ok(Self(policies.read("policies")?.record("policies")?))
    }

    /// The policies of this package.
    #[staticmethod]
    fn built_in(py: Python<'_>) -> PyResult<Self> {
        compute(py, || Ok(Self(PolicyBook::built_in())))
    }

    /// The version of a policy that applies to what was received on a date.
    ///
    /// An unknown name is an ``UnknownNameError`` that lists the nearest; so is a date on which
    /// no version holds.
    #[pyo3(signature = (id, on, /))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: Given<'py, Words>,
        on: Given<'py, Day>,
    ) -> PyResult<AnyDict<'py>> {
        let (Words(id), Day(on)) = (id.read("id")?, on.read("on")?);
        let policy = self.0.get(&id, on).map_err(Failure::from)?;
        record::dict(py, policy)
    }

    /// All versions of a policy, oldest first.
    #[pyo3(signature = (id, /))]
    fn versions<'py>(&self, py: Python<'py>, id: Given<'py, Words>) -> PyResult<Vec<AnyDict<'py>>> {
        let Words(id) = id.read("id")?;
        let versions = self.0.versions(&id).map_err(Failure::from)?.iter();
        versions.map(|policy| record::dict(py, policy)).collect()
    }

    /// All policies and versions: what they are, from when to when, and how sure.
    fn table(&self) -> PyResult<Table> {
        Ok(table(self.0.iter().collect())?)
    }

    /// Where the policies were read: one row for each source.
    fn sources(&self) -> PyResult<Table> {
        Ok(sources(&self.0)?)
    }

    /// The policies of a country and a sector about a subject that apply to what was received
    /// on a date.
    fn applying(
        &self,
        country: Given<'_, Words>,
        sector: Given<'_, Words>,
        subject: Given<'_, Named<floorwalker::complaint::Subject>>,
        on: Given<'_, Day>,
    ) -> PyResult<Table> {
        let (Words(country), Words(sector)) = (country.read("country")?, sector.read("sector")?);
        let (Named(subject), Day(on)) = (subject.read("subject")?, on.read("on")?);
        let found = self.0.applying(&country, &sector, subject, on);
        Ok(table(found.collect())?)
    }

    /// How sure a part of a policy is, such as ``"indemnity"``: ``high``, ``medium`` and so on.
    #[pyo3(signature = (id, on, field, /))]
    fn certainty_of(
        &self,
        id: Given<'_, Words>,
        on: Given<'_, Day>,
        field: Given<'_, Words>,
    ) -> PyResult<&'static str> {
        let (Words(id), Day(on)) = (id.read("id")?, on.read("on")?);
        let Words(field) = field.read("field")?;
        let policy = self.0.get(&id, on).map_err(Failure::from)?;
        Ok(policy.certainty_of(&field).name())
    }

    /// What a policy asks for in a case: when the reply is due, whether that is kept, what
    /// indemnity has become due, and what to do next.
    ///
    /// All days are those of the policy's zone. ``answered``, ``acknowledged`` and ``holding``
    /// are the days on which a reply, an acknowledgement and a holding reply were sent;
    /// ``facts`` are what variants of the rule depend on; ``cause`` is what kept the company
    /// from replying in time, if anything outside it did: ``force_majeure``, ``customer``,
    /// ``third_party`` or ``legal_hold``. ``calendar`` has the business days, for policies that
    /// count them.
    #[pyo3(signature = (
        id, *, received, today, calendar = None, acknowledged = None, holding = None,
        answered = None, facts = None, cause = None, paid = false,
    ))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn answer<'py>(
        &self,
        py: Python<'py>,
        id: Given<'py, Words>,
        received: Given<'py, Day>,
        today: Given<'py, Day>,
        calendar: Option<Given<'py, Instance<PyCalendar>>>,
        acknowledged: Option<Given<'py, Day>>,
        holding: Option<Given<'py, Day>>,
        answered: Option<Given<'py, Day>>,
        facts: Option<Given<'py, Plain>>,
        cause: Option<Given<'py, Words>>,
        paid: bool,
    ) -> PyResult<AnyDict<'py>> {
        let (Words(id), Day(received)) = (id.read("id")?, received.read("received")?);
        let Day(today) = today.read("today")?;
        let day = |name, given: Option<Given<'py, Day>>| {
            optional(name, given.as_ref()).map(|day| day.map(|Day(day)| day))
        };
        let facts = optional("facts", facts.as_ref())?;
        let facts: Vec<Label> = facts.map_or(Ok(Vec::new()), |facts| facts.record("facts"))?;
        let cause = optional("cause", cause.as_ref())?;
        let cause = cause.map(|Words(cause)| record::read::<WaiverCause>(cause.into()));
        let question = Question {
            acknowledged: day("acknowledged", acknowledged)?,
            holding: day("holding", holding)?,
            answered: day("answered", answered)?,
            facts: &facts,
            cause: cause
                .transpose()
                .map_err(|failure| failure.about("cause"))?,
            paid,
            ..Question::new(&id, received, today)
        };
        let hours = optional("calendar", calendar.as_ref())?;
        let hours = hours.map(|Instance(calendar)| calendar.get().0.clone());
        let hours = self.hours(&id, received, hours)?;
        let answer = compute(py, || told(&self.0.answer(&question, &hours)?))?;
        Ok(AnyDict(record::object(py, &answer)?))
    }

    fn __or__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        Ok(Self(self.0.clone().with(other.get().0.clone())))
    }

    fn __ror__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        Ok(Self(other.get().0.clone().with(self.0.clone())))
    }

    /// The policies as plain objects.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<AnyDict<'py>>> {
        self.0
            .iter()
            .map(|policy| record::dict(py, policy))
            .collect()
    }

    fn __len__(&self) -> usize {
        self.0.iter().count()
    }

    fn __repr__(&self) -> PyResult<String> {
        if self.0 == PolicyBook::built_in() {
            return Ok("PolicyBook.built_in()".to_owned());
        }
        Ok(format!("PolicyBook({})", quoted(&record::text(&self.0)?)))
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
        Ok((slf.get_type().into_any(), (text,)))
    }
}

impl PyPolicyBook {
    /// The calendar that was given; where the policy counts no business days, one that does
    /// not matter.
    fn hours(&self, id: &str, received: NaiveDate, given: Option<Timeline>) -> Result<Timeline> {
        let policy = self.0.get(id, received)?;
        match (given, &policy.record().hours) {
            (Some(hours), _) => Ok(hours),
            (None, Some(name)) => Err(Failure::new(
                "options.conflict",
                format!("argument calendar: {id} counts business days, of the calendar {name}"),
            )),
            (None, None) => Ok(Timeline::new(Calendar::always_open(policy.zone().clone()))),
        }
    }
}

impl Described for PyPolicyBook {
    const ALLOWED: &'static str = "a PolicyBook";
}

/// The answer of a policy as plain objects.
fn told(answer: &PolicyAnswer<'_>) -> Result<Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("policy", record::value(answer.policy.reference())?);
    let last_day = answer.deadline.map(|deadline| deadline.last_day());
    put("deadline", record::value(&last_day)?);
    put("extended", answer.extended.into());
    put("standing", record::value(&answer.standing)?);
    put("days", answer.days.into());
    put("indemnity", record::value(&answer.indemnity)?);
    put(
        "indemnity_certainty",
        answer.indemnity_certainty.name().into(),
    );
    put("next", record::value(&answer.next)?);
    put("recourse", record::value(&answer.recourse)?);
    Ok(Value::Object(fields))
}

fn table(policies: Vec<&Policy>) -> Result<Table> {
    let text = |of: fn(&Policy) -> Option<String>| {
        policies
            .iter()
            .map(move |policy| of(policy))
            .collect::<Vec<_>>()
    };
    let table = TableBuilder::new()
        .text("id", text(|policy| Some(policy.id().to_string())))
        .text("title", text(|policy| Some(policy.record().title.clone())))
        .text(
            "country",
            text(|policy| Some(policy.record().country.to_string())),
        )
        .text(
            "sector",
            text(|policy| Some(policy.record().sector.to_string())),
        )
        .text(
            "authority",
            text(|policy| Some(policy.record().authority.clone())),
        )
        .text("subject", text(|policy| Some(policy.subject().to_string())))
        .text("valid_from", text(|policy| day(policy.record().valid_from)))
        .text(
            "valid_until",
            text(|policy| day(policy.record().valid_until)),
        )
        .text(
            "certainty",
            text(|policy| Some(policy.record().certainty.overall.name().to_owned())),
        );
    Ok(Table::from(table.finish()?))
}

fn day(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn sources(book: &PolicyBook) -> Result<Table> {
    let mut rows: Vec<(&Policy, Map<String, Value>)> = Vec::new();
    for policy in book.iter() {
        for source in &policy.record().sources {
            if let Value::Object(fields) = record::value(source)? {
                rows.push((policy, fields));
            }
        }
    }
    let mut table = TableBuilder::new()
        .text(
            "id",
            rows.iter().map(|(policy, _)| Some(policy.id().as_str())),
        )
        .text(
            "valid_from",
            rows.iter()
                .map(|(policy, _)| day(policy.record().valid_from)),
        );
    let names: Vec<String> = match rows.first() {
        Some((_, fields)) => fields.keys().cloned().collect(),
        None => Vec::new(),
    };
    for name in &names {
        let cells = rows.iter().map(|(_, fields)| match fields.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Null) | None => None,
            Some(other) => Some(other.to_string()),
        });
        table = table.text(name, cells);
    }
    Ok(Table::from(table.finish()?))
}
