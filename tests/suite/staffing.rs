//! Staffing across the crates: the cases of `tests/conformance/staffing`.

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::forecast::{Accuracy, DayModel, History, PastDay};
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{Estimate, Presence, Replay};
use floorwalker::time::Span;
use floorwalker_testkit::conformance;

use super::workspace;

#[test]
fn all_cases_hold() {
    let cases =
        conformance::run("staffing", &workspace().join("tests/conformance/staffing")).unwrap();
    assert!(cases.len() > 650, "only {} cases were found", cases.len());
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|(name, result)| Some(format!("{name}: {}", result.as_ref().err()?)))
        .collect();
    assert_eq!(failed, [""; 0]);
}

mod data {
    //! Real data that may lie beside the workspace.

    use std::io::{BufRead, BufReader};
    use std::path::PathBuf;

    use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
    use floorwalker::contact::{Leg, LegRecord, Outcome};
    use floorwalker::forecast::PastDay;
    use floorwalker::id::{AgentId, QueueId};
    use floorwalker::time::{LocalTimePolicy, Zone};

    fn lines(file: &str) -> Option<Vec<String>> {
        let path: PathBuf = crate::workspace().join("../shared/data").join(file);
        if !path.exists() {
            println!("skipped: {} is not there", path.display());
            return None;
        }
        let unpacked = flate2::read::MultiGzDecoder::new(std::fs::File::open(path).unwrap());
        let lines = BufReader::new(unpacked).lines().skip(1);
        Some(
            lines
                .map(|line| line.unwrap().trim_end().to_owned())
                .collect(),
        )
    }

    /// The calls of a month that reached the queue; see the data set's own description.
    pub(super) fn bank_month(file: &str) -> Option<Vec<Leg>> {
        let zone = Zone::get("Asia/Jerusalem").unwrap();
        let legs = lines(&format!("anonymous-bank-1999/{file}"))?;
        Some(legs.iter().filter_map(|line| leg(line, &zone)).collect())
    }

    fn leg(line: &str, zone: &Zone) -> Option<Leg> {
        let fields: Vec<&str> = line.split('\t').collect();
        let date = NaiveDate::parse_from_str(fields[5], "%y%m%d").unwrap();
        let time = NaiveTime::parse_from_str(fields[6], "%H:%M:%S").unwrap();
        let at: DateTime<Utc> = zone
            .resolve(date.and_time(time), LocalTimePolicy::EARLIER)
            .unwrap();
        let secs = |field: usize| TimeDelta::seconds(fields[field].parse::<i64>().unwrap().max(0));
        let arrived = at + secs(8);
        let leg = LegRecord::waiting(QueueId::new(fields[4]).unwrap(), arrived);
        let left = arrived + secs(11);
        let made = match fields[12] {
            "AGENT" => {
                let agent = (fields[16] != "NO_SERVER").then(|| AgentId::new(fields[16]).unwrap());
                let released = left + secs(15);
                leg.answered(agent, left).finished(released, released)
            }
            "HANG" if (fields[9], fields[10]) != ("0:00:00", "0:00:00") => {
                leg.left(Outcome::Abandoned, left)
            }
            _ => return None,
        };
        Some(made.check().unwrap())
    }

    /// The days of the five-minute volumes as half-hours. The set has no dates: days are
    /// taken for the weekdays that follow each other, which holidays make only roughly true.
    pub(super) fn volumes(file: &str) -> Option<Vec<PastDay>> {
        let mut days: Vec<PastDay> = Vec::new();
        for line in lines(&format!("bank-5min-volumes/{file}"))? {
            let fields: Vec<&str> = line.split(',').collect();
            let (day, slot): (u64, usize) =
                (fields[0].parse().unwrap(), fields[1].parse().unwrap());
            let calls: u32 = fields[3].parse().unwrap();
            let date = NaiveDate::from_ymd_opt(2003, 3, 3).unwrap()
                + Days::new((day - 1) / 5 * 7 + (day - 1) % 5);
            if days.last().is_none_or(|last| last.date != date) {
                days.push(PastDay::new(date, vec![0; 28]));
            }
            // The last five minutes, 21:00, are left out: the half-hour is not complete.
            if slot < 168 {
                days.last_mut().unwrap().calls[slot / 6] += calls;
            }
        }
        Some(days)
    }
}

