//! The page: its sections in order.

use floorwalker::report::ServiceReport;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::parts::{Caption, Print};
use super::{parts, points, style};
use crate::chart::{MAX_DAYS, heat_map, heat_strip, level_volume, queue_bars, wait_bars};
use crate::head;
use crate::locale::{Label, Locale};
use crate::table::{self, Cell};

/// Rows of a list of exceptions that are not folded away.
const EXCEPTIONS: usize = 10;

/// With more days than this their columns do not fit on paper.
const PRINTED_DAYS: usize = 14;

/// A section: its anchor, its heading, its content.
type Section = (&'static str, Label, Markup);

pub(super) fn page(report: &ServiceReport, locale: &Locale) -> Markup {
    let title = locale.text(Label::Title);
    let period = head::period(report, locale);
    let sheet = style::style_sheet(&format!("{title} – {period}"));
    let sections = sections(report, locale);
    html! {
        (DOCTYPE)
        html lang=(locale.language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (period) }
                style { (PreEscaped(sheet)) }
            }
            body {
                a class="skip" href="#findings" { (locale.text(Label::Skip)) }
                header {
                    h1 { (title) }
                    p class="lead" { (period) }
                    (parts::facts(&head::subject(report, locale)[1..]))
                }
                nav aria-label=(locale.text(Label::Contents)) {
                    ul { @for (key, label, _) in &sections {
                        li { a href=(format!("#{key}")) { (locale.text(*label)) } }
                    } }
                }
                main {
                    @for (key, label, content) in &sections {
                        section aria-labelledby=(key) {
                            h2 id=(key) { (locale.text(*label)) }
                            (content)
                        }
                    }
                }
                footer { p { "floorwalker " (env!("CARGO_PKG_VERSION")) ", " (report.format) } }
            }
        }
    }
}

fn sections(report: &ServiceReport, locale: &Locale) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut add = |key, label, content: Option<Markup>| {
        sections.extend(content.map(|content| (key, label, content)));
    };
    if report.is_empty() {
        let nothing = html! { p { (locale.text(Label::NoData)) } };
        add("summary", Label::Summary, Some(nothing));
    } else {
        add("summary", Label::Summary, Some(summary(report, locale)));
        add("findings", Label::Findings, Some(findings(report, locale)));
        add("queues", Label::ByQueue, queues(report, locale));
        add("days", Label::ByDay, days(report, locale));
        add("times", Label::ByTimeOfDay, times(report, locale));
        add("week", Label::ByWeekdayHour, week(report, locale));
        add("strips", Label::ByInterval, strips(report, locale));
        add("wait", Label::Waits, waits(report, locale));
        add("exceptions", Label::Exceptions, exceptions(report, locale));
        add("people", Label::Operators, operators(report, locale));
        add("rules", Label::OtherRules, Some(rules(report, locale)));
    }
    add(
        "meaning",
        Label::Definitions,
        Some(definitions(report, locale)),
    );
    add(
        "data",
        Label::DataNotes,
        Some(parts::notes(&head::data_notes(report, locale))),
    );
    sections
}

fn summary(report: &ServiceReport, locale: &Locale) -> Markup {
    let total = &report.total;
    let class = format!("card main {}", parts::class(total.standing));
    html! {
        dl class="cards" {
            div class=(class) {
                dd class="under" {
                    (locale.text(Label::TargetLine)) " " (head::target(report, locale)) ": "
                    (parts::standing(total.standing, locale))
                    @if let Some(missing) = total.missing.filter(|missing| *missing > 0) {
                        ", " (locale.short_of_target(missing))
                    }
                }
                dd { (Cell::Share(total.figures.service_level).text(locale)) }
                dt { (locale.text(Label::ServiceLevel)) }
            }
            @for (title, cell) in table::key_figures(report, locale) {
                div class="card" { dd { (cell.text(locale)) } dt { (title) } }
            }
        }
    }
}

fn findings(report: &ServiceReport, locale: &Locale) -> Markup {
    html! {
        @if report.findings.is_empty() {
            p { (locale.text(Label::NoFindings)) }
        } @else {
            p class="note" { (locale.text(Label::FindingsNote)) }
            ol class="findings" role="list" {
                @for finding in &report.findings {
                    li {
                        div class="cost" {
                            @if finding.cost > 0 {
                                (locale.count(finding.cost)) " "
                                small { (locale.language.pick(if finding.cost == 1 { "contact" } else { "contacts" }, if finding.cost == 1 { "chiamata" } else { "chiamate" })) }
                            }
                        }
                        div {
                            span class=(parts::severity_class(finding.severity)) { (locale.severity(finding.severity)) }
                            (locale.finding(finding, report)) "."
                        }
                    }
                }
            }
            @if let Some(more) = head::more_findings(report, locale) { p class="note" { (more) "." } }
        }
    }
}

