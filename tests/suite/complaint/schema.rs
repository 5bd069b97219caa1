//! The published schemas accept what the readers accept, and refuse what they refuse.

use floorwalker::complaint::*;
use serde_json::{Value, json};

use super::desk::Dice;

/// A small validator of the parts of JSON Schema that the two schemas use.
struct Schema(Value);

impl Schema {
    fn accepts(&self, value: &Value) -> bool {
        self.is_valid(&self.0, value)
    }

    fn is_valid(&self, schema: &Value, value: &Value) -> bool {
        schema
            .as_object()
            .unwrap()
            .iter()
            .all(|(word, rule)| match word.as_str() {
                "$schema" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let place = rule.as_str().unwrap().trim_start_matches('#');
                    self.is_valid(self.0.pointer(place).unwrap(), value)
                }
                "type" => match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_i64() || value.is_u64(),
                    other => panic!("the type {other} is not used"),
                },
                "enum" => rule.as_array().unwrap().contains(value),
                "oneOf" => {
                    rule.as_array()
                        .unwrap()
                        .iter()
                        .filter(|one| self.is_valid(one, value))
                        .count()
                        == 1
                }
                "required" => rule
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|name| value.get(name.as_str().unwrap()).is_some()),
                "properties" => members(value).all(|(name, member)| {
                    rule.get(name).is_none_or(|one| self.is_valid(one, member))
                }),
                "additionalProperties" => {
                    let known = |name: &str| {
                        schema
                            .get("properties")
                            .is_some_and(|known| known.get(name).is_some())
                    };
                    members(value)
                        .filter(|(name, _)| !known(name))
                        .all(|(_, member)| rule.is_object() && self.is_valid(rule, member))
                }
                "propertyNames" => {
                    members(value).all(|(name, _)| self.is_valid(rule, &json!(name)))
                }
                "items" => value
                    .as_array()
                    .is_none_or(|items| items.iter().all(|item| self.is_valid(rule, item))),
                "minItems" => value
                    .as_array()
                    .is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
                "maxItems" => value
                    .as_array()
                    .is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
                "minLength" => value
                    .as_str()
                    .is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap()),
                "maxLength" => value
                    .as_str()
                    .is_none_or(|text| text.chars().count() as u64 <= rule.as_u64().unwrap()),
                "minimum" => value
                    .as_i64()
                    .is_none_or(|number| number >= rule.as_i64().unwrap()),
                "maximum" => value
                    .as_i64()
                    .is_none_or(|number| number <= rule.as_i64().unwrap()),
                "pattern" => value
                    .as_str()
                    .is_none_or(|text| has_form(rule.as_str().unwrap(), text)),
                other => panic!("the word {other} is not used"),
            })
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The three patterns of the schemas.
fn has_form(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match pattern {
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            let parts: Vec<&str> = text.split('-').collect();
            parts.iter().map(|part| part.len()).eq([4, 2, 2]) && parts.into_iter().all(digits)
        }
        "^[A-Z]{3}$" => text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
        "^[0-9]+(\\.[0-9]{1,2})?$" => match text.split_once('.') {
            Some((whole, cents)) => digits(whole) && digits(cents) && cents.len() <= 2,
            None => digits(text),
        },
        other => panic!("the pattern {other} is not used"),
    }
}

/// Leaves out members that are absent, as a person would.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, member)| !member.is_null());
            Value::Object(
                members
                    .map(|(name, member)| (name, plain(member)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        plain => plain,
    }
}

/// Spoils one place of a value: a member is left out or renamed, or gets another type.
fn spoil(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(members) if !members.is_empty() && dice.percent(60) => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = &names[dice.below(names.len() as u64) as usize];
            if dice.percent(25) {
                let member = members.remove(name).unwrap();
                if dice.percent(50) {
                    members.insert(format!("{name}_x"), member);
                }
            } else {
                spoil(members.get_mut(name).unwrap(), dice);
            }
        }
        Value::Array(items) if !items.is_empty() && dice.percent(80) => {
            let place = dice.below(items.len() as u64) as usize;
            spoil(&mut items[place], dice);
        }
        other => {
            *other = [json!(true), json!("?"), json!({"x": 1}), json!([[1]])]
                [dice.below(4) as usize]
                .clone()
        }
    }
}

#[test]
fn the_schema_of_policies_fits_the_reader() {
    let schema = Schema(serde_json::from_str(POLICY_SCHEMA).unwrap());
    let all = plain(serde_json::to_value(PolicyBook::built_in()).unwrap());
    assert!(schema.accepts(&all));
    let (mut dice, mut refused) = (Dice::new(7), 0);
    for _ in 0..400 {
        let place = dice.below(all.as_array().unwrap().len() as u64) as usize;
        let mut one = json!([all[place]]);
        spoil(&mut one, &mut dice);
        let read = serde_json::from_value::<Vec<PolicyRecord>>(one.clone()).is_ok();
        assert!(
            !schema.accepts(&one) || read,
            "only the schema accepts {one}"
        );
        // The schema may be stricter in the form of texts, never in names and types.
        refused += u32::from(!read);
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn the_schema_of_procedures_fits_the_reader() {
    let schema = Schema(serde_json::from_str(PROCEDURE_SCHEMA).unwrap());
    let all = plain(serde_json::to_value(Procedure::iso_10002().record()).unwrap());
    assert!(schema.accepts(&all));
    let (mut dice, mut refused) = (Dice::new(11), 0);
    for _ in 0..400 {
        let mut one = all.clone();
        spoil(&mut one, &mut dice);
        let read = serde_json::from_value::<ProcedureRecord>(one.clone()).is_ok();
        assert!(
            !schema.accepts(&one) || read,
            "only the schema accepts {one}"
        );
        refused += u32::from(!read);
    }
    assert!(refused > 100, "{refused}");
}

/// The lists of words in the schemas are those of the library.
#[test]
fn the_words_of_the_schemas_are_complete() {
    let schema: Value = serde_json::from_str(PROCEDURE_SCHEMA).unwrap();
    let names = |all: Vec<&str>| json!(all);
    assert_eq!(
        schema["$defs"]["step"]["enum"],
        names(Step::ALL.iter().map(|step| step.name()).collect())
    );
    let transition = &schema["properties"]["transitions"]["items"]["properties"];
    assert_eq!(
        transition["guards"]["items"]["enum"],
        names(Guard::ALL.iter().map(|guard| guard.name()).collect())
    );
    let mut stages: Vec<String> = serde_json::from_value(
        schema["properties"]["states"]["items"]["properties"]["stage"]["enum"].clone(),
    )
    .unwrap();
    let mut known: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| stage.name().to_owned())
        .collect();
    stages.sort();
    known.sort();
    assert_eq!(stages, known);
    let policies: Value = serde_json::from_str(POLICY_SCHEMA).unwrap();
    let subjects = &policies["$defs"]["policy"]["properties"]["subject"]["enum"];
    assert_eq!(
        *subjects,
        names(Subject::ALL.iter().map(|subject| subject.name()).collect())
    );
}
