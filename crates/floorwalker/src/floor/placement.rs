//! Placement for a shift: who sits where and does what, from when to when.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::crew::{Hand, Need, share};
use super::hands::on_duty;
use super::line::{Line, check};
use super::seats::{Seeker, seat};
use crate::error::Result;
use crate::id::{ActivityId, AgentId, PositionId, QueueId};
use crate::roster::{Assignment, Roster, Segment};
use crate::team::{AbsenceCalendar, AccessPolicy, Operator, Position, Staff};
use crate::time::Span;
use crate::time::business::Timeline;

/// What is known when operators are placed.
#[derive(Clone, Copy, Debug)]
pub struct PlacementInput<'a> {
    /// The staff, with skills and positions.
    pub staff: &'a Staff,
    /// Who is planned to do what.
    pub roster: &'a Roster,
    /// Who is away.
    pub absences: &'a AbsenceCalendar,
    /// Positions that cannot be used.
    pub out_of_order: &'a BTreeSet<PositionId>,
    /// The positions that operators have had, which they keep if they can.
    pub kept: &'a BTreeMap<AgentId, PositionId>,
}

/// What an operator does for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// When.
    pub span: Span,
    /// What.
    pub activity: ActivityId,
    /// The line they serve, if they take contacts and one is open that they can serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<QueueId>,
}

/// Where an operator sits, and what they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    /// Who.
    pub operator: AgentId,
    /// Where; none if they work away from the site, or no position suits them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// Whether they work away from the site.
    pub remote: bool,
    /// What they do, in order of time. Absences are gaps.
    pub duties: Vec<Duty>,
}

impl Placed {
    /// Whether they need a position and have none.
    #[must_use]
    pub fn is_unseated(&self) -> bool {
        self.position.is_none() && !self.remote
    }
}

/// A line has fewer operators than it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineGap {
    /// Which.
    pub queue: QueueId,
    /// When.
    pub span: Span,
    /// How many are missing of those without which it does not open.
    pub to_open: u32,
    /// How many are missing of those it is to have.
    pub to_wanted: u32,
}

/// Who sits where and does what over a shift (assegnazione di postazioni e attività).
///
/// Between two changes of anybody's plan the operators who take contacts are shared out
/// between the lines that are open, as for [`Opening`](super::Opening); whoever served a
/// line keeps it as long as nobody else is needed elsewhere. An operator whose activity
/// puts them on the floor in part counts as one.
///
/// Each keeps one position for all their time, which another may have before and after;
/// it has what all the lines need that they serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    span: Span,
    placed: Vec<Placed>,
    gaps: Vec<LineGap>,
}

impl Placement {
    /// Places the operators of a roster over `span`. Lines are in the order of their
    /// importance.
    ///
    /// # Errors
    /// `value.out_of_range` for more than 64 lines; `options.conflict` if two are for one
    /// queue.
    pub fn plan(lines: &[Line], input: PlacementInput<'_>, span: Span) -> Result<Self> {
        check(lines)?;
        let mut shift = Shift::of(lines, input, span);
        let gaps = shift.share_out();
        Ok(Self {
            span,
            gaps,
            placed: shift.seat(),
        })
    }

    /// For when.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// How many operators are placed.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.placed.len()
    }

    /// Each operator, by name.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn placed(&self, policy: &AccessPolicy) -> Result<&[Placed]> {
        policy.check_names()?;
        Ok(&self.placed)
    }

    /// How many need a position and have none.
    #[must_use]
    pub fn unseated(&self) -> usize {
        self.placed.iter().filter(|one| one.is_unseated()).count()
    }

    /// Where and when lines have too few operators, line by line and in order of time.
    #[must_use]
    pub fn gaps(&self) -> &[LineGap] {
        &self.gaps
    }
}

/// A stretch of an operator's time with one activity.
struct Stretch<'a> {
    span: Span,
    segment: &'a Segment,
    assignment: &'a Assignment,
}

struct Worker<'a> {
    operator: &'a Operator,
    stretches: Vec<Stretch<'a>>,
    duties: Vec<Duty>,
    lines: BTreeSet<usize>,
    line: Option<usize>,
}

struct Shift<'a> {
    lines: &'a [Line],
    input: PlacementInput<'a>,
    span: Span,
    open: Vec<Option<Vec<Span>>>,
    workers: Vec<Worker<'a>>,
}

