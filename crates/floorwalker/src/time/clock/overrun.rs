//! How far a standard in days was overrun, in steps.

/// How many steps of compensation an answer after `actual_days` is worth where
/// `standard_days` were allowed: 0 in time, 1 up to twice the standard, 2 up to three
/// times, and so on up to `most`.
///
/// The Italian energy regulator pays its base amount once, twice and three times in
/// this way (`most` 3). A standard of 0 days is overrun at the first day in full.
///
/// ```
/// use floorwalker::time::clock::overrun_steps;
///
/// let steps = [30, 31, 60, 61, 90, 91, 400].map(|actual| overrun_steps(30, actual, 3));
/// assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3]);
/// ```
#[must_use]
pub fn overrun_steps(standard_days: u32, actual_days: u32, most: u32) -> u32 {
    if actual_days <= standard_days {
        return 0;
    }
    let times = actual_days
        .checked_sub(1)
        .and_then(|days| days.checked_div(standard_days));
    times.map_or(most, |times| times.min(most))
}
