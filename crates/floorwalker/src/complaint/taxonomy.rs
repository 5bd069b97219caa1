//! Topics of complaints that can be taken as a start.

use crate::error::Result;
use crate::id::Label;

/// One topic of a list: its label, and what it is called in English and Italian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The label that is stored.
    pub label: &'static str,
    /// The English name.
    pub english: &'static str,
    /// The Italian name.
    pub italian: &'static str,
}

impl Topic {
    /// The label as an identifier.
    ///
    /// # Errors
    /// Never for the topics of this library; `name.invalid` for an own one whose label
    /// is no label.
    pub fn to_label(self) -> Result<Label> {
        Label::new(self.label)
    }
}

/// The classes by which sellers of energy report complaints in Italy.
///
/// Uncertain: written down from memory of ARERA's reporting classes, not from the text.
/// Any other list can be used; topics are open.
pub const ENERGY_TOPICS: [Topic; 9] = [
    topic("contracts", "contracts", "contratti"),
    topic(
        "arrears",
        "arrears and suspension",
        "morosità e sospensione",
    ),
    topic("market", "market", "mercato"),
    topic("billing", "billing", "fatturazione"),
    topic("metering", "metering", "misura"),
    topic(
        "connections",
        "connections and technical quality",
        "connessioni, lavori e qualità tecnica",
    ),
    topic("social_bonus", "social bonus", "bonus sociale"),
    topic(
        "commercial_quality",
        "commercial quality",
        "qualità commerciale",
    ),
    topic("other", "other", "altro"),
];

const fn topic(label: &'static str, english: &'static str, italian: &'static str) -> Topic {
    Topic {
        label,
        english,
        italian,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_label() {
        for topic in ENERGY_TOPICS {
            assert_eq!(topic.to_label().unwrap().as_str(), topic.label);
        }
    }
}
