//! Imports between the rooms of the library point one way.

use std::collections::BTreeMap;

use super::architecture::Layers;
use super::assert_none;
use super::source::{code_of, is_word, tokens, without_tests};
use super::tree::{File, code_in};

const LIBRARY: &str = "crates/floorwalker/src";

/// Names that the root of the library hands on, each with the room it comes from.
type Handed<'a> = BTreeMap<&'a str, &'a str>;

/// Where a file lies in the library.
struct Place<'a> {
    room: &'a str,
    /// How many modules deep: 1 for `time.rs`, 2 for `time/week.rs`.
    depth: usize,
}

impl<'a> Place<'a> {
    /// `None` for the root itself, which only hands on what the rooms hold.
    fn of(path: &'a str) -> Option<Self> {
        let inside = path.strip_prefix(LIBRARY)?.strip_prefix('/')?;
        let module = inside.strip_suffix(".rs")?;
        let module = module.strip_suffix("/mod").unwrap_or(module);
        let mut names = module.split('/');
        let room = names.next()?;
        let depth = 1 + names.count();
        (room != "lib").then_some(Self { room, depth })
    }
}

/// Complaints about the imports of one file.
fn wrong_imports(layers: &Layers, handed: &Handed<'_>, file: &File) -> Vec<String> {
    let Some(place) = Place::of(&file.path) else {
        return Vec::new();
    };
    if !layers.has(place.room) {
        return vec![format!("{}: the room is in no layer", file.path)];
    }
    let code = without_tests(&code_of(&file.text));
    let tokens = tokens(&code);
    let names = root_names(&tokens, place.depth);
    let complaint = |name: &str| {
        let room = handed.get(name).copied().unwrap_or(name);
        if !layers.has(room) {
            Some(format!("{}: `{name}` names no room", file.path))
        } else if !layers.allow(place.room, room) {
            Some(format!(
                "{}: {} may not import {room}",
                file.path, place.room
            ))
        } else {
            None
        }
    };
    names.into_iter().filter_map(complaint).collect()
}

/// The first names after the root of the library: `crate::name`, `crate::{name, name::more}`, and
/// the same after as many `super` as the file is deep.
fn root_names<'a>(tokens: &[&'a str], depth: usize) -> Vec<&'a str> {
    let mut names = Vec::new();
    for place in 0..tokens.len() {
        if place > 0 && tokens[place - 1] == "::" {
            continue;
        }
        let path = &tokens[place..];
        if path.starts_with(&["crate", "::"]) {
            names.extend(first_names(&path[2..]));
        } else {
            let supers = path.chunks(2).take_while(|pair| *pair == ["super", "::"]);
            let supers = supers.count();
            if supers >= depth {
                names.extend(first_names(&path[2 * supers..]));
            }
        }
    }
    names
}

/// The first name of a path, or of each path of a group.
pub(super) fn first_names<'a>(path: &[&'a str]) -> Vec<&'a str> {
    if path.first() != Some(&"{") {
        return path.first().copied().into_iter().collect();
    }
    let mut names = Vec::new();
    let mut depth = 0_usize;
    for pair in path.windows(2) {
        match pair[0] {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        let starts = depth == 1 && ["{", ","].contains(&pair[0]);
        if starts && pair[1].starts_with(is_word) {
            names.push(pair[1]);
        }
    }
    names
}

/// What `pub use room::{..}` in the root hands on.
fn handed_on<'a>(tokens: &[&'a str]) -> Handed<'a> {
    let mut handed = Handed::new();
    let starts = tokens
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| *pair == ["pub", "use"]);
    for (place, _) in starts {
        let statement = tokens[place + 2..].split(|&token| token == ";").next();
        let statement = statement.unwrap_or_default();
        let is_root = |token: &str| ["crate", "self", "::"].contains(&token);
        let Some(room) = statement.iter().find(|token| !is_root(token)) else {
            continue;
        };
        let ends = statement
            .windows(2)
            .filter(|pair| [",", "}"].contains(&pair[1]));
        let last = statement.last();
        handed.extend(ends.map(|pair| (pair[0], *room)));
        handed.extend(last.map(|name| (*name, *room)));
    }
    handed.retain(|name, _| name.starts_with(is_word));
    handed
}

#[test]
fn imports_point_one_way() {
    let layers = Layers::of_the_project();
    let files = code_in(LIBRARY);
    let root = files.iter().find(|file| file.path.ends_with("src/lib.rs"));
    let root = code_of(&root.expect("the library has a root").text);
    let root = tokens(&root);
    let handed = handed_on(&root);
    let complaints: Vec<String> = files
        .iter()
        .flat_map(|file| wrong_imports(&layers, &handed, file))
        .collect();
    assert_none(&complaints);
}

fn complaints_about(path: &str, text: &str) -> Vec<String> {
    let layers =
        "```layers\nunits, error\ntime\nservice, sales\nreport\nunits -> error: checks\n```";
    let handed = Handed::from([("Error", "error"), ("Report", "report")]);
    let file = File {
        path: format!("{LIBRARY}/{path}"),
        text: text.to_owned(),
    };
    wrong_imports(&Layers::parse(layers), &handed, &file)
}

#[test]
fn an_import_from_above_or_beside_is_a_complaint() {
    for (path, text) in [
        ("time.rs", "use crate::service::Target;"),
        (
            "time/mod.rs",
            "use crate::{error::Error, service::{self, Target}};",
        ),
        ("service/target.rs", "fn f(x: crate::sales::Sale) {}"),
        ("service/target.rs", "use super::super::sales::Sale;"),
        ("time.rs", "use super::report;"),
        ("time.rs", "use crate::Report;"),
        ("error.rs", "pub(in crate::units) fn f() {}"),
        ("time.rs", "use crate::*;"),
        ("time.rs", "use crate::Unknown;"),
        ("kitchen.rs", "fn f() {}"),
    ] {
        assert_eq!(complaints_about(path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn an_import_from_below_is_none() {
    for (path, text) in [
        (
            "report/service.rs",
            "use crate::{error::Error, service::Target, time::*};",
        ),
        (
            "service/target.rs",
            "use super::rule::Rule; use crate::service::Rule;",
        ),
        ("service/target/cases.rs", "use super::super::rule::Rule;"),
        ("units.rs", "use crate::Error; use crate::error::ErrorKind;"),
        (
            "time.rs",
            "/// See [`crate::report`].\n// use crate::sales;\nconst S: &str = \"crate::sales\";",
        ),
        (
            "time.rs",
            "#[cfg(test)]\nmod tests { use crate::report::Report; }",
        ),
        ("lib.rs", "pub use crate::report::Report;"),
        ("time.rs", "pub(crate) use other::crate_name::sales;"),
    ] {
        assert_eq!(complaints_about(path, text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn names_handed_on_by_the_root_keep_their_room() {
    let root = "pub mod time; pub use error::{Error, Kind as ErrorKind};
        pub use self::units::Ratio; pub use crate::time::zone::{Zone, rules::Rule};";
    let expected = Handed::from([
        ("Error", "error"),
        ("ErrorKind", "error"),
        ("Ratio", "units"),
        ("Zone", "time"),
        ("Rule", "time"),
    ]);
    assert_eq!(handed_on(&tokens(root)), expected);
}
