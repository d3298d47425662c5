//! What expressions in templates and in texts are made of, to tell what somebody meant who wrote something else.
//!
//! The library names what it met in its own terms ("unexpected end of variable block"); here they become those of the
//! person who typed `}}`. It does not list its filters and tests either, so they stand here by name.

use minijinja::{Error, ErrorKind};

use crate::suggestion::{did_you_mean, nearest, question};

/// What is wrong with an expression, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// In a template of the theme.
    Template,
    /// In a text of the content.
    Text,
}

/// Filters of ours, which texts are meant to use.
const FIGURES: [&str; 3] = ["days", "money", "percent"];

const FILTERS: [&str; 49] = [
    "abs",
    "attr",
    "batch",
    "bool",
    "capitalize",
    "chain",
    "count",
    "default",
    "dictsort",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
    "urlencode",
    "zip",
    "d",
    "e",
];

const TESTS: [&str; 27] = [
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "even",
    "false",
    "float",
    "ge",
    "gt",
    "in",
    "integer",
    "iterable",
    "le",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sequence",
    "startingwith",
    "string",
    "true",
    "undefined",
];

const STATEMENTS: [&str; 13] = [
    "block", "call", "do", "extends", "filter", "for", "from", "if", "import", "include", "macro",
    "set", "with",
];

const FUNCTIONS: [&str; 9] = [
    "asset",
    "asset_integrity",
    "debug",
    "dict",
    "icon",
    "namespace",
    "range",
    "social_picture",
    "super",
];

/// Explains the errors that are about the notation and not about a value.
pub(crate) fn explain(error: &Error, setting: Setting) -> Option<Explanation> {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::SyntaxError => Some(syntax(detail, setting)),
        ErrorKind::UnknownFilter => {
            let name = detail
                .strip_prefix("filter ")?
                .strip_suffix(" is unknown")?;
            Some(filter(name))
        }
        ErrorKind::UnknownTest => {
            let name = detail.strip_prefix("test ")?.strip_suffix(" is unknown")?;
            Some(Explanation {
                message: format!("there is no test `{name}`"),
                help: did_you_mean(name, TESTS)
                    .unwrap_or_else(|| format!("the tests are: {}", TESTS.join(", "))),
            })
        }
        ErrorKind::UnknownFunction => Some(function(detail.strip_suffix(" is unknown")?, setting)),
        _ => None,
    }
}

/// "`page` has: …", the names that could stand there. `owner` is empty for those that everybody knows.
pub(crate) fn list<'a>(owner: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    const MOST: usize = 30;
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let subject = match owner {
        "" => "the names are".to_owned(),
        owner => format!("`{owner}` has"),
    };
    (1..=MOST)
        .contains(&names.len())
        .then(|| format!("{subject}: {}", names.join(", ")))
}

fn filter(name: &str) -> Explanation {
    let known = FIGURES.into_iter().chain(FILTERS);
    Explanation {
        message: format!("there is no filter `{name}`"),
        help: did_you_mean(name, known).unwrap_or_else(|| {
            format!(
                "the filters for figures are: {}; those for words: upper, lower, capitalize, trim, replace",
                FIGURES.join(", ")
            )
        }),
    }
}

fn function(name: &str, setting: Setting) -> Explanation {
    let message = format!("there is no function `{name}`");
    let help = match setting {
        Setting::Template => did_you_mean(name, FUNCTIONS)
            .unwrap_or_else(|| format!("the functions are: {}", FUNCTIONS.join(", "))),
        Setting::Text if name == "icon" => {
            "icons belong to templates; put a drawing beside the page and write ![…](name.svg)"
                .to_owned()
        }
        Setting::Text => nearest(name, ["include"]).map_or_else(
            || "a text knows one function only: {{ include(\"_name.md\") }}".to_owned(),
            question,
        ),
    };
    Explanation { message, help }
}

fn syntax(detail: &str, setting: Setting) -> Explanation {
    let explanation = |message: &str, help: &str| Explanation {
        message: message.to_owned(),
        help: help.to_owned(),
    };
    if let Some(name) = detail.strip_prefix("unknown statement ") {
        return statement(name);
    }
    match detail {
        "unexpected end of string" => {
            return explanation(
                "the text in quotes does not end",
                "put the same quotation mark after it",
            );
        }
        "unexpected end of comment" => {
            return explanation("the comment does not end", "put `#}` after it");
        }
        "unexpected end of raw block" => {
            return explanation("the raw part does not end", "put {% endraw %} after it");
        }
        _ => {}
    }
    if detail.starts_with("unexpected end of input") {
        return explanation(
            "the template ends, and something in it does not",
            "close `{{` by `}}`, `{%` by `%}`, and every {% if %}, {% for %} and {% block %} by its {% end… %}",
        );
    }
    let usage = match setting {
        Setting::Template => {
            "a value is written {{ page.title }}, a statement {% if page.toc %} … {% endif %}"
        }
        Setting::Text => {
            "write the name of a value, like {{ site.brand }}; a literal `{{` is written {{ \"{{\" }}"
        }
    };
    // Whatever was expected there is only one of the things that could stand there.
    let met = detail
        .split_once(", expected")
        .map_or(detail, |(met, _)| met);
    let message = match met {
        "unexpected end of variable block" => "something is missing before `}}`".to_owned(),
        "unexpected end of block" | "unknown end of block" => {
            "something is missing before `%}`".to_owned()
        }
        "unexpected identifier" => "a word stands where none can be".to_owned(),
        "unexpected character" => "a letter stands where none can be: names are Latin".to_owned(),
        other => match other.strip_prefix("unexpected ") {
            Some(mark) => format!("{mark} stands where it cannot be"),
            None => format!("the template is not valid: {other}"),
        },
    };
    explanation(&message, usage)
}

