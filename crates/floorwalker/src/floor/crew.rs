//! Sharing operators between lines: each serves one line at a time.
//!
//! Place after place is filled, those without which a line does not open first, in the
//! order of the lines; where nobody is free, somebody moves to another line they can
//! serve (augmenting paths). That never takes from a line that was filled before, and
//! each first part of the places is filled as well as it can be.

/// Somebody to be shared: bit `l` of `serves` is line `l`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hand {
    pub(super) serves: u64,
    /// The line they serve already, which they keep if they can.
    pub(super) keeps: Option<usize>,
}

/// What a line needs, and what it is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) min: u32,
    pub(super) wanted: u32,
}

/// The line that each serves. Who is left when all lines have what they are to have
/// serves the line, of those they can, that has the fewest.
pub(super) fn share(hands: &[Hand], needs: &[Need]) -> Vec<Option<usize>> {
    let mut sharing = Sharing {
        hands,
        order: order_of(hands),
        line: vec![None; hands.len()],
    };
    let mut filled = vec![0_u32; needs.len()];
    for target in [|need: &Need| need.min, |need: &Need| need.wanted] {
        for (line, need) in needs.iter().enumerate() {
            while filled[line] < target(need) && sharing.fill(line, &mut vec![false; hands.len()]) {
                filled[line] += 1;
            }
        }
    }
    for place in sharing.order.clone() {
        if sharing.line[place].is_none() {
            let can = (0..needs.len()).filter(|&line| hands[place].can(line));
            let fewest = can.min_by_key(|&line| filled[line]);
            if let Some(line) = fewest {
                sharing.line[place] = Some(line);
                filled[line] += 1;
            }
        }
    }
    sharing.line
}

impl Hand {
    fn can(&self, line: usize) -> bool {
        self.serves & (1 << line) != 0
    }
}

/// Those who can do the least first: the versatile stay free for what nobody else can.
fn order_of(hands: &[Hand]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..hands.len()).collect();
    order.sort_by_key(|&place| hands[place].serves.count_ones());
    order
}

struct Sharing<'a> {
    hands: &'a [Hand],
    order: Vec<usize>,
    line: Vec<Option<usize>>,
}

impl Sharing<'_> {
    /// Finds one more for a line; moves others if need be.
    fn fill(&mut self, line: usize, seen: &mut Vec<bool>) -> bool {
        let hands = self.hands;
        let free = |one: &Self, place: usize| hands[place].can(line) && one.line[place].is_none();
        let keeper = |place: &usize| hands[*place].keeps == Some(line);
        let mut order = self.order.iter().copied();
        let found = order
            .clone()
            .filter(keeper)
            .find(|&place| free(self, place));
        let stranger = |place: &usize| hands[*place].keeps.is_none();
        let found = found
            .or_else(|| {
                order
                    .clone()
                    .filter(stranger)
                    .find(|&place| free(self, place))
            })
            .or_else(|| order.find(|&place| free(self, place)));
        if let Some(place) = found {
            self.line[place] = Some(line);
            return true;
        }
        for place in self.order.clone() {
            let Some(other) = self.line[place].filter(|&other| other != line) else {
                continue;
            };
            if !self.hands[place].can(line) || std::mem::replace(&mut seen[place], true) {
                continue;
            }
            // Somebody else takes their place, so that they can come here.
            if self.fill(other, seen) {
                self.line[place] = Some(line);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hand(serves: u64) -> Hand {
        Hand {
            serves,
            keeps: None,
        }
    }

    fn need(min: u32, wanted: u32) -> Need {
        Need { min, wanted }
    }

    fn counts(shared: &[Option<usize>], lines: usize) -> Vec<u32> {
        let of = |line| shared.iter().filter(|one| **one == Some(line)).count() as u32;
        (0..lines).map(of).collect()
    }

    #[test]
    fn the_versatile_go_where_nobody_else_can() {
        let hands = [hand(0b11), hand(0b01), hand(0b11)];
        let shared = share(&hands, &[need(1, 1), need(2, 2)]);
        assert_eq!(shared, [Some(1), Some(0), Some(1)]);
        // The first line wants more, but the second does not open without its two.
        let shared = share(&hands, &[need(1, 3), need(2, 2)]);
        assert_eq!(counts(&shared, 2), [1, 2]);
        assert_eq!(share(&[hand(0)], &[need(1, 1)]), [None]);
    }

    #[test]
    fn who_serves_a_line_keeps_it_and_who_is_left_helps() {
        let keeps = |serves, line| Hand {
            serves,
            keeps: Some(line),
        };
        let hands = [keeps(0b11, 1), keeps(0b11, 0)];
        assert_eq!(share(&hands, &[need(1, 1), need(1, 1)]), [Some(1), Some(0)]);
        let three = [hand(0b11), hand(0b11), hand(0b11)];
        assert_eq!(counts(&share(&three, &[need(1, 1), need(1, 1)]), 2), [2, 1]);
    }

    /// The most places that can be filled: the smallest cut over all sets of lines.
    fn smallest_cut(hands: &[Hand], places: &[u32]) -> u32 {
        let cut = |kept: u64| {
            let outside = (0..places.len()).filter(|&line| kept & (1 << line) == 0);
            let unkept: u32 = outside.map(|line| places[line]).sum();
            unkept + hands.iter().filter(|hand| hand.serves & kept != 0).count() as u32
        };
        (0..1_u64 << places.len()).map(cut).min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn as_many_places_are_filled_as_any_sharing_can(
            hands in proptest::collection::vec(0_u64..8, 0..9),
            needs in proptest::collection::vec((1_u32..4, 0_u32..3), 3),
        ) {
            let hands: Vec<Hand> = hands.into_iter().map(hand).collect();
            let needs: Vec<Need> = needs.into_iter().map(|(min, more)| need(min, min + more)).collect();
            let shared = share(&hands, &needs);
            for (hand, line) in hands.iter().zip(&shared) {
                prop_assert_eq!(line.is_some(), hand.serves != 0);
                prop_assert!(line.is_none_or(|line| hand.can(line)));
            }
            let filled = counts(&shared, needs.len());
            // Each first part of the needed places is filled as well as if the rest did not exist.
            let mins: Vec<u32> = needs.iter().map(|need| need.min).collect();
            for count in 1..=needs.len() {
                let met: u32 = (0..count).map(|line| filled[line].min(mins[line])).sum();
                prop_assert!(met >= smallest_cut(&hands, &mins[..count]));
            }
            let wanted: Vec<u32> = needs.iter().map(|need| need.wanted).collect();
            let met: u32 = filled.iter().zip(&wanted).map(|(&filled, &wanted)| filled.min(wanted)).sum();
            prop_assert_eq!(met, smallest_cut(&hands, &wanted));
        }
    }
}
