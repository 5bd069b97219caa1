//! The table of the operators, as far as their policy allowed.

use floorwalker::report::{OperatorFigures, OperatorSection, Who};
use floorwalker::service::AgentKpi;
use floorwalker::team::Granularity;

use super::{Cell, Column, Row, Table};
use crate::locale::{Label, Locale};

const COUNTS: [AgentKpi; 2] = [AgentKpi::Handled, AgentKpi::TransferredOut];
const MEANS: [AgentKpi; 5] = [
    AgentKpi::TransferRate,
    AgentKpi::Att,
    AgentKpi::AverageHold,
    AgentKpi::Acw,
    AgentKpi::Aht,
];
const TIMES: [AgentKpi; 4] = [
    AgentKpi::LoggedIn,
    AgentKpi::Occupancy,
    AgentKpi::Availability,
    AgentKpi::ContactsPerProductiveHour,
];

/// The rows that may be shown, and everybody together.
pub(crate) fn operators(section: &OperatorSection, locale: &Locale) -> Table {
    let is_team = section.policy.granularity() == Granularity::Team;
    let who = if is_team {
        Label::Team
    } else {
        Label::Operator
    };
    let mut columns = vec![Column::text(locale.text(who))];
    if is_team {
        columns.push(Column::number(locale.text(Label::People)));
    }
    let kpis = COUNTS.iter().chain(&MEANS).chain(&TIMES);
    columns.extend(kpis.map(|&kpi| {
        let spare = match kpi {
            AgentKpi::AverageHold => 3,
            AgentKpi::Acw | AgentKpi::Availability => 2,
            AgentKpi::Att | AgentKpi::TransferredOut => 1,
            _ => 0,
        };
        Column::number(locale.operator_kpi(kpi)).spared(spare)
    }));
    let cells = |about, people, figures: &OperatorFigures, is_enough| {
        row(about, is_team.then_some(people), figures, is_enough)
    };
    let mut rows: Vec<Row> = section
        .rows
        .iter()
        .map(|row| {
            let name = locale.who(&row.who);
            let about = match row.who {
                Who::Person(_) | Who::Team(_) => Cell::Name(name),
                _ => Cell::Text(name),
            };
            cells(about, row.people, &row.figures, row.is_enough)
        })
        .collect();
    if let Some(total) = &section.total {
        let about = Cell::Text(locale.text(Label::Everybody).to_owned());
        let is_enough = total.handled >= section.min_contacts;
        rows.push(cells(about, section.people, total, is_enough).total());
    }
    Table {
        key: "operators",
        title: locale.text(Label::Operators).to_owned(),
        columns,
        rows,
    }
}

/// A row; the number of people where it is about groups.
fn row(about: Cell, people: Option<u64>, figures: &OperatorFigures, is_enough: bool) -> Row {
    let mut cells = vec![about];
    cells.extend(people.map(Cell::Count));
    cells.extend(COUNTS.map(|kpi| cell(kpi, figures)));
    cells.extend(MEANS.map(|kpi| {
        if is_enough {
            cell(kpi, figures)
        } else {
            Cell::Undefined
        }
    }));
    cells.extend(TIMES.map(|kpi| cell(kpi, figures)));
    Row::new(cells)
}

fn cell(kpi: AgentKpi, figures: &OperatorFigures) -> Cell {
    let value = figures.of(kpi).unwrap_or_default();
    if !value.is_defined() {
        return Cell::Undefined;
    }
    match kpi {
        AgentKpi::LoggedIn => Cell::Hours(value),
        AgentKpi::TransferRate
        | AgentKpi::Occupancy
        | AgentKpi::Utilisation
        | AgentKpi::Availability => Cell::Share(value),
        AgentKpi::Att | AgentKpi::AverageHold | AgentKpi::Acw | AgentKpi::Aht => Cell::Time(value),
        AgentKpi::ContactsPerProductiveHour => Cell::PerHour(value),
        _ => Cell::Count(value.numerator()),
    }
}

/// The lines that go with the table: the policy, and what is not shown.
pub(crate) fn people(section: &OperatorSection, locale: &Locale) -> Vec<(String, String)> {
    let policy = &section.policy;
    let days = |days| locale.plural(days, ("day", "days"), ("giorno", "giorni"));
    let persons = |count| locale.plural(count, ("person", "people"), ("persona", "persone"));
    let line = |label: Label, text: String| (locale.text(label).to_owned(), text);
    let mut lines = vec![
        line(Label::Purpose, policy.purpose().to_owned()),
        line(Label::LegalBasis, policy.legal_basis().to_owned()),
        line(
            Label::Granularity,
            locale.granularity(policy.granularity()).to_owned(),
        ),
        line(Label::MinGroup, persons(policy.min_group().into())),
        line(Label::Retention, days(policy.retention_days().into())),
    ];
    let minimum = locale.contacts(section.min_contacts);
    let note = locale.language.pick(
        format!("means and transfer rate from {minimum} on"),
        format!("medie e tasso di trasferimento da {minimum}"),
    );
    lines.push(line(Label::Conventions, note));
    if section.hidden_rows > 0 {
        let hidden = locale.count(section.hidden_rows);
        let note = locale.language.pick(
            format!("rows not shown: {hidden}; they, or what is left beside them, would show too few people"),
            format!("righe non mostrate: {hidden}; esse, o ciò che resta accanto, mostrerebbero troppo poche persone"),
        );
        lines.push(line(Label::People, note));
    }
    if section.without_operator > 0 {
        let note = locale.language.pick(
            format!(
                "{} without an operator",
                locale.contacts(section.without_operator)
            ),
            format!(
                "{} senza operatore",
                locale.contacts(section.without_operator)
            ),
        );
        lines.push(line(Label::DataNotes, note));
    }
    lines
}