fn statement(name: &str) -> Explanation {
    let inner = name.strip_prefix("end");
    let closed = inner.filter(|inner| inner.is_empty() || STATEMENTS.contains(inner));
    match (name, closed) {
        ("else" | "elif", _) => Explanation {
            message: format!("{{% {name} %}} belongs to nothing here"),
            help: "it stands between {% if … %} and {% endif %}, and what was begun inside them has to end before it".to_owned(),
        },
        (_, Some(inner)) => {
            let opening = if inner.is_empty() { "if" } else { inner };
            Explanation {
                message: format!("{{% {name} %}} ends nothing here"),
                help: format!(
                    "each {{% {opening} … %}} has one {{% end{opening} %}}, and what was begun last ends first"
                ),
            }
        }
        _ => Explanation {
            message: format!("there is no statement `{name}`"),
            help: did_you_mean(name, STATEMENTS)
                .unwrap_or_else(|| format!("the statements are: {}", STATEMENTS.join(", "))),
        },
    }
}

#[cfg(test)]
mod tests {
    use minijinja::Environment;

    use super::*;

    fn explained(template: &str, setting: Setting) -> (String, String) {
        let mut environment = Environment::new();
        crate::markdown::add_filters(&mut environment);
        let error = environment.render_str(template, ()).unwrap_err();
        let Explanation { message, help } = explain(&error, setting).unwrap();
        (message, help)
    }

    #[test]
    fn every_name_that_is_suggested_is_known_to_the_library() {
        let mut environment = Environment::new();
        crate::markdown::add_filters(&mut environment);
        let known = |name: &str, test: &str| {
            let expression = format!("{{% if '{name}' is {test} %}}known{{% endif %}}");
            environment.render_str(&expression, ()).unwrap() == "known"
        };
        for name in FIGURES.into_iter().chain(FILTERS) {
            assert!(known(name, "filter"), "{name}");
        }
        for name in TESTS {
            assert!(known(name, "test"), "{name}");
        }
        for name in STATEMENTS {
            let error = environment
                .render_str(&format!("{{% {name} %}}"), ())
                .unwrap_err();
            let detail = error.detail().unwrap_or_default();
            assert!(!detail.starts_with("unknown"), "{name}: {detail}");
        }
    }

    #[test]
    fn mistakes_are_told_in_the_terms_of_those_who_write() {
        for (template, message, help) in [
            (
                "{{ 1 | uper }}",
                "there is no filter `uper`",
                "did you mean \"upper\"?",
            ),
            (
                "{{ 1 | mony }}",
                "there is no filter `mony`",
                "did you mean \"money\"?",
            ),
            (
                "{{ 1 | xyzzy }}",
                "there is no filter `xyzzy`",
                "the filters for figures are: days, money",
            ),
            (
                "{{ 1 is od }}",
                "there is no test `od`",
                "did you mean \"odd\"?",
            ),
            (
                "{{ iconn('a') }}",
                "there is no function `iconn`",
                "did you mean \"icon\"?",
            ),
            (
                "{% iff x %}",
                "there is no statement `iff`",
                "did you mean \"if\"?",
            ),
            (
                "{% endif %}",
                "{% endif %} ends nothing here",
                "each {% if … %} has one {% endif %}",
            ),
            (
                "{% if x %}{% endfor %}",
                "{% endfor %} ends nothing here",
                "what was begun last ends first",
            ),
            (
                "{% end if %}",
                "{% end %} ends nothing here",
                "has one {% endif %}",
            ),
            (
                "{% else %}",
                "{% else %} belongs to nothing here",
                "between {% if … %} and {% endif %}",
            ),
            (
                "{% if x %}a",
                "the template ends, and something in it does not",
                "close `{{` by `}}`",
            ),
            (
                "{% if %}",
                "something is missing before `%}`",
                "a statement {% if page.toc %}",
            ),
            (
                "{{ a. }}",
                "something is missing before `}}`",
                "{{ page.title }}",
            ),
            (
                "{{ a b }}",
                "a word stands where none can be",
                "{{ page.title }}",
            ),
            (
                "{{ a = b }}",
                "`=` stands where it cannot be",
                "{{ page.title }}",
            ),
            (
                "{{ цена }}",
                "a letter stands where none can be: names are Latin",
                "{{ page.title }}",
            ),
            (
                "{{ 'a }}",
                "the text in quotes does not end",
                "the same quotation mark",
            ),
            ("{# a", "the comment does not end", "put `#}` after it"),
        ] {
            let (said, cure) = explained(template, Setting::Template);
            assert_eq!(said, message, "{template}");
            assert!(cure.contains(help), "{template}: {cure}");
        }
    }

    #[test]
    fn a_text_knows_fewer_functions_than_a_template() {
        for (text, help) in [
            ("{{ icon('key') }}", "write ![…](name.svg)"),
            ("{{ inclde('_a.md') }}", "did you mean \"include\"?"),
            ("{{ asset('a.css') }}", "{{ include(\"_name.md\") }}"),
        ] {
            let (_, cure) = explained(text, Setting::Text);
            assert!(cure.contains(help), "{text}: {cure}");
        }
    }
}
