//! The report as one self-contained page.

mod page;
mod palette;
mod parts;
mod points;
mod style;

use floorwalker::report::ServiceReport;

use crate::locale::{Language, Locale};

/// The report as one page of HTML: no script, nothing to fetch, to be read on a screen in
/// light or dark, by a screen reader, or printed on A4.
///
/// Every name that the data brought is escaped, and a content policy in the page forbids
/// scripts and anything from outside.
#[must_use]
pub fn to_html(report: &ServiceReport, language: Language) -> String {
    page::page(report, &Locale::new(language, report)).into_string()
}
