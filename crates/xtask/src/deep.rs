//! Slow, optional searches for gaps in the tests. Each is skipped where its tool is missing.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cargo::Cargo;
use crate::closing::Runner;
use crate::outcome::Outcome;
use crate::process;

/// Each day tests another one of this many slices of the mutants.
const MUTANT_SLICES: u64 = 20;

/// How long one fuzz target runs.
const FUZZ_SECONDS: u64 = 60;

/// Lines of the library that the tests reach, as a table.
pub(crate) fn coverage(cargo: &Cargo<'_>) -> Outcome {
    if !has_tool(cargo, "llvm-cov") {
        return missing("coverage", "cargo-llvm-cov");
    }
    let Some(tools) = LlvmTools::find() else {
        return Outcome::skip(
            "coverage",
            "no llvm-cov and llvm-profdata that fit the compiler",
        );
    };
    let mut command = cargo.command(&["llvm-cov", "--locked", "--package", "floorwalker"]);
    command.args(["--package", "floorwalker-tests"]);
    process::run(tools.announce(&mut command), Runner::ExitCode)
}

/// Mutants of the library that no test notices.
pub(crate) fn mutants(cargo: &Cargo<'_>) -> Outcome {
    if !has_tool(cargo, "mutants") {
        return missing("mutants", "cargo-mutants");
    }
    let slice = format!("{}/{MUTANT_SLICES}", days_since_1970() % MUTANT_SLICES);
    println!("slice {slice} of the mutants");
    cargo.check(&["mutants", "--package", "floorwalker", "--shard", &slice])
}

/// A minute of fuzzing for each target.
pub(crate) fn fuzz(cargo: &Cargo<'_>) -> Outcome {
    let Some(manifest) = cargo.workspace().manifest("fuzz") else {
        return Outcome::skip("fuzz", "the project has no fuzz targets");
    };
    if !has_tool(cargo, "fuzz") {
        return missing("fuzz", "cargo-fuzz");
    }
    manifest
        .values("bin", "name")
        .into_iter()
        .map(|target| fuzz_target(cargo, target))
        .fold(Outcome::default(), Outcome::and)
}

/// The sanitizer is an unstable option, which this variable opens on the stable compiler.
fn fuzz_target(cargo: &Cargo<'_>, target: &str) -> Outcome {
    println!("--- fuzz {target}");
    let limit = format!("-max_total_time={FUZZ_SECONDS}");
    let mut command = cargo.command(&["fuzz", "run", target, "--", &limit]);
    command.env("RUSTC_BOOTSTRAP", "1");
    process::run(&mut command, Runner::ExitCode)
}

fn has_tool(cargo: &Cargo<'_>, subcommand: &str) -> bool {
    process::succeeds(&mut cargo.command(&[subcommand, "--version"]))
}

fn missing(stage: &str, tool: &str) -> Outcome {
    Outcome::skip(stage, format!("{tool} is not installed"))
}

fn days_since_1970() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |time| time.as_secs() / 86_400)
}

/// The two programs that read coverage data, of the same LLVM version as the compiler.
#[derive(Debug, PartialEq, Eq)]
enum LlvmTools {
    /// The coverage tool finds them itself.
    Known,
    /// Installed with this version at the end of their names.
    Suffixed(String),
}

impl LlvmTools {
    fn find() -> Option<Self> {
        let version = output(Command::new("rustc").arg("-vV"))?;
        let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
        let host = version
            .lines()
            .find_map(|line| line.strip_prefix("host: "))?;
        let component = Path::new(sysroot.trim()).join("lib/rustlib").join(host);
        if env::var_os("LLVM_COV").is_some() || component.join("bin/llvm-profdata").exists() {
            return Some(Self::Known);
        }
        let major = llvm_major(&version)?;
        let installed =
            |tool| process::succeeds(Command::new(format!("{tool}-{major}")).arg("--version"));
        (installed("llvm-cov") && installed("llvm-profdata"))
            .then(|| Self::Suffixed(major.to_owned()))
    }

    fn announce<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if let Self::Suffixed(major) = self {
            command
                .env("LLVM_COV", format!("llvm-cov-{major}"))
                .env("LLVM_PROFDATA", format!("llvm-profdata-{major}"));
        }
        command
    }
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    String::from_utf8(output.stdout).ok()
}

/// The `22` in the line `LLVM version: 22.1.2`.
fn llvm_major(version: &str) -> Option<&str> {
    let line = version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))?;
    line.split('.').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_llvm_is_read() {
        let version = "rustc 1.95.0\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.2\n";
        assert_eq!(llvm_major(version), Some("22"));
        assert_eq!(llvm_major("rustc 1.95.0"), None);
    }

    #[test]
    fn a_missing_tool_is_a_skip_with_its_name() {
        let outcome = missing("coverage", "cargo-llvm-cov");
        assert_eq!(
            outcome,
            Outcome::skip("coverage", "cargo-llvm-cov is not installed")
        );
    }
}
