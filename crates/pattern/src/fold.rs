//! Comparison without regard to case, character by character: through upper case to lower case, where both are one
//! character. The same folding makes keys of an index, so that both always agree.

pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

pub(crate) fn equal(left: &str, right: &str) -> bool {
    left.chars().map(fold).eq(right.chars().map(fold))
}

pub(crate) fn starts_with(text: &str, prefix: &str) -> bool {
    let mut text = text.chars().map(fold);
    prefix.chars().map(fold).all(|wanted| text.next() == Some(wanted))
}

pub(crate) fn ends_with(text: &str, suffix: &str) -> bool {
    let mut text = text.chars().rev().map(fold);
    suffix.chars().rev().map(fold).all(|wanted| text.next() == Some(wanted))
}

fn fold(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let upper = single(character.to_uppercase(), character);
    single(upper.to_lowercase(), upper)
}

fn single(mut mapped: impl Iterator<Item = char>, original: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => original,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert!(equal("Straße É", "sTRAßE é"));
        assert!(equal("ı", "I") && equal("ſ", "S"));
        assert!(!equal("ß", "SS"));
        assert!(starts_with("EventBridge", "eventb") && !starts_with("Ev", "eventb"));
        assert!(ends_with("TBridge", "RIDGE") && !ends_with("ge", "ridge"));
        for (left, right) in [("É", "é"), ("ı", "i"), ("Ω", "ω")] {
            assert_eq!(folded(left), folded(right));
        }
    }
}
