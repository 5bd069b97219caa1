//! Packs of working-time rules, as data.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::Rule;
use super::rules::RuleTest;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::{PackId, RuleId};

/// The plain fields of a [`RulePack`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRecord {
    /// Its name.
    pub id: PackId,
    /// What it is, in a few words.
    pub title: String,
    /// The packs whose rules it takes over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<PackId>,
    /// Its own rules.
    pub rules: Vec<Rule>,
}

/// A pack of working-time rules (pacchetto di norme): those of a country, of an
/// agreement, or of a company.
///
/// Invariant: no two rules share a name.
///
/// Packs are data. Seven are built in: `eu`, `it`, `ccnl_tlc`, `uk`, `fr`, `de`, `us`;
/// and `plan`, which says whether a shift fits the operator at all and is part of every
/// check. Whoever needs others writes them as JSON, and extends one that exists:
///
/// ```
/// use floorwalker::roster::{RulePack, RulePacks};
///
/// let house: RulePack = serde_json::from_str(r#"{
///     "id": "house", "title": "Agreement of 12 May 2026", "extends": ["it"],
///     "rules": [{
///         "id": "house.rest", "title": "12 hours between shifts", "replaces": "it.daily_rest",
///         "level": "company", "severity": "breach", "source": "agreement, art. 3",
///         "certainty": "read", "test": {"daily_rest": {"min_minutes": 720}}
///     }]
/// }"#).unwrap();
/// let packs = RulePacks::builtin().with(house);
/// let rules = packs.rules(&"house".parse()?)?;
/// assert!(rules.iter().any(|rule| rule.id.as_str() == "house.rest"));
/// assert!(rules.iter().all(|rule| rule.id.as_str() != "it.daily_rest"));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PackRecord", into = "PackRecord")]
pub struct RulePack(PackRecord);

impl RulePack {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> &PackId {
        &self.0.id
    }

    /// What it is.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// The packs whose rules it takes over.
    #[must_use]
    pub fn extends(&self) -> &[PackId] {
        &self.0.extends
    }

    /// Its own rules, without those it takes over.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.0.rules
    }

    /// The same pack with the blanks of one rule filled in, or its numbers changed.
    ///
    /// ```
    /// use floorwalker::roster::rules::{Notice, NoticeLength, WhoIsTold};
    /// use floorwalker::roster::RulePacks;
    ///
    /// let packs = RulePacks::builtin();
    /// let tlc = packs.pack(&"ccnl_tlc".parse()?).unwrap().clone();
    /// let five_days = Notice { at_least: Some(NoticeLength::Days(5)), who: WhoIsTold::All };
    /// let filled = tlc.filled(&"ccnl_tlc.notice".parse()?, five_days)?;
    /// # let _ = filled;
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `name.unknown` if it has no such rule; `options.conflict` if the test is of
    /// another kind.
    pub fn filled(mut self, rule: &RuleId, test: impl Into<RuleTest>) -> Result<Self> {
        let test = test.into();
        let names: Vec<RuleId> = self.0.rules.iter().map(|one| one.id.clone()).collect();
        let found = self.0.rules.iter_mut().find(|one| one.id == *rule);
        let Some(found) = found else {
            let names = names.iter().map(RuleId::as_str);
            return Err(unknown("rule", rule.as_str(), names));
        };
        if found.test.kind() != test.kind() {
            let why = format!("{rule} is a {}, not a {}", found.test.kind(), test.kind());
            let what = "rule and test";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        found.test = test;
        Ok(self)
    }
}

fn unknown<'a>(what: &'static str, given: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let nearest = nearest(given, known);
    let given = given.to_owned();
    ErrorKind::Unknown {
        what,
        given,
        nearest,
    }
    .into()
}

impl TryFrom<PackRecord> for RulePack {
    type Error = Error;

    fn try_from(record: PackRecord) -> Result<Self> {
        let mut names: Vec<&RuleId> = record.rules.iter().map(|rule| &rule.id).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            let why = format!("{} has {} twice", record.id, pair[0]);
            let what = "rules of a pack";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(Self(record))
    }
}

impl From<RulePack> for PackRecord {
    fn from(pack: RulePack) -> Self {
        pack.0
    }
}

/// The packs at hand, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePacks(BTreeMap<PackId, RulePack>);

/// The built-in packs, in their JSON.
const BUILTIN: [&str; 8] = [
    include_str!("packs/plan.json"),
    include_str!("packs/eu.json"),
    include_str!("packs/it.json"),
    include_str!("packs/ccnl_tlc.json"),
    include_str!("packs/uk.json"),
    include_str!("packs/fr.json"),
    include_str!("packs/de.json"),
    include_str!("packs/us.json"),
];

/// The pack that is part of every check.
pub(super) const PLAN: &str = "plan";

