//! "Did you mean": the known name nearest to the one that was written.

/// The candidate nearest to `written`, if one is near enough to be a slip of the pen.
///
/// ```
/// use site_gen::suggestion::nearest;
///
/// assert_eq!(nearest("titel", ["title", "order"]), Some("title"));
/// assert_eq!(nearest("colour", ["title", "order"]), None);
/// ```
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let tolerance = (written.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(written, candidate);
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= tolerance)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The sentence `did you mean "…"?` for the nearest candidate.
pub fn did_you_mean<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(written, candidates).map(|name| format!("did you mean \"{name}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_does_not() {
        let words = ["title", "description", "order", "help/cabinet-access.md"];
        for (written, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("desciption", Some("description")),
            ("help/cabinet-acces.md", Some("help/cabinet-access.md")),
            ("x", None),
            ("keywords", None),
        ] {
            assert_eq!(nearest(written, words), expected, "{written}");
        }
    }

    #[test]
    fn equal_distances_are_decided_by_the_alphabet_whatever_the_order() {
        assert_eq!(nearest("cat", ["rat", "bat"]), Some("bat"));
        assert_eq!(nearest("cat", ["bat", "rat"]), Some("bat"));
    }
}
