//! The promises of `ARCHITECTURE.md` that a compiler does not hold: which room may import which,
//! how large things may grow, what the tree may not contain, and which package may use which.
//!
//! Each check is a function from text to a list of complaints. One test runs it over the project;
//! the tests beside it show on small samples that it can fail.

mod architecture;
mod imports;
mod packages;
mod reach;
mod sizes;
mod source;
mod tree;

use std::path::{Path, PathBuf};

/// The root of the workspace, wherever it was cloned.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().expect("the package lies in the root");
    root.to_owned()
}

/// Fails with one complaint a line.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
