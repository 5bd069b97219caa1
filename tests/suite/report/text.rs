//! The text for terminals: widths and letters.

use floorwalker_report::{Language, TerminalOptions, to_terminal};

use super::sample::sample_report;

#[test]
fn no_line_is_wider_than_asked() {
    for language in Language::ALL {
        for width in [60, 80, 100, 132, 200] {
            let text = to_terminal(
                sample_report(),
                &TerminalOptions::new(*language).with_width(width),
            );
            for line in text.lines() {
                let found = line.chars().count();
                assert!(found <= usize::from(width), "{found} > {width}: {line}");
            }
        }
    }
}

#[test]
fn what_has_no_room_is_named() {
    let narrow = to_terminal(
        sample_report(),
        &TerminalOptions::new(Language::English).with_width(80),
    );
    assert!(narrow.contains("(not shown for lack of room: "));
    let wide = to_terminal(
        sample_report(),
        &TerminalOptions::new(Language::English).with_width(200),
    );
    assert!(!wide.contains("not shown for lack of room"));
}

#[test]
fn ascii_is_ascii() {
    for language in Language::ALL {
        let text = to_terminal(sample_report(), &TerminalOptions::new(*language).in_ascii());
        let other: String = text.chars().filter(|letter| !letter.is_ascii()).collect();
        assert_eq!(other, "");
    }
    let text = to_terminal(
        sample_report(),
        &TerminalOptions::new(Language::Italian).in_ascii(),
    );
    assert!(text.contains("Lunedi' 23 marzo, 11:00-14:00"));
}

#[test]
fn long_tables_are_cut_and_say_so() {
    let options = TerminalOptions::new(Language::English).with_max_rows(10);
    let text = to_terminal(sample_report(), &options);
    assert!(text.contains("(38 more rows)"), "48 half-hours of the day");
    assert!(text.contains("All queues"), "the total stays");
}