impl<'a> Shift<'a> {
    fn of(lines: &'a [Line], input: PlacementInput<'a>, span: Span) -> Self {
        let open = lines.iter().map(|line| {
            let hours = line.record().hours.as_ref()?;
            let timeline = Timeline::over(hours.clone(), span);
            Some(timeline.windows(span).collect())
        });
        let workers = input.staff.operators().iter().filter_map(|operator| {
            let stretches = stretches(operator, input, span);
            (!stretches.is_empty()).then_some(Worker {
                operator,
                stretches,
                duties: Vec::new(),
                lines: BTreeSet::new(),
                line: None,
            })
        });
        Self {
            lines,
            input,
            span,
            open: open.collect(),
            workers: workers.collect(),
        }
    }

    /// The instants at which anything changes.
    fn bounds(&self) -> Vec<i64> {
        let of_workers = self.workers.iter().flat_map(|one| &one.stretches);
        let of_workers = of_workers.map(|stretch| stretch.span);
        let of_lines = self.open.iter().flatten().flatten().copied();
        let spans = of_workers.chain(of_lines).chain([self.span]);
        let both = spans.flat_map(|span| [span.start_ms(), span.end_ms()]);
        let mut bounds: Vec<i64> = both.collect();
        bounds.sort_unstable();
        bounds.dedup();
        bounds
    }

    fn is_open(&self, line: usize, at_ms: i64) -> bool {
        let windows = self.open[line].as_ref();
        windows.is_none_or(|windows| windows.iter().any(|window| window.contains_ms(at_ms)))
    }

    /// Gives everybody a line between each two changes; says where too few are left.
    fn share_out(&mut self) -> Vec<LineGap> {
        let bounds = self.bounds();
        let mut gaps: Vec<Vec<LineGap>> = vec![Vec::new(); self.lines.len()];
        for pair in bounds.windows(2) {
            let Ok(span) = Span::from_millis(pair[0], pair[1]) else {
                continue;
            };
            let needs = self.needs(span);
            let hands: Vec<Hand> = (0..self.workers.len())
                .map(|at| self.hand(at, span))
                .collect();
            let lines = share(&hands, &needs);
            for (worker, line) in self.workers.iter_mut().zip(&lines) {
                worker.work(span, *line, self.lines);
            }
            for (line, need) in needs.iter().enumerate() {
                let have = lines.iter().filter(|one| **one == Some(line)).count();
                let have = u32::try_from(have).unwrap_or(u32::MAX);
                if have < need.wanted {
                    add_gap(
                        &mut gaps[line],
                        LineGap {
                            queue: self.lines[line].queue().clone(),
                            span,
                            to_open: need.min.saturating_sub(have),
                            to_wanted: need.wanted - have,
                        },
                    );
                }
            }
        }
        gaps.into_iter().flatten().collect()
    }

    fn needs(&self, span: Span) -> Vec<Need> {
        let need = |(number, line): (usize, &Line)| {
            let (min, wanted) = (line.record().min_operators, line.record().wanted_operators);
            match self.is_open(number, span.start_ms()) {
                true => Need { min, wanted },
                false => Need { min: 0, wanted: 0 },
            }
        };
        self.lines.iter().enumerate().map(need).collect()
    }

    fn hand(&self, worker: usize, span: Span) -> Hand {
        let worker = &self.workers[worker];
        let nothing = Hand {
            serves: 0,
            keeps: None,
        };
        let stretch = worker.at(span.start_ms());
        let Some(stretch) = stretch.filter(|one| on_duty(&one.segment.activity)) else {
            return nothing;
        };
        let day = stretch.assignment.work_day();
        let meant = stretch.segment.activity.skills();
        let can = |(number, line): &(usize, &Line)| {
            let Some(skill) = &line.record().skill else {
                return self.is_open(*number, span.start_ms());
            };
            let level = worker.operator.skill_on(day, skill);
            level.is_some_and(|level| level >= line.record().level)
                && (meant.is_empty() || meant.contains(skill))
                && self.is_open(*number, span.start_ms())
        };
        let lines = self.lines.iter().enumerate().filter(can);
        Hand {
            serves: lines.fold(0, |bits, (number, _)| bits | 1 << number),
            keeps: worker.line,
        }
    }

