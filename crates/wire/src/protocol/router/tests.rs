//! Routes of Lambda's real table, and of a made-up one for what Lambda's patterns don't have.

use super::*;

fn check(router: &Router, method: &str, uri: &str, expected: Option<(&str, &[(&str, &str)])>) {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let found = router.route(method, path, query);
    let found = found.map(|(route, labels)| (route.name(), labels));
    let expected = expected.map(|(name, labels)| {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        (name, labels.collect::<Labels>())
    });
    assert_eq!(found, expected, "{method} {uri}");
}

#[test]
fn lambda_requests_find_their_operation() {
    let router = Router::new(&api::lambda::SERVICE);
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    let escaped = "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af";
    let function = |name: &'static str| [("FunctionName", name)];
    for (method, uri, expected) in [
        ("GET", "/2015-03-31/functions", Some(("ListFunctions", &[][..]))),
        ("GET", "/2015-03-31/functions/", Some(("ListFunctions", &[]))),
        ("GET", "/2015-03-31/functions/?MaxItems=3", Some(("ListFunctions", &[]))),
        ("POST", "/2015-03-31/functions", Some(("CreateFunction", &[]))),
        ("GET", "/2015-03-31/functions/f", Some(("GetFunction", &function("f")))),
        ("DELETE", "/2015-03-31/functions/f", Some(("DeleteFunction", &function("f")))),
        ("PUT", "/2015-03-31/functions/f/code", Some(("UpdateFunctionCode", &function("f")))),
        ("POST", "/2015-03-31/functions/f%2Fg/invocations", Some(("Invoke", &function("f/g")))),
        ("GET", &format!("/2017-03-31/tags/{arn}"), Some(("ListTags", &[("Resource", arn)]))),
        ("GET", &format!("/2017-03-31/tags/{escaped}"), Some(("ListTags", &[("Resource", arn)]))),
        // An operation that Freehold doesn't have is still recognised.
        ("GET", "/2018-10-31/layers", Some(("ListLayers", &[]))),
        (
            "GET",
            "/2019-09-30/functions/f/provisioned-concurrency?List=ALL",
            Some(("ListProvisionedConcurrencyConfigs", &function("f"))),
        ),
        (
            "GET",
            "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1",
            Some(("GetProvisionedConcurrencyConfig", &function("f"))),
        ),
        ("PATCH", "/2015-03-31/functions/f", None),
        ("GET", "/", None),
        ("GET", "", None),
        ("PUT", "/2015-03-31/functions//code", None),
        ("GET", "/2015-03-31/functions/f/g/h", None),
        ("GET", "/2015-03-32/functions", None),
    ] {
        check(&router, method, uri, expected);
    }
}

#[test]
fn every_pattern_of_a_model_leads_to_its_own_operation() {
    let service = &api::lambda::SERVICE;
    let router = Router::new(service);
    let supported = service.operations.iter().map(|spec| (spec.name, spec.http_method, spec.http_uri));
    for (name, method, pattern) in supported.chain(service.unsupported.iter().copied()) {
        let uri = pattern.replace(['{', '}', '+'], "");
        let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
        let found = router.route(method, path, query).map(|(route, _)| route.name());
        assert_eq!(found, Some(name), "{method} {pattern}");
    }
}

#[test]
fn the_most_specific_pattern_wins() {
    let mut router = Router::default();
    for (name, pattern) in [
        ("Object", "/{Bucket}/{Key+}"),
        ("Acl", "/{Bucket}/{Key+}?acl"),
        ("Version", "/{Bucket}/{Key+}/version/{Id}"),
        ("Bucket", "/{Bucket}"),
        ("ListV2", "/{Bucket}?list-type=2"),
        ("Fixed", "/fixed/path"),
    ] {
        router.insert("GET", pattern, Route::Unsupported(name));
    }
    for (uri, expected) in [
        ("/b", Some(("Bucket", &[("Bucket", "b")][..]))),
        ("/b?list-type=1", Some(("Bucket", &[("Bucket", "b")]))),
        ("/b?prefix=x&list-type=2", Some(("ListV2", &[("Bucket", "b")]))),
        ("/b/a/c%2Fd", Some(("Object", &[("Bucket", "b"), ("Key", "a/c/d")]))),
        ("/b/k?acl", Some(("Acl", &[("Bucket", "b"), ("Key", "k")]))),
        ("/fixed/path", Some(("Fixed", &[]))),
        ("/fixed/other", Some(("Object", &[("Bucket", "fixed"), ("Key", "other")]))),
    ] {
        check(&router, "GET", uri, expected);
    }
}
