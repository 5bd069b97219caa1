//! The tables of the rules: other definitions, what counted, what the figures mean.

use floorwalker::report::{Quotient, RuleLevel, ServiceReport};

use super::{Cell, Column, Row, Table};
use crate::locale::{Label, Locale};

/// What other definitions say of the same contacts.
pub(crate) fn other_rules(report: &ServiceReport, locale: &Locale) -> Table {
    let columns = vec![
        Column::text(locale.text(Label::Rule)),
        Column::text(locale.text(Label::Formula)),
        Column::number(locale.text(Label::Contacts)),
        Column::number(locale.text(Label::ServiceLevel)),
        Column::number(locale.text(Label::Difference)),
    ];
    let main = report.rules.main.level;
    let row = |rule: &RuleLevel, mark: &str| {
        Row::new(vec![
            Cell::Text(format!("{}{mark}", rule.rule)),
            Cell::Text(rule.formula.clone().unwrap_or_default()),
            Cell::Text(format!(
                "{} / {}",
                locale.count(rule.level.numerator()),
                locale.count(rule.level.denominator())
            )),
            Cell::Share(rule.level),
            Cell::Points(points(rule.level, main)),
        ])
    };
    let mark = format!(" ({})", locale.text(Label::MainRule));
    let mut rows = vec![row(&report.rules.main, &mark).total()];
    rows.extend(report.rules.others.iter().map(|rule| row(rule, "")));
    Table {
        key: "other-rules",
        title: locale.text(Label::OtherRules).to_owned(),
        columns,
        rows,
    }
}

/// The difference of two shares as they are shown, in points.
fn points(level: Quotient, main: Quotient) -> Option<rust_decimal::Decimal> {
    Some(level.scaled(100, 1)? - main.scaled(100, 1)?)
}

/// What the rule made of the contacts that occurred.
pub(crate) fn reckoning(report: &ServiceReport, locale: &Locale) -> Table {
    let lines = report.rules.reckoning.iter();
    let rows = lines.filter(|line| line.contacts > 0).map(|line| {
        Row::new(vec![
            Cell::Text(locale.kind(line)),
            Cell::Text(locale.verdict(line.verdict).to_owned()),
            Cell::Count(line.contacts),
        ])
    });
    Table {
        key: "reckoning",
        title: locale.text(Label::Reckoning).to_owned(),
        columns: vec![
            Column::text(locale.text(Label::Kind)),
            Column::text(locale.text(Label::Counts)),
            Column::number(locale.text(Label::Contacts)),
        ],
        rows: rows.collect(),
    }
}

/// The thresholds and targets of the queues.
pub(crate) fn limits(report: &ServiceReport, locale: &Locale) -> Table {
    let limit = |ms: Option<i64>| {
        ms.map_or(Cell::Undefined, |ms| {
            Cell::Text(locale.limit(ms.unsigned_abs()))
        })
    };
    let row = |limits: &floorwalker::report::QueueLimits| {
        Row::new(vec![
            Cell::Name(limits.queue.to_string()),
            limit(limits.within_ms),
            limit(limits.short_ms),
            Cell::Text(locale.round_percent(limits.target)),
        ])
    };
    Table {
        key: "limits",
        title: locale.text(Label::Limits).to_owned(),
        columns: vec![
            Column::text(locale.text(Label::Queue)),
            Column::number(locale.text(Label::Threshold)),
            Column::number(locale.text(Label::ShortLimit)),
            Column::number(locale.text(Label::Target)),
        ],
        rows: report.rules.limits.iter().map(row).collect(),
    }
}

/// The formula of every indicator of the report.
pub(crate) fn definitions(report: &ServiceReport, locale: &Locale) -> Table {
    let mut rows: Vec<Row> = report
        .definitions
        .iter()
        .map(|&kpi| {
            Row::new(vec![
                Cell::Text(locale.kpi(kpi).to_owned()),
                Cell::Text(locale.formula(kpi).to_owned()),
            ])
        })
        .collect();
    if report.operators.is_some() {
        let kpis = floorwalker::report::OperatorFigures::KPIS.iter();
        rows.extend(kpis.map(|&kpi| {
            let title = format!(
                "{}: {}",
                locale.text(Label::Operators),
                locale.operator_kpi(kpi)
            );
            Row::new(vec![
                Cell::Text(title),
                Cell::Text(locale.operator_formula(kpi).to_owned()),
            ])
        }));
    }
    Table {
        key: "definitions",
        title: locale.text(Label::Definitions).to_owned(),
        columns: vec![
            Column::text(locale.text(Label::Indicator)),
            Column::text(locale.text(Label::Formula)),
        ],
        rows,
    }
}