    /// Gives positions to those who work at the site, the most important lines first.
    fn seat(self) -> Vec<Placed> {
        let usable = |one: &&Position| !self.input.out_of_order.contains(&one.id);
        let positions: Vec<&Position> =
            self.input.staff.positions().iter().filter(usable).collect();
        let mut order: Vec<usize> = (0..self.workers.len())
            .filter(|&at| !self.workers[at].is_remote())
            .collect();
        let first_line = |at: usize| self.workers[at].lines.first().copied();
        order.sort_by_key(|&at| first_line(at).unwrap_or(usize::MAX));
        let seekers: Vec<Seeker<'_>> = order.iter().map(|&at| self.seeker(at)).collect();
        let found = seat(&seekers, &positions);
        let mut seats: Vec<Option<PositionId>> = vec![None; self.workers.len()];
        for (&at, found) in order.iter().zip(found) {
            seats[at] = found.map(|position| positions[position].id.clone());
        }
        let placed = |(worker, position): (Worker<'_>, Option<PositionId>)| Placed {
            operator: worker.operator.id().clone(),
            position,
            remote: worker.is_remote(),
            duties: worker.duties,
        };
        self.workers.into_iter().zip(seats).map(placed).collect()
    }

    fn seeker(&self, at: usize) -> Seeker<'_> {
        let worker = &self.workers[at];
        let lines = worker
            .lines
            .iter()
            .flat_map(|&line| &self.lines[line].record().equipment);
        Seeker {
            operator: worker.operator,
            span: worker.span(),
            equipment: lines.copied().collect(),
            keeps: self.input.kept.get(worker.operator.id()),
        }
    }
}

impl<'a> Worker<'a> {
    fn at(&self, at_ms: i64) -> Option<&Stretch<'a>> {
        self.stretches
            .iter()
            .find(|one| one.span.contains_ms(at_ms))
    }

    fn span(&self) -> Span {
        let (first, last) = (
            &self.stretches[0],
            &self.stretches[self.stretches.len() - 1],
        );
        first.span.hull(last.span)
    }

    /// Whether all they do is done away from the site.
    fn is_remote(&self) -> bool {
        self.stretches
            .iter()
            .all(|one| one.assignment.details().remote)
    }

    /// Adds what they do in `span`; what goes on is one duty.
    fn work(&mut self, span: Span, line: Option<usize>, lines: &[Line]) {
        let Some(activity) = self
            .at(span.start_ms())
            .map(|one| one.segment.activity.id().clone())
        else {
            return;
        };
        self.lines.extend(line);
        // A break in between does not end who serves which line.
        self.line = line.or(self.line);
        let line = line.map(|line| lines[line].queue().clone());
        let duty = Duty {
            span,
            activity,
            line,
        };
        match self.duties.last_mut() {
            Some(last)
                if last.span.end_ms() == span.start_ms()
                    && (&last.activity, &last.line) == (&duty.activity, &duty.line) =>
            {
                last.span = last.span.hull(span);
            }
            _ => self.duties.push(duty),
        }
    }
}

fn add_gap(gaps: &mut Vec<LineGap>, gap: LineGap) {
    match gaps.last_mut() {
        Some(last)
            if last.span.end_ms() == gap.span.start_ms()
                && (last.to_open, last.to_wanted) == (gap.to_open, gap.to_wanted) =>
        {
            last.span = last.span.hull(gap.span);
        }
        _ => gaps.push(gap),
    }
}

/// What an operator is planned to do within `span`, without absences.
fn stretches<'a>(
    operator: &'a Operator,
    input: PlacementInput<'a>,
    span: Span,
) -> Vec<Stretch<'a>> {
    let mut found = Vec::new();
    for assignment in input.roster.of(operator.id()) {
        if !operator.employed().contains(assignment.work_day()) {
            continue;
        }
        for segment in assignment.segments() {
            let Some(inside) = segment.span.overlap(span) else {
                continue;
            };
            let away = input.absences.during(operator.id(), inside);
            let away: Vec<Span> = away.map(|one| one.span()).collect();
            found.extend(without(inside, &away).into_iter().map(|span| Stretch {
                span,
                segment,
                assignment,
            }));
        }
    }
    found.sort_by_key(|stretch| stretch.span);
    found
}

/// The parts of `span` that lie in none of `away`, which begin in order.
fn without(span: Span, away: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut from = span.start_ms();
    for hole in away {
        if let Some(part) = part(from, hole.start_ms().min(span.end_ms())) {
            left.push(part);
        }
        from = from.max(hole.end_ms());
    }
    left.extend(part(from, span.end_ms()));
    left
}

fn part(from: i64, to: i64) -> Option<Span> {
    (from < to)
        .then(|| Span::from_millis(from, to).ok())
        .flatten()
}
