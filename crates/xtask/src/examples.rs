//! Every example is run, without arguments, and must succeed.

use crate::cargo::Cargo;
use crate::outcome::Outcome;

/// Runs the examples named in `examples/Cargo.toml`, in their order.
pub(crate) fn run_all(cargo: &Cargo<'_>) -> Outcome {
    let manifest = cargo.workspace().manifest("examples");
    let names = manifest
        .iter()
        .flat_map(|manifest| manifest.values("example", "name"));
    names
        .map(|name| run(cargo, name))
        .fold(Outcome::default(), Outcome::and)
}

fn run(cargo: &Cargo<'_>, name: &str) -> Outcome {
    println!("--- example {name}");
    let outcome = cargo.check(&["run", "--quiet", "--release", "--locked", "--example", name]);
    if outcome.failed() > 0 {
        println!("--- example {name} FAILED");
    }
    outcome
}
