//! The schema of a data file: what the reader takes, and nothing that it would report.
//!
//! What a schema cannot know is left to `lint`: whether a key points to something, whether a date can be.

use serde_json::{Map, Value, json};

use crate::handbook::Cell;
use crate::handbook::profile::{DataFile, Layout};
use crate::handbook::schema::{Field, Kind, Others, Schema};

/// The maturity ladder of a handbook, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// The keys of the levels; none where any word may be one.
    pub keys: Vec<String>,
    /// The fields that hold the dates of the levels.
    pub date_fields: Vec<String>,
}

/// The schema of the data file `file`, which lies at `path`.
pub fn data_schema(file: &DataFile, path: &str, levels: &Levels) -> Value {
    let mut writer = Writer { levels, definitions: Map::new() };
    let record = |writer: &mut Writer<'_>| writer.reference(file.schema);
    let mut schema = match file.layout {
        Layout::Free => json!({}),
        Layout::Map => records_of(record(&mut writer)),
        Layout::List(_) => list_of(record(&mut writer)),
        Layout::Lists(_) => records_of(or_nothing(list_of(record(&mut writer)))),
        Layout::MapUnder(key) => under(key, records_of(record(&mut writer))),
        Layout::ListUnder(key, _) => under(key, list_of(record(&mut writer))),
    };
    // An empty file is a file without records.
    if let Some(kind @ Value::String(_)) = schema.get_mut("type") {
        *kind = json!([kind.clone(), "null"]);
    }
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = path.into();
    if !writer.definitions.is_empty() {
        schema["definitions"] = writer.definitions.into();
    }
    schema
}

/// A map of records. A key that begins with a dot holds an anchor, and is passed over.
fn records_of(values: Value) -> Value {
    let mut map = map_of(values);
    map["patternProperties"] = json!({"^\\.": {}});
    map
}

fn map_of(values: Value) -> Value {
    let mut map = json!({"type": "object"});
    map["additionalProperties"] = values;
    map
}

fn list_of(items: Value) -> Value {
    let mut list = json!({"type": "array"});
    list["items"] = items;
    list
}

fn under(key: &str, records: Value) -> Value {
    json!({
        "type": "object",
        "properties": {key: or_nothing(records)},
        "required": [key],
        "patternProperties": {"^\\.": {}},
        "additionalProperties": false,
    })
}

/// `schema`, or nothing: the reader takes an empty field for one that is not there.
fn or_nothing(mut schema: Value) -> Value {
    let nothing = json!({"enum": [null, ""]});
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        // Text, which may have no letters.
        kinds.push("null".into());
        schema
    } else if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        choices.push(nothing);
        schema
    } else {
        json!({"anyOf": [schema, nothing]})
    }
}

/// `schema`, without text of spaces alone: to the reader that is a field without a value.
fn not_blank(mut schema: Value) -> Value {
    let takes_text = schema.get("type").and_then(Value::as_array).is_some();
    if let Some(map) = schema.as_object_mut().filter(|_| takes_text) {
        map.insert("pattern".to_owned(), "\\S".into());
    }
    schema
}