/// A month of a bank, replayed with the staffing that its calls show and with one operator
/// more from 11 to 12 each day: the gain lies in that hour, and is one.
#[test]
fn one_more_operator_helps_a_real_month() {
    let Some(legs) = data::bank_month("january.tsv.gz") else {
        return;
    };
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let replay = Replay::of(&legs, Presence::default()).unwrap();
    // 11 o'clock in Jerusalem is 9 in the universal time of January.
    let first: DateTime<Utc> = "1999-01-01T09:00:00Z".parse().unwrap();
    let hour = |day: i64| {
        let from = first + TimeDelta::days(day);
        Span::new(from, from + TimeDelta::hours(1)).unwrap()
    };
    let hours: Vec<Span> = (0..31).map(hour).collect();
    let more = replay.clone().with_more(&hours, 1).unwrap();
    let mut gains = Vec::new();
    let mut levels = Vec::new();
    for seed in 1..=3 {
        let level = |replay: &Replay| {
            let level = replay.run(seed).service_level(&rule, None);
            level.unwrap().to_f64()
        };
        let before = level(&replay);
        levels.push(before);
        gains.push(level(&more) - before);
    }
    let (level, gain) = (
        Estimate::of(&levels).unwrap(),
        Estimate::of(&gains).unwrap(),
    );
    println!("unchanged {level:?}, in the log 0.5438; gain {gain:?}");
    assert!(gain.mean > 0.0, "{gain:?}");
    assert!(gain.mean < 0.2, "{gain:?}");
}

/// Days 125 to 164, forecast from days 1 to 124.
#[test]
fn forecasts_beat_the_seasonal_profile() {
    let (Some(past), Some(to_come)) = (
        data::volumes("calls-days-001-124.csv.gz"),
        data::volumes("calls-days-125-164.csv.gz"),
    ) else {
        return;
    };
    let history = History::new(past).unwrap();
    let model = DayModel::best(&history, 40).unwrap();
    let (mut ours, mut seasonal, mut at_noon) = (
        Accuracy::default(),
        Accuracy::default(),
        Accuracy::default(),
    );
    let mut inside = 0_usize;
    for day in &to_come {
        let actual: Vec<f64> = day.calls.iter().map(|&calls| f64::from(calls)).collect();
        let forecast = model.day(day.date, &day.class);
        ours = ours.merge(Accuracy::of(&actual, forecast.calls()).unwrap());
        // The baseline: the mean of all days of the same weekday, half-hour by half-hour.
        let alike: Vec<&PastDay> = history
            .days()
            .iter()
            .filter(|past| past.class == day.class)
            .collect();
        let profile: Vec<f64> = (0..28)
            .map(|slot| {
                alike
                    .iter()
                    .map(|past| f64::from(past.calls[slot]))
                    .sum::<f64>()
                    / alike.len() as f64
            })
            .collect();
        seasonal = seasonal.merge(Accuracy::of(&actual, &profile).unwrap());
        let later = forecast.reforecast(&day.calls[..10]).unwrap();
        at_noon = at_noon.merge(Accuracy::of(&actual[10..], &later.calls()[10..]).unwrap());
        let bands = forecast.prediction_intervals(0.9).unwrap();
        inside += bands
            .iter()
            .zip(&actual)
            .filter(|((low, high), calls)| (low..=high).contains(calls))
            .count();
    }
    let covered = inside as f64 / (28.0 * to_come.len() as f64);
    println!(
        "{:?} {:?} ours {:?} seasonal {:?} at noon {:?} covered {covered}",
        model.settings(),
        model.spread(),
        ours.wape(),
        seasonal.wape(),
        at_noon.wape()
    );
    assert!(ours.wape() < seasonal.wape());
    assert!(at_noon.wape() < ours.wape());
    assert!((0.8..0.98).contains(&covered), "{covered}");
}
