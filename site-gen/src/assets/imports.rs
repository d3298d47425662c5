//! Finds the modules that a script imports, without understanding the rest of it.
//!
//! The scanner knows just enough of JavaScript to be sure that a name is not inside a comment, a string, a template or
//! a regular expression: `from "…"`, `import "…"` and `import("…")` are what it looks for.

use std::ops::Range;

/// The name of an imported module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    /// The name between the quotes.
    pub(super) name: String,
    /// Its place, without the quotes.
    pub(super) range: Range<usize>,
}

/// The imports of a script in order.
pub(super) fn scan(text: &str) -> Vec<Import> {
    Scanner::read(text).found
}

/// The places of the comments of a script in order.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    Scanner::read(text).comments
}

struct Scanner<'a> {
    text: &'a str,
    position: usize,
    recent: Recent<'a>,
    /// For each template that is open: how many braces are open inside its `${`.
    templates: Vec<usize>,
    found: Vec<Import>,
    comments: Vec<Range<usize>>,
}

/// The last three words or signs, the latest first.
#[derive(Default)]
struct Recent<'a>([&'a str; 3]);

impl<'a> Recent<'a> {
    fn push(&mut self, token: &'a str) {
        let [latest, before, _] = self.0;
        self.0 = [token, latest, before];
    }

    /// Whether a string here would name a module.
    fn awaits_module(&self) -> bool {
        match self.0 {
            ["from" | "import", before, _] | ["(", "import", before] => before != ".",
            _ => false,
        }
    }

    /// Whether `/` here would begin a regular expression: not after a value.
    fn awaits_value(&self) -> bool {
        let [latest, ..] = self.0;
        match latest {
            "" | "return" | "typeof" | "case" | "in" | "of" | "await" | "void" => true,
            ")" | "]" | "}" | "\"" => false,
            word => !word.starts_with(is_word),
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

impl<'a> Scanner<'a> {
    fn read(text: &'a str) -> Self {
        let mut scanner = Self {
            text,
            position: 0,
            recent: Recent::default(),
            templates: Vec::new(),
            found: Vec::new(),
            comments: Vec::new(),
        };
        while scanner.step().is_some() {}
        scanner
    }

    fn step(&mut self) -> Option<()> {
        let rest = self.text.get(self.position..)?;
        let first = rest.chars().next()?;
        let length = match first {
            _ if rest.starts_with("//") => self.comment(rest.find('\n').unwrap_or(rest.len())),
            _ if rest.starts_with("/*") => {
                self.comment(rest.find("*/").map_or(rest.len(), |end| end + 2))
            }
            '"' | '\'' => self.string(rest, first),
            '`' => self.template(rest, 1),
            '/' if self.recent.awaits_value() => self.token(regular_expression_length(rest), "\""),
            '{' => {
                self.count_brace();
                self.token(1, "{")
            }
            '}' => self.close_brace(rest),
            _ if first.is_whitespace() => first.len_utf8(),
            _ if is_word(first) => {
                let word = rest.split(|letter| !is_word(letter)).next().unwrap_or(rest);
                self.token(word.len(), word)
            }
            _ => {
                let sign = rest.get(..first.len_utf8()).unwrap_or_default();
                self.token(first.len_utf8(), sign)
            }
        };
        self.position += length;
        Some(())
    }

    fn token(&mut self, length: usize, token: &'a str) -> usize {
        self.recent.push(token);
        length
    }

    fn comment(&mut self, length: usize) -> usize {
        self.comments.push(self.position..self.position + length);
        length
    }

    fn string(&mut self, rest: &str, quote: char) -> usize {
        let length = quoted_length(rest, quote);
        if self.recent.awaits_module()
            && let Some(name) = rest.get(1..length.max(2) - 1)
        {
            self.found.push(Import {
                name: name.to_owned(),
                range: self.position + 1..self.position + length - 1,
            });
        }
        self.token(length, "\"")
    }

    /// Passes over a template up to its end or its next `${`; `from` is where its text begins.
    fn template(&mut self, rest: &str, from: usize) -> usize {
        let mut is_escaped = false;
        let text = rest.get(from..).unwrap_or_default();
        for (offset, letter) in text.char_indices() {
            let after = text.get(offset..).unwrap_or_default();
            if is_escaped {
                is_escaped = false;
            } else if letter == '\\' {
                is_escaped = true;
            } else if letter == '`' {
                return self.token(from + offset + 1, "\"");
            } else if after.starts_with("${") {
                self.templates.push(0);
                return self.token(from + offset + 2, "{");
            }
        }
        rest.len()
    }

    fn count_brace(&mut self) {
        if let Some(open) = self.templates.last_mut() {
            *open += 1;
        }
    }

    fn close_brace(&mut self, rest: &str) -> usize {
        match self.templates.last_mut() {
            Some(0) => {
                self.templates.pop();
                self.template(rest, 1)
            }
            Some(open) => {
                *open -= 1;
                self.token(1, "}")
            }
            None => self.token(1, "}"),
        }
    }
}

/// How long the string at the beginning of `rest` is, with its quotes; it ends with its line at the latest, in scripts
/// and in style sheets.
pub(super) fn quoted_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (offset, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return offset,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return offset + 1,
            _ => {}
        }
    }
    rest.len()
}

fn regular_expression_length(rest: &str) -> usize {
    let mut is_escaped = false;
    let mut is_in_class = false;
    for (offset, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return offset,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '/' if !is_in_class => return offset + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_import_is_found_and_nothing_else() {
        for (text, names) in [
            ("import { a } from \"./a.js\";", &["./a.js"][..]),
            ("import a, * as b from './a.js'", &["./a.js"]),
            (
                "export { a } from \"./a.js\"; export * from \"./b.js\";",
                &["./a.js", "./b.js"],
            ),
            ("import \"./a.js\";", &["./a.js"]),
            ("const a = await import(\"./a.js\");", &["./a.js"]),
            (
                "import {\n  a, // from \"./no.js\"\n} from\n  \"./a.js\";",
                &["./a.js"],
            ),
            ("// import \"./no.js\"\n/* import \"./no.js\" */", &[]),
            ("const a = 'import \"./no.js\"';", &[]),
            (
                "const a = `import \"./no.js\" ${b ? `from \"./no.js\"` : {}} from \"./no.js\"`;",
                &[],
            ),
            (
                "const a = `${await import(\"./a.js\")}`; import \"./b.js\"",
                &["./a.js", "./b.js"],
            ),
            (
                "a.from(\"./no.js\"); a.import(\"./no.js\"); from(\"./no.js\")",
                &[],
            ),
            ("const a = /[\"'/]/; import \"./a.js\";", &["./a.js"]),
            (
                "const a = b / c; const d = \"/\"; import \"./a.js\"",
                &["./a.js"],
            ),
            ("const a = \"\\\"\"; import './a.js'", &["./a.js"]),
            ("import.meta.url; import {from} from 'a'", &["a"]),
        ] {
            let found: Vec<_> = scan(text).into_iter().map(|import| import.name).collect();
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn the_place_of_an_import_is_that_of_its_name() {
        let text = "import { ю } from \"./a.js\";";
        let [import] = &scan(text)[..] else {
            panic!("one import")
        };
        assert_eq!(&text[import.range.clone()], "./a.js");
    }

    #[test]
    fn a_script_that_ends_in_the_middle_of_something_ends_the_scan() {
        for text in ["import \"", "`${", "/* ", "import '\n", "/", "a = /x", "}"] {
            scan(text);
        }
    }
}
