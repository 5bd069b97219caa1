//! The model of days on made-up days whose truth is known.

use chrono::{Days, NaiveDate, Weekday};

use super::*;
use crate::id::Label;
use crate::time::business::Holidays;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(number)
}

fn weeks(count: u64, calls: impl Fn(u64) -> Vec<u32>) -> Vec<PastDay> {
    (0..7 * count)
        .map(|number| PastDay::new(day(number), calls(number)))
        .collect()
}

#[test]
fn holidays_are_a_class_of_their_own() {
    let holidays = Holidays::on([day(10), day(31)]).unwrap();
    let days = weeks(6, |number| {
        if number == 10 || number == 31 {
            vec![10, 0]
        } else {
            vec![50, 50]
        }
    });
    let days: Vec<PastDay> = days
        .into_iter()
        .map(|past| PastDay {
            class: DayClass::of(past.date, &holidays).unwrap(),
            ..past
        })
        .collect();
    let settings = ModelSettings {
        half_life_days: 100_000.0,
        profile_weight: 1.0,
        ..ModelSettings::default()
    };
    let model = DayModel::fit(&History::new(days).unwrap(), settings).unwrap();
    let holiday = DayClass::Special(Label::new("holiday").unwrap());
    let special = model.day(day(50), &holiday);
    assert!(
        (special.calls()[0] - 10.0).abs() < 0.5 && special.calls()[1].abs() < 1e-9,
        "{special:?}"
    );
    let plain = model.day(day(50), &DayClass::Weekday(Weekday::Thu));
    assert!((plain.total() - 100.0).abs() < 3.0 && plain.class_was_seen());
    let never = model.day(day(50), &DayClass::Special(Label::new("strike").unwrap()));
    assert!(!never.class_was_seen() && never.total() > 90.0);
}

#[test]
fn a_trend_goes_on_for_a_while() {
    let days = weeks(8, |number| vec![100 + 2 * number as u32]);
    let history = History::new(days).unwrap();
    let settings = |trend| ModelSettings {
        half_life_days: 5.0,
        class_weight: 0.0,
        trend,
        ..ModelSettings::default()
    };
    let total = |trend| {
        DayModel::fit(&history, settings(trend))
            .unwrap()
            .day(day(60), &DayClass::Weekday(Weekday::Fri))
            .total()
    };
    assert!(
        total(0.9) > total(0.0) + 4.0,
        "{} {}",
        total(0.9),
        total(0.0)
    );
    assert!(
        DayModel::fit(&history, settings(1.0))
            .unwrap_err()
            .is_range()
    );
}

#[test]
fn a_morning_says_something_of_the_afternoon() {
    // Days go up and down by a tenth as a whole.
    let days = weeks(8, |number| {
        vec![if number % 2 == 0 { 900 } else { 1100 }; 4]
    });
    let model = DayModel::fit(&History::new(days).unwrap(), ModelSettings::default()).unwrap();
    assert!(
        model.spread().day > 0.05 && model.spread().interval < 0.02,
        "{:?}",
        model.spread()
    );
    let forecast = model.day(day(56), &DayClass::Weekday(Weekday::Mon));
    let later = forecast.reforecast(&[1100, 1100]).unwrap();
    assert!(later.calls()[3] > forecast.calls()[3] * 1.05);
    assert_eq!(later.calls()[0], 1100.0);
    assert_eq!(forecast.reforecast(&[]).unwrap().calls(), forecast.calls());
    assert!(forecast.reforecast(&[1; 5]).unwrap_err().is_range());
}

#[test]
fn handling_times_are_weighed_by_calls() {
    let mut days = weeks(3, |_| vec![100, 2]);
    days.iter_mut()
        .for_each(|day| day.handling_secs = vec![20_000.0, 900.0]);
    let model = DayModel::fit(&History::new(days).unwrap(), ModelSettings::default()).unwrap();
    let aht = model
        .day(day(21), &DayClass::Weekday(Weekday::Mon))
        .aht_secs()
        .to_vec();
    assert!((aht[0].unwrap() - 200.0).abs() < 1.0);
    // Two calls a day at 450 s say less: drawn towards the mean of all.
    assert!((250.0..420.0).contains(&aht[1].unwrap()), "{aht:?}");
    let silent = DayModel::fit(
        &History::new(weeks(2, |_| vec![1])).unwrap(),
        ModelSettings::default(),
    )
    .unwrap();
    assert_eq!(
        silent
            .day(day(21), &DayClass::Weekday(Weekday::Mon))
            .aht_secs(),
        [None]
    );
}

#[test]
fn a_history_is_checked() {
    assert_eq!(History::new(vec![]).unwrap_err().code(), "options.conflict");
    let twice = vec![PastDay::new(day(0), vec![1]), PastDay::new(day(0), vec![1])];
    assert_eq!(History::new(twice).unwrap_err().code(), "options.conflict");
    let uneven = vec![
        PastDay::new(day(0), vec![1]),
        PastDay::new(day(1), vec![1, 2]),
    ];
    assert!(History::new(uneven).unwrap_err().is_column());
    let history = History::new(weeks(1, |_| vec![3, 4])).unwrap();
    let text = serde_json::to_string(&history).unwrap();
    assert_eq!(serde_json::from_str::<History>(&text).unwrap(), history);
    assert!(
        backtest(&history, ModelSettings::default(), 0, 1)
            .unwrap_err()
            .is_range()
    );
    assert_eq!(
        backtest(&history, ModelSettings::default(), 5, 1).unwrap(),
        None
    );
}

#[test]
fn distribution_keeps_the_sum() {
    for total in [0, 1, 7, 1000] {
        let parts = distribute(total, &[0.3, 2.0, 0.0, 1.1]).unwrap();
        assert_eq!(parts.iter().sum::<u32>(), total);
        assert_eq!(parts[2], 0);
    }
    assert!(distribute(3, &[f64::NAN]).unwrap_err().is_range());
    assert!(distribute(3, &[0.0]).unwrap_err().is_range());
}
