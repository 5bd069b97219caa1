//! The library reads no clock, file, network or environment, and starts no thread.

use super::assert_none;
use super::imports::first_names;
use super::source::{code_of, tokens, without_tests};
use super::tree::{File, code_in};

/// Modules of the standard library that reach outside, or wait.
const OUTSIDE: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread"];

/// Types that read a clock.
const CLOCKS: &[&str] = &["Instant", "SystemTime"];

/// Complaints about one file of the library.
fn reaches_outside(file: &File) -> Vec<String> {
    let code = without_tests(&code_of(&file.text));
    let tokens = tokens(&code);
    let starts = tokens
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| *pair == ["std", "::"]);
    starts
        .flat_map(|(place, _)| outside_names(path_tree(&tokens[place + 2..])))
        .map(|name| format!("{}: std's {name} reaches outside", file.path))
        .collect()
}

fn outside_names<'a>(tree: &[&'a str]) -> Vec<&'a str> {
    let modules = first_names(tree)
        .into_iter()
        .filter(|name| OUTSIDE.contains(name));
    let clocks = tree.iter().copied().filter(|name| CLOCKS.contains(name));
    modules.chain(clocks).collect()
}

/// The tokens of the path at the start, with its group in braces if it ends in one.
fn path_tree<'t, 'a>(tokens: &'t [&'a str]) -> &'t [&'a str] {
    let mut depth = 0_usize;
    for (place, &token) in tokens.iter().enumerate() {
        match token {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = tokens.get(place + 1);
        if depth == 0 && token != "::" && next != Some(&"::") {
            return &tokens[..=place];
        }
    }
    tokens
}

#[test]
fn the_library_reaches_nothing_outside() {
    let files = code_in("crates/floorwalker/src");
    assert!(!files.is_empty(), "the library was not found");
    let complaints: Vec<String> = files.iter().flat_map(reaches_outside).collect();
    assert_none(&complaints);
}

fn complaints_about(text: &str) -> usize {
    let file = File {
        path: "a.rs".to_owned(),
        text: text.to_owned(),
    };
    reaches_outside(&file).len()
}

#[test]
fn a_file_a_clock_or_a_thread_is_a_complaint() {
    for text in [
        "use std::fs;",
        "use std::fs::File;",
        "use std::{collections::BTreeMap, env, fmt};",
        "fn f() { std::thread::spawn(g); }",
        "use std::time::{Duration, SystemTime};",
        "use std::{fmt, time::Instant};",
    ] {
        assert_eq!(complaints_about(text), 1, "{text}");
    }
}

#[test]
fn what_only_calculates_is_none() {
    for text in [
        "use std::time::Duration;",
        "use std::{cmp::Ordering, fmt};",
        "/// Not `std::fs`.\nuse std::collections::BTreeMap; fn process(env: u8) {}",
        "use std::fmt; struct Instant(i64); fn fs() { thread() }",
        "#[cfg(test)]\nmod tests { use std::fs; }",
    ] {
        assert_eq!(complaints_about(text), 0, "{text}");
    }
}
