//! The virtual environment with the oracles of the tests, and the tests of the Python binding in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::binding;
use crate::closing::Runner;
use crate::outcome::Outcome;
use crate::process;
use crate::workspace::Workspace;

const BINDING: &str = "bindings/python";
const PACKAGE: &str = "floorwalker";
const SOURCE: &str = "bindings/python/python/floorwalker";
const CONFIG: &str = "bindings/python/pyproject.toml";
const REQUIREMENTS: &str = "tests/requirements.txt";
const TESTS: &str = "bindings/python/tests";
const EXAMPLES: &str = "examples/python";
const VENV: &str = "target/venv";
const MYPY_CACHE: &str = "target/mypy_cache";
const HYPOTHESIS: &str = "target/hypothesis";

/// The binding is built in its own target folder. Its build tool sets variables that make cargo
/// build the bridge to Python anew at every change between the two.
const TARGET: &str = "target/python";

/// Whether the workspace holds a Python binding.
pub(crate) fn has_binding(workspace: &Workspace) -> bool {
    workspace.path(BINDING).join("pyproject.toml").exists()
}

/// Makes the environment and installs the second opinions that the Rust tests ask.
pub(crate) fn prepare(workspace: &Workspace) -> Outcome {
    let Some(python) = binding::python_command() else {
        return Outcome::skip("python", "no Python 3.10 or newer found");
    };
    if !process::succeeds(Command::new(python).args(["-c", "import venv, ensurepip"])) {
        return Outcome::skip("python", "this Python cannot make virtual environments");
    }
    let venv = Venv::new(workspace);
    venv.make(python)
        .and(venv.pip(&["--requirement", REQUIREMENTS]))
}

/// Installs the binding and runs its tests, then checks its stubs and its types.
pub(crate) fn run_all(workspace: &Workspace) -> Outcome {
    let venv = Venv::new(workspace);
    if !venv.works() {
        return Outcome::skip("python", "no virtual environment could be made");
    }
    let installed = venv.install();
    if installed.failed() > 0 {
        return installed;
    }
    installed
        .and(venv.pytest())
        .and(venv.check(&["-m", "mypy.stubtest", "--mypy-config-file", CONFIG, PACKAGE]))
        .and(venv.check(&[
            "-m",
            "mypy",
            "--strict",
            "--config-file",
            CONFIG,
            TESTS,
            SOURCE,
        ]))
}

struct Venv<'a> {
    root: &'a Path,
}

impl<'a> Venv<'a> {
    fn new(workspace: &'a Workspace) -> Self {
        Self {
            root: workspace.root(),
        }
    }

    fn works(&self) -> bool {
        process::succeeds(self.python().arg("--version"))
    }

    /// Makes the environment unless it is there and works.
    fn make(&self, python: &str) -> Outcome {
        if self.works() {
            return Outcome::default();
        }
        let mut command = Command::new(python);
        command.args(["-m", "venv", "--clear", VENV]);
        process::run(command.current_dir(self.root), Runner::ExitCode)
    }

    /// Builds the binding in the dev profile and installs it with what its tests need. It holds
    /// what the stubs are made from, so that a test can compare them with those in the tree.
    fn install(&self) -> Outcome {
        self.pip(&[
            "--config-settings=build-args=--profile dev --locked --features stubs",
            &format!("./{BINDING}[test]"),
        ])
    }

    fn pip(&self, words: &[&str]) -> Outcome {
        let mut command = self.python();
        command
            .args(["-m", "pip", "install", "--quiet"])
            .arg("--disable-pip-version-check")
            .args(words)
            .env("CARGO_TARGET_DIR", self.root.join(TARGET));
        process::run(&mut command, Runner::ExitCode)
    }

    fn pytest(&self) -> Outcome {
        let mut command = self.python();
        command.args(["-m", "pytest", "-rsx", "--color=no"]);
        command.args(["-p", "no:cacheprovider", TESTS]);
        if self.root.join(EXAMPLES).exists() {
            command.arg(EXAMPLES);
        }
        process::run(&mut command, Runner::Pytest)
    }

    fn check(&self, words: &[&str]) -> Outcome {
        println!("--- python {}", words.join(" "));
        process::run(self.python().args(words), Runner::ExitCode)
    }

    /// The interpreter of the environment, in the root of the workspace.
    fn python(&self) -> Command {
        let mut command = Command::new(self.interpreter());
        command
            .current_dir(self.root)
            .env("PYTHONUNBUFFERED", "1")
            .env("MYPY_CACHE_DIR", MYPY_CACHE)
            .env("HYPOTHESIS_STORAGE_DIRECTORY", HYPOTHESIS);
        command
    }

    fn interpreter(&self) -> PathBuf {
        let inside = if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        };
        self.root.join(VENV).join(inside)
    }
}
