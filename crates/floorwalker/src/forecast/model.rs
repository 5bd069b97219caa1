//! The model of days: level, trend, classes of days, and profiles over the day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day::DayForecast;
use super::history::{DayClass, History, PastDay};
use super::spread::Spread;
use crate::error::{Error, Result};

/// How the model weighs what it has seen.
///
/// Invariants: the half-life is from 1 to 100,000 days; weights and damping from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// After how many days a day weighs half.
    pub half_life_days: f64,
    /// How much of the difference between classes of days is believed: 0 to 1.
    pub class_weight: f64,
    /// How much of the trend of the last days goes on, and what remains of it from one
    /// day to the next: 0 is no trend.
    pub trend: f64,
    /// How much each class has a profile of its own: 0 to 1.
    pub profile_weight: f64,
}

impl Default for ModelSettings {
    /// A half-life of eight weeks of five days, all classes by themselves, no trend.
    fn default() -> Self {
        Self {
            half_life_days: 40.0,
            class_weight: 1.0,
            trend: 0.0,
            profile_weight: 0.5,
        }
    }
}

impl ModelSettings {
    fn checked(self) -> Result<Self> {
        let ranges = [
            ("half-life in days", self.half_life_days, 1.0, 100_000.0),
            ("weight of classes", self.class_weight, 0.0, 1.0),
            ("trend", self.trend, 0.0, 0.99),
            ("weight of profiles", self.profile_weight, 0.0, 1.0),
        ];
        for (what, given, min, max) in ranges {
            if !(min..=max).contains(&given) {
                return Err(Error::range(what, min, max, given));
            }
        }
        Ok(self)
    }

    /// The settings that [`DayModel::best`] tries.
    fn candidates() -> impl Iterator<Item = Self> {
        let halves = [5.0, 20.0, 60.0, 1000.0];
        let classes = [0.0, 0.5, 1.0];
        halves.into_iter().flat_map(move |half_life_days| {
            classes.into_iter().flat_map(move |class_weight| {
                [0.0, 0.8].into_iter().flat_map(move |trend| {
                    [0.0, 0.5].into_iter().map(move |profile_weight| Self {
                        half_life_days,
                        class_weight,
                        trend,
                        profile_weight,
                    })
                })
            })
        })
    }
}

/// A class of days: how it differs from the level, and how its calls lie over the day.
#[derive(Clone, Debug)]
struct ClassShape {
    factor: f64,
    profile: Vec<f64>,
}

impl ClassShape {
    /// The shape of weighted days of one class, where `all` days have this mean and profile.
    fn of(
        class: &DayClass,
        days: Vec<(f64, &PastDay)>,
        (all, profile): (f64, &[f64]),
        settings: ModelSettings,
    ) -> Self {
        let mean = Mean::of(days.iter().map(|&(weight, day)| (weight, day.total())));
        // Special days are named because they differ: they are always believed.
        let special = matches!(class, DayClass::Special(_));
        let believed = if special { 1.0 } else { settings.class_weight };
        let factor = if all > 0.0 {
            1.0 + believed * (mean / all - 1.0)
        } else {
            1.0
        };
        let own = self::profile(days.into_iter(), profile.len());
        let mixed = own.iter().zip(profile).map(|(own, all)| {
            settings.profile_weight * own + (1.0 - settings.profile_weight) * all
        });
        Self {
            factor,
            profile: mixed.collect(),
        }
    }
}

