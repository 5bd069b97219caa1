//! Where things lie in the project.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::manifest::Manifest;

/// The workspace this task runner belongs to.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace two folders above this package. Cargo says at run time where the package is:
    /// the place it was compiled in may be gone, when clones share a target folder or one moves.
    pub(crate) fn of_this_package() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.ancestors().nth(2);
        Self {
            root: root.expect("the package lies in crates/xtask").to_owned(),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// The manifest in a folder of the workspace, if there is one.
    pub(crate) fn manifest(&self, folder: &str) -> Option<Manifest> {
        let text = fs::read_to_string(self.path(folder).join("Cargo.toml")).ok()?;
        Some(Manifest::parse(&text))
    }

    /// The names of the folders in a folder, sorted; none if the folder is absent.
    pub(crate) fn folders_in(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_found() {
        let workspace = Workspace::of_this_package();
        let manifest = workspace.manifest("").expect("the root has a manifest");
        assert!(!manifest.keys("workspace.package").is_empty());
        assert!(workspace.folders_in("crates").contains(&"xtask".to_owned()));
    }

    #[test]
    fn an_absent_folder_has_nothing_in_it() {
        let workspace = Workspace::of_this_package();
        assert!(workspace.folders_in("no/such/folder").is_empty());
        assert!(workspace.manifest("no/such/folder").is_none());
    }
}
