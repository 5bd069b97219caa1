//! What the packages promise: the lints they share, and which of them may use which.

use super::architecture::{document, explained_dependencies};
use super::assert_none;
use super::tree::{File, files_in};

/// What is checked of a manifest.
struct Package {
    path: String,
    name: String,
    /// What the built package needs.
    needs: Vec<String>,
    /// What only its tests or its build need.
    needs_for_tests: Vec<String>,
    has_shared_lints: bool,
    /// Whether it is a workspace of its own, as the root and fuzz targets are.
    is_workspace: bool,
}

impl Package {
    fn parse(file: &File) -> Self {
        let mut package = Self {
            path: file.path.clone(),
            name: String::new(),
            needs: Vec::new(),
            needs_for_tests: Vec::new(),
            has_shared_lints: false,
            is_workspace: false,
        };
        let mut table = "";
        for line in file.text.lines().map(str::trim) {
            if let Some(header) = line.strip_prefix('[') {
                table = header.trim_end_matches(']');
                package.is_workspace |= table == "workspace";
                // `[dependencies.name]` is one entry of `[dependencies]`.
                if let Some((kind, name)) = table.rsplit_once('.') {
                    package.entry(kind, name, "");
                }
            } else if let Some((key, value)) = line.split_once('=') {
                package.entry(table, key.trim(), value.trim());
            }
        }
        package
    }

    fn entry(&mut self, table: &str, key: &str, value: &str) {
        let name = key.split('.').next().unwrap_or(key).to_owned();
        let kind = table.rsplit('.').next().unwrap_or(table);
        match kind {
            "dependencies" => self.needs.push(name),
            "dev-dependencies" | "build-dependencies" => self.needs_for_tests.push(name),
            "package" if key == "name" => value.trim_matches('"').clone_into(&mut self.name),
            "lints" if key == "workspace" => self.has_shared_lints = value == "true",
            _ => {}
        }
    }

    fn all_needs(&self) -> impl Iterator<Item = &String> {
        self.needs.iter().chain(&self.needs_for_tests)
    }

    /// How far the package stands from the library. A package may use only lower ranks, so nothing
    /// uses a binding, an example, a bench, a test or the task runner.
    fn rank(&self) -> u8 {
        match self.name.as_str() {
            "floorwalker" => 0,
            "floorwalker-testkit" => 2,
            _ if self.path.starts_with("crates/floorwalker-") => 1,
            _ => 3,
        }
    }
}

fn packages() -> Vec<Package> {
    let files = files_in("");
    let manifests = files
        .iter()
        .filter(|file| file.path.ends_with("Cargo.toml"));
    let packages: Vec<Package> = manifests.map(Package::parse).collect();
    assert!(packages.len() > 5, "the manifests were not found");
    packages
}

/// Complaints about packages that do not take part in the lints of the workspace.
fn without_lints(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !package.is_workspace && !package.has_shared_lints)
        .map(|package| format!("{}: lacks `[lints] workspace = true`", package.path))
        .collect()
}

/// Complaints about packages of the project that use a package of the same rank or above.
fn wrong_way(packages: &[Package]) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages.iter().filter(|package| !package.name.is_empty()) {
        for used in packages {
            let uses = package.all_needs().any(|name| *name == used.name);
            if uses && used.rank() >= package.rank() {
                complaints.push(format!("{}: may not use {}", package.path, used.name));
            }
        }
    }
    complaints
}

