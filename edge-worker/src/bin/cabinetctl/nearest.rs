//! What somebody may have meant who mistyped a name.

/// The name that takes the fewest changes of one sign, if they are few: two, or one in three signs. Two, because two signs that changed
/// places are two.
pub(crate) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = typed.chars().count().div_ceil(3).max(2);
    names
        .map(|name| (distance(typed, name), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// How many signs are to be put in, taken out or replaced (Levenshtein's distance, a row of the table at a time).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, sign) in one.chars().enumerate() {
        let mut left = index.saturating_add(1);
        let mut next = vec![left];
        for (pair, theirs) in row.windows(2).zip(&other) {
            if let [diagonal, above] = *pair {
                let replaced = diagonal.saturating_add(usize::from(sign != *theirs));
                left = replaced
                    .min(above.saturating_add(1))
                    .min(left.saturating_add(1));
                next.push(left);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_name_is_not() {
        for (typed, expected) in [
            ("crm", Some("crm")),
            ("cmr", Some("crm")),
            ("crmm", Some("crm")),
            ("real-estat", Some("real-estate")),
            ("realestate", Some("real-estate")),
            ("shop", None),
            ("", None),
        ] {
            let names = ["real-estate", "crm", "builder"];
            assert_eq!(nearest(typed, names.into_iter()), expected, "{typed}");
        }
    }

    #[test]
    fn a_distance_counts_signs() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("ёж", "еж", 1),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
