//! Complaints: procedure, clocks, escalation, legal policies, figures.
//!
//! # The model
//!
//! A complaint (reclamo) is the sum of its **events**. The state ([`Case`]) has five regions
//! that go on beside each other:
//!
//! | region | answers | type |
//! | --- | --- | --- |
//! | handling | where does it stand? exactly one state | [`Stage`] |
//! | clocks | what is due, by whom, until when? | [`ObligationReading`] |
//! | escalation | how high has it gone? | [`Case::level`] |
//! | remedy | what is done to make good? | [`RemedyState`] |
//! | root cause | why did it happen, and is something done about it? | [`CauseState`] |
//!
//! [`Rules::decide`] takes a state and a [`Command`] and gives events or a typed
//! [`Refusal`]; it changes nothing. [`History`] keeps the events, folds them, and knows two
//! times: when something happened and when it was recorded. What is recorded late, or puts an
//! earlier event right, is judged together with everything that came after. Events are
//! chained by checksums ([`Event`]); personal data lies beside them ([`Vault`]) and can be
//! erased without breaking the chain.
//!
//! What is allowed is data. A [`Procedure`] holds a company's states, conditions, clocks and
//! levels; the one after ISO 10002 is the default, and an impossible one is refused when it
//! is loaded. A [`Policy`] holds what a law or a regulator asks for, with its validity, its
//! sources and how sure it is; [`PolicyBook::answer`] tells in one call which version
//! applies, when the reply is due, what indemnity has become due and what to do next.
//! **Nothing here is legal advice.** Many policies were written down from secondary sources:
//! ask [`Policy::certainty_of`] before relying on one.
//!
//! [`ComplaintTally`] counts complaints, also those of other systems' logs ([`LogColumns`]),
//! mergeably, and is asked for [`Figure`](crate::service::Figure)s.
//!
//! # A complaint, from receipt to acknowledgement
//!
//! ```
//! use floorwalker::complaint::*;
//! use floorwalker::id::{ActorId, CalendarId, CaseId, Label};
//! use floorwalker::time::Zone;
//! use floorwalker::time::business::{Calendar, Timeline};
//!
//! let hours = Timeline::new(Calendar::always_open(Zone::get("Europe/Rome")?));
//! let hours = [(CalendarId::new("office")?, hours)];
//! let rules = Rules::new(Procedure::iso_10002(), PolicyBook::built_in(), hours)?;
//! let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
//!
//! let letter = Personal::new("R-1/letter", "sixteen random bytes", "My bill is wrong ..")?;
//! let receipt = Act::Receive(Receipt {
//!     channel: Channel::Letter,
//!     complainant: Some(letter.seal()),
//!     customer: None,
//!     procedure: rules.procedure().reference().clone(),
//!     subject: None,
//!     text: letter.seal(),
//! });
//! let (desk, received) = (ActorId::new("desk")?, at("2026-05-04T08:00:00Z"));
//! // The letter came on Monday and was opened on Tuesday.
//! let opened = at("2026-05-05T07:00:00Z").timestamp_millis();
//! let command = Command::new(received, desk.clone(), receipt);
//! let mut history = History::open(&rules, CaseId::new("R-1")?, &command, opened).unwrap();
//!
//! let message = Message { automatic: true, channel: Channel::Letter, text: None };
//! let command = Command::new(at("2026-05-05T08:00:00Z"), desk, Act::Acknowledge(message));
//! let refusal = history.carry_out(&rules, &command, command.occurred_ms, &NoOthers).unwrap_err();
//! assert_eq!(refusal.to_string(), "the step acknowledge cannot be taken in the state received");
//! assert_eq!(history.case().stage(), Stage::Received);
//! # Ok::<(), floorwalker::Error>(())
//! ```

mod case;
mod digest;
mod figures;
mod log;
mod money;
mod personal;
mod policy;
mod procedure;
mod reading;
mod taxonomy;
mod words;

pub use case::*;
pub use digest::Digest;
pub use figures::*;
pub use log::{LogCase, LogColumns, LogEntry, Meaning, Meanings};
pub use money::Money;
pub use personal::{Opened, Personal, Sealed, Vault};
pub use policy::*;
pub use procedure::*;
pub use taxonomy::{ENERGY_TOPICS, Topic};
pub use words::*;
