//! Identifiers: validated names that the host chooses.
//!
//! The library never makes identifiers up. A name is any text of 1 to 256 bytes
//! without control characters; it is compared letter by letter, so `Sales` and
//! `sales` are two queues.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// The longest identifier, in bytes of UTF-8.
pub const MAX_LEN: usize = 256;

fn check(what: &'static str, name: &str) -> Result<(), Error> {
    let why = if name.is_empty() {
        "it is empty"
    } else if name.len() > MAX_LEN {
        "it is longer than 256 bytes"
    } else if name.chars().any(char::is_control) {
        "it holds a control character"
    } else {
        return Ok(());
    };
    let given = name.chars().take(40).collect();
    Err(ErrorKind::Name { what, given, why }.into())
}

macro_rules! identifiers {
    ($($(#[$docs:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$docs])*
        ///
        /// Cheap to clone. From and to JSON it is plain text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes `name` as an identifier.
            ///
            /// # Errors
            /// `name.invalid` if it is empty, longer than [`MAX_LEN`] bytes or holds
            /// a control character.
            pub fn new(name: impl AsRef<str>) -> Result<Self, Error> {
                let name = name.as_ref();
                check($what, name)?;
                Ok(Self(name.into()))
            }

            /// The name itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &*self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(name: &str) -> Result<Self, Error> {
                Self::new(name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;
            fn try_from(name: String) -> Result<Self, Error> {
                Self::new(name)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                (*id.0).to_owned()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

identifiers! {
    /// A queue (coda): where contacts of one kind wait, also called skill group or split.
    QueueId = "queue";
    /// An operator (operatore) as the telephone system names them.
    AgentId = "agent";
    /// A skill (competenza) that a queue asks for and an operator has.
    SkillId = "skill";
    /// An employment contract, or a kind of contract that several operators share.
    ContractId = "contract";
    /// A place to work at (postazione): a desk with its equipment.
    PositionId = "position";
    /// A group of operators with one leader.
    GroupId = "group";
    /// A site (sede) of the centre.
    SiteId = "site";
    /// A shift template (modello di turno), such as "early".
    ShiftId = "shift";
    /// What an operator does in a part of a shift, such as "phone" or "meal".
    ActivityId = "activity";
    /// A pack of working-time rules, such as "it" or a company's own.
    PackId = "rule pack";
    /// A working-time rule, such as "it.daily_rest".
    RuleId = "rule";
    /// One leg of a contact: one visit to a queue, or one dial.
    LegId = "leg";
    /// A conversation: all the legs of one contact with one customer.
    ConversationId = "conversation";
    /// A customer, as the host knows them; may be a pseudonym.
    CustomerId = "customer";
    /// A complaint (reclamo) or other case, by the number under which it is registered.
    CaseId = "case";
    /// Who did something to a case: a person, or a program such as a timer.
    ActorId = "actor";
    /// A word of an open list that the company chooses: a topic, a role, a state, a reference
    /// to a document. It holds no personal data.
    Label = "label";
    /// A business calendar, as the host names it.
    CalendarId = "calendar";
    /// A state of a case, such as `waiting_customer`.
    CaseStateId = "case state";
    /// A priority (priorità) of a case, such as `urgent`.
    PriorityId = "priority";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_name() {
        for bad in ["", "a\tb", &"x".repeat(257)] {
            assert_eq!(QueueId::new(bad).unwrap_err().code(), "name.invalid");
        }
        assert_eq!(QueueId::new("è 100% ok").unwrap().as_str(), "è 100% ok");
    }

    #[test]
    fn json_goes_through_the_check() {
        assert!(serde_json::from_str::<AgentId>("\"\"").is_err());
        let id: AgentId = serde_json::from_str("\"A01\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"A01\"");
    }
}
