//! The files of the project, and what no file may contain.

use std::fs;
use std::path::Path;

use super::{assert_none, root};

/// Folders and files that are made by tools and are not part of the project.
const MADE_BY_TOOLS: &[&str] = &[
    ".git",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".pytest_cache",
    ".venv",
    "__pycache__",
    "mutants.out",
    "mutants.out.old",
    "node_modules",
    "target",
];

/// A text file of the project, by its path from the root with forward slashes.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// The text files in a folder of the project, sorted by path.
pub(super) fn files_in(folder: &str) -> Vec<File> {
    let mut files = Vec::new();
    collect(&root().join(folder), folder, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The Rust files in a folder of the project, without those that hold only tests.
pub(super) fn code_in(folder: &str) -> Vec<File> {
    let mut files = files_in(folder);
    files.retain(|file| file.path.ends_with(".rs") && !is_test(&file.path));
    files
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn collect(folder: &Path, inside: &str, files: &mut Vec<File>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if MADE_BY_TOOLS.contains(&name.as_str()) || name.ends_with(".egg-info") {
            continue;
        }
        let path = match inside {
            "" => name,
            _ => format!("{inside}/{name}"),
        };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push(File { path, text });
        }
    }
}

/// Lines that may name a registry, because a tool writes them: the file, the start of the line.
const WRITTEN_BY_CARGO: &[(&str, &str)] = &[
    ("Cargo.lock", "source = \"registry+"),
    ("fuzz/Cargo.lock", "source = \"registry+"),
];

/// Complaints about folders of one machine and hosts of package registries.
fn foreign_places(file: &File) -> Vec<String> {
    let by_tool = |line: &str| {
        WRITTEN_BY_CARGO
            .iter()
            .any(|(path, start)| file.path == *path && line.starts_with(start))
    };
    let numbered = file.text.lines().zip(1..);
    numbered
        .filter(|(line, _)| !by_tool(line))
        .flat_map(|(line, number)| {
            let place = format!("{}:{number}", file.path);
            let path = machine_path(line).map(|path| format!("{place}: machine path {path}"));
            let host = registry_host(line).map(|host| format!("{place}: registry host {host}"));
            path.into_iter().chain(host)
        })
        .collect()
}

/// The start of an absolute path that only exists on somebody's machine. The names are put
/// together here, because this file is checked as well.
fn machine_path(line: &str) -> Option<String> {
    let homes = ["home", "mnt", "root", "tmp", "Users", "work"];
    let unix = homes
        .map(|home| format!("/{home}/"))
        .into_iter()
        .find(|start| {
            line.match_indices(start)
                .any(|(at, _)| is_absolute(line, at))
        });
    let windows = format!(":\\{}", "Users");
    unix.or_else(|| line.contains(&windows).then_some(windows))
}

/// Whether the slash at this place begins a path, and does not continue one.
fn is_absolute(line: &str, at: usize) -> bool {
    let continues = |c: char| c.is_alphanumeric() || "._-*}>)".contains(c);
    !line[..at].ends_with(continues)
}

/// A host of a package registry, put together here for the same reason.
fn registry_host(line: &str) -> Option<String> {
    let hosts = [
        "crates io",
        "//docs rs",
        "pypi org",
        "pythonhosted org",
        "npmjs com",
        "npmjs org",
        "anaconda org",
        "rubygems org",
        "nuget org",
        "maven org",
    ];
    let line = line.to_lowercase();
    hosts
        .map(|host| host.replace(' ', "."))
        .into_iter()
        .find(|host| line.contains(host))
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let files = files_in("");
    assert!(files.len() > 10, "the tree was not found");
    let complaints: Vec<String> = files.iter().flat_map(foreign_places).collect();
    assert_none(&complaints);
}

#[cfg(test)]
fn complaints_about(path: &str, text: String) -> Vec<String> {
    foreign_places(&File {
        path: path.to_owned(),
        text,
    })
}

#[test]
fn a_machine_path_is_a_complaint() {
    let home = ["", "home", "anna", "calls.log"].join("/");
    let drive = ["C:", "Users", "anna"].join("\\");
    assert_eq!(
        complaints_about("a.md", format!("one\nread `{home}`")),
        [format!("a.md:2: machine path /{}/", "home")]
    );
    assert_eq!(complaints_about("a.md", drive).len(), 1);
    for relative in [
        format!("src{home}"),
        format!("..{home}"),
        format!("*{home}"),
    ] {
        assert!(complaints_about("a.md", relative).is_empty());
    }
}

#[test]
fn a_registry_host_is_a_complaint_unless_cargo_wrote_it() {
    let host = ["crates", "io"].join(".");
    let locked = format!("source = \"registry+git://{host}-index\"");
    assert!(complaints_about("Cargo.lock", locked.clone()).is_empty());
    assert_eq!(complaints_about("Cargo.toml", locked).len(), 1);
    assert_eq!(
        complaints_about("Cargo.lock", format!("see {host}")).len(),
        1
    );
    let docs = format!("https://{}/serde", ["docs", "rs"].join("."));
    assert_eq!(complaints_about("a.md", docs).len(), 1);
    assert!(complaints_about("a.md", ["src/docs", "rs"].join(".")).is_empty());
}
