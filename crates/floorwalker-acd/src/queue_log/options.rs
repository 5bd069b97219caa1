//! What the reader is told before it reads.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use floorwalker::id::{AgentId, QueueId};
use floorwalker::time::{LocalTimePolicy, Zone};
use serde::{Deserialize, Serialize};

use super::pause_words::PauseWords;
use crate::error::{ErrorKind, Result};

/// What a restart of the telephone system means for calls that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restarts {
    /// They are over: waiting callers are lost, conversations are cut.
    EndCalls,
    /// Nothing: several systems write into one log, and another one restarted.
    Ignore,
}

/// How the reader works.
///
/// Invariants: times are not negative; limits are above 0.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::id::{AgentId, QueueId};
/// use floorwalker::time::Zone;
/// use floorwalker_acd::queue_log::Options;
///
/// let options = Options::default()
///     .with_zone(Zone::get("Europe/Rome")?)
///     .with_alias("Local/2001@from-internal/n", AgentId::new("Anna Rossi")?)
///     .with_wrap_up(TimeDelta::seconds(15))?
///     .with_queue_wrap_up(QueueId::new("sales")?, TimeDelta::seconds(30))?;
/// assert_eq!(options.zone().name(), "Europe/Rome");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    zone: Zone,
    local_time: LocalTimePolicy,
    aliases: BTreeMap<String, AgentId>,
    wrap_up_secs: Option<i64>,
    queue_wrap_up_secs: BTreeMap<QueueId, i64>,
    give_up_secs: i64,
    restarts: Restarts,
    outbound_queue: QueueId,
    pause_words: PauseWords,
    follow_agents: bool,
    line_limit: usize,
    open_limit: usize,
    memory: usize,
}

impl Default for Options {
    /// UTC for stamps without a zone, no aliases, no wrap-up, calls given up after a
    /// day without an event, restarts end calls.
    fn default() -> Self {
        Self {
            zone: Zone::utc(),
            local_time: LocalTimePolicy::EARLIER,
            aliases: BTreeMap::new(),
            wrap_up_secs: None,
            queue_wrap_up_secs: BTreeMap::new(),
            give_up_secs: 86_400,
            restarts: Restarts::EndCalls,
            outbound_queue: QueueId::new("outbound").expect("a name"),
            pause_words: PauseWords::default(),
            follow_agents: true,
            line_limit: 64 * 1024,
            open_limit: 262_144,
            memory: 8_192,
        }
    }
}

impl Options {
    /// The same with the zone of stamps that have none (tables written by
    /// `realtime` logging; the file has whole seconds of UTC and needs none).
    #[must_use]
    pub fn with_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// The same with another way out of local times that do not exist or exist twice.
    ///
    /// In the hour that comes twice, [`Double::Earlier`](floorwalker::time::Double) is
    /// the start: once rows go back in local time, the later one is meant. What is
    /// refused becomes a finding, and the row is left out.
    #[must_use]
    pub fn with_local_time(self, policy: LocalTimePolicy) -> Self {
        Self {
            local_time: policy,
            ..self
        }
    }

    /// The same with another name under which an operator appears in the log, such as
    /// the interface `Local/2001@from-queue/n` or the device `PJSIP/201`.
    #[must_use]
    pub fn with_alias(mut self, in_log: impl Into<String>, agent: AgentId) -> Self {
        self.aliases.insert(in_log.into(), agent);
        self
    }

    /// The same with the work after each call that the telephone system grants
    /// (`wrapuptime`). The log itself does not tell it.
    ///
    /// # Errors
    /// `map.invalid` unless it lies between 0 and 30 days.
    pub fn with_wrap_up(self, time: TimeDelta) -> Result<Self> {
        let wrap_up_secs = Some(secs("wrap-up", time)?);
        Ok(Self {
            wrap_up_secs,
            ..self
        })
    }

    /// The same with the work after each call of one queue.
    ///
    /// # Errors
    /// `map.invalid` unless it lies between 0 and 30 days.
    pub fn with_queue_wrap_up(mut self, queue: QueueId, time: TimeDelta) -> Result<Self> {
        self.queue_wrap_up_secs
            .insert(queue, secs("wrap-up", time)?);
        Ok(self)
    }

