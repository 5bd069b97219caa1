//! Figures of operators as a long, tidy table.

use std::collections::BTreeSet;
use std::str::FromStr;

use floorwalker::contact::StateKind;
use floorwalker::id::AgentId;
use floorwalker::service::{
    AgentCounts, AgentFigures, AgentKpi, AgentTally, AgentTimes, Figure, StateTimes, Unit,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Intervals, Span};

use super::figures::unit_name;
use super::writer::{Batches, Cell, Kind, TableWriter};
use crate::error::{Error, ErrorKind, Result};

/// A figure to ask about operators, by its name: an [`AgentKpi`], or the time in one state
/// such as `in_ready`.
///
/// ```
/// use floorwalker_arrow::AgentAsk;
///
/// assert!("in_lunch".parse::<AgentAsk>().is_ok());
/// assert!("occupancy".parse::<AgentAsk>().is_ok());
/// assert_eq!("ocupancy".parse::<AgentAsk>().unwrap_err().code(), "name.unknown");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentAsk {
    /// An indicator.
    Kpi(AgentKpi),
    /// Time in one state.
    InState(StateKind),
}

impl FromStr for AgentAsk {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        if let Some(state) = name.strip_prefix("in_") {
            return Ok(Self::InState(state.parse()?));
        }
        Ok(Self::Kpi(name.parse()?))
    }
}

impl AgentAsk {
    /// All that can be asked.
    pub fn all() -> impl Iterator<Item = Self> {
        let states = StateKind::ALL.iter().copied().map(Self::InState);
        AgentKpi::ALL.iter().copied().map(Self::Kpi).chain(states)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Kpi(kpi) => kpi.name().to_owned(),
            Self::InState(state) => format!("in_{state}"),
        }
    }

    /// Whether it is about handled contacts.
    #[must_use]
    pub fn needs_legs(self) -> bool {
        use AgentKpi as K;
        match self {
            Self::InState(_) => false,
            Self::Kpi(kpi) => !matches!(
                kpi,
                K::LoggedIn
                    | K::Occupancy
                    | K::Utilisation
                    | K::Availability
                    | K::AverageLoggedIn
                    | K::AverageWorking
            ),
        }
    }

    /// Whether it is about time in states.
    #[must_use]
    pub fn needs_states(self) -> bool {
        use AgentKpi as K;
        let per_hour = [
            Self::Kpi(K::ContactsPerProductiveHour),
            Self::Kpi(K::ContactsPerLoggedInHour),
        ];
        !self.needs_legs() || per_hour.contains(&self)
    }

    fn of(self, figures: &AgentFigures) -> Figure {
        match self {
            Self::Kpi(kpi) => figures.figure(kpi),
            Self::InState(state) => {
                let (ms, window) = (figures.times().in_state(state), figures.window());
                Figure::new(self.name(), Unit::Milliseconds, ms.into(), 1, window)
            }
        }
    }
}

/// What operators handled and how their time went, counted over the same intervals.
#[derive(Debug)]
pub struct AgentWork {
    /// What they handled, if the legs are known.
    pub legs: Option<AgentTally>,
    /// Their time, if their states are known.
    pub times: Option<AgentTimes>,
    /// Everybody who has a state.
    pub people: BTreeSet<AgentId>,
}

impl AgentWork {
    /// Figures as a table with one row for each operator, interval and figure; for a policy
    /// that shows teams only, and without a policy, all operators are one group and the
    /// column `agent` is absent. The other columns are those of [`figures`](super::figures).
    ///
    /// # Errors
    /// `policy.refused` for contacts handled without a policy, for a group smaller than the
    /// policy allows, and for pseudonyms, which only a report can give; `options.conflict` if
    /// a figure needs what is not known.
    pub fn figures(&self, policy: Option<&AccessPolicy>, asks: &[AgentAsk]) -> Result<Batches> {
        self.check(policy, asks)?;
        let by_person = policy.filter(|policy| policy.granularity() == Granularity::Person);
        let intervals = self.intervals();
        let zone = intervals.map_or("UTC", |intervals| intervals.grid().zone().name());
        let columns = if by_person.is_some() {
            &COLUMNS[..]
        } else {
            &COLUMNS[1..]
        };
        let mut table = TableWriter::new(zone, columns);
        let intervals = intervals.into_iter().flat_map(Intervals::iter);
        let intervals: Vec<(String, Span)> =
            intervals.map(|one| (one.label(), one.span())).collect();
        match by_person {
            Some(policy) => {
                for agent in &self.agents(policy)? {
                    for (label, span) in &intervals {
                        let figures = self.of_agent(agent, *span, policy)?;
                        push(&mut table, Some(agent.as_str()), label, &figures, asks);
                    }
                }
            }
            None => {
                for (label, span) in &intervals {
                    let figures = self.of_team(*span, policy)?;
                    push(&mut table, None, label, &figures, asks);
                }
            }
        }
        table.finish()
    }

