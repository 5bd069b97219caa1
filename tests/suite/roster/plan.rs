//! The short writing for plans, for tests that know what they write.

use chrono::NaiveDate;
use floorwalker::id::AgentId;
use floorwalker::roster::{Activity, Assignment};
use floorwalker::time::Zone;
use floorwalker_testkit::conformance::roster::shorthand;

pub(crate) fn date(text: &str) -> NaiveDate {
    shorthand::date(text).unwrap()
}

pub(crate) fn activity(name: &str) -> Activity {
    shorthand::activity(name).unwrap()
}

pub(crate) fn shifts(text: &str, operator: &AgentId, zone: &Zone) -> Vec<Assignment> {
    shorthand::shifts(text, operator, zone).unwrap()
}
