//! Whole columns of business time at once.
//!
//! Instants are milliseconds since 1970; [`NULL_MS`] in a row means that it has no
//! value, and gives a row without one.

use super::timeline::Timeline;
use crate::error::{ErrorKind, Result};

/// Stands for "no value" in a column of instants or durations.
pub const NULL_MS: i64 = i64::MIN;

impl Timeline {
    /// [`elapsed_ms`](Self::elapsed_ms) of each row of two columns, written to `out`.
    ///
    /// ```
    /// use floorwalker::time::Zone;
    /// use floorwalker::time::business::{Calendar, NULL_MS, Timeline};
    ///
    /// let timeline = Timeline::new(Calendar::always_open(Zone::utc()));
    /// let mut open = [0; 3];
    /// timeline.elapsed_many(&[0, 500, NULL_MS], &[1_000, 0, 0], &mut open)?;
    /// assert_eq!(open, [1_000, -500, NULL_MS]);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `columns.length_mismatch` if the columns differ in length; nothing is written
    /// then.
    pub fn elapsed_many(&self, from: &[i64], to: &[i64], out: &mut [i64]) -> Result<()> {
        check_length("to", to.len(), from.len())?;
        check_length("out", out.len(), from.len())?;
        for ((&from, &to), out) in from.iter().zip(to).zip(out) {
            *out = if from == NULL_MS || to == NULL_MS {
                NULL_MS
            } else {
                self.elapsed_ms(from, to)
            };
        }
        Ok(())
    }

    /// The earliest instant of [`add_ms`](Self::add_ms) for each row of two columns,
    /// written to `out`; no value where the amount is negative or never passes.
    ///
    /// # Errors
    /// As for [`elapsed_many`](Self::elapsed_many).
    pub fn due_many(&self, from: &[i64], amount: &[i64], out: &mut [i64]) -> Result<()> {
        check_length("amount", amount.len(), from.len())?;
        check_length("out", out.len(), from.len())?;
        for ((&from, &amount), out) in from.iter().zip(amount).zip(out) {
            *out = if from == NULL_MS || amount == NULL_MS {
                NULL_MS
            } else {
                self.add_ms(from, amount).map_or(NULL_MS, |due| due.at_ms)
            };
        }
        Ok(())
    }

    /// [`next_open_ms`](Self::next_open_ms) of each row, written to `out`; no value
    /// where it never opens again.
    ///
    /// # Errors
    /// As for [`elapsed_many`](Self::elapsed_many).
    pub fn next_open_many(&self, at: &[i64], out: &mut [i64]) -> Result<()> {
        check_length("out", out.len(), at.len())?;
        for (&at, out) in at.iter().zip(out) {
            let open = Some(at).filter(|&at| at != NULL_MS);
            *out = open.and_then(|at| self.next_open_ms(at)).unwrap_or(NULL_MS);
        }
        Ok(())
    }

    /// [`is_open_ms`](Self::is_open_ms) of each row, written to `out`; `None` where
    /// there is no value.
    ///
    /// # Errors
    /// As for [`elapsed_many`](Self::elapsed_many).
    pub fn is_open_many(&self, at: &[i64], out: &mut [Option<bool>]) -> Result<()> {
        check_length("out", out.len(), at.len())?;
        for (&at, out) in at.iter().zip(out) {
            *out = (at != NULL_MS).then(|| self.is_open_ms(at));
        }
        Ok(())
    }
}

fn check_length(column: &'static str, given: usize, expected: usize) -> Result<()> {
    if given == expected {
        return Ok(());
    }
    let reference = "the first";
    Err(ErrorKind::ColumnLength {
        column,
        given,
        reference,
        expected,
    }
    .into())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::time::Zone;
    use crate::time::business::{Calendar, DayWindow, WeekHours};

    /// Compiled once: some rows make it compile all years.
    static OFFICE: LazyLock<Timeline> = LazyLock::new(office);

    fn office() -> Timeline {
        let window = DayWindow::new("09:00", "17:00").unwrap();
        let week = WeekHours::monday_to_friday(&[window]).unwrap();
        Timeline::new(Calendar::new(Zone::get("Europe/Rome").unwrap(), week).unwrap())
    }

    #[test]
    fn columns_must_be_equally_long() {
        let (timeline, mut out) = (office(), [7; 2]);
        for result in [
            timeline.elapsed_many(&[0, 0], &[0], &mut out),
            timeline.elapsed_many(&[0, 0], &[0, 0], &mut out[..1]),
            timeline.due_many(&[0, 0], &[0, 0, 0], &mut out),
            timeline.next_open_many(&[0], &mut out),
            timeline.is_open_many(&[0], &mut []),
        ] {
            assert_eq!(result.unwrap_err().code(), "columns.length_mismatch");
        }
        assert_eq!(out, [7; 2]);
    }

    proptest! {
        #[test]
        fn a_column_is_its_rows(rows in proptest::collection::vec(
            prop_oneof![
                4 => (1_600_000_000_000i64..1_900_000_000_000, -1_000i64..1_000_000_000),
                1 => Just((NULL_MS, 5)),
                1 => Just((5, NULL_MS)),
                1 => any::<(i64, i64)>(),
            ],
            0..20,
        )) {
            let timeline = &*OFFICE;
            let (from, second): (Vec<i64>, Vec<i64>) = rows.iter().copied().unzip();
            let (mut elapsed, mut due, mut open) = (vec![0; rows.len()], vec![0; rows.len()], vec![0; rows.len()]);
            let mut is_open = vec![None; rows.len()];
            timeline.elapsed_many(&from, &second, &mut elapsed).unwrap();
            timeline.due_many(&from, &second, &mut due).unwrap();
            timeline.next_open_many(&from, &mut open).unwrap();
            timeline.is_open_many(&from, &mut is_open).unwrap();
            for (row, &(a, b)) in rows.iter().enumerate() {
                if a == NULL_MS {
                    prop_assert_eq!((elapsed[row], due[row], open[row], is_open[row]), (NULL_MS, NULL_MS, NULL_MS, None));
                    continue;
                }
                prop_assert_eq!(is_open[row], Some(timeline.is_open_ms(a)));
                prop_assert_eq!(open[row], timeline.next_open_ms(a).unwrap_or(NULL_MS));
                if b == NULL_MS {
                    prop_assert_eq!((elapsed[row], due[row]), (NULL_MS, NULL_MS));
                } else {
                    prop_assert_eq!(elapsed[row], timeline.elapsed_ms(a, b));
                    prop_assert_eq!(due[row], timeline.add_ms(a, b).map_or(NULL_MS, |due| due.at_ms));
                }
            }
        }
    }
}