/// What is known of days to come, learned from a [`History`].
///
/// Calls of an interval = level x trend x factor of the day's class x its profile. All are
/// means over past days that weigh half after a half-life; the level is that of days
/// brought to a common class. A class never seen is taken as an average day, and the
/// forecast says so. Seasons of the year are not modelled: give their days a class.
///
/// ```
/// use chrono::{Days, NaiveDate};
/// use floorwalker::forecast::{DayClass, DayModel, History, ModelSettings, PastDay};
///
/// // Four weeks: 60 calls on Mondays, 30 on other days, two thirds of them in the morning.
/// let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
/// let days = (0..28).map(|day| {
///     let calls = if day % 7 == 0 { vec![40, 20] } else { vec![20, 10] };
///     PastDay::new(monday + Days::new(day), calls)
/// });
/// let model = DayModel::fit(&History::new(days.collect())?, ModelSettings::default())?;
/// let next = model.day(monday + Days::new(28), &DayClass::Weekday(chrono::Weekday::Mon));
/// assert!((next.calls()[0] - 40.0).abs() < 1e-9 && (next.calls()[1] - 20.0).abs() < 1e-9);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DayModel {
    settings: ModelSettings,
    last: NaiveDate,
    level: f64,
    slope: f64,
    classes: BTreeMap<DayClass, ClassShape>,
    profile: Vec<f64>,
    aht_secs: Vec<Option<f64>>,
    spread: Spread,
}

impl DayModel {
    /// The model with given settings.
    ///
    /// # Errors
    /// `value.out_of_range` for settings outside their ranges.
    pub fn fit(history: &History, settings: ModelSettings) -> Result<Self> {
        let settings = settings.checked()?;
        let mut model = Self::shaped(history, settings);
        model.spread = Spread::of_residuals(history, &model);
        Ok(model)
    }

    /// The model whose settings did best in a [backtest](super::backtest) over the history:
    /// three times `horizon` days are forecast from what lies before them.
    ///
    /// 48 settings are tried. With less than four times the horizon of days the usual
    /// settings are taken.
    ///
    /// # Errors
    /// `value.out_of_range` for a horizon of 0.
    pub fn best(history: &History, horizon: usize) -> Result<Self> {
        let mut best = (f64::INFINITY, ModelSettings::default());
        for settings in ModelSettings::candidates() {
            let wape = super::backtest(history, settings, horizon, 3)?
                .and_then(|accuracy| accuracy.wape());
            if let Some(wape) = wape.filter(|&wape| wape < best.0) {
                best = (wape, settings);
            }
        }
        Self::fit(history, best.1)
    }

    fn shaped(history: &History, settings: ModelSettings) -> Self {
        let days = history.days();
        let count = days.len();
        let weight =
            |place: usize| 0.5_f64.powf((count - 1 - place) as f64 / settings.half_life_days);
        let all = Mean::of(
            days.iter()
                .enumerate()
                .map(|(place, day)| (weight(place), day.total())),
        );
        let mut by_class: BTreeMap<&DayClass, Vec<(f64, &PastDay)>> = BTreeMap::new();
        for (place, day) in days.iter().enumerate() {
            by_class
                .entry(&day.class)
                .or_default()
                .push((weight(place), day));
        }
        let intervals = history.intervals();
        let profile = profile(
            days.iter()
                .enumerate()
                .map(|(place, day)| (weight(place), day)),
            intervals,
        );
        let shape = |(class, days): (&DayClass, Vec<(f64, &PastDay)>)| {
            (
                class.clone(),
                ClassShape::of(class, days, (all, &profile), settings),
            )
        };
        let classes: BTreeMap<DayClass, ClassShape> = by_class.into_iter().map(shape).collect();
        let flat: Vec<f64> = days
            .iter()
            .map(|day| without_class(day, &classes, all))
            .collect();
        let level = Mean::of(
            flat.iter()
                .enumerate()
                .map(|(place, &total)| (weight(place), total)),
        );
        Self {
            settings,
            last: days[count - 1].date,
            level,
            slope: if settings.trend > 0.0 {
                slope(&flat, settings.half_life_days)
            } else {
                0.0
            },
            classes,
            profile,
            aht_secs: handling(days, intervals, weight),
            spread: Spread::default(),
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> ModelSettings {
        self.settings
    }

    /// How far days and intervals were from the model.
    #[must_use]
    pub fn spread(&self) -> Spread {
        self.spread
    }

    /// The forecast of one day.
    #[must_use]
    pub fn day(&self, date: NaiveDate, class: &DayClass) -> DayForecast {
        let ahead = (date - self.last).num_days().max(0) as f64;
        let damping = self.settings.trend;
        // The trend of so many days ahead, each with what is left of it.
        let steps = if damping > 0.0 {
            damping * (1.0 - damping.powf(ahead)) / (1.0 - damping)
        } else {
            0.0
        };
        let level = (self.level + self.slope * steps).max(0.0);
        let known = self.classes.get(class);
        let (factor, profile) =
            known.map_or((1.0, &self.profile), |shape| (shape.factor, &shape.profile));
        DayForecast {
            date,
            calls: profile
                .iter()
                .map(|part| (level * factor * part).max(0.0))
                .collect(),
            aht_secs: self.aht_secs.clone(),
            spread: self.spread,
            class_was_seen: known.is_some(),
        }
    }
}

/// A weighted mean.
struct Mean;

impl Mean {
    fn of(values: impl Iterator<Item = (f64, f64)>) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (weight, value) in values {
            sum += weight * value;
            weights += weight;
        }
        if weights > 0.0 { sum / weights } else { 0.0 }
    }
}

/// How calls lie over the day: parts that sum to 1; evenly if there are none.
fn profile<'a>(days: impl Iterator<Item = (f64, &'a PastDay)>, intervals: usize) -> Vec<f64> {
    let mut sums = vec![0.0; intervals];
    for (weight, day) in days {
        for (sum, &calls) in sums.iter_mut().zip(&day.calls) {
            *sum += weight * f64::from(calls);
        }
    }
    let all: f64 = sums.iter().sum();
    if all > 0.0 {
        sums.iter_mut().for_each(|sum| *sum /= all);
    } else {
        sums.fill(1.0 / intervals.max(1) as f64);
    }
    sums
}

