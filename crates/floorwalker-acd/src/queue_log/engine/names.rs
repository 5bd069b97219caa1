//! Queues, operators and pause reasons by number.

use std::collections::{BTreeMap, HashMap};

use floorwalker::id::{AgentId, MAX_LEN, QueueId};
use serde::{Deserialize, Serialize};

use super::hash;
use super::index::Index;
use crate::decode;
use crate::finding::FindingKind;

/// More names than this of one kind are no centre; they are refused.
const MOST: usize = 65_536;

/// The number of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Known(u32),
    /// Met for the first time, perhaps with something odd about it.
    New(u32, Option<FindingKind>),
    /// There are too many.
    TooMany,
}

/// Names in the order in which they turned up.
#[derive(Clone, Debug)]
struct List<T> {
    names: Vec<T>,
    by_name: HashMap<String, u32>,
    /// Every spelling of a name in bytes, and the number of the name.
    spellings: Vec<(Box<[u8]>, u32)>,
    key: u64,
    index: Index,
}

impl<T> List<T> {
    fn new() -> Self {
        Self {
            names: Vec::new(),
            by_name: HashMap::new(),
            spellings: Vec::new(),
            key: hash::random_key(),
            index: Index::new(),
        }
    }

    fn known(&self, bytes: &[u8]) -> Option<u32> {
        let is_it = |spelling: u32| hash::same(&self.spellings[spelling as usize].0, bytes);
        let found = self.index.find(hash::mix_bytes(self.key, bytes), is_it)?;
        Some(self.spellings[found as usize].1)
    }

    fn code(
        &mut self,
        bytes: &[u8],
        translate: impl Fn(&str) -> Option<T>,
        key: impl Fn(&T) -> &str,
    ) -> Named {
        match self.known(bytes) {
            Some(code) => Named::Known(code),
            None => self.add(bytes, translate, key),
        }
    }

    #[cold]
    fn add(
        &mut self,
        bytes: &[u8],
        translate: impl Fn(&str) -> Option<T>,
        key: impl Fn(&T) -> &str,
    ) -> Named {
        let (clean, changed) = decode::name(bytes, MAX_LEN);
        let Some(name) = translate(&clean) else {
            return Named::TooMany;
        };
        if self.spellings.len() >= 2 * MOST {
            return Named::TooMany;
        }
        let code = match self.by_name.get(key(&name)) {
            Some(&code) => code,
            None if self.names.len() >= MOST => return Named::TooMany,
            None => {
                let code = self.names.len() as u32;
                self.by_name.insert(key(&name).to_owned(), code);
                self.names.push(name);
                code
            }
        };
        self.spell(bytes, code);
        let odd = if changed {
            Some(FindingKind::NameChanged)
        } else if std::str::from_utf8(bytes).is_err() {
            Some(FindingKind::NotUtf8)
        } else {
            None
        };
        Named::New(code, odd)
    }

    fn spell(&mut self, bytes: &[u8], code: u32) {
        let spelling = self.spellings.len() as u32;
        self.spellings.push((bytes.into(), code));
        self.index
            .insert(hash::mix_bytes(self.key, bytes), spelling);
    }

    /// The spellings that were reported as odd, for a saved state.
    fn odd(&self) -> Vec<(Vec<u8>, u32)> {
        let odd = self.spellings.iter().filter(|(bytes, _)| {
            std::str::from_utf8(bytes).map_or(true, |text| text.chars().any(char::is_control))
        });
        odd.map(|(bytes, code)| (bytes.to_vec(), *code)).collect()
    }
}

/// All names of a log.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    queues: List<QueueId>,
    queue_hashes: Vec<u64>,
    agents: List<AgentId>,
    reasons: List<String>,
    /// For each operator's name, the operator it stands for.
    same_as: Vec<u32>,
}

impl Names {
    pub(crate) fn new() -> Self {
        let mut names = Self {
            queues: List::new(),
            queue_hashes: Vec::new(),
            agents: List::new(),
            reasons: List::new(),
            same_as: Vec::new(),
        };
        // Number 0 is "no reason".
        names.reason(b"");
        names
    }

    /// The number of a queue. A queue without a name is called NONE, as in the log.
    pub(crate) fn queue(&mut self, bytes: &[u8]) -> Named {
        let bytes = if bytes.is_empty() { b"NONE" } else { bytes };
        let named = self
            .queues
            .code(bytes, |name| QueueId::new(name).ok(), QueueId::as_str);
        self.hash_queues();
        named
    }

    fn hash_queues(&mut self) {
        while let Some(queue) = self.queues.names.get(self.queue_hashes.len()) {
            self.queue_hashes
                .push(hash::stable(queue.as_str().as_bytes()));
        }
    }

    /// Whether a queue is spelled just so.
    pub(crate) fn is_queue(&self, code: u32, bytes: &[u8]) -> bool {
        hash::same(self.queue_id(code).as_str().as_bytes(), bytes)
    }

    /// Whether an operator's name is spelled just so.
    pub(crate) fn is_agent(&self, code: u32, bytes: &[u8]) -> bool {
        hash::same(self.agent_id(code).as_str().as_bytes(), bytes)
    }

