//! Shift templates: the shifts that a centre uses, to be put on dates.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use super::midnight::days_after;
use super::{Activity, Assignment, BreakRule, Details, Layer, Midnight, Origin, Piece};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, ShiftId};
use crate::terms::terms;
use crate::time::{LocalTimePolicy, Span, Zone};

terms! {
    /// How the end of a shift follows from its start and length.
    LengthBy ("way to measure a length") {
        /// By the clock on the wall: 22:00 and 8 hours end at 06:00, which is 7 or 9
        /// hours of work on the nights of a clock change.
        Clock = "clock",
        /// By elapsed time: 8 hours are 8 hours, and end at 05:00 or 07:00 then.
        Elapsed = "elapsed",
    }
}

terms! {
    /// From where the place of an activity in a shift is measured.
    Anchor ("anchor") {
        /// From the start of the shift.
        Start = "start",
        /// Back from the end of the shift.
        End = "end",
    }
}

/// An activity at a fixed place of a shift, such as a briefing at its start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatePart {
    /// What is done.
    pub activity: Activity,
    /// On which layer.
    #[serde(default = "auxiliary")]
    pub layer: Layer,
    /// From where its place is measured.
    pub anchor: Anchor,
    /// How far from the anchor the near end lies, in minutes.
    #[serde(default)]
    pub distance_minutes: u32,
    /// How long it is, in minutes.
    pub minutes: u32,
}

fn auxiliary() -> Layer {
    Layer::Auxiliary
}

/// The plain fields of a [`ShiftTemplate`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateRecord {
    /// Its name.
    pub id: ShiftId,
    /// What is done when nothing else lies above.
    pub activity: Activity,
    /// The earliest start on the local clock.
    pub earliest_start: NaiveTime,
    /// The latest start on the local clock; before the earliest it lies on the next day.
    pub latest_start: NaiveTime,
    /// Starts are on whole steps of so many minutes from the earliest.
    pub step_minutes: u32,
    /// The shortest shift, in minutes, meals included.
    pub min_minutes: u32,
    /// The longest shift, in minutes, meals included.
    pub max_minutes: u32,
    /// How the end follows from start and length.
    pub length_by: LengthBy,
    /// Which day a shift over midnight counts to.
    pub midnight: Midnight,
    /// Activities at fixed places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<TemplatePart>,
    /// Breaks, placed in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<BreakRule>,
}

/// A shift template (modello di turno).
///
/// Invariants: the lengths are between 1 minute and 24 hours, the shortest not above
/// the longest; the step is between 1 minute and a day.
///
/// ```
/// use floorwalker::roster::ShiftTemplate;
/// use floorwalker::time::{LocalTimePolicy, Zone};
///
/// let night: ShiftTemplate = serde_json::from_str(r#"{
///     "id": "night", "activity": {"id": "phone", "kind": "contact"},
///     "earliest_start": "22:00:00", "latest_start": "22:00:00", "step_minutes": 15,
///     "min_minutes": 480, "max_minutes": 480, "length_by": "clock", "midnight": "start_day"
/// }"#).unwrap();
/// let rome = Zone::get("Europe/Rome")?;
/// let hours = |date: &str| -> Result<i64, floorwalker::Error> {
///     let placed = night.place("anna".parse()?, date.parse().unwrap(), &rome, LocalTimePolicy::EARLIER)?;
///     Ok(placed[0].work_ms() / 3_600_000)
/// };
/// assert_eq!([hours("2026-03-27")?, hours("2026-03-28")?, hours("2026-10-24")?], [8, 7, 9]);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "TemplateRecord", into = "TemplateRecord")]
pub struct ShiftTemplate(TemplateRecord);

const DAY_MINUTES: u32 = 24 * 60;

impl ShiftTemplate {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> &ShiftId {
        &self.0.id
    }

    /// All its fields.
    #[must_use]
    pub fn record(&self) -> &TemplateRecord {
        &self.0
    }

    /// The starts that it allows, in minutes of the clock after the midnight of its
    /// day; above 1439 they lie on the next day.
    pub fn starts(&self) -> impl Iterator<Item = u32> {
        let (first, last) = self.start_window();
        (first..=last).step_by(self.0.step_minutes as usize)
    }

