//! One operator's days: judged on raw time, then rounded and paid.

use chrono::{Datelike, NaiveDate};

use super::class::{Flag, PresenceClass};
use super::day::AttendanceDay;
use super::gather::Person;
use super::judge::{Judged, Presence, judge};
use super::mend::Mender;
use super::overtime::Weeks;
use super::pay::{Pay, pay};
use super::place::{Attended, place};
use super::premiums::rest_day_millis;
use super::rules::AttendanceRules;
use crate::attendance::planned::PlannedShift;
use crate::attendance::punch::{Repair, Session};
use crate::attendance::spans::SpanSet;
use crate::id::AgentId;
use crate::team::AbsenceKind;
use crate::time::Span;

/// A day and what excuses it, which is not for everybody to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BookRow {
    pub(super) day: AttendanceDay,
    pub(super) absence: Option<AbsenceKind>,
}

/// All days of one operator in order of time, and the repairs.
pub(super) fn days_of(
    agent: &AgentId,
    mut person: Person<'_>,
    rules: &AttendanceRules,
    as_of_ms: i64,
) -> (Vec<BookRow>, Vec<Repair>) {
    let days = std::mem::take(&mut person.days);
    let mender = Mender {
        agent,
        mending: rules.mending,
        punches: &rules.punches,
        stretches: &person.stretches,
        as_of_ms,
    };
    let placed = place(&person, days, &mender);
    let mut rows: Vec<BookRow> = Vec::new();
    for (shift, attended) in person.windows.shifts().iter().zip(&placed.of_shift) {
        let judged = judge_shift(shift, attended, &person, (rules, as_of_ms));
        rows.push(Row { agent, rules }.of_shift(shift, attended, judged));
    }
    for attended in placed.without {
        let parts = by_work_day(attended, rules).into_iter();
        rows.extend(parts.map(|(date, part)| Row { agent, rules }.without_shift(date, &part)));
    }
    rows.sort_by_key(|row| (start_of(&row.day), row.day.work_day));
    finish(&mut rows, agent, rules);
    (rows, placed.repairs)
}

fn judge_shift(
    shift: &PlannedShift,
    attended: &Attended,
    person: &Person<'_>,
    (rules, as_of_ms): (&AttendanceRules, i64),
) -> Judged {
    let there = attended.there();
    let presence = Presence {
        there: &there,
        seen: !attended.sessions.is_empty(),
        incomplete: attended.incomplete,
        as_of_ms,
    };
    judge(shift, &person.absences, &presence, rules.grace)
}

/// Work without a shift, on the days it counts to.
fn by_work_day(attended: Attended, rules: &AttendanceRules) -> Vec<(NaiveDate, Attended)> {
    let Some(hull) = attended.there().hull() else {
        let edge = attended.sessions.iter().find_map(|one| one.from.or(one.to));
        let date = edge.map(|edge| rules.zone.day_of_ms(edge.at_ms()));
        return date.map(|date| (date, attended)).into_iter().collect();
    };
    let days = rules.work_day.days(hull, &rules.zone);
    if let [(date, _)] = days.as_slice() {
        return vec![(*date, attended)];
    }
    let part = |window: Span| Attended {
        sessions: attended
            .sessions
            .iter()
            .filter_map(|one| one.within(window))
            .collect(),
        ..attended
    };
    let part = |(date, window)| (date, part(window));
    days.into_iter()
        .map(part)
        .filter(|(_, part)| !part.sessions.is_empty())
        .collect()
}

/// What all rows of an operator share.
struct Row<'a> {
    agent: &'a AgentId,
    rules: &'a AttendanceRules,
}

