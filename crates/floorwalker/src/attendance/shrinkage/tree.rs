//! The shrinkage tree: total, side, planned or not, part.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::gross_up::{GrossUp, gross_up};
use super::kind::{ShrinkageKind, ShrinkageSide};
use super::share::PartShare;
use crate::error::{Error, ErrorKind};

/// The most parts that are shares of what is left: their product stays exact.
const MAX_OF_REST: usize = 6;

/// One reason for shrinkage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShrinkagePart {
    /// What time is lost to.
    pub kind: ShrinkageKind,
    /// Whether it is known when the plan is made.
    pub planned: bool,
    /// How much, and of what.
    pub share: PartShare,
}

/// A node of the tree with its share of all paid time; its children add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShrinkageNode {
    /// "total", a side, "planned" or "unplanned", or a kind.
    pub name: &'static str,
    /// Share of all paid time, exact.
    pub of_paid: Decimal,
    /// What it is made of.
    pub children: Vec<ShrinkageNode>,
}

/// Why paid time is lost, part by part, each with the base of its share.
///
/// Invariants: the shares of paid time add up to less than 1; at most six parts
/// are shares of what is left.
///
/// Shares of paid time add up. Then each share of the rest takes its part of
/// what is left, in the order given: `1 - (1 - sum) (1 - a) (1 - b) ...`. All of
/// it is exact in decimals. Whoever plans breaks in the roster leaves them out
/// of the tree ([`without`](Self::without)): no break is counted twice.
///
/// ```
/// use floorwalker::attendance::{PartShare, Share, ShrinkageKind, ShrinkagePart, ShrinkageTree};
/// use rust_decimal::Decimal;
///
/// let part = |kind, percent| {
///     let share = PartShare::OfRest(Share::new(Decimal::new(percent, 2))?);
///     Ok::<_, floorwalker::Error>(ShrinkagePart { kind, planned: true, share })
/// };
/// // 10 %, then 5 % and 10 % of what is left: 23.05 %, and not 25 %.
/// let parts = [
///     part(ShrinkageKind::Holiday, 10)?,
///     part(ShrinkageKind::Training, 5)?,
///     part(ShrinkageKind::Break, 10)?,
/// ];
/// let tree = ShrinkageTree::new(parts.to_vec())?;
/// assert_eq!(tree.total(), Decimal::new(2305, 4));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ShrinkagePart>", into = "Vec<ShrinkagePart>")]
pub struct ShrinkageTree(Vec<ShrinkagePart>);

impl ShrinkageTree {
    /// A tree of parts.
    ///
    /// # Errors
    /// `options.conflict` if shares of paid time add up to all of it or more;
    /// `value.out_of_range` with more than six shares of what is left.
    pub fn new(parts: Vec<ShrinkagePart>) -> Result<Self, Error> {
        let paid = of_paid(&parts);
        if paid >= Decimal::ONE {
            let why = format!("they add up to {paid}, and nothing would be left");
            return Err(ErrorKind::Conflict {
                what: "shares of paid time",
                why,
            }
            .into());
        }
        let of_rest = parts
            .iter()
            .filter(|part| matches!(part.share, PartShare::OfRest(_)));
        let count = of_rest.count();
        if count > MAX_OF_REST {
            return Err(Error::range(
                "shares of what is left",
                0,
                MAX_OF_REST,
                count,
            ));
        }
        Ok(Self(parts))
    }

    /// The parts as given.
    #[must_use]
    pub fn parts(&self) -> &[ShrinkagePart] {
        &self.0
    }

    /// The same tree without a kind, because the roster plans for it already.
    #[must_use]
    pub fn without(mut self, kind: ShrinkageKind) -> Self {
        self.0.retain(|part| part.kind != kind);
        self
    }