    fn start_window(&self) -> (u32, u32) {
        let minute = |time: NaiveTime| time.num_seconds_from_midnight() / 60;
        let (first, last) = (minute(self.0.earliest_start), minute(self.0.latest_start));
        let next_day = if last < first { DAY_MINUTES } else { 0 };
        (first, last + next_day)
    }

    /// The shift of `operator` on `date`: the earliest start, the longest length.
    ///
    /// # Errors
    /// As for [`place_at`](Self::place_at).
    pub fn place(
        &self,
        operator: AgentId,
        date: NaiveDate,
        zone: &Zone,
        policy: LocalTimePolicy,
    ) -> Result<Vec<Assignment>> {
        let (first, _) = self.start_window();
        let at = StartAndLength {
            start_minute: first,
            minutes: self.0.max_minutes,
        };
        self.place_at(operator, date, at, zone, policy)
    }

    /// The shift of `operator` on `date` with this start and length. It is one
    /// assignment, or two where a shift over midnight is split.
    ///
    /// # Errors
    /// `value.out_of_range` if the template does not allow the start or the length;
    /// `options.conflict` if breaks or activities do not fit; a local time error where
    /// `policy` refuses.
    pub fn place_at(
        &self,
        operator: AgentId,
        date: NaiveDate,
        at: StartAndLength,
        zone: &Zone,
        policy: LocalTimePolicy,
    ) -> Result<Vec<Assignment>> {
        self.check_place(at)?;
        let span = self.span(date, at, zone, policy)?;
        let pieces = self.pieces(span)?;
        let details = Details {
            shift: Some(self.0.id.clone()),
            origin: Origin::Generated,
            ..Details::default()
        };
        let parts = self.0.midnight.parts(span, zone).into_iter();
        parts
            .map(|(day, part)| {
                let whole = Assignment::new(operator.clone(), day, pieces.clone())?;
                Ok(whole.within(part)?.with_details(details.clone()))
            })
            .collect()
    }

    fn check_place(&self, at: StartAndLength) -> Result<()> {
        let (first, last) = self.start_window();
        let start = at.start_minute;
        let on_step = start
            .wrapping_sub(first)
            .is_multiple_of(self.0.step_minutes);
        if !(first..=last).contains(&start) || !on_step {
            let what = "start of the shift in minutes after midnight";
            return Err(Error::range(what, first, last, start));
        }
        let (min, max) = (self.0.min_minutes, self.0.max_minutes);
        if !(min..=max).contains(&at.minutes) {
            return Err(Error::range(
                "length of the shift in minutes",
                min,
                max,
                at.minutes,
            ));
        }
        Ok(())
    }

    fn span(
        &self,
        date: NaiveDate,
        at: StartAndLength,
        zone: &Zone,
        policy: LocalTimePolicy,
    ) -> Result<Span> {
        let clock = |minute: u32| {
            let day = days_after(date, i64::from(minute / DAY_MINUTES));
            let time = TimeDelta::minutes(i64::from(minute % DAY_MINUTES));
            zone.resolve(day.and_time(NaiveTime::MIN) + time, policy)
        };
        let start = clock(at.start_minute)?;
        let end = match self.0.length_by {
            LengthBy::Clock => clock(at.start_minute + at.minutes)?,
            LengthBy::Elapsed => start + TimeDelta::minutes(at.minutes.into()),
        };
        Span::new(start, end)
    }

    fn pieces(&self, shift: Span) -> Result<Vec<Piece>> {
        let mut pieces = vec![Piece::productive(self.0.activity.clone(), shift)];
        for part in &self.0.parts {
            let (distance, length) = (ms(part.distance_minutes), ms(part.minutes));
            let start = match part.anchor {
                Anchor::Start => shift.start_ms() + distance,
                Anchor::End => shift.end_ms() - distance - length,
            };
            pieces.push(Piece {
                activity: part.activity.clone(),
                span: Span::from_millis(start, start + length)?,
                layer: part.layer,
            });
        }
        let mut taken: Vec<Span> = pieces[1..].iter().map(|piece| piece.span).collect();
        for rule in &self.0.breaks {
            for span in rule.spread(shift, &taken)? {
                pieces.push(Piece::auxiliary(rule.activity.clone(), span));
                taken.push(span);
            }
        }
        Ok(pieces)
    }
}

fn ms(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}

/// Where in its window a shift starts, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartAndLength {
    /// Minutes of the clock after midnight; above 1439 on the next day.
    pub start_minute: u32,
    /// Length in minutes.
    pub minutes: u32,
}

