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
mod unsafety;

use std::env;
use std::path::PathBuf;

/// The root of the workspace. Cargo says at run time where it is: the place this was compiled in may
/// be gone, when clones share a target folder or one moves.
fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.parent().expect("the package lies in the root");
    root.to_owned()
}

/// Fails with one complaint a line.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
