//! The whole numbers of a tally.

use serde::{Deserialize, Serialize};

macro_rules! counts {
    ($($(#[$docs:meta])* $name:ident,)*) => {
        /// What is counted beside the service-level categories.
        ///
        /// Small in the cells of a table (`u32`), wide in a [`Tally`](super::Tally) (`u64`).
        /// Additions stop at the largest number, so merging in any order gives the same.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Counts<N = u64> {
            $($(#[$docs])* pub $name: N,)*
        }

        impl<N> Counts<N> {
            /// The names of the fields, in their order.
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// The fields, in the order of [`NAMES`](Self::NAMES).
            pub(super) fn fields(self) -> impl Iterator<Item = N> {
                [$(self.$name,)*].into_iter()
            }

            /// The same fields, to be changed.
            pub(super) fn fields_mut(&mut self) -> impl Iterator<Item = &mut N> {
                [$(&mut self.$name,)*].into_iter()
            }
        }

        impl Counts<u32> {
            pub(super) fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)*
            }
        }

        impl Counts<u64> {
            pub(super) fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)*
            }
        }

        impl From<Counts<u32>> for Counts<u64> {
            fn from(small: Counts<u32>) -> Self {
                Self { $($name: small.$name.into(),)* }
            }
        }
    };
}

counts! {
    /// Offered legs that came by a transfer.
    transfer_in,
    /// Offered legs that came by overflow.
    overflow_in,
    /// Left because the longest allowed wait was over.
    timed_out,
    /// Left by pressing a key.
    left_by_key,
    /// Left because the queue had no operators.
    left_empty,
    /// Taken out by a command.
    withdrawn,
    /// Ended by a technical fault.
    failed,
    /// Forgotten in a restart.
    lost,
    /// Call-back dials begun.
    callback_dials,
    /// Call-back dials answered.
    callback_answered,
    /// Outbound dials begun.
    outbound_dials,
    /// Outbound dials answered.
    outbound_answered,
    /// Answered legs that ended in a transfer.
    transferred_out,
    /// Answered legs that are wrapped up.
    completed,
    /// Completed legs with time on hold.
    held,
    /// Rings that an operator did not take.
    ring_no_answers,
    /// Completed legs with less talk than the limit of short calls.
    short_answers,
}

/// Sums of time in milliseconds, over offered legs unless said otherwise.
///
/// Additions stop at the largest number (584 million years).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Waits of answered legs.
    pub wait_answered: u64,
    /// Waits of abandoned legs.
    pub wait_abandoned: u64,
    /// Talk of completed legs.
    pub talk: u64,
    /// Hold of completed legs.
    pub hold: u64,
    /// Work after the call of completed legs.
    pub wrap_up: u64,
    /// Operators' time from the answer to the end of the work after it, dials
    /// included, clipped to the interval.
    pub busy: u64,
    /// The longest wait plus one; 0 where none is known. Merges by the larger.
    pub(super) longest_wait_plus_1: u64,
}

impl Sums {
    /// The names of the fields, in their order.
    pub(super) const NAMES: &'static [&'static str] = &[
        "wait_answered",
        "wait_abandoned",
        "talk",
        "hold",
        "wrap_up",
        "busy",
        "longest_wait_plus_1",
    ];

    /// The fields, in the order of [`NAMES`](Self::NAMES).
    pub(super) fn fields(&self) -> [u64; 7] {
        [
            self.wait_answered,
            self.wait_abandoned,
            self.talk,
            self.hold,
            self.wrap_up,
            self.busy,
            self.longest_wait_plus_1,
        ]
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.wait_answered = self.wait_answered.saturating_add(other.wait_answered);
        self.wait_abandoned = self.wait_abandoned.saturating_add(other.wait_abandoned);
        self.talk = self.talk.saturating_add(other.talk);
        self.hold = self.hold.saturating_add(other.hold);
        self.wrap_up = self.wrap_up.saturating_add(other.wrap_up);
        self.busy = self.busy.saturating_add(other.busy);
        self.longest_wait_plus_1 = self.longest_wait_plus_1.max(other.longest_wait_plus_1);
    }

    /// The longest known wait.
    #[must_use]
    pub fn longest_wait(&self) -> Option<u64> {
        self.longest_wait_plus_1.checked_sub(1)
    }
}
