//! From sessions and shifts to presence: match, mend, classify, round, deduct.

mod book;
mod class;
mod counts;
mod day;
mod gather;
mod judge;
mod matching;
mod mend;
mod now;
mod overtime;
mod pay;
mod person;
mod place;
mod premiums;
mod rounding;
mod rules;

pub use book::AttendanceBook;
pub use class::{Flag, PresenceClass};
pub use counts::AttendanceCounts;
pub use day::AttendanceDay;
pub use gather::AttendanceInput;
pub use now::{PresenceBoard, PresenceNow, Standing, StandingCounts};
pub use overtime::{WorkingHours, WorkingHoursRecord};
pub use pay::BreakDeduction;
pub use premiums::NightWindow;
pub use rounding::{KimaiMode, PayRounding, Rounding, RoundingKind, RoundingRecord};
pub use rules::{AttendanceRules, Grace, MatchWindow, Mending, PresenceSource};
