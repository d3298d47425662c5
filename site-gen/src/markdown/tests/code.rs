//! Blocks of code.

use super::*;

#[test]
fn code_is_coloured_by_classes_and_takes_the_focus() {
    for (text, expected) in [
        (
            "```json\n{\"a\": true}\n```",
            "<pre tabindex=\"0\"><code class=\"language-json\">{<span class=\"code-key\">\"a\"</span>: \
             <span class=\"code-keyword\">true</span>}\n</code></pre>\n",
        ),
        (
            "```\na -- \"b\" <c>\n```",
            "<pre tabindex=\"0\"><code>a -- \"b\" &lt;c&gt;\n</code></pre>\n",
        ),
        (
            "    a  - b\n",
            "<pre tabindex=\"0\"><code>a  - b\n</code></pre>\n",
        ),
        (
            "- ```text\n  a\n  ```",
            "<ul>\n<li>\n<pre tabindex=\"0\"><code class=\"language-text\">a\n</code></pre>\n</li>\n</ul>\n",
        ),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn a_language_that_is_not_known_is_told_where_it_is_named() {
    assert_faults(&[
        (
            "a\n\n```jsn\n{}\n```\n",
            "a.md:3:4",
            "code in the language `jsn` cannot be coloured",
            "did you mean \"json\"?",
        ),
        (
            "- a\n\n  ```` js\n  x\n  ````\n",
            "a.md:3:8",
            "code in the language `js` cannot be coloured",
            "did you mean \"javascript\"?",
        ),
    ]);
}