fn queues(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    let chart = queue_bars("chart-queues", locale.text(Label::ByQueue), report, locale);
    let table = table::by_queue(report, locale);
    (!report.by_queue.is_empty()).then(|| {
        html! {
            figure class="scroll" { (chart) }
            (parts::table(&table, Caption::Hidden, locale))
            @if let Some(outcomes) = table::outcomes(report, locale) {
                (parts::table(&outcomes, Caption::Shown, locale))
            }
        }
    })
}

fn days(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    if report.by_day.len() < 2 {
        return None;
    }
    let (title, target) = (locale.text(Label::ByDay), report.subject.target.share());
    let points = points::days(report, locale);
    let chart = level_volume("chart-days", title, &points, target, locale);
    let mut tables = vec![table::by_day(report, locale)];
    if report.by_queue.len() > 1 {
        tables.push(table::by_queue_day(report, locale));
    }
    Some(parts::chart(&chart, &tables, Print::Table, locale))
}

fn times(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    if report.by_time_of_day.is_empty() {
        return None;
    }
    let (title, target) = (
        locale.text(Label::ByTimeOfDay),
        report.subject.target.share(),
    );
    let points = points::times(report, locale);
    let chart = level_volume("chart-times", title, &points, target, locale);
    let tables = [table::by_time_of_day(report, locale)];
    Some(parts::chart(&chart, &tables, Print::Table, locale))
}

fn week(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    if report.by_day.len() < 2 || report.by_weekday_hour.is_empty() {
        return None;
    }
    let title = locale.text(Label::ByWeekdayHour);
    let chart = heat_map("chart-week", title, report, locale);
    let note = locale.language.pick(
        "Service level in whole percent, and below it the contacts offered in that hour over the whole period.",
        "Livello di servizio in punti interi, e sotto le chiamate offerte in quell'ora in tutto il periodo.",
    );
    Some(html! {
        p class="note" { (note) }
        (parts::chart(&chart, &[table::by_weekday_hour(report, locale)], Print::ChartOnly, locale))
    })
}

fn strips(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    let days = report.by_day.len();
    if !(2..=MAX_DAYS).contains(&days) || report.by_time_of_day.is_empty() {
        return None;
    }
    let chart = heat_strip(
        "chart-strips",
        locale.text(Label::ByInterval),
        report,
        locale,
    );
    let print = if days <= PRINTED_DAYS {
        Print::Table
    } else {
        Print::ChartOnly
    };
    Some(html! {
        @for note in points::clock_changes(report, locale) { p class="note" { (note) } }
        (parts::chart(&chart, &[table::by_interval(report, locale)], print, locale))
    })
}

fn waits(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    let waits = report.waits.as_ref()?;
    let title = locale.text(Label::Waits);
    let chart = wait_bars("chart-waits", title, waits, report, locale);
    let percentiles = table::percentiles(report, locale)?;
    let tables: Vec<table::Table> = table::waits(report, locale).into_iter().collect();
    Some(html! {
        (parts::chart(&chart, &tables, Print::Table, locale))
        (parts::table(&percentiles, Caption::Shown, locale))
    })
}

fn exceptions(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    let tables = table::exceptions(report, locale);
    (!tables.is_empty()).then(|| {
        html! { @for one in &tables { (parts::long_table(one, EXCEPTIONS, locale)) } }
    })
}

fn operators(report: &ServiceReport, locale: &Locale) -> Option<Markup> {
    let section = report.operators.as_ref()?;
    Some(html! {
        (parts::facts(&table::people(section, locale)))
        p class="note" { (locale.text(Label::OperatorsNote)) }
        (parts::table(&table::operators(section, locale), Caption::Hidden, locale))
    })
}

fn rules(report: &ServiceReport, locale: &Locale) -> Markup {
    html! {
        p class="note" { (locale.text(Label::OtherRulesNote)) }
        (parts::table(&table::other_rules(report, locale), Caption::Hidden, locale))
        p class="note" { (locale.text(Label::ReckoningNote)) }
        (parts::table(&table::reckoning(report, locale), Caption::Shown, locale))
    }
}

fn definitions(report: &ServiceReport, locale: &Locale) -> Markup {
    html! {
        (parts::table(&table::limits(report, locale), Caption::Shown, locale))
        h3 { (locale.text(Label::Conventions)) }
        (parts::notes(&head::conventions(report, locale)))
        (parts::table(&table::definitions(report, locale), Caption::Shown, locale))
    }
}
