//! An index finds exactly what matches one by one, whatever was added and removed before.

use std::collections::{BTreeSet, HashMap};

use pattern::{Event, Index, Pattern};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A small vocabulary, so that patterns and events meet.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "a",
        "A",
        "ab",
        "abc",
        "aBc",
        "bc",
        "é",
        "É",
        "10.0.0.1",
        "::1",
        "0:0:0:0:0:0:0:1",
    ])
    .prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(0),
        json!(1),
        json!(1.0),
        json!(1.5),
        json!(-3),
        json!(6_000_000_000_i64),
    ])
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => word().prop_map(Value::from),
        2 => number(),
        1 => prop::sample::select(vec![json!(null), json!(true), json!(false)]),
    ]
}

fn event() -> impl Strategy<Value = Value> {
    let value = leaf().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..4).prop_map(|members| json!(members)),
        ]
    });
    prop::collection::btree_map(name(), value, 0..4).prop_map(|members| json!(members))
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned)
}

fn test() -> impl Strategy<Value = Value> {
    let not_empty = || word().prop_filter("not empty", |word| !word.is_empty());
    prop_oneof![
        4 => leaf(),
        1 => word().prop_map(|word| json!({ "prefix": word })),
        1 => word().prop_map(|word| json!({ "suffix": word })),
        1 => word().prop_map(|word| json!({ "prefix": { "equals-ignore-case": word } })),
        1 => word().prop_map(|word| json!({ "suffix": { "equals-ignore-case": word } })),
        1 => word().prop_map(|word| json!({ "equals-ignore-case": word })),
        1 => word().prop_map(|word| json!({ "wildcard": format!("{word}*") })),
        1 => word().prop_map(|word| json!({ "wildcard": format!("*{word}") })),
        1 => Just(json!({ "numeric": [">=", 0, "<", 1.5] })),
        1 => Just(json!({ "numeric": ["=", 1] })),
        1 => Just(json!({ "cidr": "10.0.0.0/8" })),
        2 => any::<bool>().prop_map(|exists| json!({ "exists": exists })),
        1 => word().prop_map(|word| json!({ "anything-but": word })),
        1 => Just(json!({ "anything-but": [1, 1.5] })),
        1 => not_empty().prop_map(|word| json!({ "anything-but": { "prefix": word } })),
    ]
}

fn pattern() -> impl Strategy<Value = Value> {
    let field = prop::collection::vec(test(), 1..4).prop_map(Value::from);
    let field = field.prop_recursive(3, 16, 3, |inner| {
        let members =
            prop::collection::btree_map(name(), inner, 1..3).prop_map(|members| json!(members)).boxed();
        prop_oneof![
            3 => members.clone(),
            1 => prop::collection::vec(members, 2..4).prop_map(|alternatives| json!({ "$or": alternatives })),
        ]
    });
    prop::collection::btree_map(name(), field, 1..3).prop_map(|members| json!(members))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_index_is_its_patterns(
        changes in prop::collection::vec((0_u8..12, prop::option::weighted(0.8, pattern())), 1..40),
        events in prop::collection::vec(event(), 1..6),
    ) {
        let mut index = Index::new();
        let mut model: HashMap<u8, Pattern> = HashMap::new();
        for (id, change) in changes {
            match change {
                Some(pattern) => {
                    let pattern = Pattern::parse(&pattern.to_string()).unwrap();
                    index.insert(id, pattern.clone());
                    model.insert(id, pattern);
                }
                None => prop_assert_eq!(index.remove(&id), model.remove(&id).is_some()),
            }
            prop_assert_eq!(index.len(), model.len());
        }
        for event in events {
            let event = Event::from_value(&event).unwrap();
            let found: Vec<u8> = index.matching(&event).into_iter().copied().collect();
            let unique: BTreeSet<u8> = found.iter().copied().collect();
            prop_assert_eq!(found.len(), unique.len(), "each once");
            let wanted: BTreeSet<u8> =
                model.iter().filter(|(_, pattern)| pattern.matches(&event)).map(|(id, _)| *id).collect();
            prop_assert_eq!(unique, wanted);
        }
    }

    #[test]
    fn text_and_value_are_one_event(event in event(), pattern in pattern()) {
        let pattern = Pattern::parse(&pattern.to_string()).unwrap();
        let text = Event::parse(&event.to_string()).unwrap();
        prop_assert_eq!(pattern.matches(&text), pattern.matches_value(&event));
    }

    #[test]
    fn no_text_breaks_the_parser(text in r#"[\[\]{}",:$or\\a1-]{0,40}"#) {
        let _ = Pattern::parse(&text);
        prop_assert_eq!(Event::parse(&text).is_ok(), serde_json::from_str::<serde_json::Map<String, Value>>(&text).is_ok());
    }
}
