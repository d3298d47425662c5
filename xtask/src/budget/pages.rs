//! The size of the pages that clients wait for, with all the styles and scripts that they ever load.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::{gzipped, kilobytes};
use crate::failure::Failure;
use crate::project::Project;
use crate::report;

/// The most that a page may weigh in any language, in bytes after gzip: its HTML, its styles, and its scripts with those that
/// they load later.
const LIMITS: [(&str, usize); 2] = [("login.html", 25_000), ("cabinet.html", 45_000)];

const ASSETS: &str = "assets/";

/// Weighs the published pages that have a limit.
///
/// # Errors
/// One is over its limit or cannot be read.
pub(crate) fn check(project: &Project) -> Result<(), Failure> {
    report::step("pages within their size budgets", |step| {
        let site = project.path("dist");
        let mut found = Vec::new();
        for (name, limit) in LIMITS {
            for page in [name.to_owned(), format!("en/{name}")] {
                let weight =
                    weigh(&site, &page).map_err(|error| Failure::file("weigh", &site, &error))?;
                if weight > limit {
                    return Err(Failure::new(
                        format!(
                            "{page} weighs {} gzipped, {} is the limit",
                            kilobytes(weight),
                            kilobytes(limit)
                        ),
                        "look for a script or a style that another page needs more",
                    ));
                }
                found.push(format!("{page} {}", kilobytes(weight)));
            }
        }
        step.found(found.join(", "));
        Ok(())
    })
}

/// A page with everything that it names, and that this names.
fn weigh(site: &Path, page: &str) -> io::Result<usize> {
    let mut known = BTreeSet::new();
    let mut open = vec![page.to_owned()];
    while let Some(name) = open.pop() {
        if known.insert(name.clone()) {
            let text = fs::read_to_string(site.join(&name))?;
            open.extend(assets_in(&text));
        }
    }
    let files: Vec<_> = known.iter().map(|name| site.join(name)).collect();
    gzipped(&files)
}

/// The styles and scripts that a page names by `/assets/name`, and a script by `./name`: published scripts lie in one folder. The
/// minifier may put a name into any kind of quotes.
fn assets_in(text: &str) -> Vec<String> {
    text.split(['"', '\'', '`'])
        .filter_map(|quoted| {
            let name = quoted
                .strip_prefix("/assets/")
                .or_else(|| quoted.strip_prefix("./"))?;
            let is_asset = [".css", ".js"].iter().any(|end| name.ends_with(end));
            let is_name = name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
            (is_asset && is_name).then(|| format!("{ASSETS}{name}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{assets_in, weigh};

    #[test]
    fn a_page_weighs_what_its_scripts_load_too_and_each_once() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("assets")).unwrap();
        let write = |name: &str, text: &str| fs::write(site.path().join(name), text).unwrap();
        let mut state = 0x2545_f491_u32;
        let noise: String = (0..4_000)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                char::from(b'a' + u8::try_from(state % 26).unwrap())
            })
            .collect();
        write(
            "page.html",
            "<script src=\"/assets/a.1.js\"></script><link href=\"/assets/a.1.js\">",
        );
        write(
            "assets/a.1.js",
            "import \"./b.2.js\"; await import(`./c.3.js`);",
        );
        write("assets/b.2.js", "import \"./c.3.js\";");
        write("assets/c.3.js", "1");
        let light = weigh(site.path(), "page.html").unwrap();
        write("assets/c.3.js", &noise);
        let heavy = weigh(site.path(), "page.html").unwrap();
        assert!(
            heavy > light + 1_000 && heavy < light + 5_000,
            "{light}, {heavy}"
        );
        fs::remove_file(site.path().join("assets/b.2.js")).unwrap();
        assert!(weigh(site.path(), "page.html").is_err());
    }

    #[test]
    fn only_styles_and_scripts_of_ours_are_named() {
        let text = "<a href=\"/assets/picture.webp\"><link href='/assets/site.css'> \"./x/y.js\" \"https://a.example/b.js\"";
        assert_eq!(assets_in(text), ["assets/site.css"]);
    }
}
