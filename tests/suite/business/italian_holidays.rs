//! The Italian holidays agree with the PyPI package holidays.
//!
//! `tests/oracle/italian_holidays.py` prints what that package says. Without a Python
//! that has the pinned release the comparison is skipped and says so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use floorwalker::time::business::italy;

use super::python;

type Dates = BTreeSet<NaiveDate>;

/// Towns whose local holiday the package places otherwise, with the reason.
const ELSEWHERE: &[(&str, &str)] = &[(
    "Perugia",
    "the package has the saints of other towns of the province; the city keeps San Costanzo",
)];

#[test]
fn holidays_agree_with_the_python_package() {
    let text = match oracle() {
        Ok(text) => text,
        Err(why) => return println!("SKIPPED: Italian holidays: {why}"),
    };
    let mut national = BTreeMap::new();
    let mut local = BTreeMap::new();
    for line in text.lines().skip(1) {
        let mut words = line.split(' ');
        let (kind, key) = (
            words.next().unwrap(),
            words.next().unwrap().replace('_', " "),
        );
        let dates: Dates = words.map(|word| word.parse().unwrap()).collect();
        match kind {
            "national" => national
                .insert(key.parse::<i32>().unwrap(), dates)
                .map(|_| ()),
            _ => local.insert(key, dates).map(|_| ()),
        };
    }
    assert!(
        national.len() > 150 && local.len() > 110,
        "the package was not asked for enough"
    );
    compare_years(&national);
    compare_towns(&local);
}

/// What falls on a Sunday every year is not in our list.
fn compare_years(theirs: &BTreeMap<i32, Dates>) {
    let national = italy::national();
    for (&year, theirs) in theirs {
        let date = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let between = national.between(date(1, 1), date(12, 31));
        let ours: Dates = between.into_iter().map(|(date, _)| date).collect();
        let sundays = |dates: &Dates| -> Dates {
            dates
                .iter()
                .copied()
                .filter(|date| date.weekday() == Weekday::Sun)
                .collect()
        };
        let weekdays = |dates: &Dates| -> Dates { dates - &sundays(dates) };
        assert_eq!(weekdays(&ours), weekdays(theirs), "{year}");
        assert!(sundays(&ours).is_subset(theirs), "{year}");
        let easter = italy::easter().in_year(year).unwrap();
        assert!(theirs.contains(&easter), "Easter {year}");
    }
}

fn compare_towns(theirs: &BTreeMap<String, Dates>) {
    let mut reached = BTreeSet::new();
    for (town, province) in italy::patron_towns() {
        let name = if town == "Forlì" { "Forli" } else { town };
        let key = if theirs.contains_key(name) {
            name
        } else {
            province
        };
        reached.insert(key);
        if ELSEWHERE.iter().any(|(other, _)| *other == town) {
            continue;
        }
        let rule = italy::patron(town).unwrap();
        let missing: Vec<NaiveDate> = (1995..=2035)
            .map(|year| rule.in_year(year).unwrap())
            .filter(|date| !theirs[key].contains(date))
            .collect();
        assert!(missing.is_empty(), "{town} ({key}): {missing:?}");
    }
    let whole_provinces = ["BT", "FC", "PU"];
    let unreached = theirs.keys().filter(|key| !reached.contains(key.as_str()));
    let unreached: Vec<&String> = unreached
        .filter(|key| !whole_provinces.contains(&key.as_str()))
        .collect();
    assert!(unreached.is_empty(), "no town for {unreached:?}");
}

fn oracle() -> Result<String, String> {
    let text = python::output("italian_holidays.py", "holidays")?;
    let (found, pinned) = (
        text.lines().next().unwrap_or_default(),
        python::pinned("holidays"),
    );
    if found == pinned {
        Ok(text)
    } else {
        Err(format!("the package holidays is {found}, not {pinned}"))
    }
}