    /// The number of an operator's name; `aliases` are other names for the same operator.
    pub(crate) fn agent(&mut self, bytes: &[u8], aliases: &BTreeMap<String, AgentId>) -> Named {
        let translate = |name: &str| match aliases.get(name) {
            Some(alias) => Some(alias.clone()),
            None => AgentId::new(name).ok(),
        };
        let named = self.agents.code(bytes, translate, AgentId::as_str);
        while self.same_as.len() < self.agents.names.len() {
            self.same_as.push(self.same_as.len() as u32);
        }
        named
    }

    /// The number of a pause reason; with too many of them, that of none.
    pub(crate) fn reason(&mut self, bytes: &[u8]) -> u32 {
        match self
            .reasons
            .code(bytes, |name| Some(name.to_owned()), String::as_str)
        {
            Named::Known(code) | Named::New(code, _) => code,
            Named::TooMany => 0,
        }
    }

    /// The operator whom a name stands for.
    pub(crate) fn person(&self, agent: u32) -> u32 {
        self.same_as.get(agent as usize).copied().unwrap_or(agent)
    }

    /// From now on one name stands for the operator of another.
    pub(crate) fn unite(&mut self, name: u32, with: u32) {
        let person = self.person(with);
        for same in &mut self.same_as {
            if *same == name {
                *same = person;
            }
        }
    }

    pub(crate) fn queue_id(&self, code: u32) -> &QueueId {
        &self.queues.names[code as usize]
    }

    /// A number that is the same for the same queue in every run.
    pub(crate) fn queue_hash(&self, code: u32) -> u64 {
        self.queue_hashes.get(code as usize).copied().unwrap_or(0)
    }

    pub(crate) fn agent_id(&self, code: u32) -> &AgentId {
        &self.agents.names[code as usize]
    }

    pub(crate) fn reason_text(&self, code: u32) -> &str {
        &self.reasons.names[code as usize]
    }

    /// How many queues, operators and reasons there are.
    pub(crate) fn counts(&self) -> [usize; 3] {
        [
            self.queues.names.len(),
            self.agents.names.len(),
            self.reasons.names.len(),
        ]
    }

    pub(crate) fn saved(&self) -> SavedNames {
        SavedNames {
            queues: self.queues.names.clone(),
            agents: self.agents.names.clone(),
            reasons: self.reasons.names.clone(),
            same_as: self.same_as.clone(),
            odd_queues: self.queues.odd(),
            odd_agents: self.agents.odd(),
        }
    }

    /// The names of a saved state; `None` if they contradict themselves.
    pub(crate) fn restored(saved: SavedNames) -> Option<Self> {
        let count = saved.agents.len();
        let persons_exist = saved.same_as.iter().all(|&same| (same as usize) < count);
        if !persons_exist || saved.same_as.len() != count || !saved.reasons.first()?.is_empty() {
            return None;
        }
        let mut names = Self {
            queues: restored(saved.queues, QueueId::as_str, saved.odd_queues)?,
            queue_hashes: Vec::new(),
            agents: restored(saved.agents, AgentId::as_str, saved.odd_agents)?,
            reasons: restored(saved.reasons, String::as_str, Vec::new())?,
            same_as: saved.same_as,
        };
        names.hash_queues();
        Some(names)
    }
}

fn restored<T>(
    names: Vec<T>,
    key: impl Fn(&T) -> &str,
    odd: Vec<(Vec<u8>, u32)>,
) -> Option<List<T>> {
    let mut list = List::new();
    for (code, name) in names.iter().enumerate() {
        let known = list.by_name.insert(key(name).to_owned(), code as u32);
        list.spell(key(name).as_bytes(), code as u32);
        if known.is_some() || code >= MOST {
            return None;
        }
    }
    for (bytes, code) in odd {
        if code as usize >= names.len() {
            return None;
        }
        if list.known(&bytes).is_none() {
            list.spell(&bytes, code);
        }
    }
    list.names = names;
    Some(list)
}

/// The names as they are saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedNames {
    queues: Vec<QueueId>,
    agents: Vec<AgentId>,
    reasons: Vec<String>,
    same_as: Vec<u32>,
    odd_queues: Vec<(Vec<u8>, u32)>,
    odd_agents: Vec<(Vec<u8>, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_number() {
        let mut names = Names::new();
        let none = BTreeMap::new();
        assert_eq!(names.agent("Nicolò".as_bytes(), &none), Named::New(0, None));
        let odd = Some(FindingKind::NotUtf8);
        assert_eq!(names.agent(b"Nicol\xf2", &none), Named::New(0, odd));
        assert_eq!(names.agent(b"Nicol\xf2", &none), Named::Known(0));
        let restored = Names::restored(names.saved()).unwrap();
        assert_eq!(restored.clone().agent(b"Nicol\xf2", &none), Named::Known(0));
        assert_eq!(restored.counts(), names.counts());
    }

    #[test]
    fn aliases_are_names_of_one_operator() {
        let mut names = Names::new();
        let aliases = BTreeMap::from([("SIP/201".to_owned(), AgentId::new("Anna").unwrap())]);
        names.agent(b"Anna", &aliases);
        assert_eq!(names.agent(b"SIP/201", &aliases), Named::New(0, None));
        names.agent(b"Local/1@x", &aliases);
        names.agent(b"Agent/1", &aliases);
        names.unite(1, 2);
        assert_eq!(names.person(1), 2);
        assert_eq!(names.agent_id(names.person(1)).as_str(), "Agent/1");
    }
}