impl TryFrom<TemplateRecord> for ShiftTemplate {
    type Error = Error;

    fn try_from(record: TemplateRecord) -> Result<Self> {
        let range = |what, max, given| {
            if (1..=max).contains(&given) {
                Ok(())
            } else {
                Err(Error::range(what, 1, max, given))
            }
        };
        range(
            "step of a shift template in minutes",
            DAY_MINUTES,
            record.step_minutes,
        )?;
        range("longest shift in minutes", DAY_MINUTES, record.max_minutes)?;
        range(
            "shortest shift in minutes",
            record.max_minutes,
            record.min_minutes,
        )?;
        let long =
            |part: &TemplatePart| part.minutes > DAY_MINUTES || part.distance_minutes > DAY_MINUTES;
        if let Some(part) = record.parts.iter().find(|part| long(part)) {
            let why = format!("{} is longer than a day", part.activity.id());
            let what = "activity of a shift template";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(Self(record))
    }
}

impl From<ShiftTemplate> for TemplateRecord {
    fn from(template: ShiftTemplate) -> Self {
        template.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = r#"{
        "id": "day", "activity": {"id": "phone", "kind": "contact"},
        "earliest_start": "08:00:00", "latest_start": "09:00:00", "step_minutes": 30,
        "min_minutes": 420, "max_minutes": 510, "length_by": "clock", "midnight": "split",
        "parts": [{"activity": {"id": "briefing", "kind": "meeting"}, "anchor": "start", "minutes": 15},
                  {"activity": {"id": "letters", "kind": "back_office"}, "anchor": "end", "minutes": 30}],
        "breaks": [{"activity": {"id": "meal", "kind": "meal"}, "count": 1, "minutes": 30,
                    "after_start_minutes": 180, "before_end_minutes": 180}]
    }"#;

    fn placed(json: &str, start_minute: u32, minutes: u32) -> Result<Vec<Assignment>> {
        let template: ShiftTemplate = serde_json::from_str(json).unwrap();
        let at = StartAndLength {
            start_minute,
            minutes,
        };
        let date = "2026-03-02".parse().unwrap();
        let operator = "a".parse().unwrap();
        template.place_at(operator, date, at, &Zone::utc(), LocalTimePolicy::REFUSE)
    }

    #[test]
    fn parts_and_breaks_lie_where_the_template_says() {
        let shifts = placed(DAY, 480, 510).unwrap();
        let shown: Vec<_> = shifts[0]
            .segments()
            .iter()
            .map(|one| {
                let start = one.span.start().format("%H:%M");
                format!("{start} {}", one.activity.id())
            })
            .collect();
        assert_eq!(
            shown,
            [
                "08:00 briefing",
                "08:15 phone",
                "12:00 meal",
                "12:30 phone",
                "16:00 letters"
            ]
        );
    }

    #[test]
    fn starts_and_lengths_outside_the_template_are_refused() {
        for (start, minutes) in [(450, 510), (490, 510), (570, 510), (480, 419), (480, 511)] {
            assert!(
                placed(DAY, start, minutes).unwrap_err().is_range(),
                "{start} {minutes}"
            );
        }
        let template: ShiftTemplate = serde_json::from_str(DAY).unwrap();
        assert_eq!(template.starts().collect::<Vec<_>>(), [480, 510, 540]);
    }

    #[test]
    fn a_split_shift_has_a_part_on_each_day() {
        let night = DAY
            .replace("08:00:00", "22:00:00")
            .replace("09:00:00", "01:00:00");
        let shifts = placed(&night, 1320, 510).unwrap();
        assert_eq!(shifts.len(), 2);
        assert_eq!(shifts[0].span().end_ms(), shifts[1].span().start_ms());
        let next_day = placed(&night, 1470, 510).unwrap();
        assert_eq!(next_day[0].work_day().to_string(), "2026-03-03");
    }

    #[test]
    fn a_template_is_checked() {
        for (from, to) in [
            (r#""step_minutes": 30"#, r#""step_minutes": 0"#),
            (r#""min_minutes": 420"#, r#""min_minutes": 511"#),
            (r#""max_minutes": 510"#, r#""max_minutes": 1441"#),
        ] {
            assert!(serde_json::from_str::<ShiftTemplate>(&DAY.replace(from, to)).is_err());
        }
    }
}
