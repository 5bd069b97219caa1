//! The style sheet of the page.

use super::palette::variables;

/// The style sheet in a language: the colours of both schemes, the screen, the print.
///
/// `footer` is the text at the foot of each printed page.
pub(super) fn style_sheet(footer: &str) -> String {
    let (light, dark) = (variables(false), variables(true));
    let footer = quoted(footer);
    format!(
        ":root{{color-scheme:light dark;{light}}}\
         @media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\
         {SCREEN}{CHARTS}\
         @page{{size:A4;margin:15mm 13mm 16mm;\
         @bottom-left{{content:{footer};font:8pt sans-serif;color:#55606d}}\
         @bottom-right{{content:counter(page) ' / ' counter(pages);font:8pt sans-serif;color:#55606d}}}}\
         {PRINT}"
    )
}

/// A text as a string of a style sheet: everything but letters, digits, blanks and plain
/// punctuation is written as its number, so that it can end neither the string nor the sheet.
fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for letter in text.chars() {
        if letter.is_alphanumeric() || " ,.:-–/".contains(letter) {
            out.push(letter);
        } else {
            out.push_str(&format!("\\{:x} ", u32::from(letter)));
        }
    }
    out.push('\'');
    out
}

const SCREEN: &str = "\
*{box-sizing:border-box}\
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;font-variant-numeric:tabular-nums}\
main,header,footer,nav{max-width:1120px;margin:0 auto;padding:0 24px}\
header{padding-top:32px}\
h1{font-size:1.9rem;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}\
h2{font-size:1.3rem;line-height:1.3;margin:44px 0 12px;padding-top:14px;border-top:2px solid var(--edge)}\
h3{font-size:1.05rem;margin:26px 0 8px}\
p{margin:0 0 12px;max-width:75ch}\
a{color:var(--link)}\
.lead{font-size:1.1rem;color:var(--quiet);margin:0 0 18px}\
.note{color:var(--quiet);font-size:.9rem;max-width:100ch}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
.skip{position:absolute;left:-9999px}\
.skip:focus{left:12px;top:12px;background:var(--panel);padding:8px 12px;z-index:1}\
nav ul{list-style:none;margin:18px 0 0;padding:10px 0 0;display:flex;flex-wrap:wrap;gap:4px 18px;border-top:1px solid var(--edge);font-size:.92rem}\
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:0 0 12px;font-size:.93rem}\
dl.facts dt{color:var(--quiet)}\
dl.facts dd{margin:0;overflow-wrap:anywhere}\
.cards{display:grid;grid-template-columns:repeat(5,1fr);gap:12px;margin:0;padding:0}\
.card{background:var(--panel);border:1px solid var(--edge);border-radius:8px;padding:12px 14px;display:flex;flex-direction:column-reverse;justify-content:flex-end}\
.card dt{color:var(--quiet);font-size:.82rem;line-height:1.3}\
.card dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.25}\
.card.main{grid-column:span 2;border-left:6px solid var(--quiet)}\
.card.main dd{font-size:2.3rem}\
.card.main dd.under{font-size:.95rem;font-weight:400;order:-1;margin-top:2px}\
.card.met{border-left-color:var(--met-ink)}.card.near{border-left-color:var(--near-ink)}.card.missed{border-left-color:var(--missed-ink)}\
.standing{white-space:nowrap;font-weight:600}\
.standing.met{color:var(--met-ink)}.standing.near{color:var(--near-ink)}.standing.missed{color:var(--missed-ink)}.standing.few{color:var(--quiet);font-weight:400}\
ol.findings{list-style:none;margin:0;padding:0}\
ol.findings li{display:grid;grid-template-columns:92px 1fr;gap:14px;padding:10px 0;border-bottom:1px solid var(--edge)}\
ol.findings .cost{text-align:right;font-weight:650;font-size:1.25rem;line-height:1.3}\
ol.findings .cost small{display:block;font-size:.72rem;font-weight:400;color:var(--quiet)}\
.severity{display:inline-block;border:1px solid currentColor;border-radius:4px;padding:0 7px;font-size:.75rem;font-weight:600;margin-right:8px}\
.severity.high{color:var(--missed-ink)}.severity.medium{color:var(--near-ink)}.severity.low{color:var(--quiet)}\
.table{overflow-x:auto;margin:0 0 16px}\
table{border-collapse:collapse;width:100%;font-size:.86rem}table.narrow{width:auto;min-width:min(100%,34rem)}table.wide{font-size:.8rem}table.wide th,table.wide td{padding:5px}\
caption{text-align:left;font-weight:600;padding:0 0 6px}\
th,td{padding:5px 7px;text-align:left;vertical-align:top;border-bottom:1px solid var(--edge)}\
thead th{vertical-align:bottom;color:var(--quiet);font-weight:600;border-bottom:2px solid var(--edge);line-height:1.25;hyphens:auto}\
tbody th{font-weight:500;white-space:nowrap}\
.num{text-align:right;white-space:nowrap}\
thead .num{white-space:normal}\
tr.total th,tr.total td{font-weight:650;border-top:2px solid var(--edge)}\
tbody tr:hover{background:var(--panel)}\
td.text,th.text{white-space:normal;overflow-wrap:anywhere}\
figure{margin:0 0 8px}\
details{margin:0 0 20px}\
summary{cursor:pointer;color:var(--link);font-size:.92rem;padding:4px 0}\
.empty{color:var(--quiet)}\
ul.notes{margin:0 0 16px;padding-left:20px}ul.notes li{margin-bottom:5px;max-width:85ch}\
footer{margin-top:44px;padding-bottom:40px;color:var(--quiet);font-size:.85rem}\
@media(max-width:900px){.cards{grid-template-columns:repeat(auto-fit,minmax(120px,1fr))}}@media(max-width:640px){ol.findings li{grid-template-columns:1fr;gap:2px}ol.findings .cost{text-align:left}ol.findings .cost small{display:inline}dl.facts{grid-template-columns:1fr}dl.facts dd{margin-bottom:6px}.scroll{overflow-x:auto}.scroll svg{min-width:720px}}";

