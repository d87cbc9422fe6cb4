//! Pages of lists. A token is the last name of the page before, so that pages hold while things come and go.

use crate::limits::PAGE_MAX;

/// The page after `token` of items in order of their names, and the next page's token.
pub(crate) fn of<T>(
    items: Vec<T>,
    name: impl Fn(&T) -> &String,
    limit: Option<i64>,
    token: Option<&str>,
) -> (Vec<T>, Option<String>) {
    let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX);
    let mut rest =
        items.into_iter().filter(|item| token.is_none_or(|token| name(item).as_str() > token)).peekable();
    let page: Vec<T> = rest.by_ref().take(limit).collect();
    let next = rest.peek().and_then(|_| page.last()).map(|last| name(last).clone());
    (page, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_all_once() {
        let all = || ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        let (first, token) = of(all(), |name| name, Some(2), None);
        let (second, next) = of(all(), |name| name, Some(2), token.as_deref());
        let (third, end) = of(all(), |name| name, Some(2), next.as_deref());
        assert_eq!([first, second, third].concat(), all());
        assert_eq!(end, None);
        assert_eq!(of(all(), |name| name, Some(5), None).1, None);
    }
}
