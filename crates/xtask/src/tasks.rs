//! The three tasks as lists of stages.

use crate::cargo::Cargo;
use crate::stage::Stages;
use crate::workspace::Workspace;
use crate::{binding, conformance, deep, examples, licences, python};

/// Runs every test of the project.
pub(crate) fn test(workspace: &Workspace, stages: &mut Stages) {
    let cargo = Cargo::new(workspace);
    stages.run("environment", || python::prepare(workspace));
    stages.run("rust tests", || cargo.test());
    stages.run("examples", || examples::run_all(&cargo));
    stages.run("conformance", || conformance::run_all(&cargo));
    if python::has_binding(workspace) {
        stages.run("python", || python::run_all(workspace));
    }
}

/// Runs everything a change must pass. The cheap checks come first, so that a slip shows early; a
/// failed stage does not stop the ones after it.
pub(crate) fn ci(workspace: &Workspace, stages: &mut Stages) {
    let cargo = Cargo::new(workspace);
    stages.run("format", || cargo.format_check());
    stages.run("licences", || licences::check(&cargo));
    stages.run("lints", || binding::skips(workspace).and(cargo.clippy()));
    test(workspace, stages);
    stages.run("documentation", || cargo.doc());
    for features in cargo.feature_combinations("floorwalker") {
        stages.run(&format!("features {}", features.join(" ")), || {
            cargo.check_features("floorwalker", &features)
        });
    }
    stages.run("benches compile", || cargo.bench_no_run());
}

/// Runs the slow, optional searches for gaps in the tests.
pub(crate) fn deep(workspace: &Workspace, stages: &mut Stages) {
    let cargo = Cargo::new(workspace);
    stages.run("coverage", || deep::coverage(&cargo));
    stages.run("mutants", || deep::mutants(&cargo));
    stages.run("fuzz", || deep::fuzz(&cargo));
}
