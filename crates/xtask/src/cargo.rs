//! The stages that are one call of cargo, or a few.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use crate::binding;
use crate::closing::Runner;
use crate::outcome::Outcome;
use crate::process;
use crate::workspace::Workspace;

/// The package of benchmarks: compiled, but not run as tests.
const BENCHES: &str = "floorwalker-benches";

/// Cargo, called on this workspace.
pub(crate) struct Cargo<'a> {
    workspace: &'a Workspace,
}

impl<'a> Cargo<'a> {
    pub(crate) fn new(workspace: &'a Workspace) -> Self {
        Self { workspace }
    }

    pub(crate) fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    /// A cargo command with these words, in the root of the workspace.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(program);
        command.args(words).current_dir(self.workspace.root());
        command
    }

    /// Runs cargo with these words as one check.
    pub(crate) fn check(&self, words: &[&str]) -> Outcome {
        process::run(&mut self.command(words), Runner::ExitCode)
    }

    /// Unit tests, integration tests and doctests. Bindings are tested from their own language.
    pub(crate) fn test(&self) -> Outcome {
        let mut command = self.command(&["test", "--workspace", "--locked", "--no-fail-fast"]);
        command.args(["--exclude", BENCHES]);
        command.args(exclusions(binding::packages(self.workspace)));
        command.args(["--", "--show-output"]);
        process::run(&mut command, Runner::Libtest)
    }

    pub(crate) fn format_check(&self) -> Outcome {
        self.check(&["fmt", "--all", "--check"])
    }

    pub(crate) fn clippy(&self) -> Outcome {
        let mut command = self.command(&["clippy", "--workspace", "--all-targets", "--locked"]);
        command.args(exclusions(binding::without_host(self.workspace)));
        command.args(["--", "-D", "warnings"]);
        process::run(&mut command, Runner::ExitCode)
    }

    /// The documentation. A binding is documented in its own language.
    pub(crate) fn doc(&self) -> Outcome {
        let mut command = self.command(&["doc", "--workspace", "--no-deps", "--locked"]);
        command.args(exclusions(binding::packages(self.workspace)));
        command.env("RUSTDOCFLAGS", "-D warnings");
        process::run(&mut command, Runner::ExitCode)
    }

    pub(crate) fn bench_no_run(&self) -> Outcome {
        self.check(&["bench", "--no-run", "--locked", "--package", BENCHES])
    }

    /// The ways to build a package that its features allow: none, each alone, all. A package
    /// without features has none of them to check.
    pub(crate) fn feature_combinations(&self, package: &str) -> Vec<Vec<String>> {
        let manifest = self.workspace.manifest(&format!("crates/{package}"));
        let features = manifest
            .iter()
            .flat_map(|manifest| manifest.keys("features"));
        combinations(features)
    }

    pub(crate) fn check_features(&self, package: &str, features: &[String]) -> Outcome {
        let mut command = self.command(&["check", "--locked", "--package", package]);
        process::run(command.args(features), Runner::ExitCode)
    }
}

fn exclusions(packages: Vec<String>) -> impl Iterator<Item = String> {
    packages
        .into_iter()
        .flat_map(|name| ["--exclude".to_owned(), name])
}

fn combinations<'a>(features: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    const NONE: &str = "--no-default-features";
    let alone: Vec<Vec<String>> = features
        .filter(|&feature| feature != "default")
        .map(|feature| vec![NONE.to_owned(), "--features".to_owned(), feature.to_owned()])
        .collect();
    if alone.is_empty() {
        return alone;
    }
    let none = vec![vec![NONE.to_owned()]];
    let all = vec![vec!["--all-features".to_owned()]];
    [none, alone, all].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_built_without_alone_and_together() {
        let lines: Vec<String> = combinations(["default", "tz", "columns"].into_iter())
            .iter()
            .map(|words| words.join(" "))
            .collect();
        assert_eq!(
            lines,
            [
                "--no-default-features",
                "--no-default-features --features tz",
                "--no-default-features --features columns",
                "--all-features",
            ]
        );
    }

    #[test]
    fn without_features_there_is_nothing_to_combine() {
        assert!(combinations(["default"].into_iter()).is_empty());
        assert!(combinations([].into_iter()).is_empty());
    }

    #[test]
    fn every_excluded_package_is_named() {
        let words: Vec<String> = exclusions(vec!["a".to_owned(), "b".to_owned()]).collect();
        assert_eq!(words, ["--exclude", "a", "--exclude", "b"]);
    }
}