    /// All shrinkage: share of paid time, exact.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.contributions().into_iter().sum()
    }

    /// How many must be planned so that `net` are there.
    ///
    /// # Errors
    /// As for [`gross_up`].
    pub fn gross_up(&self, net: Decimal) -> Result<GrossUp, Error> {
        gross_up(net, self.total())
    }

    /// The tree with each node's share of all paid time.
    #[must_use]
    pub fn root(&self) -> ShrinkageNode {
        let shares = self.contributions();
        let leaves: Vec<(&ShrinkagePart, Decimal)> = self.0.iter().zip(shares).collect();
        let sides = ShrinkageSide::ALL.iter().map(|&side| {
            let halves = [("planned", true), ("unplanned", false)].map(|(name, planned)| {
                let inside = leaves
                    .iter()
                    .filter(|(part, _)| part.kind.side() == side && part.planned == planned);
                let leaf = |(part, share): &(&ShrinkagePart, Decimal)| ShrinkageNode {
                    name: part.kind.name(),
                    of_paid: *share,
                    children: Vec::new(),
                };
                node(name, inside.map(leaf).collect())
            });
            node(side.name(), halves.into())
        });
        node("total", sides.collect())
    }

    /// What each part takes of all paid time, in the order of the parts.
    fn contributions(&self) -> Vec<Decimal> {
        let mut left = Decimal::ONE - of_paid(&self.0);
        let take = |part: &ShrinkagePart| match part.share {
            PartShare::OfPaid(share) => share.value(),
            PartShare::OfRest(share) => {
                let taken = left * share.value();
                left -= taken;
                taken
            }
        };
        self.0.iter().map(take).collect()
    }
}

fn of_paid(parts: &[ShrinkagePart]) -> Decimal {
    let shares = parts.iter().filter_map(|part| match part.share {
        PartShare::OfPaid(share) => Some(share.value()),
        PartShare::OfRest(_) => None,
    });
    shares.sum()
}

fn node(name: &'static str, children: Vec<ShrinkageNode>) -> ShrinkageNode {
    ShrinkageNode {
        name,
        of_paid: children.iter().map(|child| child.of_paid).sum(),
        children,
    }
}

impl TryFrom<Vec<ShrinkagePart>> for ShrinkageTree {
    type Error = Error;
    fn try_from(parts: Vec<ShrinkagePart>) -> Result<Self, Error> {
        Self::new(parts)
    }
}

impl From<ShrinkageTree> for Vec<ShrinkagePart> {
    fn from(tree: ShrinkageTree) -> Self {
        tree.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::share::Share;
    use super::*;

    fn part(kind: ShrinkageKind, of_rest: bool, ten_thousandths: i64) -> ShrinkagePart {
        let share = Share::new(Decimal::new(ten_thousandths, 4)).unwrap();
        ShrinkagePart {
            kind,
            planned: ten_thousandths % 2 == 0,
            share: if of_rest {
                PartShare::OfRest(share)
            } else {
                PartShare::OfPaid(share)
            },
        }
    }

    #[test]
    fn shares_of_the_same_time_add_up() {
        let parts = vec![
            part(ShrinkageKind::Holiday, false, 1000),
            part(ShrinkageKind::Training, false, 500),
            part(ShrinkageKind::Break, false, 1000),
        ];
        let tree = ShrinkageTree::new(parts).unwrap();
        assert_eq!(tree.total(), Decimal::new(25, 2));
        assert_eq!(
            tree.without(ShrinkageKind::Break).total(),
            Decimal::new(15, 2)
        );
    }

    #[test]
    fn refuses_to_lose_everything() {
        let half = || part(ShrinkageKind::Sickness, false, 5000);
        let error = ShrinkageTree::new(vec![half(), half()]).unwrap_err();
        assert_eq!(error.code(), "options.conflict");
        let many = vec![part(ShrinkageKind::Break, true, 1); 7];
        assert!(ShrinkageTree::new(many).unwrap_err().is_range());
        assert!(Share::new(Decimal::ONE).is_err() && Share::new(Decimal::new(12345, 5)).is_err());
    }

    proptest! {
        /// The total against exact whole numbers: ten-thousandths left after each part.
        #[test]
        fn nodes_add_up_and_the_rest_multiplies(
            paid in prop::collection::vec(0i64..1500, 0..4),
            rest in prop::collection::vec(0i64..10_000, 0..7),
        ) {
            let of_paid = paid.iter().map(|&share| part(ShrinkageKind::Holiday, false, share));
            let of_rest = rest.iter().map(|&share| part(ShrinkageKind::Break, true, share));
            let tree = ShrinkageTree::new(of_paid.chain(of_rest).collect()).unwrap();
            let left = rest.iter().fold(10_000 - i128::from(paid.iter().sum::<i64>()), |left, share| {
                left * i128::from(10_000 - share)
            });
            let scale = 10_000_i128.pow(u32::try_from(rest.len()).unwrap() + 1);
            let lost = Decimal::from_i128_with_scale(scale - left, 4 * (u32::try_from(rest.len()).unwrap() + 1));
            prop_assert_eq!(tree.total(), lost);
            let root = tree.root();
            prop_assert_eq!(root.of_paid, lost);
            let parts: Decimal = root.children.iter().flat_map(|side| &side.children).map(|half| half.of_paid).sum();
            prop_assert_eq!(parts, lost);
        }
    }
}
