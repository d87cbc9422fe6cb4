//! Event patterns and events: whatever parses can be matched, and an index agrees.
#![no_main]

libfuzzer_sys::fuzz_target!(|texts: (&str, &str)| {
    let (pattern, event) = texts;
    let parsed_event = pattern::Event::parse(event);
    if serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(event).is_ok() {
        assert!(parsed_event.is_ok(), "every JSON object is an event");
    }
    for scope in [pattern::sns::Scope::MessageAttributes, pattern::sns::Scope::MessageBody] {
        if pattern::sns::Policy::parse(pattern, scope).is_ok() {
            assert!(pattern::Pattern::parse(pattern).is_ok(), "a policy is a pattern");
        }
    }
    let Ok(pattern) = pattern::Pattern::parse(pattern) else { return };
    let Ok(event) = parsed_event else { return };
    let mut index = pattern::Index::new();
    index.insert((), pattern.clone());
    assert_eq!(!index.matching(&event).is_empty(), pattern.matches(&event));
});
