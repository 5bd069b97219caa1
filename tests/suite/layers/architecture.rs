//! What `ARCHITECTURE.md` says, read from the document itself so that the two cannot differ.

use std::fs;

use super::root;

/// The rooms of the library in their layers, lowest first, and the imports allowed within a layer.
pub(super) struct Layers {
    layers: Vec<Vec<String>>,
    beside: Vec<(String, String)>,
}

impl Layers {
    pub(super) fn of_the_project() -> Self {
        let layers = Self::parse(&document());
        assert!(layers.layers.len() > 1, "the block of layers was not found");
        layers
    }

    /// Reads the fenced block called `layers`: one layer a line, lowest first, its rooms separated
    /// by commas; then lines `a -> b: why`, each an import that is allowed within a layer.
    pub(super) fn parse(document: &str) -> Self {
        let mut parsed = Self {
            layers: Vec::new(),
            beside: Vec::new(),
        };
        let block = document
            .split_once("```layers\n")
            .and_then(|(_, after)| after.split_once("```"))
            .map_or("", |(block, _)| block);
        for line in block.lines().filter(|line| !line.trim().is_empty()) {
            match exception(line) {
                Some(pair) => parsed.beside.push(pair),
                None => parsed.layers.push(rooms(line)),
            }
        }
        parsed
    }

    pub(super) fn has(&self, room: &str) -> bool {
        self.level(room).is_some()
    }

    /// Whether code in the room `from` may import from the room `to`.
    pub(super) fn allow(&self, from: &str, to: &str) -> bool {
        let beside = |(a, b): &(String, String)| a == from && b == to;
        from == to || self.level(from) > self.level(to) || self.beside.iter().any(beside)
    }

    fn level(&self, room: &str) -> Option<usize> {
        let in_layer = |layer: &Vec<String>| layer.iter().any(|name| name == room);
        self.layers.iter().position(in_layer)
    }
}

fn rooms(line: &str) -> Vec<String> {
    line.split(',').map(|room| room.trim().to_owned()).collect()
}

/// Reads `a -> b: why`. A line without a reason is no exception.
fn exception(line: &str) -> Option<(String, String)> {
    let (pair, why) = line.split_once(": ")?;
    let (from, to) = pair.split_once(" -> ")?;
    let pair = (from.trim().to_owned(), to.trim().to_owned());
    (!why.trim().is_empty()).then_some(pair)
}

/// The rows of the table in the section `Dependencies and why`: the crate, and who uses it.
pub(super) fn explained_dependencies(document: &str) -> Vec<(String, String)> {
    let section = document
        .split_once("Dependencies and why\n")
        .map_or("", |(_, after)| after);
    let section = section.split("\n## ").next().unwrap_or(section);
    section
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|');
            let name = cells.next()?.trim().trim_end_matches('`');
            Some((name.to_owned(), cells.next()?.trim().to_owned()))
        })
        .collect()
}

pub(super) fn document() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the project has an ARCHITECTURE.md")
}

#[test]
fn layers_are_read_from_the_document() {
    let document = "
text
```layers
units, error
time

sales, service
units -> error: checks
sales -> service:
```
more";
    let layers = Layers::parse(document);
    assert!(layers.has("service") && !layers.has("kitchen"));
    assert!(layers.allow("time", "units") && !layers.allow("units", "time"));
    assert!(layers.allow("units", "error") && !layers.allow("error", "units"));
    assert!(layers.allow("sales", "sales"));
    assert!(
        !layers.allow("sales", "service"),
        "an exception needs a reason"
    );
    assert!(!layers.allow("kitchen", "time"));
}

#[test]
fn dependencies_are_read_from_their_section_only() {
    let document = "
| `early` | library | no |
## 4. Dependencies and why
| crate | used by | why |
|---|---|---|
| `serde` | library, satellites | data |
## 5. Next
| `late` | library | no |
";
    let row = ("serde".to_owned(), "library, satellites".to_owned());
    assert_eq!(explained_dependencies(document), [row]);
}
