//! The tables of the waits.

use floorwalker::report::{Quotient, ServiceReport, WaitBandRow, WaitTable};

use super::{Cell, Column, Row, Table};
use crate::locale::{Label, Locale, NBSP};

/// The words of a band: `up to 5 s`, `5–10 s`, `over 20 min`.
pub(crate) fn band_title(band: &WaitBandRow, locale: &Locale) -> String {
    let limit = |ms| locale.limit(ms);
    match (band.over_ms, band.to_ms) {
        (None, Some(to)) => locale.language.pick(
            format!("up to {}", limit(to)),
            format!("fino a {}", limit(to)),
        ),
        (Some(over), Some(to)) => {
            let (over, to) = (limit(over), limit(to));
            let unit = |limit: &str| limit.split(NBSP).nth(1).map(str::to_owned);
            let number = over.split(NBSP).next().unwrap_or(&over);
            if unit(&over) == unit(&to) {
                format!("{number}–{to}")
            } else {
                format!("{over} – {to}")
            }
        }
        (over, None) => {
            let over = limit(over.unwrap_or(0));
            locale
                .language
                .pick(format!("over {over}"), format!("oltre {over}"))
        }
    }
}

/// The bands up to the last with a contact.
pub(crate) fn used_bands(waits: &WaitTable) -> &[WaitBandRow] {
    let is_used = |band: &WaitBandRow| band.answered + band.abandoned + band.otherwise > 0;
    let last = waits.bands.iter().rposition(is_used);
    &waits.bands[..last.map_or(0, |last| last + 1)]
}

/// Contacts by wait, and the share of the answered so far.
pub(crate) fn waits(report: &ServiceReport, locale: &Locale) -> Option<Table> {
    let waits = report.waits.as_ref()?;
    let answered: u64 = waits.bands.iter().map(|band| band.answered).sum();
    let mut columns = vec![Column::text(locale.text(Label::Wait))];
    for label in [Label::Answered, Label::Abandoned, Label::Otherwise] {
        columns.push(Column::number(capital(locale.text(label))));
    }
    columns.push(Column::number(locale.text(Label::Share)));
    columns.push(Column::number(locale.text(Label::Cumulative)));
    let mut so_far = 0;
    let row = |band: &WaitBandRow| {
        so_far += band.answered;
        Row::new(vec![
            Cell::Text(band_title(band, locale)),
            Cell::Count(band.answered),
            Cell::Count(band.abandoned),
            Cell::Count(band.otherwise),
            Cell::Share(Quotient::new(band.answered, answered)),
            Cell::Share(Quotient::new(so_far, answered)),
        ])
    };
    Some(Table {
        key: "waits",
        title: locale.text(Label::Waits).to_owned(),
        columns,
        rows: used_bands(waits).iter().map(row).collect(),
    })
}

/// The percentiles of the waits.
pub(crate) fn percentiles(report: &ServiceReport, locale: &Locale) -> Option<Table> {
    let waits = report.waits.as_ref()?;
    let columns = vec![
        Column::text(locale.text(Label::Percentile)),
        Column::number(capital(locale.text(Label::Answered))),
        Column::number(capital(locale.text(Label::Abandoned))),
    ];
    let rows = waits.percentiles.iter().map(|line| {
        let percent = locale.round_percent(Quotient::new(line.percent.into(), 100));
        let title = locale.language.pick(
            format!("{percent} waited at most"),
            format!("il {percent} ha atteso al massimo"),
        );
        Row::new(vec![
            Cell::Text(title),
            Cell::wait(line.answered_ms),
            Cell::wait(line.abandoned_ms),
        ])
    });
    Some(Table {
        key: "percentiles",
        title: locale.text(Label::Percentiles).to_owned(),
        columns,
        rows: rows.collect(),
    })
}

fn capital(text: &str) -> String {
    crate::locale::capitalised(text)
}
