//! The floor: the live board under any order of arrival, its alarms, and what opens the lines.

mod board_alarms;
mod board_laws;
mod opening;
