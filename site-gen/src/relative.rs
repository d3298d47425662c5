//! Paths as one file writes those of another.

/// Joins a path to the folder it is written in; both begin at the root, without a slash in front.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    let (base, path) = match path.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, path),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The path as somebody writes it in a file of `folder`; both begin at the root, without a slash in front.
#[must_use]
pub fn written_in(folder: &str, path: &str) -> String {
    let mut above: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut rest = path;
    while let Some((first, others)) = above.split_first()
        && let Some(inner) = rest
            .strip_prefix(first)
            .and_then(|inner| inner.strip_prefix('/'))
    {
        above = others.to_vec();
        rest = inner;
    }
    "../".repeat(above.len()) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_so_that_joining_leads_back_to_it() {
        for (folder, path, expected) in [
            ("", "login.md", "login.md"),
            ("help", "help/a.md", "a.md"),
            ("help", "helpers/a.md", "../helpers/a.md"),
            ("help/start", "help/a.md", "../a.md"),
            ("help/start", "login.md", "../../login.md"),
        ] {
            assert_eq!(written_in(folder, path), expected);
            assert_eq!(join(folder, expected).as_deref(), Some(path));
        }
    }

    #[test]
    fn paths_are_joined_to_the_folder_they_are_written_in() {
        for (folder, path, expected) in [
            ("", "login.md", Some("login.md")),
            ("help", "access.md", Some("help/access.md")),
            ("help", "./access.md", Some("help/access.md")),
            ("help", "../login.md", Some("login.md")),
            ("help", "/login.md", Some("login.md")),
            ("js/part", "../c.js", Some("js/c.js")),
            ("help", "./access/", Some("help/access/")),
            ("help", "../../login.md", None),
        ] {
            assert_eq!(join(folder, path).as_deref(), expected, "{folder} {path}");
        }
    }
}
