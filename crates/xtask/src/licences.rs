//! Every package in the dependency graph must offer a licence of the allow-list.

use std::fmt;
use std::process::Stdio;

use crate::cargo::Cargo;
use crate::json::Json;
use crate::outcome::Outcome;
use crate::spdx;

/// Licences that let a closed product embed the library. MPL-2.0 is left out: its terms follow the
/// files into that product.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Checks the packages of all platforms, those for tests and builds included.
pub(crate) fn check(cargo: &Cargo<'_>) -> Outcome {
    match metadata(cargo).and_then(|text| refusals(&text)) {
        Ok((count, refusals)) => {
            for refusal in &refusals {
                println!("{refusal}");
            }
            println!("{count} packages, {} refused", refusals.len());
            Outcome::check(refusals.is_empty())
        }
        Err(error) => {
            println!("the dependency graph cannot be read: {error}");
            Outcome::check(false)
        }
    }
}

fn metadata(cargo: &Cargo<'_>) -> Result<String, String> {
    let output = cargo
        .command(&["metadata", "--format-version", "1", "--locked"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("cargo metadata ended with {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// A package whose licence is not allowed, and why.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    package: String,
    why: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.package, self.why)
    }
}

/// How many packages the metadata lists, and which of them are refused.
fn refusals(metadata: &str) -> Result<(usize, Vec<Refusal>), String> {
    let metadata = Json::parse(metadata)?;
    let packages = metadata
        .get("packages")
        .and_then(Json::items)
        .ok_or("there is no list of packages")?;
    let refusals = packages.iter().filter_map(refusal).collect();
    Ok((packages.len(), refusals))
}

fn refusal(package: &Json) -> Option<Refusal> {
    let text = |key| package.get(key).and_then(Json::text);
    let why = match text("license") {
        None => "it states no licence expression".to_owned(),
        Some(expression) => match spdx::is_satisfied(expression, ALLOWED) {
            Ok(true) => return None,
            Ok(false) => format!("{expression} is not on the allow-list"),
            Err(error) => format!("{expression} cannot be read: {error}"),
        },
    };
    let name = text("name").unwrap_or("a package without a name");
    let version = text("version").unwrap_or("of no version");
    let package = format!("{name} {version}");
    Some(Refusal { package, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_packages_are_named_with_the_reason() {
        let metadata = r#"{"packages": [
            {"name": "good", "version": "1.0.0", "license": "MIT OR MPL-2.0", "license_file": null},
            {"name": "strict", "version": "0.2.1", "license": "MPL-2.0"},
            {"name": "silent", "version": "3.0.0", "license": null, "license_file": "LICENSE"},
            {"name": "odd", "version": "1.1.1", "license": "MIT OR"}
        ], "resolve": null}"#;
        let (count, refusals) = refusals(metadata).unwrap();
        let lines: Vec<String> = refusals.iter().map(Refusal::to_string).collect();
        assert_eq!(count, 4);
        assert_eq!(
            lines,
            [
                "strict 0.2.1: MPL-2.0 is not on the allow-list",
                "silent 3.0.0: it states no licence expression",
                "odd 1.1.1: MIT OR cannot be read: a licence is missing at the end",
            ]
        );
    }

    #[test]
    fn a_graph_without_packages_is_an_error() {
        assert!(refusals("{}").is_err());
        assert!(refusals("").is_err());
    }
}
