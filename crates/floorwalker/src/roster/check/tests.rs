use std::cell::Cell;

thread_local! {
    /// How many rows the rules looked at in this thread.
    pub(super) static VISITED: Cell<u64> = const { Cell::new(0) };
}
