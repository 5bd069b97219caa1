//! Whether a target was met: the colours of a traffic light, as words.

use serde::{Deserialize, Serialize};

use super::Quotient;

/// How a figure stands to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// At the target or above (green).
    Met,
    /// Below it, within the tolerance (amber).
    Near,
    /// Further below (red).
    Missed,
    /// Too few contacts to say, or none (grey).
    Unjudged,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Met, Self::Near, Self::Missed, Self::Unjudged];

    /// How `level` stands to `share`, with `tolerance` as a share of 1 and at
    /// least `min_contacts` counted.
    #[must_use]
    pub fn of(level: Quotient, share: Quotient, tolerance: Quotient, min_contacts: u64) -> Self {
        let counted = level.denominator();
        let (Some(reached), Some(wanted)) = (level.exact(), share.exact()) else {
            return Self::Unjudged;
        };
        if counted < min_contacts {
            Self::Unjudged
        } else if reached >= wanted {
            Self::Met
        } else if reaches_with(level, share, tolerance) {
            Self::Near
        } else {
            Self::Missed
        }
    }
}

/// Whether `level + tolerance >= share`, in whole numbers.
fn reaches_with(level: Quotient, share: Quotient, tolerance: Quotient) -> bool {
    let [n, p, t] = [level, share, tolerance].map(|part| u128::from(part.denominator().max(1)));
    let [g, q, d] = [level, share, tolerance].map(|part| u128::from(part.numerator()));
    // g/n + d/t >= q/p, times n, p and t. Targets and tolerances are small, so it fits.
    let lacks = (q * n).saturating_sub(g * p);
    lacks.saturating_mul(t) <= d.saturating_mul(n).saturating_mul(p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(good: u64, counted: u64) -> Standing {
        let (share, tolerance) = (Quotient::new(80, 100), Quotient::new(5, 100));
        Standing::of(Quotient::new(good, counted), share, tolerance, 10)
    }

    #[test]
    fn the_limits_belong_to_the_better_side() {
        assert_eq!(standing(80, 100), Standing::Met);
        assert_eq!(standing(79, 100), Standing::Near);
        assert_eq!(standing(75, 100), Standing::Near);
        assert_eq!(standing(74, 100), Standing::Missed);
    }

    #[test]
    fn few_contacts_are_not_judged() {
        assert_eq!(standing(0, 9), Standing::Unjudged);
        assert_eq!(standing(0, 10), Standing::Missed);
        assert_eq!(standing(0, 0), Standing::Unjudged);
    }
}
