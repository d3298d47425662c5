use std::collections::BTreeMap;

use super::build;
use crate::assets::{Asset, theme_files};

fn built(files: &[(&str, &str)]) -> (BTreeMap<String, Asset>, Vec<String>) {
    let (assets, errors) = build(&theme_files("js", files));
    (assets, errors.iter().map(ToString::to_string).collect())
}

/// The text of the bundle that `a.js` begins.
fn bundle(files: &[(&str, &str)]) -> String {
    let (mut assets, errors) = built(files);
    assert_eq!(errors, [""; 0]);
    assets.remove("js/a.js").unwrap().content
}

#[test]
fn what_a_script_imports_is_part_of_it_from_any_folder_and_not_published_again() {
    let (assets, errors) = built(&[
        (
            "a.js",
            "import { b } from \"./part/b.js\";\nimport { c } from \"./c.js\";\nrun(b, c);\n",
        ),
        (
            "part/b.js",
            "import { c } from \"../c.js\";\nexport const b = () => c();\n",
        ),
        ("c.js", "export function c() {\n  answer(1);\n}\n"),
    ]);
    assert_eq!(errors, [""; 0]);
    assert_eq!(assets.keys().collect::<Vec<_>>(), ["js/a.js"]);
    let text = &assets["js/a.js"].content;
    assert_eq!(text.matches("answer(1)").count(), 1, "{text}");
    assert!(
        !text.contains("import") && !text.contains("export"),
        "{text}"
    );
}

#[test]
fn an_imported_script_runs_before_those_that_import_it_and_once() {
    let text = bundle(&[
        (
            "a.js",
            "import \"./b.js\";\nimport \"./c.js\";\nrun(\"a\");",
        ),
        ("b.js", "import \"./d.js\";\nrun(\"b\");"),
        ("c.js", "import \"./d.js\";\nrun(\"c\");"),
        ("d.js", "run(\"d\");"),
    ]);
    let order: String = text
        .chars()
        .filter(|letter| "abcd".contains(*letter))
        .collect();
    assert_eq!(order, "dbca", "{text}");
}

/// The same name in two scripts is two things; and an import may have the name that another script gives to its own.
#[test]
fn scripts_of_a_bundle_keep_their_own_names_apart() {
    let text = bundle(&[
        (
            "a.js",
            "import { first, open as x } from \"./b.js\";\nconst open = window.ours;\nrun(first, x, open, { x });",
        ),
        (
            "b.js",
            "const hidden = window.theirs;\nexport const first = hidden;\nexport function open(hidden) {\n  return hidden + first;\n}",
        ),
    ]);
    let call = text
        .split_once("run(")
        .unwrap()
        .1
        .split_once(')')
        .unwrap()
        .0;
    let arguments: Vec<_> = call.splitn(4, ',').collect();
    let [first, imported, own, shorthand] = arguments[..] else {
        panic!("{text}")
    };
    assert!(
        first != imported && imported != own && first != own,
        "{text}"
    );
    assert_eq!(shorthand, format!("{{x:{imported}}}"), "{text}");
    assert!(
        text.contains("window.theirs") && text.contains("window.ours"),
        "{text}"
    );
}

#[test]
fn what_is_loaded_later_is_a_bundle_whose_published_name_the_other_one_knows() {
    let (assets, errors) = built(&[
        (
            "a.js",
            "button.onclick = async () => (await import(\"./part/engine.js\")).search();",
        ),
        (
            "part/engine.js",
            "import { words } from \"./words.js\";\nexport function search() {\n  return words();\n}\nexport class Engine {}",
        ),
        ("part/words.js", "export const words = () => window.words;"),
    ]);
    assert_eq!(errors, [""; 0]);
    assert_eq!(
        assets.keys().collect::<Vec<_>>(),
        ["js/a.js", "js/part/engine.js"]
    );
    let engine = &assets["js/part/engine.js"];
    let published = engine.output.trim_start_matches("assets/");
    let text = &assets["js/a.js"].content;
    assert!(text.contains(&format!("./{published}")), "{text}");
    let exported = &engine.content;
    assert!(
        exported.contains(" as search") && exported.contains(" as Engine"),
        "{exported}"
    );
}

#[test]
fn a_change_far_down_changes_the_name_of_every_bundle_above() {
    let names = |bottom: &str| {
        let (assets, _) = built(&[
            ("a.js", "import \"./b.js\""),
            ("b.js", "import(\"./c.js\")"),
            ("c.js", "import \"./d.js\""),
            ("d.js", bottom),
        ]);
        let outputs = assets.values().map(|asset| asset.output.clone());
        outputs.collect::<Vec<_>>()
    };
    let (before, after) = (names("run(1)"), names("run(2)"));
    assert_eq!(before.len(), 2);
    for (before, after) in before.iter().zip(after) {
        assert_ne!(*before, after);
    }
}

