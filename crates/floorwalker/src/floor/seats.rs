//! Giving positions to operators.
//!
//! Each gets a position that suits them and has what their line needs, and which nobody
//! else has at the same time. Who comes first in the list is served first; where all
//! that suit are taken, somebody moves to another that suits them too. At one instant
//! that seats as many as can be seated; over a shift, in which a position passes from
//! one to the next, it is a good answer and not always the best.

use std::collections::BTreeSet;

use crate::id::PositionId;
use crate::team::{Equipment, Operator, Position};
use crate::time::Span;

/// Somebody who needs a position.
#[derive(Clone, Debug)]
pub(super) struct Seeker<'a> {
    pub(super) operator: &'a Operator,
    pub(super) span: Span,
    pub(super) equipment: BTreeSet<Equipment>,
    /// The position they have had, which they keep if they can.
    pub(super) keeps: Option<&'a PositionId>,
}

impl Seeker<'_> {
    fn fits(&self, position: &Position) -> bool {
        let has = |one: &Equipment| position.equipment.contains(one);
        position.suits(self.operator) && self.equipment.iter().all(has)
    }
}

/// The position of each, by its place in `positions`.
pub(super) fn seat(seekers: &[Seeker<'_>], positions: &[&Position]) -> Vec<Option<usize>> {
    let mut seating = Seating {
        seekers,
        choices: seekers.iter().map(|one| choices(one, positions)).collect(),
        taken: vec![Vec::new(); positions.len()],
        seat: vec![None; seekers.len()],
    };
    for seeker in 0..seekers.len() {
        seating.place(seeker, &mut vec![false; positions.len()]);
    }
    seating.seat
}

/// The positions that fit somebody: their own first, then those with the least that
/// they do not need.
fn choices(seeker: &Seeker<'_>, positions: &[&Position]) -> Vec<usize> {
    let fitting = (0..positions.len()).filter(|&at| seeker.fits(positions[at]));
    let mut fitting: Vec<usize> = fitting.collect();
    fitting.sort_by_key(|&at| {
        let position = positions[at];
        let is_own = seeker.keeps == Some(&position.id);
        let spare = position.equipment.len() + position.offers.len();
        (!is_own, position.group.is_none(), spare, &position.id)
    });
    fitting
}

struct Seating<'a> {
    seekers: &'a [Seeker<'a>],
    choices: Vec<Vec<usize>>,
    /// Who sits where, over the whole time.
    taken: Vec<Vec<usize>>,
    seat: Vec<Option<usize>>,
}