const CHARTS: &str = "\
svg.chart{display:block;width:100%;height:auto;font-size:11px;fill:var(--ink)}\
.chart .grid{stroke:var(--edge);stroke-width:1}\
.chart .label{fill:var(--quiet)}\
.chart .axis-name{font-weight:600;font-size:12px}\
.chart .value{font-size:10.5px;paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round}\
.chart .name{font-size:12px}\
.chart .target{stroke:var(--target);stroke-width:1.6;stroke-dasharray:6 4}\
.chart .target-label{font-size:11px;font-weight:600}\
.chart .level{fill:none;stroke:var(--quiet);stroke-width:1.6;stroke-linejoin:round}\
.chart .point{stroke:var(--page);stroke-width:1}\
.chart .point.met{fill:var(--met-ink)}.chart .point.near{fill:var(--near-ink)}.chart .point.missed{fill:var(--missed-ink)}\
.chart .point.few{fill:var(--page);stroke:var(--quiet);stroke-width:1.4}\
.chart .in-time{fill:var(--in-time)}.chart .late{fill:var(--late);stroke:var(--in-time);stroke-width:.6}.chart .other{fill:var(--other)}\
.chart .lost{fill:var(--page);stroke:var(--lost);stroke-width:.8}.chart .gap{fill:var(--page);stroke:var(--quiet);stroke-width:.6}\
.chart .lost-line{stroke:var(--lost);stroke-width:1.5;fill:none}\
.chart .gap-line{stroke:var(--quiet);stroke-width:.8}\
.chart .cell.met{fill:var(--met)}.chart .cell.near{fill:var(--near)}.chart .cell.missed{fill:var(--missed)}.chart .cell.far{fill:var(--far)}.chart .cell.few{fill:var(--few)}.chart .cell.none{fill:var(--page)}\
.chart .mark{stroke:var(--ink);stroke-width:1.3;fill:none}.chart .dot{fill:var(--ink)}\
.chart .cell-value{font-size:12.5px;font-weight:600}.chart .cell-note{font-size:9.5px}";

const PRINT: &str = "\
@media print{\
body{font-size:9.5pt;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}\
main,header,footer,nav{max-width:none;padding:0}\
header{padding-top:0}nav,.skip,summary{display:none}\
h1{font-size:19pt}h2{font-size:13pt;margin:20pt 0 7pt;padding-top:8pt}h3{font-size:10.5pt;margin:13pt 0 4pt}\
h2,h3,caption,.note{break-after:avoid}\
.table{overflow:visible}table{font-size:7.8pt}table.wide{font-size:7.2pt}th,td,table.wide th,table.wide td{padding:2.4pt 3.4pt}\
thead{display:table-header-group}tr,figure,.card,.table.short,ol.findings li{break-inside:avoid}\
details::details-content{content-visibility:visible;height:auto}\
details{display:block}details.more{display:none}\
.cards{grid-template-columns:repeat(5,1fr);gap:6pt}.card{padding:6pt 8pt}.card dd{font-size:13pt}.card.main dd{font-size:20pt}.card.main dd.under{font-size:8.5pt}\
a{color:inherit;text-decoration:none}\
ol.findings li{grid-template-columns:58pt 1fr;gap:10pt;padding:5pt 0}\
}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_style_sheet() {
        let sheet = style_sheet("a'}</style><script>");
        assert!(!sheet.contains("</style>") && !sheet.contains("<script>"));
        assert!(sheet.contains("'a\\27 \\7d \\3c /style\\3e \\3c script\\3e '"));
    }

    #[test]
    fn braces_are_in_balance() {
        let sheet = style_sheet("x");
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(!sheet.contains("url("), "nothing is fetched");
        assert!(!sheet.contains("@import"));
    }
}
