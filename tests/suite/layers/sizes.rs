//! How large files and functions may grow, and how deep folders may lie.

use super::assert_none;
use super::source::{code_of, end_of_item, is_word, without_tests};
use super::tree::{File, code_in};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
const FOLDERS_UNDER_SRC: usize = 2;

/// The folders whose code is measured. Tests are not.
const MEASURED: &[&str] = &["crates", "bindings", "examples", "benches"];

/// A comment on the line before `fn`: the function is one `match` or one table, and may be long.
const FLAT_TABLE: &str = "// flat table";

/// How deep braces may lie in a flat table: the function, the `match` or list, one row.
const FLAT_TABLE_BRACES: usize = 3;

/// Files and functions that may be longer, each with its reason: `path` or `path: name`.
const EXEMPT: &[(&str, &str)] = &[];

fn is_exempt(place: &str) -> bool {
    EXEMPT.iter().any(|(exempt, _why)| *exempt == place)
}

/// Complaints about one file of code.
fn too_large(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    let folders = folders_under_src(&file.path);
    if folders > FOLDERS_UNDER_SRC {
        complaints.push(format!(
            "{}: {folders} folders under src, the limit is {FOLDERS_UNDER_SRC}",
            file.path
        ));
    }
    let code = without_tests(&code_of(&file.text));
    let lines = lines_of(&code);
    if lines > FILE_LINES && !is_exempt(&file.path) {
        complaints.push(format!(
            "{}: {lines} lines of code, the limit is {FILE_LINES}",
            file.path
        ));
    }
    let source: Vec<&str> = file.text.lines().collect();
    let functions = functions(&code);
    let long = functions
        .iter()
        .filter(|function| function.lines() > FUNCTION_LINES)
        .filter(|function| !function.is_flat_table(&source))
        .map(|function| (format!("{}: {}", file.path, function.name), function))
        .filter(|(place, _)| !is_exempt(place));
    complaints.extend(long.map(|(place, function)| {
        let lines = function.lines();
        format!("{place} has {lines} lines of code, the limit is {FUNCTION_LINES}")
    }));
    complaints
}

fn folders_under_src(path: &str) -> usize {
    let inside = path.split_once("/src/");
    inside.map_or(0, |(_, inside)| inside.matches('/').count())
}

/// The lines that hold code.
fn lines_of(code: &str) -> usize {
    code.lines().filter(|line| !line.trim().is_empty()).count()
}

struct Function<'a> {
    name: &'a str,
    /// The number of the line with the word `fn`, from 0.
    line: usize,
    /// From the word `fn` to the closing brace.
    code: &'a str,
}

impl Function<'_> {
    fn lines(&self) -> usize {
        lines_of(self.code)
    }

    /// Whether it is marked as a flat table, and is flat.
    fn is_flat_table(&self, source: &[&str]) -> bool {
        let before = self.line.checked_sub(1).map(|line| source[line].trim());
        let marked = before.is_some_and(|before| before.starts_with(FLAT_TABLE));
        marked && deepest_brace(self.code) <= FLAT_TABLE_BRACES
    }
}

fn deepest_brace(code: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in code.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The functions with a body, those inside others included.
fn functions(code: &str) -> Vec<Function<'_>> {
    code.match_indices("fn ")
        .filter(|(start, _)| !code[..*start].ends_with(is_word))
        .filter_map(|(start, word)| {
            let named = code[start + word.len()..].trim_start();
            let name = &named[..named.find(|c| !is_word(c))?];
            let code_from_here = &code[start..];
            Some(Function {
                name,
                line: code[..start].matches('\n').count(),
                code: &code_from_here[..end_of_item(code_from_here)],
            })
        })
        .filter(|function| function.code.ends_with('}') && !function.name.is_empty())
        .collect()
}

#[test]
fn files_functions_and_folders_keep_their_limits() {
    let files: Vec<File> = MEASURED.iter().flat_map(|folder| code_in(folder)).collect();
    let complaints: Vec<String> = files.iter().flat_map(too_large).collect();
    assert_none(&complaints);
}

#[test]
fn every_exemption_has_a_reason_and_a_file() {
    for (place, why) in EXEMPT {
        let path = place.split(": ").next().unwrap();
        assert!(!why.is_empty(), "{place} has no reason");
        assert!(super::root().join(path).exists(), "{place} is no file");
    }
}

fn complaints_about(text: String) -> Vec<String> {
    too_large(&File {
        path: "crates/a/src/b.rs".to_owned(),
        text,
    })
}

/// A function with `count` lines between its first and its last.
fn function(count: usize) -> String {
    format!(
        "fn long(x: [u8; 2]) {{\n{}}}\n",
        "    step();\n".repeat(count)
    )
}

#[test]
fn a_long_file_is_a_complaint() {
    let lines = |count| "const A: u8 = 1;\n".repeat(count);
    assert_eq!(
        complaints_about(lines(401)),
        ["crates/a/src/b.rs: 401 lines of code, the limit is 400"]
    );
    let around = "//! docs\n\n/* a\nb */\n".repeat(100);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", lines(300));
    assert_eq!(complaints_about(lines(400) + &around + &tests), [""; 0]);
}

#[test]
fn a_long_function_is_a_complaint() {
    assert_eq!(complaints_about(function(58)), [""; 0]);
    assert_eq!(
        complaints_about(format!("impl A {{\n{}}}\n", function(59))),
        ["crates/a/src/b.rs: long has 61 lines of code, the limit is 60"]
    );
    let inner = format!("fn outer() {{\n{}}}\n", function(59));
    assert_eq!(complaints_about(inner).len(), 2);
    let tricky = function(59).replace("step();", "step(\"}\"); // }");
    assert_eq!(complaints_about(tricky).len(), 1);
}

#[test]
fn a_flat_table_may_be_long_while_it_is_flat() {
    let table = |row: &str| {
        format!(
            "fn name(x: u8) -> u8 {{\n    match x {{\n{}}}\n}}\n",
            row.repeat(70)
        )
    };
    let flat = table("        1 => 2,\n");
    assert_eq!(complaints_about(format!("// flat table\n{flat}")), [""; 0]);
    assert_eq!(complaints_about(format!("// a table\n{flat}")).len(), 1);
    let nested = table("        1 => { if y { z() } }\n");
    assert_eq!(
        complaints_about(format!("// flat table\n{nested}")).len(),
        1
    );
}

#[test]
fn a_third_folder_is_a_complaint() {
    let in_path = |path: &str| {
        too_large(&File {
            path: path.to_owned(),
            text: String::new(),
        })
    };
    assert_eq!(in_path("crates/a/src/b/c/d.rs"), [""; 0]);
    assert_eq!(
        in_path("crates/a/src/b/c/d/e.rs"),
        ["crates/a/src/b/c/d/e.rs: 3 folders under src, the limit is 2"]
    );
}
