//! Pages of a listing. A marker is opaque to clients; inside is the place after which the next page begins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wire::ApiError;

use crate::error::invalid;
use crate::limits::PAGE_ITEMS_MAX;

/// The place in a listing that a request continues from, and how many items it wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The last item of the page before.
    pub(crate) after: Option<String>,
    pub(crate) items: usize,
}

impl Page {
    /// More than fifty items per page are never given, however many are asked for; as on AWS.
    pub(crate) fn parse(marker: Option<&str>, items_max: Option<i64>) -> Result<Page, ApiError> {
        let decode = |marker: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(marker).ok()?;
            String::from_utf8(bytes).ok()
        };
        let after = match marker.filter(|marker| !marker.is_empty()) {
            Some(marker) => Some(decode(marker).ok_or_else(|| invalid("Invalid Marker"))?),
            None => None,
        };
        let items = items_max.and_then(|items| usize::try_from(items).ok()).unwrap_or(PAGE_ITEMS_MAX);
        Ok(Page { after, items: items.clamp(1, PAGE_ITEMS_MAX) })
    }

    /// Cuts this page out of `sorted`, whose items' places ascend. The marker is there when more follows.
    pub(crate) fn cut<T>(&self, sorted: Vec<T>, place: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
        let mut rest = sorted.into_iter().skip_while(|item| match &self.after {
            Some(after) => place(item) <= *after,
            None => false,
        });
        let page: Vec<T> = rest.by_ref().take(self.items).collect();
        let marker = rest.next().and(page.last()).map(|last| URL_SAFE_NO_PAD.encode(place(last)));
        (page, marker)
    }
}

/// A version's place: numbers as text sort like numbers when they have the same length.
pub(crate) fn version_place(number: u64) -> String {
    format!("{number:020}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_up_to_the_whole() {
        let all: Vec<u64> = (0..120).collect();
        let mut seen = vec![];
        let mut marker = None;
        let mut sizes = vec![];
        loop {
            let page = Page::parse(marker.as_deref(), Some(10_000)).unwrap();
            let (items, next) = page.cut(all.clone(), |number| version_place(*number));
            sizes.push(items.len());
            seen.extend(items);
            marker = next;
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
        assert_eq!(sizes, [50, 50, 20]);
    }

    #[test]
    fn a_page_goes_on_where_its_last_item_was_even_when_that_is_gone() {
        let page = Page { after: Some(version_place(5)), items: 2 };
        let (items, marker) = page.cut(vec![3, 7, 9], |number| version_place(*number));
        assert_eq!(items, [7, 9]);
        assert_eq!(marker, None);
    }

    #[test]
    fn foreign_markers_are_refused() {
        for marker in ["!", "_w", "ünïcode"] {
            assert_eq!(Page::parse(Some(marker), None).unwrap_err().code, "InvalidParameterValueException");
        }
        assert_eq!(Page::parse(Some(""), None), Ok(Page { after: None, items: 50 }));
    }
}
