//! Figures about people, as far as the access policy allows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::operator_figures::OperatorFigures;
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::service::{AgentCounts, AgentFigures, AgentTally, AgentTimes, StateTimes};
use crate::team::{AccessPolicy, Granularity, keyed};
use crate::time::Span;

/// How operators are shown: under which policy, in which groups.
///
/// ```
/// use floorwalker::report::OperatorOptions;
/// use floorwalker::team::{AccessPolicy, Granularity};
///
/// let policy = AccessPolicy::new("coaching", "agreement with the unions of 12 May 2026", Granularity::Pseudonym)?;
/// let options = OperatorOptions::new(policy).with_key(0x5eed);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OperatorOptions {
    policy: AccessPolicy,
    min_contacts: u64,
    key: Option<u128>,
    teams: BTreeMap<AgentId, String>,
}

impl OperatorOptions {
    /// Operators under `policy`, means from 20 contacts on, in one group.
    #[must_use]
    pub fn new(policy: AccessPolicy) -> Self {
        Self {
            policy,
            min_contacts: 20,
            key: None,
            teams: BTreeMap::new(),
        }
    }

    /// The same with another number of contacts from which means and shares say something.
    #[must_use]
    pub fn with_min_contacts(mut self, min_contacts: u64) -> Self {
        self.min_contacts = min_contacts;
        self
    }

    /// The same with the key that decides the numbers of pseudonyms. Draw a new one for every report.
    #[must_use]
    pub fn with_key(mut self, key: u128) -> Self {
        self.key = Some(key);
        self
    }

    /// The same with the team of each operator.
    #[must_use]
    pub fn with_teams(mut self, teams: impl IntoIterator<Item = (AgentId, String)>) -> Self {
        self.teams = teams.into_iter().collect();
        self
    }
}

/// The operators of a report, as far as the policy allows, and the policy.
///
/// Rows are ordered by name or number, never by a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OperatorSection {
    /// The policy these figures were given under.
    #[cfg_attr(feature = "schemars", schemars(with = "PolicyShape"))]
    pub policy: AccessPolicy,
    /// How many people handled a contact or were logged in, over all queues.
    pub people: u64,
    /// Everybody together; `None` where that would show too few people.
    pub total: Option<OperatorFigures>,
    /// The rows that may be shown.
    pub rows: Vec<OperatorRow>,
    /// How many rows are not shown, because they or what is left beside them would show too few people.
    pub hidden_rows: u64,
    /// From how many handled contacts on means and shares are shown.
    pub min_contacts: u64,
    /// Answered contacts that name no operator.
    pub without_operator: u64,
}

/// One operator or one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct OperatorRow {
    /// Who.
    pub who: Who,
    /// How many people these are.
    pub people: u64,
    /// Whether there are enough contacts for means and shares to say something.
    pub is_enough: bool,
    /// The figures.
    pub figures: OperatorFigures,
}

/// Who a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person by name.
    Person(#[cfg_attr(feature = "schemars", schemars(with = "String"))] AgentId),
    /// A person by a number that means nothing outside this report.
    Number(u64),
    /// A team by name.
    Team(String),
    /// Those who are in no team.
    NoTeam,
}

/// An access policy as it is written in JSON.
#[cfg(feature = "schemars")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "AccessPolicy")]
#[expect(dead_code, reason = "only its shape is used")]
struct PolicyShape {
    /// What the figures are for.
    purpose: String,
    /// What permits it.
    legal_basis: String,
    /// How closely people may be looked at: `team`, `pseudonym` or `person`.
    granularity: String,
    /// The smallest group that may be shown as a group.
    min_group: u32,
    /// After how many days the figures are to be deleted.
    retention_days: u32,
}

/// What is known of one person over the period.
#[derive(Clone, Copy, Default)]
struct Work {
    people: u64,
    counts: AgentCounts,
    times: StateTimes,
}

impl Work {
    fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.counts.add(&other.counts);
        self.times.add(&other.times);
    }

    fn figures(&self, period: Span) -> OperatorFigures {
        OperatorFigures::new(&AgentFigures::new(self.counts, self.times, period))
    }

    fn row(&self, who: Who, period: Span, min_contacts: u64) -> OperatorRow {
        OperatorRow {
            who,
            people: self.people,
            is_enough: self.counts.handled() >= min_contacts,
            figures: self.figures(period),
        }
    }
}

