//! Tests of the registry.

use bytes::Bytes;

use super::*;

fn events(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn ready(names: &[&str]) -> (Registry, Poll) {
    let mut registry = Registry::default();
    registry.started("ext");
    registry.register("ext", &events(names), "1".into()).unwrap();
    let poll = registry.poll("1").unwrap();
    (registry, poll)
}

#[test]
fn a_life() {
    let mut registry = Registry::default();
    registry.started("ext");
    assert!(!registry.are_registered());
    registry.register("ext", &events(&["INVOKE", "SHUTDOWN"]), "1".into()).unwrap();
    assert!(registry.are_registered() && !registry.are_ready());
    let poll = registry.poll("1").unwrap();
    assert!(registry.are_ready() && registry.are_done());
    assert_eq!(registry.turn(&poll), Turn::Wait);
    registry.invoke(&Bytes::from("i"));
    assert!(!registry.are_done());
    assert_eq!(registry.turn(&poll), Turn::Take("i".into()));
    assert!(!registry.are_done());
    let poll = registry.poll("1").unwrap();
    assert!(registry.are_done());
    registry.end(&Bytes::from("s"));
    assert_eq!(registry.turn(&poll), Turn::Take("s".into()));
    assert!(!registry.have_ended());
    registry.exited("ext", "exit status 0".into());
    assert!(registry.have_ended());
    assert_eq!(registry.failure(), None);
}

#[test]
fn who_registers_and_for_what() {
    let mut registry = Registry::default();
    registry.started("ext");
    let kind = |result: Result<(), Refusal>| result.map_err(|refusal| refusal.kind);
    let register = |registry: &mut Registry, name: &str, names: &[&str]| {
        kind(registry.register(name, &events(names), format!("id of {name}")))
    };
    assert_eq!(register(&mut registry, "ext", &["OTHER"]), Err("Extension.InvalidEventType"));
    assert_eq!(register(&mut registry, "ext", &["INVOKE", "INVOKE"]), Ok(()));
    assert_eq!(register(&mut registry, "ext", &[]), Err("Extension.InvalidExtensionState"));
    assert_eq!(register(&mut registry, "in", &["SHUTDOWN"]), Err("Extension.InvalidEventType"));
    assert_eq!(register(&mut registry, "in", &["INVOKE"]), Ok(()));
    assert_eq!(register(&mut registry, "in", &["INVOKE"]), Err("Extension.InvalidExtensionState"));
    for i in 0..8 {
        assert_eq!(register(&mut registry, &format!("in{i}"), &[]), Ok(()));
    }
    assert_eq!(register(&mut registry, "eleventh", &[]), Err("Extension.TooManyExtensions"));
    registry.close();
    assert_eq!(register(&mut registry, "late", &[]), Err("Extension.RegistrationClosed"));
    assert_eq!(registry.told()[0].events, [Subscribed::Invoke]);
}

#[test]
fn only_the_latest_poll_of_an_extension_is_answered() {
    let (mut registry, old) = ready(&["INVOKE"]);
    let new = registry.poll("1").unwrap();
    registry.invoke(&Bytes::from("i"));
    assert_eq!(registry.turn(&old), Turn::Superseded);
    assert_eq!(registry.turn(&new), Turn::Take("i".into()));
    assert_eq!(registry.poll("2").unwrap_err().kind, "Extension.UnknownExtensionIdentifier");
}

#[test]
fn the_first_failure_counts() {
    let (mut registry, _) = ready(&["INVOKE"]);
    let refused = registry.report_error("1", true, "late".into()).unwrap_err();
    assert_eq!(refused.kind, "Extension.InvalidExtensionState");
    registry.report_error("1", false, "mine".into()).unwrap();
    registry.exited("ext", "exit status 1".into());
    assert_eq!(registry.failure().unwrap().error_type, "Extension.ExitError");
    assert!(registry.poll("1").is_err());
}

#[test]
fn those_that_do_not_want_an_event_are_not_waited_for() {
    let (mut registry, poll) = ready(&[]);
    registry.invoke(&Bytes::from("i"));
    assert!(registry.are_done());
    registry.end(&Bytes::from("s"));
    assert_eq!(registry.turn(&poll), Turn::Wait);
    assert!(registry.have_ended());
}
