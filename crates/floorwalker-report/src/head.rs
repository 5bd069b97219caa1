//! The lines at the head of a report and the notes at its end, for all renderers that people read.

use floorwalker::report::ServiceReport;
use floorwalker::service::Comparison;

use crate::locale::{Label, Locale, UNDEFINED};

/// What the report is about: title and text of each line.
pub(crate) fn subject(report: &ServiceReport, locale: &Locale) -> Vec<(String, String)> {
    let subject = &report.subject;
    let line = |label: Label, text: String| (locale.text(label).to_owned(), text);
    let names: Vec<&str> = subject.queues.iter().map(|queue| queue.as_str()).collect();
    let all = if subject.all_queues {
        Label::AllQueues
    } else {
        Label::SelectedQueues
    };
    let queues = if names.is_empty() {
        UNDEFINED.to_owned()
    } else {
        format!("{} ({})", names.join(", "), locale.text(all))
    };
    let mut lines = vec![
        line(Label::Period, period(report, locale)),
        line(
            Label::Zone,
            format!(
                "{} ({} {})",
                subject.zone,
                locale.text(Label::ZoneRules),
                subject.tzdb
            ),
        ),
        line(Label::Queues, queues),
        line(Label::Intervals, locale.every(subject.every)),
        line(
            Label::CountedBy,
            locale.attribution(subject.attribution).to_owned(),
        ),
        line(Label::Rule, rule(report)),
        line(Label::Target, target(report, locale)),
    ];
    if let Some(as_of) = subject.as_of {
        let at = as_of.with_timezone(subject.period.end.offset());
        let (date, time) = (at.date_naive(), crate::locale::clock(at.time()));
        lines.push(line(
            Label::ExtractedAt,
            format!("{} {time}", locale.date(date)),
        ));
    }
    lines
}

/// The period in words; a dash where the data has none.
pub(crate) fn period(report: &ServiceReport, locale: &Locale) -> String {
    let subject = &report.subject;
    if subject.period.millis() == 0 {
        UNDEFINED.to_owned()
    } else {
        locale.period(subject.first_day, subject.last_day)
    }
}

/// The rule with its formula.
fn rule(report: &ServiceReport) -> String {
    let main = &report.rules.main;
    match &main.formula {
        Some(formula) => format!("{}: {formula}", main.rule),
        None => main.rule.clone(),
    }
}

/// The target in words: `80 % within 20 s`.
pub(crate) fn target(report: &ServiceReport, locale: &Locale) -> String {
    let target = &report.subject.target;
    let share = locale.round_percent(target.share());
    if report.rules.comparison == Comparison::Any {
        return share;
    }
    let limits = report.rules.limits.iter();
    let mut thresholds: Vec<Option<i64>> = limits.map(|limits| limits.within_ms).collect();
    thresholds.sort_unstable();
    thresholds.dedup();
    let given = target.within_time().map(|within| within.num_milliseconds());
    let within = match thresholds.as_slice() {
        [] => given,
        [one] => *one,
        _ => None,
    };
    let within = match within {
        Some(ms) => locale.limit(ms.unsigned_abs()),
        None => locale
            .language
            .pick("the threshold of the queue", "la soglia della coda")
            .to_owned(),
    };
    locale.language.pick(
        format!("{share} within {within}"),
        format!("{share} entro {within}"),
    )
}

/// The conventions behind the figures, one sentence each.
pub(crate) fn conventions(report: &ServiceReport, locale: &Locale) -> Vec<String> {
    let limits = &report.limits;
    let minimum = locale.contacts(limits.min_contacts);
    let (tolerance, abandon) = (
        locale.points(limits.tolerance),
        locale.round_percent(limits.abandon_rate),
    );
    let mut notes = vec![
        locale.waiting_rule(report.rules.clock, report.rules.comparison),
        locale.language.pick(
            format!("A figure is judged from {minimum} on; up to {tolerance} points below the target is just below."),
            format!("Un dato è valutato da {minimum} in su; fino a {tolerance} punti sotto l'obiettivo è appena sotto."),
        ),
        locale.language.pick(
            format!("The usual limit of the abandon rate is {abandon}: a convention of this report, not a norm."),
            format!("Il limite usuale del tasso di abbandono è {abandon}: una convenzione di questo rapporto, non una norma."),
        ),
    ];
    for label in [
        Label::CountingNote,
        Label::RoundingNote,
        Label::UndefinedNote,
        Label::SymbolsNote,
    ] {
        notes.push(locale.text(label).to_owned());
    }
    notes
}

/// What is in the data but not in the figures, one line each.
pub(crate) fn data_notes(report: &ServiceReport, locale: &Locale) -> Vec<String> {
    let left_out = &report.exceptions.not_counted;
    let mut notes = Vec::new();
    let mut add = |count: u64, english: &str, italian: &str| {
        if count > 0 {
            let contacts = locale.contacts(count);
            notes.push(locale.language.pick(
                format!("{contacts} {english}"),
                format!("{contacts} {italian}"),
            ));
        }
    };
    add(
        left_out.outside_window,
        "outside the window of the data",
        "fuori dalla finestra dei dati",
    );
    add(
        left_out.without_instant,
        "without the instant they are counted by",
        "senza l'istante di attribuzione",
    );
    for note in &left_out.source {
        let count = locale.count(note.count);
        notes.push(match &note.assumption {
            Some(assumption) => format!("{} ({count}): {assumption}", note.kind),
            None => format!("{} ({count})", note.kind),
        });
    }
    if notes.is_empty() {
        notes.push(locale.text(Label::Complete).to_owned());
    }
    notes
}

/// How many findings are not listed.
pub(crate) fn more_findings(report: &ServiceReport, locale: &Locale) -> Option<String> {
    let more = report.more_findings;
    (more > 0).then(|| {
        let count = locale.plural(
            more,
            ("more finding", "more findings"),
            ("altro punto", "altri punti"),
        );
        locale.language.pick(
            format!("{count} of lower cost; see the exceptions"),
            format!("{count} di costo minore; vedi le eccezioni"),
        )
    })
}