impl Seating<'_> {
    fn place(&mut self, seeker: usize, seen: &mut [bool]) -> bool {
        let choices = self.choices[seeker].clone();
        let free = choices.iter().find(|&&position| {
            !seen[position] && self.in_the_way(seeker, position).next().is_none()
        });
        if let Some(&position) = free {
            self.sit(seeker, position);
            return true;
        }
        for position in choices {
            let mut others = self.in_the_way(seeker, position);
            let (Some(other), None) = (others.next(), others.next()) else {
                continue;
            };
            drop(others);
            if std::mem::replace(&mut seen[position], true) {
                continue;
            }
            self.stand_up(other, position);
            if self.place(other, seen) {
                self.sit(seeker, position);
                return true;
            }
            self.sit(other, position);
        }
        false
    }

    /// Who has a position while somebody needs it.
    fn in_the_way(&self, seeker: usize, position: usize) -> impl Iterator<Item = usize> {
        let span = self.seekers[seeker].span;
        let taken = self.taken[position].iter().copied();
        taken.filter(move |&other| self.seekers[other].span.overlap(span).is_some())
    }

    fn sit(&mut self, seeker: usize, position: usize) {
        self.taken[position].push(seeker);
        self.seat[seeker] = Some(position);
    }

    fn stand_up(&mut self, seeker: usize, position: usize) {
        self.taken[position].retain(|&one| one != seeker);
        self.seat[seeker] = None;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn operator(number: usize, needs: &str) -> Operator {
        let json = format!(r#"{{"id":"o{number}","zone":"UTC","contracts":[],"needs":[{needs}]}}"#);
        serde_json::from_str(&json).unwrap()
    }

    fn position(number: usize, equipment: &str, offers: &str) -> Position {
        let json = format!(r#"{{"id":"p{number}","equipment":[{equipment}],"offers":[{offers}]}}"#);
        serde_json::from_str(&json).unwrap()
    }

    fn seeker<'a>(operator: &'a Operator, start: i64, equipment: &[Equipment]) -> Seeker<'a> {
        Seeker {
            operator,
            span: Span::from_millis(start, start + 100).unwrap(),
            equipment: equipment.iter().copied().collect(),
            keeps: None,
        }
    }

    #[test]
    fn somebody_moves_so_that_all_can_sit() {
        let (plain, needy) = (operator(0, ""), operator(1, r#""step_free""#));
        let only = position(0, "", r#""step_free""#);
        let other = position(1, r#""headset","camera""#, "");
        // The plain operator first takes the position with the least to spare.
        let seekers = [seeker(&plain, 0, &[]), seeker(&needy, 0, &[])];
        assert_eq!(seat(&seekers, &[&only, &other]), [Some(1), Some(0)]);
        let headset = [seeker(&needy, 0, &[Equipment::Headset])];
        assert_eq!(seat(&headset, &[&only, &other]), [None]);
    }

    #[test]
    fn a_position_passes_on_and_is_kept() {
        let (a, b) = (operator(0, ""), operator(1, ""));
        let (p, q) = (position(0, "", ""), position(1, "", ""));
        let shifts = [seeker(&a, 0, &[]), seeker(&b, 100, &[])];
        assert_eq!(seat(&shifts, &[&p]), [Some(0), Some(0)]);
        let at_once = [seeker(&a, 0, &[]), seeker(&b, 99, &[])];
        assert_eq!(seat(&at_once, &[&p]), [Some(0), None]);
        let mut kept = seeker(&a, 0, &[]);
        kept.keeps = Some(&q.id);
        assert_eq!(seat(&[kept], &[&p, &q]), [Some(1)]);
    }

    /// The most that can sit, by trying everything.
    fn most(fits: &[Vec<usize>], free: &mut Vec<bool>) -> usize {
        let Some((first, rest)) = fits.split_first() else {
            return 0;
        };
        let mut best = most(rest, free);
        for &place in first {
            if std::mem::replace(&mut free[place], false) {
                best = best.max(1 + most(rest, free));
                free[place] = true;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn at_one_instant_as_many_sit_as_can(
            needs in proptest::collection::vec((any::<bool>(), any::<bool>()), 0..6),
            desks in proptest::collection::vec((any::<bool>(), any::<bool>()), 0..6),
        ) {
            let feature = |wanted: bool, name: &str| if wanted { format!("\"{name}\"") } else { String::new() };
            let operators: Vec<Operator> = (0..needs.len())
                .map(|at| operator(at, &feature(needs[at].0, "step_free")))
                .collect();
            let headset = [Equipment::Headset];
            let seekers: Vec<Seeker<'_>> = (0..needs.len())
                .map(|at| seeker(&operators[at], 0, if needs[at].1 { &headset } else { &[] }))
                .collect();
            let positions: Vec<Position> = (0..desks.len())
                .map(|at| position(at, &feature(desks[at].1, "headset"), &feature(desks[at].0, "step_free")))
                .collect();
            let positions: Vec<&Position> = positions.iter().collect();
            let seats = seat(&seekers, &positions);
            let taken: Vec<usize> = seats.iter().flatten().copied().collect();
            prop_assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), taken.len());
            for (seeker, seat) in seekers.iter().zip(&seats) {
                prop_assert!(seat.is_none_or(|seat| seeker.fits(positions[seat])));
            }
            let fits: Vec<Vec<usize>> = seekers
                .iter()
                .map(|one| (0..positions.len()).filter(|&at| one.fits(positions[at])).collect())
                .collect();
            prop_assert_eq!(taken.len(), most(&fits, &mut vec![true; positions.len()]));
        }
    }
}