    fn check(&self, policy: Option<&AccessPolicy>, asks: &[AgentAsk]) -> Result<()> {
        let missing = |what: &str, wanted: fn(AgentAsk) -> bool| {
            let ask = asks.iter().find(|&&ask| wanted(ask));
            ask.map_or(Ok(()), |ask| {
                let why = format!("the figure {} needs {what}", ask.name());
                Err(Error::from(ErrorKind::Conflict(why)))
            })
        };
        if self.legs.is_none() {
            missing("contacts", AgentAsk::needs_legs)?;
        }
        if self.times.is_none() {
            missing("states of operators", AgentAsk::needs_states)?;
        }
        match policy {
            Some(policy) if policy.granularity() == Granularity::Pseudonym => {
                let why = "pseudonyms are given by a report, whose numbers change each time";
                Err(ErrorKind::Refused(why).into())
            }
            None if self.legs.is_some() => {
                let why = "what operators handled is shown under an access policy only";
                Err(ErrorKind::Refused(why).into())
            }
            _ => Ok(()),
        }
    }

    fn intervals(&self) -> Option<&Intervals> {
        let legs = self.legs.as_ref().map(AgentTally::intervals);
        legs.or(self.times.as_ref().map(AgentTimes::intervals))
    }

    fn agents(&self, policy: &AccessPolicy) -> Result<BTreeSet<AgentId>> {
        let mut agents = self.people.clone();
        if let Some(legs) = &self.legs {
            agents.extend(legs.agents(policy)?.into_iter().cloned());
        }
        Ok(agents)
    }

    /// One operator; somebody without any contact, or without any state, has zeros there.
    fn of_agent(&self, agent: &AgentId, span: Span, policy: &AccessPolicy) -> Result<AgentFigures> {
        let counts = match &self.legs {
            Some(legs) => known(legs.agent_over(agent, span, policy))?,
            None => AgentCounts::default(),
        };
        let times = match &self.times {
            Some(times) => known(times.agent_over(agent, span, policy))?,
            None => StateTimes::default(),
        };
        Ok(AgentFigures::new(counts, times, span))
    }

    fn of_team(&self, span: Span, policy: Option<&AccessPolicy>) -> Result<AgentFigures> {
        let counts = match (&self.legs, policy) {
            (Some(legs), Some(policy)) => legs.team_over(span, policy)?,
            _ => AgentCounts::default(),
        };
        let times = self.times.as_ref();
        let times = times.map_or_else(StateTimes::default, |times| times.team_over(span));
        Ok(AgentFigures::new(counts, times, span))
    }
}

const COLUMNS: [(&str, Kind); 9] = [
    ("agent", Kind::Term),
    ("start", Kind::Instant),
    ("end", Kind::Instant),
    ("interval", Kind::Text),
    ("figure", Kind::Term),
    ("unit", Kind::Term),
    ("numerator", Kind::Whole),
    ("denominator", Kind::Whole),
    ("value", Kind::Float),
];

/// Adds the figures of one operator (or of all) in one interval.
fn push(
    table: &mut TableWriter,
    agent: Option<&str>,
    label: &str,
    figures: &AgentFigures,
    asks: &[AgentAsk],
) {
    let window = figures.window();
    for ask in asks {
        let figure = ask.of(figures);
        let whole = |number: i128| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let unit = unit_name(figure.unit());
        let row = [
            agent.into(),
            Cell::Number(window.start_ms()),
            Cell::Number(window.end_ms()),
            label.into(),
            figure.name().into(),
            unit.as_str().into(),
            whole(figure.numerator()),
            whole(figure.denominator().into()),
            figure.value().into(),
        ];
        table.push(if agent.is_some() { &row } else { &row[1..] });
    }
}

fn known<T: Default>(given: floorwalker::Result<T>) -> Result<T> {
    match given {
        Err(error) if error.code() == "name.unknown" => Ok(T::default()),
        given => Ok(given?),
    }
}
