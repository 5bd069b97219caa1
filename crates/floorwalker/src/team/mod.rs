//! The team: who works here, under which contract, with which skills, where, and who
//! may be looked at.
//!
//! | record | what it says |
//! |---|---|
//! | [`Operator`] | contracts, skills, groups and protections over time |
//! | [`Contract`] | ordinary week, part-time kind and hours, rule pack |
//! | [`Group`] | leader and deputies |
//! | [`Position`] | equipment and accessibility of a desk |
//! | [`AbsenceCalendar`] | who is away, and who may know why |
//! | [`Staff`] | all of them, checked against each other |
//! | [`AccessPolicy`] | why figures about people may be seen, which groups are too small, until when figures are kept |
//! | [`PseudonymSource`] | numbers instead of names, others in each export |
//! | [`AccessAudit`] | who has looked at whom, when and why |
//! | [`Retained`] | figures with the instant at which they are to be deleted |
//!
//! Records that hold over time carry a [`Validity`]; nothing here asks what day it is.

mod absence;
mod access;
mod audit;
mod band;
mod contract;
mod group;
mod operator;
mod position;
mod protection;
mod pseudonym;
mod retention;
mod skill;
mod staff;
mod suppression;
mod validity;

pub use absence::{Absence, AbsenceCalendar, AbsenceKind, AbsenceStatus};
pub use access::{AccessPolicy, AccessRecord, Granularity};
pub use audit::{AccessAudit, ReadEntry, ReadRequest};
pub use band::Band;
pub use contract::{Contract, ContractRecord, PartTime};
pub use group::Group;
pub use operator::{ContractTerm, Operator, OperatorRecord};
pub use position::{Accessibility, Equipment, Position};
pub use protection::{Protection, ProtectionKind};
pub(crate) use pseudonym::keyed;
pub use pseudonym::{PseudonymSource, Pseudonyms};
pub use retention::Retained;
pub use skill::{Skill, SkillLevel};
pub use staff::{Staff, StaffRecord};
pub use suppression::{CellView, Suppression};
pub use validity::Validity;
