//! Where pointers may be touched: in one file, and nowhere else.

use super::assert_none;
use super::source::{code_of, is_word};
use super::tree::{File, code_in};

/// The only files that may lift the lint, each with its reason.
const LIFTED: &[(&str, &str)] = &[(
    "bindings/python/src/capsule.rs",
    "dataframes lend their columns by a pointer",
)];

/// Crates that forbid it for themselves, so that no attribute can lift it.
const FORBIDDING: &[&str] = &[
    "crates/floorwalker/src/lib.rs",
    "crates/floorwalker-acd/src/lib.rs",
    "crates/floorwalker-arrow/src/lib.rs",
    "crates/floorwalker-cases/src/lib.rs",
    "crates/floorwalker-report/src/lib.rs",
];

/// The words, put together here because this file is checked as well.
fn keyword() -> String {
    ["un", "safe"].concat()
}

fn lint() -> String {
    format!("{}_code", keyword())
}

fn is_lifted(path: &str) -> bool {
    LIFTED.iter().any(|(lifted, _why)| *lifted == path)
}

/// Complaints about a file that touches pointers or lifts the lint.
fn touches_pointers(file: &File) -> Vec<String> {
    if is_lifted(&file.path) {
        return Vec::new();
    }
    let code = code_of(&file.text);
    let found = code.lines().zip(1..).filter(|(line, _)| {
        let is_forbidding = line.contains("forbid(");
        !is_forbidding && (has_word(line, &keyword()) || has_word(line, &lint()))
    });
    found
        .map(|(_, number)| format!("{}:{number}: {} is lifted here", file.path, lint()))
        .collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

fn all_code() -> Vec<File> {
    ["crates", "bindings", "examples", "benches", "tests"]
        .into_iter()
        .flat_map(code_in)
        .collect()
}

#[test]
fn pointers_are_touched_in_one_file() {
    let files = all_code();
    assert!(files.len() > 50, "the code was not found");
    let complaints: Vec<String> = files.iter().flat_map(touches_pointers).collect();
    assert_none(&complaints);
}

#[test]
fn the_file_that_lifts_the_lint_says_why() {
    let files = all_code();
    for (path, _) in LIFTED {
        let file = files.iter().find(|file| file.path == *path);
        let text = &file.expect("a file that is named here exists").text;
        assert!(
            text.contains(&lint()) && text.contains("reason ="),
            "{path}"
        );
        assert!(text.contains("SAFETY:"), "{path}");
    }
}

#[test]
fn crates_forbid_it_for_themselves() {
    let files = all_code();
    for path in FORBIDDING {
        let file = files.iter().find(|file| file.path == *path);
        let text = &file.expect("a file that is named here exists").text;
        assert!(text.contains(&format!("#![forbid({})]", lint())), "{path}");
    }
}

#[test]
fn a_pointer_elsewhere_is_a_complaint() {
    let complaints = |path: &str, text: String| {
        let path = path.to_owned();
        touches_pointers(&File { path, text }).len()
    };
    let block = format!("fn f() {{ {} {{ g() }} }}", keyword());
    assert_eq!(complaints("crates/a/src/lib.rs", block.clone()), 1);
    assert_eq!(complaints(LIFTED[0].0, block), 0);
    let lifting = format!("#[allow({}, reason = \"why\")]\nfn f() {{}}", lint());
    assert_eq!(complaints("crates/a/src/lib.rs", lifting), 1);
    let comment = format!("/// Not {}.\nfn f() {{}}", keyword());
    assert_eq!(complaints("crates/a/src/lib.rs", comment), 0);
    let forbidding = format!("#![forbid({})]", lint());
    assert_eq!(complaints("crates/a/src/lib.rs", forbidding), 0);
}
