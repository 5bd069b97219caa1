//! Sharing out operators with several skills.
//!
//! Whoever can serve two skills must not be counted twice. In each interval the time of
//! the operators is shared out as a flow: from groups of operators who can serve the
//! same demands, to the demands. Demand after demand is filled; where a group is used
//! up, another demand gives some of it back if it can be served by somebody else
//! (augmenting paths). That never takes from a demand that was filled before, and the
//! sum met is the largest there can be (Ford and Fulkerson 1956).

/// Operators who can serve the same demands: bit `d` of `serves` is demand `d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) serves: u64,
    pub(super) capacity: i64,
}

/// How much of each demand is met.
pub(super) fn share_out(groups: &[Group], wanted: &[i64]) -> Vec<i64> {
    let mut sharing = Sharing {
        groups,
        spare: groups.iter().map(|group| group.capacity).collect(),
        given: vec![vec![0; wanted.len()]; groups.len()],
    };
    let fill = |(demand, &wanted): (usize, &i64)| {
        let mut met = 0;
        while met < wanted {
            let more = sharing.augment(demand, wanted - met);
            if more == 0 {
                break;
            }
            met += more;
        }
        met
    };
    wanted.iter().enumerate().map(fill).collect()
}

struct Sharing<'a> {
    groups: &'a [Group],
    spare: Vec<i64>,
    given: Vec<Vec<i64>>,
}

impl Sharing<'_> {
    /// Gives up to `most` to `demand`, along the shortest path to a group with time to
    /// spare; 0 if there is none.
    fn augment(&mut self, demand: usize, most: i64) -> i64 {
        let demands = self.given.first().map_or(0, Vec::len);
        // For each demand reached: from which it was, and through which group.
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; demands];
        let mut queue = vec![demand];
        let mut next = 0;
        while next < queue.len() {
            let here = queue[next];
            next += 1;
            for group in 0..self.groups.len() {
                if self.groups[group].serves & (1 << here) == 0 {
                    continue;
                }
                if self.spare[group] > 0 {
                    return self.move_along(&reached, (demand, here), group, most);
                }
                for (other, path) in reached.iter_mut().enumerate() {
                    let is_new = other != demand && path.is_none();
                    if is_new && self.given[group][other] > 0 {
                        *path = Some((here, group));
                        queue.push(other);
                    }
                }
            }
        }
        0
    }

    /// The path leads from `ends.0` to `ends.1`, which `group` serves from its spare time.
    fn move_along(
        &mut self,
        reached: &[Option<(usize, usize)>],
        ends: (usize, usize),
        group: usize,
        most: i64,
    ) -> i64 {
        let mut amount = most.min(self.spare[group]);
        let mut here = ends.1;
        while let Some((before, through)) = reached[here].filter(|_| here != ends.0) {
            amount = amount.min(self.given[through][here]);
            here = before;
        }
        self.spare[group] -= amount;
        self.given[group][ends.1] += amount;
        let mut here = ends.1;
        while let Some((before, through)) = reached[here].filter(|_| here != ends.0) {
            self.given[through][here] -= amount;
            self.given[through][before] += amount;
            here = before;
        }
        amount
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn group(serves: u64, capacity: i64) -> Group {
        Group { serves, capacity }
    }

    #[test]
    fn the_versatile_go_where_nobody_else_can() {
        // The first demand could take the versatile group, the second needs it.
        let groups = [group(0b11, 2), group(0b01, 2)];
        assert_eq!(share_out(&groups, &[2, 2]), [2, 2]);
        assert_eq!(share_out(&groups, &[4, 2]), [4, 0]);
        assert_eq!(share_out(&[], &[1]), [0]);
    }

    /// The most that can be met: the smallest cut over all sets of demands.
    fn smallest_cut(groups: &[Group], wanted: &[i64]) -> i64 {
        let sets = 0..1_u64 << wanted.len();
        let cut = |kept: u64| {
            let outside = (0..wanted.len()).filter(|&demand| kept & (1 << demand) == 0);
            let unkept: i64 = outside.map(|demand| wanted[demand]).sum();
            let useful = groups.iter().filter(|group| group.serves & kept != 0);
            unkept + useful.map(|group| group.capacity).sum::<i64>()
        };
        sets.map(cut).min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn as_much_is_met_as_any_sharing_can(
            groups in proptest::collection::vec((0_u64..16, 0_i64..6), 0..6),
            wanted in proptest::collection::vec(0_i64..8, 4),
        ) {
            let groups: Vec<Group> = groups.into_iter().map(|(a, b)| group(a, b)).collect();
            let met = share_out(&groups, &wanted);
            prop_assert!(met.iter().zip(&wanted).all(|(met, wanted)| met <= wanted));
            // Each first part of the demands is met as well as if the rest did not exist.
            for count in 0..=wanted.len() {
                let sum: i64 = met[..count].iter().sum();
                prop_assert_eq!(sum, smallest_cut(&groups, &wanted[..count]));
            }
        }
    }
}