/// Complaints about dependencies that the table in `ARCHITECTURE.md` does not explain: any crate
/// of others must be in it, and what the library itself needs must be marked as the library's.
fn unexplained(packages: &[Package], table: &[(String, String)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages.iter().filter(|package| !package.name.is_empty()) {
        for name in package.all_needs() {
            let row = table.iter().find(|(explained, _)| explained == name);
            let is_own = packages.iter().any(|own| own.name == *name);
            let for_library = package.rank() == 0 && package.needs.contains(name);
            let explained = match row {
                Some((_, users)) => !for_library || users.split(", ").any(|user| user == "library"),
                None => is_own,
            };
            if !explained {
                complaints.push(format!("{}: {name} is not explained", package.path));
            }
        }
    }
    complaints
}

#[test]
fn every_package_shares_the_lints() {
    assert_none(&without_lints(&packages()));
}

#[test]
fn packages_use_only_what_is_closer_to_the_library() {
    assert_none(&wrong_way(&packages()));
}

#[test]
fn the_task_runner_needs_only_the_standard_library() {
    let packages = packages();
    let runner = packages.iter().find(|package| package.name == "xtask");
    let needs: Vec<&String> = runner
        .expect("there is a task runner")
        .all_needs()
        .collect();
    assert!(needs.is_empty(), "{needs:?}");
}

#[test]
fn every_dependency_is_explained() {
    let table = explained_dependencies(&document());
    assert_none(&unexplained(&packages(), &table));
}

fn sample(path: &str, text: &str) -> Package {
    Package::parse(&File {
        path: path.to_owned(),
        text: text.to_owned(),
    })
}

fn library(more: &str) -> Package {
    let text = format!("[package]\nname = \"floorwalker\"\n[lints]\nworkspace = true\n{more}");
    sample("crates/floorwalker/Cargo.toml", &text)
}

#[test]
fn manifests_are_read() {
    let package = library(
        "[dependencies]\nserde.workspace = true\ntz = { version = \"1\" }\n\
         [target.'cfg(windows)'.dependencies]\nwin = \"1\"\n[dependencies.big]\nversion = \"2\"\n\
         [dev-dependencies]\nproptest = \"1\"\n",
    );
    assert_eq!(package.name, "floorwalker");
    assert_eq!(package.needs, ["serde", "tz", "win", "big"]);
    assert_eq!(package.needs_for_tests, ["proptest"]);
    assert!(package.has_shared_lints && !package.is_workspace);
}

#[test]
fn own_lints_are_a_complaint() {
    let own = "[package]\nname = \"a\"\n[lints.rust]\nunsafe_code = \"deny\"\n";
    assert_eq!(without_lints(&[sample("a/Cargo.toml", own)]).len(), 1);
    let off = "[package]\nname = \"a\"\n[lints]\nworkspace = false\n";
    assert_eq!(without_lints(&[sample("a/Cargo.toml", off)]).len(), 1);
    let alone = sample("fuzz/Cargo.toml", "[workspace]\n[package]\nname = \"f\"\n");
    assert_eq!(without_lints(&[library(""), alone]), [""; 0]);
}

#[test]
fn a_library_that_uses_a_binding_is_a_complaint() {
    let binding = |more: &str| {
        let text = format!("[package]\nname = \"floorwalker-python\"\n[dependencies]\n{more}");
        sample("bindings/python/Cargo.toml", &text)
    };
    let fine = [library(""), binding("floorwalker.workspace = true\n")];
    assert_eq!(wrong_way(&fine), [""; 0]);
    let wrong = library("[dev-dependencies]\nfloorwalker-python.path = \"x\"\n");
    assert_eq!(
        wrong_way(&[wrong, binding("")]),
        ["crates/floorwalker/Cargo.toml: may not use floorwalker-python"]
    );
}

#[test]
fn a_satellite_that_uses_another_is_a_complaint() {
    let satellite = |name: &str, more: &str| {
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{more}");
        sample(&format!("crates/{name}/Cargo.toml"), &text)
    };
    let acd = satellite("floorwalker-acd", "floorwalker.workspace = true\n");
    let report = satellite("floorwalker-report", "floorwalker-acd.workspace = true\n");
    assert_eq!(
        wrong_way(&[library(""), acd, report]),
        ["crates/floorwalker-report/Cargo.toml: may not use floorwalker-acd"]
    );
}

#[test]
fn a_dependency_nobody_explained_is_a_complaint() {
    let table = [
        ("serde".to_owned(), "library, satellites".to_owned()),
        ("clap".to_owned(), "examples".to_owned()),
    ];
    let complaints = |more: &str| unexplained(&[library(more)], &table);
    assert_eq!(complaints("[dependencies]\nserde = \"1\"\n"), [""; 0]);
    assert_eq!(complaints("[dependencies]\nclap = \"4\"\n").len(), 1);
    assert_eq!(complaints("[dev-dependencies]\nclap = \"4\"\n"), [""; 0]);
    assert_eq!(complaints("[dev-dependencies]\nrand = \"1\"\n").len(), 1);
}
