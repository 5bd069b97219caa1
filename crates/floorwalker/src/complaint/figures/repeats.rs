//! Complaints of the same customer about the same topic.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, Label};

/// The instants of receipt, with how many, by customer and topic. Kept whole, because
/// whether a complaint is a repeat is not known before all parts are together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Row>", into = "Vec<Row>")]
pub(super) struct Repeats(BTreeMap<(CustomerId, Label), BTreeMap<i64, u64>>);

/// One customer and topic in JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    customer: CustomerId,
    topic: Label,
    received: Vec<(i64, u64)>,
}

impl Repeats {
    pub(super) fn add(&mut self, customer: &CustomerId, topic: &Label, received_ms: i64) {
        let received = self.0.entry((customer.clone(), topic.clone())).or_default();
        *received.entry(received_ms).or_default() += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (key, instants) in &other.0 {
            let mine = self.0.entry(key.clone()).or_default();
            for (&received_ms, &count) in instants {
                *mine.entry(received_ms).or_default() += count;
            }
        }
    }

    /// How many came at most `within_ms` after another of the same customer and topic,
    /// and how many there are. Of several at the same instant all but one are repeats.
    pub(super) fn count(&self, within_ms: i64) -> (u64, u64) {
        let (mut repeats, mut all) = (0, 0);
        for instants in self.0.values() {
            let mut before: Option<i64> = None;
            for (&received_ms, &count) in instants {
                let is_repeat = before.is_some_and(|before| received_ms - before <= within_ms);
                repeats += if is_repeat { count } else { count - 1 };
                all += count;
                before = Some(received_ms);
            }
        }
        (repeats, all)
    }
}

impl From<Vec<Row>> for Repeats {
    fn from(rows: Vec<Row>) -> Self {
        let mut repeats = Self::default();
        for row in rows {
            let mine = repeats.0.entry((row.customer, row.topic)).or_default();
            for (received_ms, count) in row.received.into_iter().filter(|(_, count)| *count > 0) {
                *mine.entry(received_ms).or_default() += count;
            }
        }
        repeats
    }
}

impl From<Repeats> for Vec<Row> {
    fn from(repeats: Repeats) -> Self {
        let rows = repeats.0.into_iter();
        rows.map(|((customer, topic), received)| Row {
            customer,
            topic,
            received: received.into_iter().collect(),
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_counted_from_the_one_before() {
        let (customer, topic) = (
            CustomerId::new("c").unwrap(),
            Label::new("billing").unwrap(),
        );
        let mut repeats = Repeats::default();
        for received_ms in [0, 90, 200, 200] {
            repeats.add(&customer, &topic, received_ms);
        }
        repeats.add(&customer, &Label::new("metering").unwrap(), 1);
        // 90 is within 100 of 0; 200 is not within 100 of 90; the second at 200 repeats the first.
        assert_eq!(repeats.count(100), (2, 5));
        assert_eq!(repeats.count(110), (3, 5));
    }
}
