//! The words that a supervisor reads first, in both languages.

use floorwalker_report::{Language, TerminalOptions, to_html, to_terminal};

use super::markup::parse;
use super::sample::sample_report;

fn text(language: Language) -> String {
    let options = TerminalOptions::new(language).with_width(400);
    to_terminal(sample_report(), &options).replace('\u{a0}', " ")
}

fn assert_lines(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            text.lines().any(|one| one.trim_end() == *line),
            "{line}\nis not in\n{text}"
        );
    }
}

#[test]
fn english_reads_like_english() {
    assert_lines(
        &text(Language::English),
        &[
            "Service level report",
            "Period      Monday 16 March 2026 to Sunday 29 March 2026",
            "Time zone   Europe/Rome (zone rules 2026f)",
            "Queues      billing, care, sales, tech (all queues)",
            "Counted by  entry into the queue",
            "Rule        offered(20s): Ai / N",
            "Service level        80.0 %  (target 80 % within 20 s: ≈ just below)",
            "Offered              9,968",
            " 1. [high] Monday 23 March, 11:00–14:00, all queues (below target: billing, care, sales, tech): 9.4 % within 20 s (target 80 %), 390 contacts short of the target, 234 abandoned.",
            " 2. [high] Monday 23 March, 08:30–15:00, queue billing: 20.0 % within 20 s (target 80 %), 117 contacts short of the target, 63 abandoned.",
            "Waits are measured from the entry into the queue; a wait equal to the threshold is within it.",
        ],
    );
}

#[test]
fn italian_reads_like_italian() {
    assert_lines(
        &text(Language::Italian),
        &[
            "Rapporto sul livello di servizio",
            "Periodo       da lunedì 16 marzo 2026 a domenica 29 marzo 2026",
            "Fuso orario   Europe/Rome (regole dei fusi 2026f)",
            "Attribuzione  ingresso in coda",
            "Livello di servizio      80,0 %  (obiettivo 80 % entro 20 s: ≈ appena sotto)",
            "Offerte                  9.968",
            "Tempo medio di risposta  0:18",
            " 1. [alta] Lunedì 23 marzo, 11:00–14:00, tutte le code (sotto l'obiettivo: billing, care, sales, tech): 9,4 % entro 20 s (obiettivo 80 %), mancano 390 chiamate all'obiettivo, 234 abbandonate.",
            "L'attesa si misura dall'ingresso in coda; un'attesa pari alla soglia è entro la soglia.",
        ],
    );
}

#[test]
fn the_page_has_the_same_sentences() {
    for language in Language::ALL {
        let page = parse(&to_html(sample_report(), *language))
            .text()
            .replace('\u{a0}', " ");
        let terminal = text(*language);
        let findings = terminal.lines().filter(|line| line.contains(" [")).take(10);
        let mut found = 0;
        for line in findings {
            let sentence = line.split_once("] ").unwrap().1;
            assert!(page.contains(sentence), "{sentence}");
            found += 1;
        }
        assert_eq!(found, 10);
    }
}

/// Italian must not fall back to English words.
#[test]
fn no_english_is_left_in_the_italian_page() {
    let page = parse(&to_html(sample_report(), Language::Italian));
    let text = page.named("body")[0].text();
    for word in [
        "Offered",
        "Abandoned",
        "Monday",
        "March",
        "missed",
        "target",
        "the threshold",
        "contacts",
        "queue ",
        " within ",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}