#[test]
fn comments_and_what_nobody_uses_are_left_out_and_strings_like_them_stay() {
    let text = bundle(&[
        (
            "a.js",
            "/** About a. */\nimport { used } from \"./b.js\";\nrun(used, \"// stays\", `/* ${used} */`);",
        ),
        (
            "b.js",
            "// About b.\nexport const used = window.used;\nexport function needless() {\n  return \"needless\";\n}",
        ),
    ]);
    assert!(
        !text.contains("About") && !text.contains("needless"),
        "{text}"
    );
    assert!(text.contains("// stays"), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn mistakes_are_told_at_their_place() {
    for (first, second, place, message) in [
        (
            "\nimport \"./z.js\"",
            "",
            "2:9",
            "there is no script \"js/z.js\"",
        ),
        (
            "\nimport(\"./z.js\")",
            "",
            "2:9",
            "there is no script \"js/z.js\"",
        ),
        (
            "\nimport \"lit\"",
            "",
            "2:9",
            "a browser cannot find the module \"lit\"",
        ),
        (
            "\nimport \"https://a.example/b.js\"",
            "",
            "2:9",
            "a browser cannot find the module",
        ),
        (
            "\nimport \"../../../b.js\"",
            "",
            "2:9",
            "a browser cannot find the module",
        ),
        (
            "\nimport \"./a.js\"",
            "",
            "2:9",
            "the scripts import each other: js/a.js → js/a.js",
        ),
        (
            "import \"./b.js\"",
            "\nimport \"./a.js\"",
            "2:9",
            "the scripts import each other: js/a.js → js/b.js → js/a.js",
        ),
        (
            "import \"./b.js\"",
            "\nimport(\"./a.js\")",
            "2:9",
            "the scripts import each other: js/a.js → js/b.js → js/a.js",
        ),
        (
            "import { opne } from \"./b.js\"",
            "export const open = 1",
            "1:10",
            "\"js/b.js\" exports no \"opne\"",
        ),
        (
            "import b from \"./b.js\"",
            "",
            "1:8",
            "scripts import each other's names one by one",
        ),
        ("import * as b from \"./b.js\"", "", "1:8", "one by one"),
        (
            "run();\nexport default 1",
            "",
            "2:1",
            "scripts export where they declare",
        ),
        (
            "const a = 1;\nexport { a }",
            "",
            "2:1",
            "scripts export where they declare",
        ),
        (
            "export * from \"./b.js\"",
            "",
            "1:1",
            "scripts export where they declare",
        ),
        (
            "run(\n  import(name));",
            "",
            "2:10",
            "has to be known when the site is built",
        ),
        ("const a = (;", "", "1:12", "the script is not JavaScript"),
        ("let a;\nlet a;", "", "", "the script is not JavaScript"),
    ] {
        let (_, errors) = built(&[("a.js", first), ("b.js", second)]);
        assert_eq!(errors.len(), 1, "{first}: {errors:?}");
        assert!(errors[0].contains(message), "{first}: {errors:?}");
        assert!(
            errors[0].contains(&format!("js:{place}")),
            "{first}: {errors:?}"
        );
    }
}

#[test]
fn near_names_are_proposed() {
    for (text, proposal) in [
        ("import \"./enigne.js\"", "./engine.js"),
        ("import { serach } from \"./engine.js\"", "search"),
    ] {
        let (_, errors) = built(&[("a.js", text), ("engine.js", "export const search = 1")]);
        assert!(
            errors[0].contains(&format!("did you mean \"{proposal}\"")),
            "{errors:?}"
        );
    }
}

/// Two copies of a script would each have a state of their own.
#[test]
fn a_page_cannot_have_a_script_twice() {
    for (first, later) in [
        (
            "import \"./c.js\";\nimport(\"./b.js\")",
            "import \"./c.js\"",
        ),
        ("import \"./b.js\";\nimport(\"./b.js\")", ""),
        (
            "import(\"./c.js\");\nimport(\"./b.js\")",
            "import \"./c.js\"",
        ),
    ] {
        let (_, errors) = built(&[("a.js", first), ("b.js", later), ("c.js", "run()")]);
        assert_eq!(errors.len(), 1, "{first}: {errors:?}");
        assert!(
            errors[0].contains("a page would have"),
            "{first}: {errors:?}"
        );
    }
}
