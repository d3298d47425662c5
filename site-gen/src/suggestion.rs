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
    by_distance(written, candidates)
        .filter(|(distance, _)| *distance <= tolerance(written))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The sentence `did you mean "…"?` for the nearest candidate.
pub fn did_you_mean<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(written, candidates).map(question)
}

/// The same for paths and addresses: the slip is in one of the names, or the name is right and the folder is not.
///
/// ```
/// use site_gen::suggestion::nearest_path;
///
/// let pages = ["help/a.md", "help/start/login.md"];
/// assert_eq!(nearest_path("help/nope.md", pages), None);
/// assert_eq!(nearest_path("help/login.md", pages), Some("help/start/login.md"));
/// ```
pub fn nearest_path<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let tolerance = written.split('/').map(|name| tolerance(stem(name))).max();
    let wanted = last_name(written);
    by_distance(written, candidates)
        .filter_map(|(distance, candidate)| {
            let is_slip = distance <= tolerance.unwrap_or(1);
            let is_namesake = wanted.is_some() && last_name(candidate) == wanted;
            (is_slip || is_namesake).then_some((!is_slip, distance, candidate))
        })
        .min()
        .map(|(.., candidate)| candidate)
}

/// The sentence `did you mean "…"?` for the nearest path.
pub fn did_you_mean_path<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest_path(written, candidates).map(question)
}

/// The sentence `did you mean "…"?`.
#[must_use]
pub fn question(name: &str) -> String {
    format!("did you mean \"{name}\"?")
}

fn by_distance<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    candidates.into_iter().map(move |candidate| {
        let distance = strsim::damerau_levenshtein(written, candidate);
        (distance, candidate)
    })
}

/// How many letters may be wrong in a name.
fn tolerance(name: &str) -> usize {
    (name.chars().count() / 3).clamp(1, 4)
}

/// The last name of a path without its ending; every folder has an `index`, so that is none.
fn last_name(path: &str) -> Option<&str> {
    let name = path.trim_end_matches('/').rsplit('/').next()?;
    Some(stem(name)).filter(|name| !matches!(*name, "" | "index"))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_does_not() {
        let words = ["title", "description", "order"];
        for (written, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("desciption", Some("description")),
            ("x", None),
            ("keywords", None),
        ] {
            assert_eq!(nearest(written, words), expected, "{written}");
        }
    }

    #[test]
    fn a_path_is_found_by_a_slip_in_a_name_or_by_its_name_in_another_folder() {
        let paths = [
            "help/a.md",
            "help/cabinet-access.md",
            "help/index.md",
            "index.md",
            "start/login.md",
            "/login.html",
            "/en/login.html",
            "/help/",
        ];
        for (written, expected) in [
            ("help/cabinet-acces.md", Some("help/cabinet-access.md")),
            ("hepl/index.md", Some("help/index.md")),
            ("help/login.md", Some("start/login.md")),
            ("/login", Some("/login.html")),
            ("/en/login/", Some("/en/login.html")),
            ("/help", Some("/help/")),
            // As far from "help/a.md" as "a" is long four times over.
            ("help/nope.md", None),
            ("xyzzy/index.md", None),
        ] {
            assert_eq!(nearest_path(written, paths), expected, "{written}");
        }
    }

    #[test]
    fn equal_distances_are_decided_by_the_alphabet_whatever_the_order() {
        assert_eq!(nearest("cat", ["rat", "bat"]), Some("bat"));
        assert_eq!(nearest("cat", ["bat", "rat"]), Some("bat"));
    }
}