    /// The same giving up calls of which nothing was heard for this long.
    ///
    /// # Errors
    /// `map.invalid` unless it lies between 0 and 30 days.
    pub fn with_give_up_after(self, time: TimeDelta) -> Result<Self> {
        let give_up_secs = secs("limit of calls that never end", time)?;
        Ok(Self {
            give_up_secs,
            ..self
        })
    }

    /// The same with another meaning of restarts.
    #[must_use]
    pub fn with_restarts(self, restarts: Restarts) -> Self {
        Self { restarts, ..self }
    }

    /// The same with the queue under which dials appear that name none.
    #[must_use]
    pub fn with_outbound_queue(self, queue: QueueId) -> Self {
        Self {
            outbound_queue: queue,
            ..self
        }
    }

    /// The same with other words for the kinds of pauses.
    #[must_use]
    pub fn with_pause_words(self, words: PauseWords) -> Self {
        Self {
            pause_words: words,
            ..self
        }
    }

    /// The same without sessions, pauses and states of operators.
    #[must_use]
    pub fn without_agents(self) -> Self {
        Self {
            follow_agents: false,
            ..self
        }
    }

    /// The same with other limits: the longest line in bytes, how many calls may be
    /// open at once, and how many calls that are over are remembered to recognise
    /// lines that come again.
    ///
    /// # Errors
    /// `map.invalid` if one of them is 0.
    pub fn with_limits(self, line: usize, open_calls: usize, remembered: usize) -> Result<Self> {
        if line == 0 || open_calls == 0 || remembered == 0 {
            let given = format!("{line}, {open_calls} and {remembered}");
            return Err(ErrorKind::Map(format!("limits must be above 0, given {given}")).into());
        }
        Ok(Self {
            line_limit: line,
            open_limit: open_calls,
            memory: remembered,
            ..self
        })
    }

    /// The zone of stamps that have none.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// What is done with local times that do not exist or exist twice.
    #[must_use]
    pub fn local_time(&self) -> LocalTimePolicy {
        self.local_time
    }

    /// Other names of operators in the log.
    #[must_use]
    pub fn aliases(&self) -> &BTreeMap<String, AgentId> {
        &self.aliases
    }

    /// The work after each call of `queue`, if it was told.
    #[must_use]
    pub fn wrap_up(&self, queue: &QueueId) -> Option<TimeDelta> {
        let secs = self.queue_wrap_up_secs.get(queue).copied();
        secs.or(self.wrap_up_secs).map(TimeDelta::seconds)
    }

    /// After how long without an event a call is given up.
    #[must_use]
    pub fn give_up_after(&self) -> TimeDelta {
        TimeDelta::seconds(self.give_up_secs)
    }

    /// What restarts mean.
    #[must_use]
    pub fn restarts(&self) -> Restarts {
        self.restarts
    }

    /// The queue under which dials appear that name none.
    #[must_use]
    pub fn outbound_queue(&self) -> &QueueId {
        &self.outbound_queue
    }

    /// The words for the kinds of pauses.
    #[must_use]
    pub fn pause_words(&self) -> &PauseWords {
        &self.pause_words
    }

    /// Whether sessions, pauses and states of operators are made.
    #[must_use]
    pub fn follows_agents(&self) -> bool {
        self.follow_agents
    }

    /// The longest line, in bytes.
    #[must_use]
    pub fn line_limit(&self) -> usize {
        self.line_limit
    }

    /// How many calls may be open at once.
    #[must_use]
    pub fn open_limit(&self) -> usize {
        self.open_limit
    }

    /// How many calls that are over are remembered.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.memory
    }

    /// Whether the parts could have been made by the methods above.
    pub(crate) fn is_sound(&self) -> bool {
        let time = |secs: i64| (0..=MAX_SECS).contains(&secs);
        self.wrap_up_secs.is_none_or(time)
            && self.queue_wrap_up_secs.values().all(|&secs| time(secs))
            && time(self.give_up_secs)
            && self.line_limit.min(self.open_limit).min(self.memory) > 0
    }
}

const MAX_SECS: i64 = 30 * 86_400;

fn secs(what: &str, time: TimeDelta) -> Result<i64> {
    let secs = time.num_seconds();
    if (0..=MAX_SECS).contains(&secs) && time >= TimeDelta::zero() {
        return Ok(secs);
    }
    let why = format!("{what} must be between 0 and {MAX_SECS} s, given {secs}");
    Err(ErrorKind::Map(why).into())
}
