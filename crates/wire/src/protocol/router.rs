//! Finds a REST request's operation by method, path and query string.

use std::collections::HashMap;

use shape::{OperationSpec, ServiceSpec};

use super::uri;

/// URI labels, percent-decoded: (name, value).
pub type Labels = Vec<(String, String)>;

/// What a request asks for.
#[derive(Clone, Copy, Debug)]
pub enum Route {
    Supported(&'static OperationSpec),
    /// An operation of AWS's model that Freehold doesn't have; the name is for the error.
    Unsupported(&'static str),
}

impl Route {
    pub fn name(&self) -> &'static str {
        match self {
            Route::Supported(spec) => spec.name,
            Route::Unsupported(name) => name,
        }
    }
}

/// Finds an operation by name, as the JSON and query protocols do.
pub fn named(service: &'static ServiceSpec, name: &str) -> Option<Route> {
    let supported = service.operations.iter().find(|spec| spec.name == name);
    let unsupported = || service.unsupported.iter().find(|(known, _, _)| *known == name);
    supported
        .map(|spec| Route::Supported(spec))
        .or_else(|| unsupported().map(|(known, _, _)| Route::Unsupported(known)))
}

/// A service's URI patterns, compiled into a tree of path segments. Build it once.
#[derive(Debug, Default)]
pub struct Router {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<&'static str, Node>,
    /// `{Name}`: one segment.
    label: Option<Box<Node>>,
    /// `{Name+}`: one segment or more.
    greedy: Option<Box<Node>>,
    /// What ends here, those with the most query literals first.
    leaves: Vec<Leaf>,
}

#[derive(Debug)]
struct Leaf {
    method: &'static str,
    labels: Vec<&'static str>,
    /// Parameters that must be there, with this value unless empty.
    query: Vec<(&'static str, &'static str)>,
    route: Route,
}

impl Router {
    pub fn new(service: &'static ServiceSpec) -> Router {
        let mut router = Router::default();
        for spec in service.operations {
            router.insert(spec.http_method, spec.http_uri, Route::Supported(spec));
        }
        for (name, method, pattern) in service.unsupported {
            router.insert(method, pattern, Route::Unsupported(name));
        }
        router
    }

    fn insert(&mut self, method: &'static str, pattern: &'static str, route: Route) {
        let (path, query) = pattern.split_once('?').unwrap_or((pattern, ""));
        let mut labels = Vec::new();
        let mut node = &mut self.root;
        for segment in segments(path) {
            node = match segment.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
                None => node.literals.entry(segment).or_default(),
                Some(label) => match label.strip_suffix('+') {
                    Some(label) => {
                        labels.push(label);
                        node.greedy.get_or_insert_default()
                    }
                    None => {
                        labels.push(label);
                        node.label.get_or_insert_default()
                    }
                },
            };
        }
        let query = query.split('&').filter(|pair| !pair.is_empty());
        let query = query.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
        node.leaves.push(Leaf { method, labels, query, route });
        node.leaves.sort_by_key(|leaf| std::cmp::Reverse(leaf.query.len()));
    }

    /// Finds the most specific operation: a literal segment wins over a label, a label over a greedy one, a
    /// pattern with query literals over one without. `path` and `query` are as sent, still encoded, so that
    /// an encoded slash stays within its label. `None`: the service has no such operation.
    pub fn route(&self, method: &str, path: &str, query: &str) -> Option<(Route, Labels)> {
        let segments: Vec<&str> = segments(path).collect();
        let mut captured = Vec::new();
        let leaf = self.root.find(&segments, &mut captured, &|leaf| leaf.accepts(method, query))?;
        let labels = leaf.labels.iter().zip(captured);
        let labels = labels.map(|(name, value)| ((*name).to_owned(), uri::decode(&value).into_owned()));
        Some((leaf.route, labels.collect()))
    }
}

/// A path's segments; one slash at the end makes no difference.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/').take(if path.is_empty() { 0 } else { usize::MAX })
}

impl Leaf {
    fn accepts(&self, method: &str, query: &str) -> bool {
        self.method == method
            && self.query.iter().all(|(key, value)| {
                uri::pairs(query)
                    .any(|(sent_key, sent)| sent_key == *key && (value.is_empty() || sent == *value))
            })
    }
}

impl Node {
    /// Depth is bounded by the longest pattern, so hostile paths can't deepen the recursion.
    fn find(
        &self,
        segments: &[&str],
        captured: &mut Vec<String>,
        accepts: &impl Fn(&Leaf) -> bool,
    ) -> Option<&Leaf> {
        let Some((first, rest)) = segments.split_first() else {
            return self.leaves.iter().find(|leaf| accepts(leaf));
        };
        if let Some(node) = self.literals.get(&*uri::decode(first))
            && let Some(leaf) = node.find(rest, captured, accepts)
        {
            return Some(leaf);
        }
        if first.is_empty() {
            return None;
        }
        if let Some(node) = &self.label {
            captured.push((*first).to_owned());
            if let Some(leaf) = node.find(rest, captured, accepts) {
                return Some(leaf);
            }
            captured.pop();
        }
        // The longest capture first: most greedy labels end their pattern.
        let node = self.greedy.as_ref()?;
        for end in (1..=segments.len()).rev() {
            captured.push(segments[..end].join("/"));
            if let Some(leaf) = node.find(&segments[end..], captured, accepts) {
                return Some(leaf);
            }
            captured.pop();
        }
        None
    }
}

#[cfg(test)]
mod tests;
