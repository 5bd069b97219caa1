//! Packages that bind the library to another language and so need a foreign host to build.

use std::process::Command;

use crate::outcome::Outcome;
use crate::process;
use crate::workspace::Workspace;

/// The names of the packages under `bindings/`.
pub(crate) fn packages(workspace: &Workspace) -> Vec<String> {
    workspace
        .folders_in("bindings")
        .iter()
        .filter_map(|folder| workspace.manifest(&format!("bindings/{folder}")))
        .flat_map(|manifest| {
            let names = manifest.values("package", "name");
            names.into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// The packages whose host is absent on this machine, so that they cannot even be linted.
pub(crate) fn without_host(workspace: &Workspace) -> Vec<String> {
    if python_command().is_some() {
        Vec::new()
    } else {
        packages(workspace)
    }
}

/// The skips that [`without_host`] causes.
pub(crate) fn skips(workspace: &Workspace) -> Outcome {
    without_host(workspace)
        .into_iter()
        .map(|name| Outcome::skip(format!("lints of {name}"), "python3 not found"))
        .fold(Outcome::default(), Outcome::and)
}

/// The name under which a Python 3 starts here, if there is one.
pub(crate) fn python_command() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        let version_check = "import sys; sys.exit(sys.version_info < (3, 10))";
        process::succeeds(Command::new(name).args(["-c", version_check]))
    })
}