/// Writes schemas, and remembers those of records by their nouns.
struct Writer<'l> {
    levels: &'l Levels,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    /// A reference to the schema of a record.
    fn reference(&mut self, schema: &'static Schema) -> Value {
        let name = schema.noun.replace(' ', "_");
        if !self.definitions.contains_key(&name) {
            // A record may hold others of its kind.
            self.definitions.insert(name.clone(), Value::Null);
            let record = self.record(schema);
            self.definitions.insert(name.clone(), record);
        }
        json!({"$ref": format!("#/definitions/{name}")})
    }

    fn record(&mut self, schema: &'static Schema) -> Value {
        let mut fields = Map::new();
        if schema.has_level_dates {
            for name in &self.levels.date_fields {
                let date = Field::new("", Kind::Date, "When this level was or will be reached.");
                fields.insert(name.clone(), self.field(&date));
            }
        }
        for field in schema.fields {
            fields.insert(field.name.to_owned(), self.field(field));
        }
        let required = schema.fields.iter().filter(|field| field.is_required);
        let required: Vec<&str> = required.map(|field| field.name).collect();
        let others = match schema.others {
            // Levels that are not known have dates that are not known.
            Others::Unknown if schema.has_level_dates && self.levels.keys.is_empty() => true.into(),
            Others::Unknown => false.into(),
            Others::Tools => json!({"description": "Whether this tool has it, if it is a tool."}),
            Others::Free => true.into(),
        };
        let mut record = json!({
            "title": schema.noun,
            "type": "object",
            "properties": fields,
            "additionalProperties": others,
        });
        // Draft 4 wants no empty list here, and some editors go by it.
        if !required.is_empty() {
            record["required"] = required.into();
        }
        record
    }

    fn field(&mut self, field: &Field) -> Value {
        let about = match pointed_to(field.kind) {
            Some(table) => format!("{} The key of a {}.", field.meaning, table.noun()),
            None => field.meaning.to_owned(),
        };
        let value = self.kind(field.kind);
        let value = if field.is_required { not_blank(value) } else { or_nothing(value) };
        let mut described = json!({"description": about});
        match (value, &mut described) {
            (Value::Object(value), Value::Object(map)) if !value.contains_key("$ref") => {
                map.extend(value);
            }
            // In draft 7, what is next to a reference is ignored.
            (value, _) => described["allOf"] = json!([value]),
        }
        described
    }

    fn kind(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Text | Kind::Estimate | Kind::Key(_) | Kind::KeyOr(..) => {
                json!({"type": ["string", "number"]})
            }
            Kind::TextOrFalse => {
                json!({"anyOf": [{"type": ["string", "number"]}, {"const": false}]})
            }
            Kind::Bool => json!({"type": "boolean"}),
            Kind::Integer => json!({"type": "integer"}),
            Kind::Count => json!({"type": "integer", "minimum": 1}),
            Kind::Number => json!({"type": "number"}),
            Kind::Fraction => json!({"type": "number", "minimum": 0, "maximum": 1}),
            Kind::Date => json!({
                "type": "string",
                "format": "date",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            }),
            Kind::Choice(words) => json!({"enum": words}),
            Kind::Grade => json!({"type": "string", "pattern": "^([A-F][+-]?|-|N/A|TBD)$"}),
            Kind::Level if self.levels.keys.is_empty() => self.kind(Kind::Text),
            Kind::Level => json!({"enum": self.levels.keys}),
            Kind::Cell => {
                let words = Cell::WORDS.map(|word| match word {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    word => word.into(),
                });
                json!({"anyOf": [
                    {"enum": words},
                    {
                        "type": "object",
                        "properties": {
                            "valid": {"enum": words},
                            "details": {"type": ["string", "number", "null"]},
                        },
                        "required": ["valid"],
                    },
                ]})
            }
            Kind::OneOrMany(one) => {
                let one = self.kind(*one);
                let many = list_of(or_nothing(one.clone()));
                json!({"anyOf": [one, many]})
            }
            Kind::List(item) => list_of(or_nothing(self.kind(*item))),
            Kind::Map(value) => map_of(or_nothing(self.kind(*value))),
            Kind::MapByKey(_, value) => {
                let map = map_of(or_nothing(self.kind(*value)));
                json!({"anyOf": [map, {"const": false}]})
            }
            Kind::Record(schema) => self.reference(schema),
            Kind::Records(schema) => records_of(self.reference(schema)),
            Kind::ListOf(schema) => list_of(self.reference(schema)),
            Kind::Any => json!({}),
        }
    }
}

/// What a value of this kind points to.
fn pointed_to(kind: Kind) -> Option<crate::handbook::schema::Table> {
    match kind {
        Kind::Key(table) | Kind::KeyOr(table, _) => Some(table),
        Kind::OneOrMany(kind) | Kind::List(kind) => pointed_to(*kind),
        _ => None,
    }
}
