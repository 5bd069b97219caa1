//! Contracts: how much, when and under which rules somebody works.

use serde::{Deserialize, Serialize};

use super::Band;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{ContractId, PackId};
use crate::terms::terms;

terms! {
    /// How working time is reduced.
    PartTime ("part-time kind") {
        /// Full time (tempo pieno).
        None = "none",
        /// Fewer hours on each day (orizzontale).
        Horizontal = "horizontal",
        /// Full days, but not all of them (verticale).
        Vertical = "vertical",
        /// Both (misto).
        Mixed = "mixed",
    }
}

/// The plain fields of a [`Contract`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractRecord {
    /// Its name.
    pub id: ContractId,
    /// The pack of working-time rules it is under.
    pub rule_pack: PackId,
    /// The ordinary working time of a week, in minutes.
    pub week_minutes: u32,
    /// On how many days of a week the ordinary time is worked: 5 or 6 for full time.
    #[serde(default = "five")]
    pub days_per_week: u8,
    /// How working time is reduced.
    #[serde(default = "full_time")]
    pub part_time: PartTime,
    /// The agreed hours of part-time work; empty if none are agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Whether an elastic clause (clausola elastica) is signed.
    #[serde(default)]
    pub elastic_clause: bool,
    /// Whether overtime is agreed to.
    #[serde(default)]
    pub overtime_consent: bool,
    /// Whether the limit on the average week is waived where the law lets it, as in
    /// the United Kingdom.
    #[serde(default)]
    pub average_opt_out: bool,
    /// Whether the shifts rotate (turnista).
    #[serde(default)]
    pub rotating: bool,
    /// Whether the times are unpredictable: work on call.
    #[serde(default)]
    pub on_call: bool,
    /// The agreed hours in which somebody working remotely may be contacted; empty if
    /// none are agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_bands: Vec<Band>,
    /// Over how many weeks hours are averaged, where an agreement says other than the
    /// rule pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_weeks: Option<u32>,
    /// The largest part of Sundays to be worked, in percent, if one is agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_sunday_percent: Option<u8>,
    /// Whether the work is screen work as a rule; left out, it is judged by the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_worker: Option<bool>,
    /// Regions whose own rules apply besides those of the country, such as `US-CA`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
}

fn five() -> u8 {
    5
}

fn full_time() -> PartTime {
    PartTime::None
}

/// A contract (contratto di lavoro), as far as it matters to the roster.
///
/// Invariants: the ordinary week has between 1 minute and 168 hours, on 1 to 7 days;
/// averages are over 1 to 53 weeks; shares are at most 100 percent.
///
/// ```
/// use floorwalker::team::Contract;
///
/// let contract: Contract = serde_json::from_str(r#"{
///     "id": "mornings", "rule_pack": "it", "week_minutes": 1200, "part_time": "horizontal",
///     "bands": [{"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "from": "09:00", "until": "13:00"}]
/// }"#).unwrap();
/// assert!(contract.is_part_time());
/// assert_eq!(contract.week_ms(), 20 * 3_600_000);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ContractRecord", into = "ContractRecord")]
pub struct Contract(ContractRecord);

impl Contract {
    /// A full-time contract of 40 hours on 5 days.
    #[must_use]
    pub fn full_time(id: ContractId, rule_pack: PackId) -> Self {
        Self(ContractRecord {
            id,
            rule_pack,
            week_minutes: 40 * 60,
            days_per_week: 5,
            part_time: PartTime::None,
            bands: Vec::new(),
            elastic_clause: false,
            overtime_consent: false,
            average_opt_out: false,
            rotating: false,
            on_call: false,
            contact_bands: Vec::new(),
            average_weeks: None,
            max_sunday_percent: None,
            screen_worker: None,
            regions: Vec::new(),
        })
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &ContractId {
        &self.0.id
    }

    /// The pack of working-time rules it is under.
    #[must_use]
    pub fn rule_pack(&self) -> &PackId {
        &self.0.rule_pack
    }

    /// The ordinary working time of a week, in milliseconds.
    #[must_use]
    pub fn week_ms(&self) -> i64 {
        i64::from(self.0.week_minutes) * 60_000
    }

    /// Whether working time is reduced.
    #[must_use]
    pub fn is_part_time(&self) -> bool {
        self.0.part_time != PartTime::None
    }

    /// All its fields.
    #[must_use]
    pub fn record(&self) -> &ContractRecord {
        &self.0
    }
}

impl TryFrom<ContractRecord> for Contract {
    type Error = Error;
    fn try_from(record: ContractRecord) -> Result<Self> {
        if !(1..=7 * 24 * 60).contains(&record.week_minutes) {
            let given = record.week_minutes;
            return Err(Error::range("ordinary week in minutes", 1, 10_080, given));
        }
        if !(1..=7).contains(&record.days_per_week) {
            let given = record.days_per_week;
            return Err(Error::range("working days of a week", 1, 7, given));
        }
        if let Some(weeks) = record
            .average_weeks
            .filter(|weeks| !(1..=53).contains(weeks))
        {
            return Err(Error::range("weeks of an average", 1, 53, weeks));
        }
        if let Some(percent) = record.max_sunday_percent.filter(|&percent| percent > 100) {
            return Err(Error::range("share of Sundays in percent", 0, 100, percent));
        }
        if record.part_time == PartTime::None && !record.bands.is_empty() {
            let why = format!("contract {} has bands but is full time", record.id);
            let what = "part-time bands and full time";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(Self(record))
    }
}

impl From<Contract> for ContractRecord {
    fn from(contract: Contract) -> Self {
        contract.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(change: impl FnOnce(&mut ContractRecord)) -> Result<Contract> {
        let full = Contract::full_time("full".parse().unwrap(), "it".parse().unwrap());
        let mut record = ContractRecord::from(full);
        change(&mut record);
        record.try_into()
    }

    #[test]
    fn impossible_weeks_are_refused() {
        assert!(read(|c| c.week_minutes = 0).unwrap_err().is_range());
        assert!(read(|c| c.days_per_week = 8).unwrap_err().is_range());
        assert!(read(|c| c.average_weeks = Some(54)).unwrap_err().is_range());
        assert!(read(|c| c.max_sunday_percent = Some(101)).is_err());
    }

    #[test]
    fn full_time_has_no_bands() {
        let band = Band::new(
            [chrono::Weekday::Mon],
            "09:00".parse().unwrap(),
            "13:00".parse().unwrap(),
        )
        .unwrap();
        let error = read(|c| c.bands = vec![band]).unwrap_err();
        assert_eq!(error.code(), "options.conflict");
    }

    #[test]
    fn json_keeps_what_was_given() {
        let contract = read(|c| c.regions = vec!["US-CA".to_owned()]).unwrap();
        let json = serde_json::to_string(&contract).unwrap();
        assert_eq!(serde_json::from_str::<Contract>(&json).unwrap(), contract);
    }
}