impl OperatorSection {
    pub(super) fn new(
        tally: &AgentTally,
        times: Option<&AgentTimes>,
        period: Span,
        options: &OperatorOptions,
    ) -> Result<Self, Error> {
        let people = people(tally, times, period);
        let mut total = Work::default();
        people.values().for_each(|work| total.add(work));
        let (shown, hidden) = rows(&people, options)?;
        // What is left when the shown rows are taken from the total must hide people too.
        let left = total.people - shown.iter().map(|(_, work)| work.people).sum::<u64>();
        let min_group = u64::from(options.policy.min_group());
        let is_total_safe = match options.policy.granularity() {
            Granularity::Person => true,
            _ => total.people >= min_group && (left == 0 || left >= min_group),
        };
        let row = |(who, work): (Who, Work)| work.row(who, period, options.min_contacts);
        Ok(Self {
            policy: options.policy.clone(),
            people: total.people,
            total: is_total_safe.then(|| total.figures(period)),
            rows: shown.into_iter().map(row).collect(),
            hidden_rows: hidden,
            min_contacts: options.min_contacts,
            without_operator: tally.left_out().without_instant,
        })
    }
}

/// Everybody who handled a contact or was logged in.
fn people<'a>(
    tally: &'a AgentTally,
    times: Option<&'a AgentTimes>,
    period: Span,
) -> BTreeMap<&'a AgentId, Work> {
    let mut people: BTreeMap<&AgentId, Work> = BTreeMap::new();
    for (agent, counts) in tally.each_over(period) {
        people.entry(agent).or_default().counts = counts;
    }
    for (agent, times) in times.into_iter().flat_map(|times| times.each_over(period)) {
        people.entry(agent).or_default().times = times;
    }
    people.retain(|_, work| {
        work.people = 1;
        work.counts != AgentCounts::default() || work.times != StateTimes::default()
    });
    people
}

type Rows = (Vec<(Who, Work)>, u64);

/// The rows that the policy lets through, in their order, and how many it does not.
fn rows(people: &BTreeMap<&AgentId, Work>, options: &OperatorOptions) -> Result<Rows, Error> {
    match options.policy.granularity() {
        Granularity::Person => {
            let row = |(agent, work): (&&AgentId, &Work)| (Who::Person((*agent).clone()), *work);
            Ok((people.iter().map(row).collect(), 0))
        }
        Granularity::Pseudonym => numbered(people, options),
        Granularity::Team => Ok(teams(people, options)),
    }
}

fn numbered(people: &BTreeMap<&AgentId, Work>, options: &OperatorOptions) -> Result<Rows, Error> {
    let Some(key) = options.key else {
        let why = "pseudonyms need a key, else whoever has the names could count them off";
        return Err(ErrorKind::Policy {
            what: "figures under pseudonyms",
            why: why.to_owned(),
        }
        .into());
    };
    if options.policy.check_group(people.len()).is_err() {
        return Ok((Vec::new(), people.len() as u64));
    }
    let mut drawn: Vec<(u64, &&AgentId, &Work)> = people
        .iter()
        .map(|(agent, work)| (keyed(key, agent.as_str()), agent, work))
        .collect();
    drawn.sort_unstable_by_key(|&(drawn, agent, _)| (drawn, agent));
    let row = |(number, (_, _, work)): (u64, (u64, &&AgentId, &Work))| (Who::Number(number), *work);
    Ok(((1..).zip(drawn).map(row).collect(), 0))
}

/// The teams that are large enough. If those left out are together too few to hide in,
/// the smallest teams shown are left out too, until they are enough.
fn teams(people: &BTreeMap<&AgentId, Work>, options: &OperatorOptions) -> Rows {
    let mut teams: BTreeMap<Who, Work> = BTreeMap::new();
    if options.teams.is_empty() {
        return (Vec::new(), 0);
    }
    for (agent, work) in people {
        let team = options.teams.get(*agent).cloned();
        let who = team.map_or(Who::NoTeam, Who::Team);
        teams.entry(who).or_default().add(work);
    }
    let min_group = u64::from(options.policy.min_group());
    let (mut shown, hidden): (Vec<_>, Vec<_>) = teams
        .into_iter()
        .partition(|(_, work)| work.people >= min_group);
    let mut hidden_rows = hidden.len() as u64;
    let mut hidden_people: u64 = hidden.iter().map(|(_, work)| work.people).sum();
    while hidden_people > 0 && hidden_people < min_group {
        let smallest = (0..shown.len()).min_by_key(|&at| shown[at].1.people);
        let Some(smallest) = smallest else { break };
        hidden_people += shown.remove(smallest).1.people;
        hidden_rows += 1;
    }
    (shown, hidden_rows)
}
