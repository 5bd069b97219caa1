//! The report as JSON, and the schema it keeps.

use floorwalker::report::ServiceReport;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The report as JSON on one line: the data itself, in no language.
///
/// It keeps the schema of [`json_schema`], and reads back into an equal report.
#[must_use]
pub fn to_json(report: &ServiceReport) -> String {
    let mut json =
        serde_json::to_string(report).expect("a report holds no map with other keys than text");
    json.push('\n');
    json
}

/// The JSON Schema (draft 2020-12) of [`to_json`], as published in
/// `schema/service_report.schema.json` beside this crate.
#[must_use]
pub fn json_schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let generator = settings.into_generator();
    let mut schema = generator.into_root_schema_for::<ServiceReport>().to_value();
    tidy(&mut schema);
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    json.push('\n');
    json
}

/// Keeps the first paragraph of each description, without the marks of Rust's documentation, and
/// sorts the fields, whose order otherwise depends on how serde_json was built.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get_mut("description") {
                let first = text.split("\n\n").next().unwrap_or_default();
                *text = first.replace('\n', " ").replace("[`", "").replace("`]", "");
            }
            let mut sorted: Vec<(String, Value)> = std::mem::take(fields).into_iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(&b.0));
            sorted.iter_mut().for_each(|(_, value)| tidy(value));
            fields.extend(sorted);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}
