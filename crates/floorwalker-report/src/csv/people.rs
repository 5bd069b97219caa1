//! The file about operators, as far as their policy allowed.

use floorwalker::report::{OperatorFigures, OperatorSection, StateMillis, Who};
use floorwalker::service::AgentKpi;

use super::sheet::{Column, Field, Sheet};
use super::sheets::word;

/// How many indicators are counts.
const COUNTS: usize = 8;
const HOUR_MS: i64 = 3_600_000;

/// One row for each operator or team, with the policy in every row.
pub(super) fn operators(section: &OperatorSection) -> Sheet {
    let mut columns = vec![
        Column::new("kind", "word", "person, number, team, no_team or everybody"),
        Column::new("who", "name", "the name or number"),
        Column::new("people", "people", "how many people these are"),
        Column::new(
            "is_enough",
            "true or false",
            "whether there are enough contacts for means and shares to say something",
        ),
    ];
    columns.extend(
        OperatorFigures::KPIS
            .iter()
            .flat_map(|&kpi| kpi_columns(kpi)),
    );
    columns.extend(
        STATES.map(|(state, meaning)| Column::new(format!("{state}_ms"), "milliseconds", meaning)),
    );
    columns.extend([
        Column::new("purpose", "text", "what the figures are for"),
        Column::new("legal_basis", "text", "what permits them"),
        Column::new("granularity", "word", "how closely people may be looked at"),
        Column::new(
            "min_group",
            "people",
            "the smallest group that may be shown",
        ),
        Column::new(
            "retention_days",
            "days",
            "after how many days they are to be deleted",
        ),
    ]);
    let mut rows: Vec<Vec<Field>> = section
        .rows
        .iter()
        .map(|row| {
            let (kind, who) = who(&row.who);
            line(
                section,
                [kind, who],
                row.people,
                row.is_enough,
                &row.figures,
            )
        })
        .collect();
    if let Some(total) = &section.total {
        let about = ["everybody", ""].map(|text| Field::Plain(text.to_owned()));
        let is_enough = total.handled >= section.min_contacts;
        rows.push(line(section, about, section.people, is_enough, total));
    }
    Sheet {
        name: "operators",
        columns,
        rows,
    }
}

const STATES: [(&str, &str); 7] = [
    ("ready", "time waiting for a contact"),
    ("contact", "time with a contact"),
    ("break", "time in short rest"),
    ("lunch", "time at a meal"),
    ("training", "time in training"),
    ("meeting", "time in a meeting"),
    ("aux", "time in any other pause"),
];

fn state_times(states: &StateMillis) -> [u64; 7] {
    [
        states.ready,
        states.contact,
        states.r#break,
        states.lunch,
        states.training,
        states.meeting,
        states.aux,
    ]
}

fn kpi_columns(kpi: AgentKpi) -> Vec<Column> {
    let name = kpi.name();
    let unit = match kpi {
        AgentKpi::LoggedIn => {
            return vec![Column::new(
                "logged_in_ms",
                "milliseconds",
                "time in any state",
            )];
        }
        AgentKpi::Att | AgentKpi::AverageHold | AgentKpi::Acw | AgentKpi::Aht => "milliseconds",
        AgentKpi::ContactsPerProductiveHour => "contacts per hour",
        _ if is_count(kpi) => return vec![Column::new(name, "contacts", name.replace('_', " "))],
        _ => "share of 1",
    };
    let suffix = if unit == "milliseconds" { "_ms" } else { "" };
    vec![
        Column::new(format!("{name}{suffix}"), unit, name.replace('_', " ")),
        Column::new(
            format!("{name}_numerator"),
            "number",
            format!("upper number of {name}"),
        ),
        Column::new(
            format!("{name}_denominator"),
            "number",
            format!("lower number of {name}; 0 where undefined"),
        ),
    ]
}

fn is_count(kpi: AgentKpi) -> bool {
    OperatorFigures::KPIS[..COUNTS].contains(&kpi)
}

fn who(who: &Who) -> (Field, Field) {
    let kind = |kind: &str| Field::Plain(kind.to_owned());
    match who {
        Who::Person(agent) => (kind("person"), Field::Text(agent.to_string())),
        Who::Number(number) => (kind("number"), Field::count(*number)),
        Who::Team(team) => (kind("team"), Field::Text(team.clone())),
        Who::NoTeam => (kind("no_team"), kind("")),
    }
}

fn line(
    section: &OperatorSection,
    about: [Field; 2],
    people: u64,
    is_enough: bool,
    figures: &OperatorFigures,
) -> Vec<Field> {
    let mut fields: Vec<Field> = about.into();
    fields.push(Field::count(people));
    fields.push(Field::Plain(is_enough.to_string()));
    for &kpi in OperatorFigures::KPIS {
        let value = figures.of(kpi).unwrap_or_default();
        if is_count(kpi) {
            fields.push(Field::count(value.numerator()));
        } else {
            let [mut shown, upper, lower] = Field::quotient(value);
            if kpi == AgentKpi::ContactsPerProductiveHour {
                shown = Field::scaled(value, HOUR_MS);
            }
            fields.extend([shown, upper, lower]);
        }
    }
    fields.extend(state_times(&figures.states).map(Field::count));
    let policy = &section.policy;
    fields.extend([
        Field::Text(policy.purpose().to_owned()),
        Field::Text(policy.legal_basis().to_owned()),
        word(&policy.granularity()),
        Field::count(policy.min_group().into()),
        Field::count(policy.retention_days().into()),
    ]);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_come_first() {
        let (counts, others) = OperatorFigures::KPIS.split_at(COUNTS);
        assert_eq!(counts.last(), Some(&AgentKpi::LoggedIn));
        assert_eq!(others.first(), Some(&AgentKpi::TransferRate));
    }
}
