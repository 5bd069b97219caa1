//! Runs an oracle script with a Python that has the package it needs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The output of `tests/oracle/<script>`, or why there is none. A script that fails
/// is a failure, not a reason to skip.
pub(super) fn output(script: &str, package: &str) -> Result<String, String> {
    let python = python(package).ok_or_else(|| format!("no Python with the package {package}"))?;
    let script = root().join("tests/oracle").join(script);
    let output = Command::new(&python)
        .arg(script)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("{} failed:\n{stderr}", python.display());
    }
    Ok(String::from_utf8(output.stdout).unwrap())
}

/// The release of a package that `tests/requirements.txt` asks for.
pub(super) fn pinned(package: &str) -> &'static str {
    include_str!("../../requirements.txt")
        .lines()
        .find_map(|line| line.strip_prefix(package)?.strip_prefix("=="))
        .expect("requirements.txt names a release of the package")
}

fn python(package: &str) -> Option<PathBuf> {
    let own = ["target/venv/bin/python", "target/venv/Scripts/python.exe"];
    let own = own
        .iter()
        .map(|path| root().join(path))
        .filter(|path| path.exists());
    own.chain(["python3".into()]).find(|python| {
        let import = format!("import {package}");
        let probe = Command::new(python).args(["-c", &import]).output();
        probe.is_ok_and(|output| output.status.success())
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}
