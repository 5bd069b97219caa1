//! Who could take contacts at an instant, and who does.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::crew::{Hand, Need, share};
use super::line::Line;
use super::opening::{CrewMember, OpeningInput, hours};
use super::seats::{Seeker, seat};
use crate::error::Result;
use crate::roster::{Activity, Assignment, Segment};
use crate::team::{Equipment, Operator, Position};
use crate::time::Span;

/// Whether somebody who does this takes contacts.
pub(super) fn on_duty(activity: &Activity) -> bool {
    activity.cover_permille() > 0
}

/// An operator at an instant.
#[derive(Debug)]
pub(super) struct Person<'a> {
    pub(super) operator: &'a Operator,
    pub(super) is_here: bool,
    day: NaiveDate,
    assignment: Option<&'a Assignment>,
    /// What is planned now.
    pub(super) segment: Option<&'a Segment>,
    /// When their next shift of the day begins.
    pub(super) next_start: Option<DateTime<Utc>>,
    pub(super) has_shift_today: bool,
}

impl<'a> Person<'a> {
    /// `None` for those who are not employed, or absent.
    fn at(operator: &'a Operator, input: OpeningInput<'a>, at: DateTime<Utc>) -> Option<Self> {
        let at_ms = at.timestamp_millis();
        let moment = Span::from_millis(at_ms, at_ms + 1).ok()?;
        if input
            .absences
            .during(operator.id(), moment)
            .next()
            .is_some()
        {
            return None;
        }
        let today = operator.zone().day_of_ms(at_ms);
        let shifts = input.roster.of(operator.id());
        let assignment = shifts.iter().find(|one| one.span().contains_ms(at_ms));
        let day = assignment.map_or(today, Assignment::work_day);
        if !operator.employed().contains(day) {
            return None;
        }
        let segments = assignment.map_or(&[][..], Assignment::segments);
        let mut later = shifts.iter().filter(|one| one.work_day() == today);
        let starts = later.clone().map(|one| one.span().start());
        Some(Self {
            operator,
            is_here: input.here.contains(operator.id()),
            day,
            assignment,
            segment: segments.iter().find(|one| one.span.contains_ms(at_ms)),
            next_start: starts.filter(|start| *start > at).min(),
            has_shift_today: later.next().is_some(),
        })
    }

    /// Whether they are here and planned to take contacts.
    pub(super) fn is_on_duty(&self) -> bool {
        let takes = self.segment.is_some_and(|one| on_duty(&one.activity));
        self.is_here && takes
    }

    /// Whether their level of a line's skill will do; `None` without the skill.
    pub(super) fn level(&self, line: &Line) -> Option<bool> {
        let record = line.record();
        let Some(skill) = &record.skill else {
            return Some(true);
        };
        let level = self.operator.skill_on(self.day, skill)?;
        Some(level >= record.level)
    }

    fn is_meant_for(&self, line: &Line) -> bool {
        let skills = self.segment.map_or(&[][..], |one| one.activity.skills());
        let skill = line.record().skill.as_ref();
        skills.is_empty() || skill.is_none_or(|skill| skills.contains(skill))
    }

    fn is_remote(&self) -> bool {
        self.assignment.is_some_and(|one| one.details().remote)
    }

    /// Until when they take contacts without a break.
    fn until(&self) -> Option<DateTime<Utc>> {
        self.segment.map(|one| one.span.end())
    }
}

/// All that is known about the operators at an instant.
#[derive(Debug)]
pub(super) struct Moment<'a> {
    pub(super) at: DateTime<Utc>,
    pub(super) input: OpeningInput<'a>,
    pub(super) lines: &'a [Line],
    /// Whether each line may be open, and when it may be next.
    pub(super) hours: Vec<(bool, Option<DateTime<Utc>>)>,
    pub(super) needs: Vec<Need>,
    pub(super) people: Vec<Person<'a>>,
}

impl<'a> Moment<'a> {
    pub(super) fn of(
        lines: &'a [Line],
        input: OpeningInput<'a>,
        at: DateTime<Utc>,
    ) -> Result<Self> {
        // An instant that no span can hold is refused here.
        let at_ms = at.timestamp_millis();
        Span::from_millis(at_ms, at_ms + 1)?;
        let hours: Vec<_> = lines.iter().map(|line| hours(line, at)).collect();
        let need = |(line, (is_open, _)): (&Line, &(bool, _))| Need {
            min: if *is_open {
                line.record().min_operators
            } else {
                0
            },
            wanted: if *is_open {
                line.record().wanted_operators
            } else {
                0
            },
        };
        let needs = lines.iter().zip(&hours).map(need).collect();
        let operators = input.staff.operators().iter();
        let people = operators.filter_map(|one| Person::at(one, input, at));
        Ok(Self {
            at,
            input,
            lines,
            needs,
            people: people.collect(),
            hours,
        })
    }

    fn hand(&self, person: &Person<'_>) -> Hand {
        let lines = self.lines.iter().enumerate();
        let serves = lines.filter(|(number, line)| {
            self.hours[*number].0 && person.level(line) == Some(true) && person.is_meant_for(line)
        });
        let bits = serves.fold(0, |bits, (number, _)| bits | 1 << number);
        Hand {
            serves: if person.is_on_duty() { bits } else { 0 },
            keeps: None,
        }
    }

