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

#[cfg(test)]
mod tests {
    use super::*;

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