impl RulePacks {
    /// The built-in packs.
    #[must_use]
    pub fn builtin() -> Self {
        static PACKS: OnceLock<RulePacks> = OnceLock::new();
        let read = || {
            let pack = |json: &&str| -> RulePack {
                serde_json::from_str(json).expect("the built-in packs are read by a test")
            };
            let packs = BUILTIN.iter().map(pack);
            Self(packs.map(|pack| (pack.id().clone(), pack)).collect())
        };
        PACKS.get_or_init(read).clone()
    }

    /// The same packs and another; one of the same name is replaced.
    #[must_use]
    pub fn with(mut self, pack: RulePack) -> Self {
        self.0.insert(pack.id().clone(), pack);
        self
    }

    /// The pack called `id`.
    #[must_use]
    pub fn pack(&self, id: &PackId) -> Option<&RulePack> {
        self.0.get(id)
    }

    /// All packs, in the order of their names.
    pub fn all(&self) -> impl Iterator<Item = &RulePack> {
        self.0.values()
    }

    /// The rules of a pack with those it takes over, in their order, each once.
    ///
    /// # Errors
    /// `name.unknown` if a pack, or a rule that one replaces, does not exist;
    /// `options.conflict` if packs extend each other in a circle.
    pub fn rules(&self, id: &PackId) -> Result<Vec<Arc<Rule>>> {
        let mut rules = Vec::new();
        self.collect(id, &mut Vec::new(), &mut rules)?;
        Ok(rules)
    }

    fn collect<'a>(
        &'a self,
        id: &'a PackId,
        path: &mut Vec<&'a PackId>,
        rules: &mut Vec<Arc<Rule>>,
    ) -> Result<()> {
        let Some(pack) = self.0.get(id) else {
            let names = self.0.keys().map(PackId::as_str);
            return Err(unknown("rule pack", id.as_str(), names));
        };
        if path.contains(&id) {
            let why = format!("{id} extends itself");
            let what = "rule packs";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        path.push(id);
        for base in pack.extends() {
            self.collect(base, path, rules)?;
        }
        path.pop();
        for rule in pack.rules() {
            let Some(replaced) = &rule.replaces else {
                rules.retain(|one| one.id != rule.id);
                rules.push(Arc::new(rule.clone()));
                continue;
            };
            let Some(place) = rules.iter().position(|one| one.id == *replaced) else {
                let names = rules.iter().map(|one| one.id.as_str());
                return Err(unknown("rule", replaced.as_str(), names));
            };
            rules[place] = Arc::new(rule.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(id: &str, extends: &str, rules: &str) -> RulePack {
        let json =
            format!(r#"{{"id":"{id}","title":"x","extends":[{extends}],"rules":[{rules}]}}"#);
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn the_built_in_packs_are_read() {
        let packs = RulePacks::builtin();
        let names: Vec<_> = packs.all().map(|pack| pack.id().as_str()).collect();
        let expected = ["ccnl_tlc", "de", "eu", "fr", "it", "plan", "uk", "us"];
        assert_eq!(names, expected);
        for pack in packs.all() {
            assert!(!packs.rules(pack.id()).unwrap().is_empty());
            for rule in pack.rules() {
                let prefix = format!("{}.", pack.id());
                assert!(rule.id.as_str().starts_with(&prefix), "{}", rule.id);
                assert!(
                    !rule.source.is_empty() && !rule.title.is_empty(),
                    "{}",
                    rule.id
                );
                let doubtful = rule.certainty == crate::roster::Certainty::Uncertain;
                assert!(
                    !doubtful || !rule.note.is_empty(),
                    "{} says no doubt",
                    rule.id
                );
            }
            let json = serde_json::to_string(pack).unwrap();
            assert_eq!(serde_json::from_str::<RulePack>(&json).unwrap(), *pack);
        }
    }

    #[test]
    fn circles_and_unknown_names_are_refused() {
        let packs = RulePacks::builtin()
            .with(pack("a", r#""b""#, ""))
            .with(pack("b", r#""a""#, ""))
            .with(pack("c", r#""itt""#, ""));
        let rules = |id: &str| packs.rules(&id.parse().unwrap());
        assert_eq!(rules("a").unwrap_err().code(), "options.conflict");
        assert!(rules("c").unwrap_err().to_string().contains("did you mean"));
        assert_eq!(rules("d").unwrap_err().code(), "name.unknown");
        let gone = r#"{"id":"e.x","title":"x","replaces":"it.gone","level":"law","severity":"notice",
            "source":"x","certainty":"read","test":{"overlap":{}}}"#;
        let packs = RulePacks::builtin().with(pack("e", r#""it""#, gone));
        assert!(packs.rules(&"e".parse().unwrap()).is_err());
    }
}
