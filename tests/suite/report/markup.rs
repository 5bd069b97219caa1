//! A reader of the page, strict enough to notice markup that does not close.

use std::collections::BTreeMap;

/// An element with its attributes, or a text.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
}

const VOID: [&str; 1] = ["meta"];

/// The page as a tree. Panics where a tag does not fit.
pub(crate) fn parse(page: &str) -> Element {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    let mut open = vec![Element::default()];
    while !rest.is_empty() {
        let parent = open.last_mut().unwrap();
        if parent.name == "style" && !rest.starts_with("</style>") {
            let end = rest.find("</style>").unwrap();
            parent.children.push(Node::Text(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if let Some(tag) = rest.strip_prefix("</") {
            let (name, after) = tag.split_once('>').unwrap();
            let closed = open.pop().unwrap();
            assert_eq!(closed.name, name, "an end tag closes the last start tag");
            open.last_mut()
                .unwrap()
                .children
                .push(Node::Element(closed));
            rest = after;
        } else if rest.starts_with('<') {
            let (element, after) = start_tag(rest);
            if VOID.contains(&element.name.as_str()) {
                parent.children.push(Node::Element(element));
            } else {
                open.push(element);
            }
            rest = after;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            parent.children.push(Node::Text(unescaped(&rest[..end])));
            rest = &rest[end..];
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    open.pop().unwrap()
}

/// `<name a="b">` and what follows.
fn start_tag(text: &str) -> (Element, &str) {
    let mut rest = &text[1..];
    let end = rest.find([' ', '>']).unwrap();
    let mut element = Element {
        name: rest[..end].to_owned(),
        ..Element::default()
    };
    let is_name = element.name.bytes().all(|b| b.is_ascii_alphanumeric());
    assert!(is_name, "{:?} is no element", element.name);
    rest = &rest[end..];
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, after) = attribute.split_once("=\"").unwrap();
        let (value, after) = after.split_once('"').unwrap();
        let before = element.attributes.insert(name.to_owned(), unescaped(value));
        assert!(before.is_none(), "{name} comes twice");
        rest = after;
    }
    (element, rest.strip_prefix('>').expect("the end of a tag"))
}

fn unescaped(text: &str) -> String {
    assert!(
        !text.contains('<') && !text.contains('>'),
        "{text:?} is not escaped"
    );
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

impl Element {
    /// The text inside, of all children.
    pub(crate) fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(text).collect()
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// This element and all inside, in the order of the page.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let mut all = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                all.extend(element.all());
            }
        }
        all
    }

    /// All elements of a name inside.
    pub(crate) fn named(&self, name: &str) -> Vec<&Element> {
        self.all()
            .into_iter()
            .filter(|one| one.name == name)
            .collect()
    }

    /// The rows of the body of the table whose caption has the id `key-caption`.
    pub(crate) fn table(&self, key: &str) -> Vec<Vec<String>> {
        let id = format!("{key}-caption");
        let tables = self.named("table");
        let has_key = |table: &&&Element| table.named("caption")[0].attribute("id") == id;
        let table = tables
            .iter()
            .find(has_key)
            .unwrap_or_else(|| panic!("no table {key}"));
        let rows = table.named("tbody")[0].named("tr");
        let cells = |row: &&Element| {
            let cells = row
                .all()
                .into_iter()
                .filter(|one| matches!(one.name.as_str(), "th" | "td"));
            cells.map(Element::text).collect()
        };
        rows.iter().map(cells).collect()
    }
}