    /// Shares the operators out and seats them. Where somebody without a position leaves a
    /// line too small, others are tried in their place; the best of the tries is taken.
    pub(super) fn crew(&self) -> Crew {
        let mut hands: Vec<Hand> = self.people.iter().map(|one| self.hand(one)).collect();
        let able = self.able(&hands);
        let mut best: Option<(Vec<u32>, Crew)> = None;
        loop {
            let line = share(&hands, &self.needs);
            let seat = self.seat(&line);
            let crew = Crew {
                line,
                seat,
                able: able.clone(),
            };
            let score = self.score(&crew);
            let is_better = best.as_ref().is_none_or(|(old, _)| score > *old);
            let without = crew.without_seat();
            if is_better {
                best = Some((score, crew));
            }
            let mut is_changed = false;
            for (place, line) in without {
                is_changed |= hands[place].serves & (1 << line) != 0;
                hands[place].serves &= !(1 << line);
            }
            if !is_changed {
                break;
            }
        }
        best.map(|(_, crew)| crew).unwrap_or_default()
    }

    /// How many each line could have by skill and plan, positions aside.
    fn able(&self, hands: &[Hand]) -> Vec<usize> {
        let line = share(hands, &self.needs);
        let of = |number| line.iter().filter(|one| **one == Some(number)).count();
        (0..self.lines.len()).map(of).collect()
    }

    /// How well the lines are filled: needed places first, in their order.
    fn score(&self, crew: &Crew) -> Vec<u32> {
        let have = |number| u32::try_from(crew.count(number)).unwrap_or(u32::MAX);
        let needed = self
            .needs
            .iter()
            .enumerate()
            .map(|(at, need)| have(at).min(need.min));
        let wanted = self
            .needs
            .iter()
            .enumerate()
            .map(|(at, need)| have(at).min(need.wanted));
        needed.chain(wanted).collect()
    }

    /// The seat of each who serves a line; lines in their order.
    fn seat(&self, line: &[Option<usize>]) -> Vec<Seat> {
        let usable = |one: &&Position| !self.input.out_of_order.contains(&one.id);
        let positions: Vec<&Position> =
            self.input.staff.positions().iter().filter(usable).collect();
        let mut seated: Vec<usize> = (0..line.len())
            .filter(|&place| line[place].is_some() && !self.people[place].is_remote())
            .collect();
        seated.sort_by_key(|&place| line[place]);
        let seekers = seated.iter().filter_map(|&place| {
            let person = &self.people[place];
            let end = person.assignment.map(|one| one.span().end_ms())?;
            let span = Span::from_millis(self.at.timestamp_millis(), end).ok()?;
            Some(Seeker {
                operator: person.operator,
                span,
                equipment: self.equipment(line[place]),
                keeps: None,
            })
        });
        let seekers: Vec<Seeker<'_>> = seekers.collect();
        let found = seat(&seekers, &positions);
        let mut seats = vec![Seat::Away; line.len()];
        for (&place, found) in seated.iter().zip(found) {
            seats[place] = match found {
                Some(position) => Seat::At(positions[position].id.clone()),
                None => Seat::None,
            };
        }
        seats
    }

    fn equipment(&self, line: Option<usize>) -> BTreeSet<Equipment> {
        let line = line.and_then(|line| self.lines.get(line));
        let equipment = line.map_or(&[][..], |line| &line.record().equipment);
        equipment.iter().copied().collect()
    }
}

/// Where somebody sits.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seat {
    /// Away from the site, or at no line.
    Away,
    /// Nowhere: no position suits that is free.
    None,
    At(crate::id::PositionId),
}

/// Who serves which line, and sits where.
#[derive(Clone, Debug, Default)]
pub(super) struct Crew {
    line: Vec<Option<usize>>,
    seat: Vec<Seat>,
    able: Vec<usize>,
}

impl Crew {
    /// Whether somebody is to serve a line, seated or not.
    pub(super) fn serves(&self, place: usize, line: usize) -> bool {
        self.line[place] == Some(line)
    }

    pub(super) fn is_seated(&self, place: usize) -> bool {
        self.seat[place] != Seat::None
    }

    /// The line that somebody serves.
    pub(super) fn line_of(&self, place: usize) -> Option<usize> {
        self.line[place].filter(|_| self.is_seated(place))
    }

    pub(super) fn is_busy(&self, place: usize) -> bool {
        self.line_of(place).is_some()
    }

    /// How many serve a line.
    pub(super) fn count(&self, line: usize) -> usize {
        let places = 0..self.line.len();
        places
            .filter(|&place| self.line_of(place) == Some(line))
            .count()
    }

    /// How many could serve it by skill and plan.
    pub(super) fn able(&self, line: usize) -> usize {
        self.able.get(line).copied().unwrap_or(0)
    }

    fn without_seat(&self) -> Vec<(usize, usize)> {
        let places = 0..self.line.len();
        let unseated = places.filter(|&place| self.seat[place] == Seat::None);
        unseated
            .filter_map(|place| Some((place, self.line[place]?)))
            .collect()
    }

    pub(super) fn of_line(&self, moment: &Moment<'_>, line: usize) -> Vec<CrewMember> {
        let places = (0..self.line.len()).filter(|&place| self.line_of(place) == Some(line));
        let member = |place: usize| {
            let person = &moment.people[place];
            CrewMember {
                operator: person.operator.id().clone(),
                position: match &self.seat[place] {
                    Seat::At(position) => Some(position.clone()),
                    Seat::Away | Seat::None => None,
                },
                until: person.until().unwrap_or(moment.at),
            }
        };
        places.map(member).collect()
    }
}