/// The calls of a day had it been of no class; the mean where its class has none.
fn without_class(day: &PastDay, classes: &BTreeMap<DayClass, ClassShape>, mean: f64) -> f64 {
    let factor = classes[&day.class].factor;
    if factor > 0.0 {
        day.total() / factor
    } else {
        mean
    }
}

/// Calls a day by which the level rises, over the half-life but at least ten days: weighted least squares.
fn slope(flat: &[f64], half_life: f64) -> f64 {
    let last = flat.len() as f64 - 1.0;
    let half_life = half_life.max(10.0);
    let points = || {
        flat.iter().enumerate().map(|(place, &total)| {
            let ago = place as f64 - last;
            (0.5_f64.powf(-ago / half_life), ago, total)
        })
    };
    let mean_ago = Mean::of(points().map(|(weight, ago, _)| (weight, ago)));
    let mean = Mean::of(points().map(|(weight, _, total)| (weight, total)));
    let (mut together, mut square) = (0.0, 0.0);
    for (weight, ago, total) in points() {
        together += weight * (ago - mean_ago) * (total - mean);
        square += weight * (ago - mean_ago) * (ago - mean_ago);
    }
    if square > 0.0 { together / square } else { 0.0 }
}

/// Mean handling times by interval, drawn towards that of the day where calls are few.
fn handling(days: &[PastDay], intervals: usize, weight: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
    /// As many calls as weigh as much as the interval's own.
    const FEW: f64 = 30.0;
    let (mut secs, mut calls) = (vec![0.0; intervals], vec![0.0; intervals]);
    for (place, day) in days
        .iter()
        .enumerate()
        .filter(|(_, day)| !day.handling_secs.is_empty())
    {
        for interval in 0..intervals {
            secs[interval] += weight(place) * day.handling_secs[interval];
            calls[interval] += weight(place) * f64::from(day.calls[interval]);
        }
    }
    let all: f64 = calls.iter().sum();
    if all == 0.0 {
        return vec![None; intervals];
    }
    let mean = secs.iter().sum::<f64>() / all;
    let each = secs.iter().zip(&calls);
    each.map(|(secs, calls)| Some((secs + FEW * mean) / (calls + FEW)))
        .collect()
}