impl Row<'_> {
    fn of_shift(&self, shift: &PlannedShift, attended: &Attended, judged: Judged) -> BookRow {
        let mut row = self.paid(shift.work_day(), attended, Some(shift.span()), judged);
        let planned = shift
            .segments()
            .iter()
            .map(|one| one.span.millis().unsigned_abs());
        row.day.planned_ms = planned.sum();
        if shift.is_remote() {
            row.day.flags.push(Flag::Remote);
        }
        row
    }

    fn without_shift(&self, date: NaiveDate, attended: &Attended) -> BookRow {
        let is_rest =
            self.rules.holidays.contains(date) || self.rules.rest_days.contains(&date.weekday());
        let class = match (attended.incomplete, is_rest) {
            (true, _) => PresenceClass::Incomplete,
            (false, true) => PresenceClass::OnRestDayOrHoliday,
            (false, false) => PresenceClass::UnplannedWork,
        };
        self.paid(date, attended, None, Judged::without_shift(class))
    }

    /// The day with its class, raw and rounded times; overtime and rest are added in order of time.
    fn paid(
        &self,
        work_day: NaiveDate,
        attended: &Attended,
        planned: Option<Span>,
        judged: Judged,
    ) -> BookRow {
        let rules = self.rules;
        let Pay {
            worked,
            hull,
            deducted_ms,
            paid_ms,
        } = pay(&attended.sessions, planned, rules);
        let (sunday_ms, holiday_ms) = rest_day_millis(&worked, &rules.zone, &rules.holidays);
        let assumed = SpanSet::of(attended.sessions.iter().filter_map(|one| one.assumed));
        let raw: Vec<SpanSet> = attended.sessions.iter().map(Session::worked).collect();
        let raw = SpanSet::of(raw.iter().flat_map(SpanSet::spans));
        let mut flags = judged.flags;
        flags.extend(attended.repaired.then_some(Flag::Repaired));
        flags.extend(attended.in_progress.then_some(Flag::InProgress));
        let day = AttendanceDay {
            agent: self.agent.clone(),
            work_day,
            planned,
            planned_ms: 0,
            class: judged.class,
            absence: None,
            flags,
            raw: attended.there().hull(),
            rounded: hull,
            late_ms: judged.late_ms,
            early_ms: judged.early_ms,
            gaps: judged.gaps,
            worked_ms: raw.minus(&assumed).millis(),
            assumed_ms: raw.and(&assumed).millis(),
            paid_ms,
            deducted_ms,
            night_ms: rules.night.millis(&worked, &rules.zone),
            sunday_ms,
            holiday_ms,
            overtime_ms: 0,
            supplementary_ms: 0,
            rest_before_ms: None,
        };
        BookRow {
            day,
            absence: judged.absence,
        }
    }
}

/// Adds what depends on the days before: rest, overtime, and the flags in their order.
fn finish(rows: &mut [BookRow], agent: &AgentId, rules: &AttendanceRules) {
    let mut weeks = Weeks::default();
    let mut last_end: Option<i64> = None;
    for BookRow { day, .. } in rows {
        if let Some(raw) = day.raw {
            day.rest_before_ms =
                last_end.map(|end| raw.start_ms().saturating_sub(end).max(0).unsigned_abs());
            last_end = Some(raw.end_ms());
        }
        let extra = weeks.add(day.work_day, day.paid_ms, rules.hours_for(agent));
        (day.overtime_ms, day.supplementary_ms) = (extra.overtime, extra.supplementary);
        let by_time = [
            (Flag::Overtime, day.overtime_ms),
            (Flag::Supplementary, day.supplementary_ms),
            (Flag::Night, day.night_ms),
            (Flag::Sunday, day.sunday_ms),
            (Flag::PublicHoliday, day.holiday_ms),
        ];
        day.flags.extend(
            by_time
                .into_iter()
                .filter(|(_, ms)| *ms > 0)
                .map(|(flag, _)| flag),
        );
        day.flags.sort_unstable();
    }
}

fn start_of(day: &AttendanceDay) -> Option<i64> {
    day.raw.or(day.planned).map(|span| span.start_ms())
}
