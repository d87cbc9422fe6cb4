//! The policy language as tables: which documents are refused and why, and what documents decide.

use std::sync::Arc;

use base::AccountId;
use svc_iam::policy::{Decision, Denial, Facts, Policies, Policy, PolicyKind, Question, Source, decide};
use wire::Caller;

const ME: &str = "arn:aws:iam::123456789012:user/me";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn account() -> AccountId {
    "123456789012".parse().unwrap()
}

fn user() -> Caller {
    Caller::User { account: account(), arn: ME.into(), id: "AIDAME".into(), name: "me".into() }
}

fn session() -> Caller {
    Caller::Session {
        account: account(),
        role_arn: "arn:aws:iam::123456789012:role/path/r".into(),
        session_arn: "arn:aws:sts::123456789012:assumed-role/r/s".into(),
        id: "AROAR:s".into(),
        session_policy: None,
    }
}

fn service() -> Caller {
    Caller::Service { name: "events.amazonaws.com".into() }
}

fn statements(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

#[test]
fn malformed_documents() {
    use PolicyKind::{Identity, Resource, Trust};
    const SYNTAX: &str = "Syntax errors in policy.";
    #[rustfmt::skip]
    let table: &[(PolicyKind, &str, &str)] = &[
        (Identity, "", SYNTAX),
        (Identity, "[]", SYNTAX),
        (Identity, "{}", SYNTAX),
        (Trust, "{", "This policy contains invalid Json"),
        (Identity, r#"{"Version":"2012-10-17","Statement":[]}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-18","Statement":[]}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":"x"}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Extra":1,"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#, SYNTAX),
        (Identity, r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#, "Policy document must be version 2012-10-17 or greater."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Action":"*","Resource":"*"}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}"#, "Policy statement must contain actions."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}"#, "Policy statement must contain actions."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}"#, "Policy statement must contain resources."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":[]}}"#, "Policy statement must contain resources."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":7,"Resource":"*"}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"invoke","Resource":"*"}}"#, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b:c","Resource":"*"}}"#, "Actions/Condition can contain only one colon."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a b:c","Resource":"*"}}"#, "Vendor a b is not valid"),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"f"}}"#, "Resource f must be in ARN format or \"*\"."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws"}}"#, "Resource vendor must be fully qualified and cannot contain regexes."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:x:s3:::b"}}"#, "Partition \"x\" is not valid for resource \"arn:x:s3:::b\"."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#, "Policy document should not specify a principal."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Like":{"aws:x":"y"}}}}"#, "Invalid Condition type : Like."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NullIfExists":{"aws:x":"true"}}}}"#, "Invalid Condition type : NullIfExists."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"x":"y"}}}}"#, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"here"}}}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":[]}}"#, SYNTAX),
        (Identity, r#"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"}]}"#, "Statement IDs (SID) in a single policy must be unique."),
        (Trust, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}"#, "Has prohibited field Resource"),
        (Trust, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"lambda:*"}}"#, "AssumeRole policy may only specify STS AssumeRole actions."),
        (Trust, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"joe"},"Action":"sts:AssumeRole"}}"#, "Invalid principal in policy: \"AWS\":\"joe\""),
        (Trust, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda"},"Action":"sts:AssumeRole"}}"#, "Invalid principal in policy: \"Service\":\"lambda\""),
        (Trust, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"joe","Action":"sts:AssumeRole"}}"#, SYNTAX),
        (Resource, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#, SYNTAX),
        (Resource, r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/*"},"Action":"*","Resource":"*"}}"#, "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:user/*\""),
    ];
    for (kind, document, message) in table {
        let error = Policy::parse(document, *kind).expect_err(document);
        assert_eq!(error.to_string(), *message, "{document}");
    }
}

#[test]
fn well_formed_documents() {
    use PolicyKind::{Identity, Resource, Trust};
    #[rustfmt::skip]
    let table = [
        (Identity, statements(r#"{"Sid":"","Effect":"Allow","Action":["s3:Get*","S3:List*"],"NotResource":"arn:aws:s3:::b/*"}"#)),
        (Identity, statements(r#"{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:max-keys":10}}}"#)),
        (Trust, r#"{"Statement":{"Effect":"Allow","Principal":{"Service":["lambda.amazonaws.com","edgelambda.amazonaws.com"]},"Action":"sts:AssumeRole"}}"#.to_owned()),
        (Trust, r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["123456789012","arn:aws:iam::123456789012:root","AIDAOLD"],"Federated":"cognito-identity.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]}]}"#.to_owned()),
        (Resource, r#"{"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"x","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}}]}"#.to_owned()),
    ];
    for (kind, document) in table {
        Policy::parse(&document, kind).unwrap_or_else(|error| panic!("{error}: {document}"));
    }
}

/// One identity policy, one question.
fn identity(document: &str, action: &str, resource: &str, facts: &[(&str, &str)]) -> Decision {
    let policy =
        Policy::parse(document, PolicyKind::Identity).unwrap_or_else(|error| panic!("{error}: {document}"));
    let mut known = Facts::default();
    known.set("aws:username", "me");
    for (key, value) in facts {
        known.set(key, *value);
    }
    let question = Question { action, resource, caller: &user(), facts: &known };
    decide(&question, &Policies { identity: &[Arc::new(policy)], ..Policies::default() })
}

/// Statements, action, resource, condition keys, and what is decided.
type IdentityCase<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)], Decision);

#[test]
fn identity_policies() {
    let allowed = Decision::Allowed;
    let explicit = Decision::Denied(Denial::Explicit(Source::Identity));
    let implicit = Decision::Denied(Denial::Implicit(Source::Identity));
    #[rustfmt::skip]
    let table: &[IdentityCase] = &[
        (r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#, "lambda:InvokeFunction", FUNCTION, &[], allowed),
        (r#"{"Effect":"Allow","Action":"lambda:Invoke*","Resource":"*"}"#, "lambda:InvokeFunction", FUNCTION, &[], allowed),
        (r#"{"Effect":"Allow","Action":"LAMBDA:invokefunction","Resource":"*"}"#, "lambda:InvokeFunction", FUNCTION, &[], allowed),
        (r#"{"Effect":"Allow","Action":"lambda:Get*","Resource":"*"}"#, "lambda:InvokeFunction", FUNCTION, &[], implicit),
        (r#"{"Effect":"Allow","Action":"lambda:GetFunctio?","Resource":"*"}"#, "lambda:GetFunction", FUNCTION, &[], allowed),
        (r#"{"Effect":"Allow","Action":"lambda:*","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f"}"#, "lambda:InvokeFunction", FUNCTION, &[], allowed),
        (r#"{"Effect":"Allow","Action":"lambda:*","Resource":"arn:aws:lambda:us-east-1:123456789012:function:F"}"#, "lambda:InvokeFunction", FUNCTION, &[], implicit),
        (r#"{"Effect":"Allow","Action":"lambda:*","Resource":"arn:aws:lambda:us-east-1:123456789012:function:g"}"#, "lambda:InvokeFunction", FUNCTION, &[], implicit),
        (r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, "iam:CreateUser", "*", &[], implicit),
        (r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, "s3:GetObject", "*", &[], allowed),
        (r#"{"Effect":"Allow","Action":"s3:*","NotResource":["arn:aws:s3:::secret","arn:aws:s3:::secret/*"]}"#, "s3:GetObject", "arn:aws:s3:::secret/a", &[], implicit),
        (r#"{"Effect":"Allow","Action":"s3:*","NotResource":["arn:aws:s3:::secret","arn:aws:s3:::secret/*"]}"#, "s3:GetObject", "arn:aws:s3:::open/a", &[], allowed),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"lambda:Delete*","Resource":"*"}"#, "lambda:DeleteFunction", FUNCTION, &[], explicit),
        (r#"{"Effect":"Deny","Action":"lambda:Delete*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}"#, "lambda:DeleteFunction", FUNCTION, &[], explicit),
        // The user guide's home directory example.
        (r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*"}"#, "s3:GetObject", "arn:aws:s3:::home/me/x", &[], allowed),
        (r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*"}"#, "s3:GetObject", "arn:aws:s3:::home/you/x", &[], implicit),
        // The user guide's deny-outside-addresses example.
        (r#"{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","203.0.113.0/24"]}}}"#, "s3:GetObject", "*", &[("aws:SourceIp", "198.51.100.1")], explicit),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","203.0.113.0/24"]}}}"#, "s3:GetObject", "*", &[("aws:SourceIp", "192.0.2.9")], allowed),
        // The user guide's dates example: all operators must hold.
        (r#"{"Effect":"Allow","Action":"s:A","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2020-04-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2020-06-30T23:59:59Z"}}}"#, "s:A", "*", &[("aws:CurrentTime", "2020-05-01T00:00:00Z")], allowed),
        (r#"{"Effect":"Allow","Action":"s:A","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2020-04-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2020-06-30T23:59:59Z"}}}"#, "s:A", "*", &[("aws:CurrentTime", "2020-07-01T00:00:00Z")], implicit),
        (r#"{"Effect":"Allow","Action":"s:A","Resource":"*","Condition":{"StringEquals":{"a:x":"1","a:y":"2"}}}"#, "s:A", "*", &[("a:x", "1")], implicit),
        (r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Effect":"Allow","Action":"*","Resource":"*"}"#, "s:A", "*", &[("aws:SecureTransport", "false")], explicit),
        (r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"AWS:USERNAME":"me"}}}"#, "s:A", "*", &[], allowed),
    ];
    for (document, action, resource, facts, expected) in table {
        assert_eq!(
            identity(&statements(document), action, resource, facts),
            *expected,
            "{document} {action} {resource}"
        );
    }
}

/// A case of several policies at once: `None` where the request has no policy of that kind.
struct Case {
    caller: Caller,
    identity: Option<&'static str>,
    resource: Option<&'static str>,
    session: Option<&'static str>,
    boundary: Option<&'static str>,
    cross_account: bool,
    trust: bool,
}

const ALL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
const OTHER: &str = r#"{"Effect":"Allow","Action":"other:*","Resource":"*"}"#;
const DENY: &str = r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#;
const BY_ACCOUNT: &str =
    r#"{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}"#;
const BY_USER: &str = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/me"},"Action":"*","Resource":"*"}"#;
const BY_ROLE: &str = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/path/r"},"Action":"*","Resource":"*"}"#;
const BY_SESSION: &str = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/r/s"},"Action":"*","Resource":"*"}"#;
const BY_ANYONE: &str = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;
const BY_EVENTS: &str =
    r#"{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"*","Resource":"*"}"#;
const BY_S3: &str =
    r#"{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"*","Resource":"*"}"#;
const DENY_ALL_BUT_ME: &str = r#"{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::123456789012:user/me","123456789012"]},"Action":"*","Resource":"*"}"#;

impl Case {
    fn of(caller: Caller) -> Case {
        Case {
            caller,
            identity: None,
            resource: None,
            session: None,
            boundary: None,
            cross_account: false,
            trust: false,
        }
    }

    fn decide(&self) -> Decision {
        let parse = |document: Option<&str>, kind| {
            document.map(|document| Policy::parse(&statements(document), kind).unwrap())
        };
        let identity: Vec<_> = parse(self.identity, PolicyKind::Identity).into_iter().map(Arc::new).collect();
        let question = Question {
            action: "lambda:InvokeFunction",
            resource: FUNCTION,
            caller: &self.caller,
            facts: &Facts::default(),
        };
        decide(
            &question,
            &Policies {
                identity: &identity,
                boundary: parse(self.boundary, PolicyKind::Identity).as_ref(),
                session: parse(self.session, PolicyKind::Identity).as_ref(),
                resource: parse(self.resource, PolicyKind::Resource).as_ref(),
                resource_must_allow: self.trust,
                cross_account: self.cross_account,
            },
        )
    }
}

#[test]
fn policies_together() {
    let root = || Caller::Root { account: account() };
    let allowed = Decision::Allowed;
    let no = |source| Decision::Denied(Denial::Implicit(source));
    let deny = |source| Decision::Denied(Denial::Explicit(source));
    #[rustfmt::skip]
    let table: Vec<(&str, Case, Decision)> = vec![
        ("nothing at all", Case::of(user()), no(Source::Identity)),
        ("identity alone", Case { identity: Some(ALL), ..Case::of(user()) }, allowed),
        ("resource alone, by name", Case { resource: Some(BY_USER), ..Case::of(user()) }, allowed),
        ("resource alone, by account", Case { resource: Some(BY_ACCOUNT), ..Case::of(user()) }, no(Source::Identity)),
        ("resource and identity, by account", Case { identity: Some(ALL), resource: Some(BY_ACCOUNT), ..Case::of(user()) }, allowed),
        ("resource alone, everybody", Case { resource: Some(BY_ANYONE), ..Case::of(user()) }, allowed),
        ("another role's grant", Case { resource: Some(BY_ROLE), ..Case::of(user()) }, no(Source::Identity)),
        ("denied by the resource", Case { identity: Some(ALL), resource: Some(r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#), ..Case::of(user()) }, deny(Source::Resource)),
        ("denied by identity though named", Case { identity: Some(DENY), resource: Some(BY_USER), ..Case::of(user()) }, deny(Source::Identity)),
        ("exempt from a denial", Case { identity: Some(ALL), resource: Some(DENY_ALL_BUT_ME), ..Case::of(user()) }, allowed),
        ("not exempt from a denial", Case { identity: Some(ALL), resource: Some(DENY_ALL_BUT_ME), ..Case::of(session()) }, deny(Source::Resource)),
        ("boundary lacks it", Case { identity: Some(ALL), boundary: Some(OTHER), ..Case::of(user()) }, no(Source::Boundary)),
        ("boundary has it", Case { identity: Some(ALL), boundary: Some(ALL), ..Case::of(user()) }, allowed),
        ("boundary alone", Case { boundary: Some(ALL), ..Case::of(user()) }, no(Source::Identity)),
        ("boundary denies", Case { identity: Some(ALL), boundary: Some(DENY), ..Case::of(user()) }, deny(Source::Boundary)),
        ("boundary does not limit a grant by name", Case { resource: Some(BY_USER), boundary: Some(OTHER), ..Case::of(user()) }, allowed),
        ("session policy lacks it", Case { identity: Some(ALL), session: Some(OTHER), ..Case::of(session()) }, no(Source::Session)),
        ("session policy has it", Case { identity: Some(ALL), session: Some(ALL), ..Case::of(session()) }, allowed),
        ("session policy denies", Case { identity: Some(ALL), session: Some(DENY), ..Case::of(session()) }, deny(Source::Session)),
        ("session policy limits the role's grant", Case { resource: Some(BY_ROLE), session: Some(OTHER), ..Case::of(session()) }, no(Source::Session)),
        ("session policy does not limit the session's grant", Case { resource: Some(BY_SESSION), session: Some(OTHER), ..Case::of(session()) }, allowed),
        ("the role's grant", Case { resource: Some(BY_ROLE), ..Case::of(session()) }, allowed),
        ("cross-account, both", Case { identity: Some(ALL), resource: Some(BY_ACCOUNT), cross_account: true, ..Case::of(user()) }, allowed),
        ("cross-account, identity only", Case { identity: Some(ALL), cross_account: true, ..Case::of(user()) }, no(Source::Resource)),
        ("cross-account, resource only", Case { resource: Some(BY_USER), cross_account: true, ..Case::of(user()) }, no(Source::Identity)),
        ("cross-account, boundary", Case { identity: Some(ALL), resource: Some(BY_USER), boundary: Some(OTHER), cross_account: true, ..Case::of(user()) }, no(Source::Boundary)),
        ("trust: identity only", Case { identity: Some(ALL), trust: true, ..Case::of(user()) }, no(Source::Resource)),
        ("trust: account and identity", Case { identity: Some(ALL), resource: Some(BY_ACCOUNT), trust: true, ..Case::of(user()) }, allowed),
        ("trust: account only", Case { resource: Some(BY_ACCOUNT), trust: true, ..Case::of(user()) }, no(Source::Identity)),
        ("trust: by name", Case { resource: Some(BY_USER), trust: true, ..Case::of(user()) }, allowed),
        ("root", Case::of(root()), allowed),
        ("root denied by the resource", Case { resource: Some(r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#), ..Case::of(root()) }, deny(Source::Resource)),
        ("root elsewhere", Case { cross_account: true, ..Case::of(root()) }, no(Source::Resource)),
        ("root and trust", Case { trust: true, ..Case::of(root()) }, no(Source::Resource)),
        ("service named", Case { resource: Some(BY_EVENTS), ..Case::of(service()) }, allowed),
        ("another service named", Case { resource: Some(BY_S3), ..Case::of(service()) }, no(Source::Resource)),
        ("service and everybody", Case { resource: Some(BY_ANYONE), ..Case::of(service()) }, no(Source::Resource)),
        ("service and nothing", Case::of(service()), no(Source::Resource)),
        ("anonymous and everybody", Case { resource: Some(BY_ANYONE), ..Case::of(Caller::Anonymous) }, allowed),
        ("anonymous and account", Case { resource: Some(BY_ACCOUNT), ..Case::of(Caller::Anonymous) }, no(Source::Resource)),
        ("anonymous and nothing", Case::of(Caller::Anonymous), no(Source::Resource)),
    ];
    for (name, case, expected) in table {
        assert_eq!(case.decide(), expected, "{name}");
    }
}
