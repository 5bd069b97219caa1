//! The little of a `Cargo.toml` that the tasks need: tables and their plain keys.

/// A manifest as a list of tables, in the order of the file.
///
/// This is not a TOML reader. It knows headers, `key = value` on one line, and that the lines of a
/// longer array start with a quote or a bracket; that is how this project writes its manifests.
pub(crate) struct Manifest {
    tables: Vec<Table>,
}

struct Table {
    name: String,
    entries: Vec<(String, String)>,
}

impl Manifest {
    pub(crate) fn parse(text: &str) -> Self {
        let mut tables = Vec::new();
        for line in text.lines().map(str::trim) {
            if let Some(name) = header(line) {
                tables.push(Table {
                    name: name.to_owned(),
                    entries: Vec::new(),
                });
            } else if let Some(entry) = entry(line)
                && let Some(table) = tables.last_mut()
            {
                table.entries.push(entry);
            }
        }
        Self { tables }
    }

    /// The value of `key` in every table called `table`, without quotes.
    pub(crate) fn values(&self, table: &str, key: &str) -> Vec<&str> {
        self.entries(table)
            .filter(|(name, _)| name == key)
            .map(|(_, value)| value.trim_matches('"'))
            .collect()
    }

    /// The keys of every table called `table`.
    pub(crate) fn keys(&self, table: &str) -> Vec<&str> {
        self.entries(table).map(|(key, _)| key.as_str()).collect()
    }

    fn entries(&self, table: &str) -> impl Iterator<Item = &(String, String)> {
        self.tables
            .iter()
            .filter(move |candidate| candidate.name == table)
            .flat_map(|table| &table.entries)
    }
}

/// The name in `[name]` or `[[name]]`.
fn header(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let name = inner
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(inner);
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    name.chars().all(plain).then_some(name)
}

fn entry(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let is_key = !key.is_empty() && key.chars().all(plain);
    is_key.then(|| (key.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
[package]
name = "sample"
version.workspace = true

[features]
default = ["tz"]
tz = [
    "dep:zone",
]
# heavy = []
columns = []

[[example]]
name = "morning"
path = "morning.rs"

[[example]]
name = "evening"
"#;

    #[test]
    fn tables_of_one_name_are_read_together() {
        let manifest = Manifest::parse(TEXT);
        assert_eq!(manifest.values("example", "name"), ["morning", "evening"]);
        assert_eq!(manifest.values("package", "name"), ["sample"]);
        assert_eq!(manifest.values("package", "licence"), [""; 0]);
    }

    #[test]
    fn features_are_keys_and_not_their_parts() {
        let manifest = Manifest::parse(TEXT);
        assert_eq!(manifest.keys("features"), ["default", "tz", "columns"]);
        assert_eq!(manifest.keys("dependencies"), [""; 0]);
    }
}
