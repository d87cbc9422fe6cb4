//! IAM's paging: up to `MaxItems` items, then a marker to go on from.

/// Items of one answer, in the order of their keys.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Set when there is more.
    pub(crate) marker: Option<String>,
}

/// AWS's default.
const ITEMS: i64 = 100;
const ITEMS_MAX: i64 = 1000;

impl<T> Page<T> {
    /// Takes what comes after `marker`. `all` must be sorted by `key`. The marker is the key of the last item
    /// given, so that a page goes on rightly when items are added or removed in between.
    pub(crate) fn of(
        all: impl IntoIterator<Item = T>,
        marker: Option<&str>,
        max_items: Option<i64>,
        key: impl Fn(&T) -> String,
    ) -> Page<T> {
        let count = usize::try_from(max_items.unwrap_or(ITEMS).clamp(1, ITEMS_MAX))
            .expect("a number from 1 to 1000 fits");
        let mut rest =
            all.into_iter().filter(|item| marker.is_none_or(|marker| key(item).as_str() > marker)).peekable();
        let mut items = Vec::new();
        while items.len() < count {
            match rest.next() {
                Some(item) => items.push(item),
                None => return Page { items, marker: None },
            }
        }
        let marker = if rest.peek().is_some() { items.last().map(&key) } else { None };
        Page { items, marker }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_everything_once() {
        let all: Vec<String> = (0..7).map(|number| format!("n{number}")).collect();
        for size in 1..9 {
            let mut seen = Vec::new();
            let mut marker = None;
            loop {
                let page = Page::of(all.clone(), marker.as_deref(), Some(size), String::clone);
                seen.extend(page.items);
                marker = page.marker;
                if marker.is_none() {
                    break;
                }
            }
            assert_eq!(seen, all, "{size}");
        }
    }
}
