//! The tables of the languages.

/// What the lexer has to know of a language.
#[derive(Debug)]
pub(in crate::markdown) struct Grammar {
    names: &'static [&'static str],
    /// Beginnings of comments that end with their line.
    pub(super) line_comments: &'static [&'static str],
    /// Whether such a comment must have a space before it.
    pub(super) spaced_comments: bool,
    /// The beginning and the end of comments over several lines.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// The longest first.
    pub(super) strings: &'static [Quotation],
    /// In small letters if their case means nothing.
    pub(super) keywords: &'static [&'static str],
    pub(super) ignores_case: bool,
    /// Letters that may stand in a word apart from letters, digits and `_`.
    pub(super) word_letters: &'static str,
    /// What follows a key.
    pub(super) key_end: Option<char>,
    /// Whether `$name` is a key.
    pub(super) has_variables: bool,
}

/// A string.
#[derive(Debug)]
pub(super) struct Quotation {
    pub(super) mark: &'static str,
    pub(super) has_escapes: bool,
    pub(super) spans_lines: bool,
}

const fn quotation(mark: &'static str, has_escapes: bool, spans_lines: bool) -> Quotation {
    Quotation {
        mark,
        has_escapes,
        spans_lines,
    }
}

const NOTHING: Grammar = Grammar {
    names: &[],
    line_comments: &[],
    spaced_comments: false,
    block_comment: None,
    strings: &[],
    keywords: &[],
    ignores_case: false,
    word_letters: "",
    key_end: None,
    has_variables: false,
};

const DOUBLE: Quotation = quotation("\"", true, false);
const SINGLE: Quotation = quotation("'", true, false);

impl Grammar {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        ALL.iter()
            .copied()
            .find(|grammar| grammar.names.contains(&name))
    }
}

const ALL: [&Grammar; 9] = [
    &SHELL, &JSON, &TOML, &YAML, &SCRIPT, &RUST, &CSS, &SQL, &PYTHON,
];

pub(super) static SHELL: Grammar = Grammar {
    names: &["bash", "sh"],
    line_comments: &["#"],
    spaced_comments: true,
    strings: &[quotation("\"", true, true), quotation("'", false, true)],
    keywords: &[
        "break", "case", "cd", "continue", "do", "done", "echo", "elif", "else", "esac", "exit",
        "export", "fi", "for", "function", "if", "in", "local", "read", "return", "set", "source",
        "sudo", "then", "until", "while",
    ],
    word_letters: "-./:@%+",
    has_variables: true,
    ..NOTHING
};

pub(super) static JSON: Grammar = Grammar {
    names: &["json"],
    strings: &[DOUBLE],
    keywords: &["false", "null", "true"],
    key_end: Some(':'),
    ..NOTHING
};

static TOML: Grammar = Grammar {
    names: &["toml"],
    line_comments: &["#"],
    strings: &[
        quotation("\"\"\"", true, true),
        quotation("'''", false, true),
        DOUBLE,
        quotation("'", false, false),
    ],
    keywords: &["false", "true"],
    word_letters: "-.",
    key_end: Some('='),
    ..NOTHING
};

static YAML: Grammar = Grammar {
    names: &["yaml"],
    line_comments: &["#"],
    spaced_comments: true,
    strings: &[quotation("\"", true, true), quotation("'", false, true)],
    keywords: &["false", "no", "null", "true", "yes"],
    word_letters: "-./",
    key_end: Some(':'),
    ..NOTHING
};

static SCRIPT: Grammar = Grammar {
    names: &["javascript", "typescript"],
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: &[DOUBLE, SINGLE, quotation("`", true, true)],
    keywords: &[
        "abstract",
        "any",
        "as",
        "async",
        "await",
        "boolean",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "declare",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "keyof",
        "let",
        "namespace",
        "never",
        "new",
        "null",
        "number",
        "of",
        "private",
        "protected",
        "public",
        "readonly",
        "return",
        "satisfies",
        "static",
        "string",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "unknown",
        "var",
        "void",
        "while",
        "yield",
    ],
    word_letters: "$",
    key_end: Some(':'),
    ..NOTHING
};

static RUST: Grammar = Grammar {
    names: &["rust"],
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: &[quotation("\"", true, true)],
    keywords: &[
        "Self", "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod",
        "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "type", "unsafe", "use", "where", "while",
    ],
    ..NOTHING
};

static CSS: Grammar = Grammar {
    names: &["css"],
    block_comment: Some(("/*", "*/")),
    strings: &[DOUBLE, SINGLE],
    keywords: &[
        "@container",
        "@font-face",
        "@import",
        "@keyframes",
        "@layer",
        "@media",
        "@page",
        "@property",
        "@supports",
    ],
    word_letters: "-@",
    key_end: Some(':'),
    ..NOTHING
};

static SQL: Grammar = Grammar {
    names: &["sql"],
    line_comments: &["--"],
    block_comment: Some(("/*", "*/")),
    strings: &[quotation("'", false, true), quotation("\"", false, false)],
    keywords: &[
        "add",
        "all",
        "alter",
        "and",
        "as",
        "asc",
        "begin",
        "between",
        "by",
        "case",
        "check",
        "column",
        "commit",
        "constraint",
        "create",
        "default",
        "delete",
        "desc",
        "distinct",
        "drop",
        "else",
        "end",
        "exists",
        "foreign",
        "from",
        "full",
        "group",
        "having",
        "in",
        "index",
        "inner",
        "insert",
        "into",
        "is",
        "join",
        "key",
        "left",
        "like",
        "limit",
        "not",
        "null",
        "offset",
        "on",
        "or",
        "order",
        "outer",
        "primary",
        "references",
        "returning",
        "right",
        "rollback",
        "select",
        "set",
        "strict",
        "table",
        "then",
        "union",
        "unique",
        "update",
        "using",
        "values",
        "view",
        "when",
        "where",
        "with",
    ],
    ignores_case: true,
    ..NOTHING
};

static PYTHON: Grammar = Grammar {
    names: &["python"],
    line_comments: &["#"],
    strings: &[
        quotation("\"\"\"", true, true),
        quotation("'''", true, true),
        DOUBLE,
        SINGLE,
    ],
    keywords: &[
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ],
    ..NOTHING
};
