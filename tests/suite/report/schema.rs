//! The published JSON Schema is the one of the code, and the data keeps it.

use std::fs;
use std::path::Path;

use floorwalker::report::OperatorOptions;
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::Every;
use floorwalker_report::{json_schema, to_json};
use serde_json::Value;

use super::sample::{report_on, sample_report, with_operators};

fn schema() -> Value {
    serde_json::from_str(&json_schema()).unwrap()
}

#[test]
fn the_published_schema_is_the_one_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates/floorwalker-report/schema/service_report.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, json_schema()).unwrap();
    }
    let published = fs::read_to_string(path).unwrap();
    let is_same = published == json_schema();
    assert!(
        is_same,
        "run the test with UPDATE_SCHEMA=1 and commit the file"
    );
}

/// The complaints about a value, for the words of JSON Schema that the schema uses.
fn complaints(schema: &Value, root: &Value, value: &Value, place: &str) -> Vec<String> {
    let complain = |what: &str| vec![format!("{place}: {what}")];
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return complaints(&root["$defs"][name], root, value, place);
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let fits = choices
                .iter()
                .any(|one| complaints(one, root, value, place).is_empty());
            return if fits {
                Vec::new()
            } else {
                complain("fits no choice")
            };
        }
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return complain("is another constant");
    }
    if schema["enum"]
        .as_array()
        .is_some_and(|list| !list.contains(value))
    {
        return complain("is not in the list");
    }
    if !has_type(&schema["type"], value) {
        return complain("has another type");
    }
    if schema["minimum"]
        .as_f64()
        .zip(value.as_f64())
        .is_some_and(|(least, value)| value < least)
    {
        return complain("is too small");
    }
    let mut found = Vec::new();
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.extend(complain(&format!("lacks {name}")));
            }
        }
        for (name, inner) in fields {
            let place = format!("{place}/{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false) | Value::Null) => {
                    found.push(format!("{place}: is not known"))
                }
                (Value::Null, any) => found.extend(complaints(any, root, inner, &place)),
                (known, _) => found.extend(complaints(known, root, inner, &place)),
            }
        }
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(complaints(
            &schema["items"],
            root,
            inner,
            &format!("{place}/{at}"),
        ));
    }
    found
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    };
    match wanted {
        Value::Null => true,
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        _ => panic!("{wanted} names no type"),
    }
}

fn all_complaints(json: &str) -> Vec<String> {
    let schema = schema();
    complaints(&schema, &schema, &serde_json::from_str(json).unwrap(), "")
}

#[test]
fn reports_keep_the_schema() {
    assert_eq!(all_complaints(&to_json(sample_report())), [""; 0]);
    assert_eq!(
        all_complaints(&to_json(&report_on(&[], Every::Day))),
        [""; 0]
    );
    for granularity in [
        Granularity::Team,
        Granularity::Pseudonym,
        Granularity::Person,
    ] {
        let policy =
            AccessPolicy::new("coaching", "agreement of 12 May 2026", granularity).unwrap();
        let report = with_operators(&OperatorOptions::new(policy).with_key(1));
        assert_eq!(all_complaints(&to_json(&report)), [""; 0]);
    }
}

#[test]
fn what_is_no_report_breaks_the_schema() {
    let good = to_json(sample_report());
    for (from, to, expected) in [
        ("\"by_queue\":", "\"by_line\":", "lacks \"by_queue\""),
        (
            "\"severity\":\"high\"",
            "\"severity\":\"huge\"",
            "fits no choice",
        ),
        ("\"numerator\":7973", "\"numerator\":-1", "is too small"),
        (
            "\"more_findings\":68",
            "\"more_findings\":\"68\"",
            "has another type",
        ),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let found = all_complaints(&bad);
        assert!(
            found.iter().any(|one| one.contains(expected)),
            "{expected}: {found:?}"
        );
    }
}
