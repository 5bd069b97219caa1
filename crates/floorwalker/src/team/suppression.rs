//! Which groups of a table may be shown beside their total.

use serde::{Deserialize, Serialize};

use super::AccessPolicy;
use crate::terms::terms;

terms! {
    /// What becomes of a cell of a table about groups.
    CellView ("cell view") {
        /// It is shown.
        Shown = "shown",
        /// It is left out: so few people are in it that one could be found.
        TooFew = "too_few",
        /// It is left out although it is large enough: the total less the cells that are
        /// shown would give away one that is not.
        Complementary = "complementary",
    }
}

/// Which cells of a list of groups, and whether their total, may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// One for each group, in their order.
    pub cells: Vec<CellView>,
    /// What becomes of the total.
    pub total: CellView,
}

impl Suppression {
    /// The values of the groups that are shown, `None` for the others.
    #[must_use]
    pub fn shown<T>(&self, values: impl IntoIterator<Item = T>) -> Vec<Option<T>> {
        let cells = self.cells.iter().zip(values);
        cells
            .map(|(cell, value)| (*cell == CellView::Shown).then_some(value))
            .collect()
    }
}

impl AccessPolicy {
    /// Which groups of a list may be shown, from the number of people in each (soppressione
    /// con celle complementari).
    ///
    /// A group with fewer people than the smallest one of the policy is left out; an empty
    /// one says nothing about anybody and is shown. If the groups left out are so few that
    /// the total less the rest would give them away - one alone, or together fewer people
    /// than the smallest group - the smallest of the others is left out with them, and so
    /// on; if there is none left, the total is.
    ///
    /// This protects one list with one total. Tables with totals in two directions, or
    /// several tables about the same people, need more.
    ///
    /// ```
    /// use floorwalker::team::{AccessPolicy, CellView, Granularity};
    ///
    /// let policy = AccessPolicy::new("monthly report", "agreement of 12 May 2026", Granularity::Team)?;
    /// let suppression = policy.suppress(&[12, 3, 8, 20]);
    /// use CellView::{Complementary, Shown, TooFew};
    /// assert_eq!(suppression.cells, [Shown, TooFew, Complementary, Shown]);
    /// assert_eq!(suppression.total, Shown);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn suppress(&self, people: &[u64]) -> Suppression {
        let least = u64::from(self.min_group());
        let is_few = |&people: &u64| people > 0 && people < least;
        let view = |people| match is_few(people) {
            true => CellView::TooFew,
            false => CellView::Shown,
        };
        let mut cells: Vec<CellView> = people.iter().map(view).collect();
        let few = people.iter().filter(|people| is_few(people));
        let (mut hidden, mut hidden_people) = (0, 0);
        for people in few {
            hidden += 1;
            hidden_people += people;
        }
        let mut total = CellView::Shown;
        while hidden > 0 && (hidden < 2 || hidden_people < least) {
            let shown =
                (0..people.len()).filter(|&at| cells[at] == CellView::Shown && people[at] > 0);
            let Some(smallest) = shown.min_by_key(|&at| people[at]) else {
                total = if people.iter().sum::<u64>() < least {
                    CellView::TooFew
                } else {
                    CellView::Complementary
                };
                break;
            };
            cells[smallest] = CellView::Complementary;
            hidden += 1;
            hidden_people += people[smallest];
        }
        Suppression { cells, total }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::team::Granularity;

    fn policy() -> AccessPolicy {
        AccessPolicy::new("report", "agreement", Granularity::Team).unwrap()
    }

    #[test]
    fn too_few_in_all_hide_the_total() {
        let alone = policy().suppress(&[3, 0]);
        assert_eq!(alone.cells, [CellView::TooFew, CellView::Shown]);
        assert_eq!(alone.total, CellView::TooFew);
        assert_eq!(policy().suppress(&[]).total, CellView::Shown);
        assert_eq!(policy().suppress(&[3, 4]).total, CellView::Shown);
        assert_eq!(
            policy().suppress(&[5, 9]).shown(["a", "b"]),
            [Some("a"), Some("b")]
        );
    }

    proptest! {
        /// What is left out cannot be told from what is shown: those who know all cells but
        /// the hidden ones learn a sum over at least two groups and five people.
        #[test]
        fn what_is_hidden_cannot_be_subtracted(people in proptest::collection::vec(0_u64..30, 0..12)) {
            let suppression = policy().suppress(&people);
            let cells = people.iter().zip(&suppression.cells);
            let hidden: Vec<u64> = cells
                .clone()
                .filter(|(_, cell)| **cell != CellView::Shown)
                .map(|(people, _)| *people)
                .collect();
            for (&people, cell) in cells {
                prop_assert_eq!(*cell == CellView::TooFew, people > 0 && people < 5);
            }
            if suppression.total == CellView::Shown && !hidden.is_empty() {
                prop_assert!(hidden.len() >= 2 && hidden.iter().sum::<u64>() >= 5);
            }
            if people.iter().all(|&people| people == 0 || people >= 5) {
                prop_assert!(hidden.is_empty() && suppression.total == CellView::Shown);
            }
        }
    }
}
