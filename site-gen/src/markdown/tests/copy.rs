//! The text as plain Markdown.

use super::*;

#[test]
fn the_copy_is_markdown_without_anything_of_our_own() {
    for (text, expected) in [
        ("## A {#x}\n\n*b*   **c**\n", "## A\n\n*b*   **c**\n"),
        ("{{ site.mail }}\n", "a@b.example\n"),
        ("[a](button:b.md)", "[a](<b.md>)\n"),
        ("[*a* `b`](term:jwt) c", "*a* `b` c\n"),
        (
            "[a][b] [b] [b][]\n\n[b]: c.md \"d\"\n",
            "[a](<c.md> \"d\") [b](<c.md> \"d\") [b](<c.md> \"d\")\n",
        ),
        (
            "![a *b*](c.png) ![-](d.png)",
            "![a b](<c.png>) ![](<d.png>)\n",
        ),
        ("[![a](b.png)](c.md)", "[![a](<b.png>)](<c.md>)\n"),
        (
            "<https://a.example> <a@b.example>",
            "<https://a.example> <a@b.example>\n",
        ),
        ("::: steps\n1. a\n2. b\n:::\n\nc\n", "1. a\n2. b\n\nc\n"),
        (
            "::: tabs\n::: tab \"A\"\nb\n:::\n::: tab \"C\"\nd\n:::\n:::\n",
            "**A**\n\nb\n\n**C**\n\nd\n",
        ),
        (
            "::: glossary\n:::\n",
            "- **API**: Связь программ.\n- **JWT**: Подпись\u{a0}— «кто вошёл».\n",
        ),
        ("```\na\n\n\nb\n```\n\n\n\nc\n", "```\na\n\n\nb\n```\n\nc\n"),
        // A fence inside a longer one, and a line of code that looks like one, end nothing.
        (
            "````\n```\na\n\n\nb\n````\n\n\nc\n",
            "````\n```\na\n\n\nb\n````\n\nc\n",
        ),
        (
            "```text\n```bash\n\n\na\n```\n\n\nb\n",
            "```text\n```bash\n\n\na\n```\n\nb\n",
        ),
        ("{{ include(\"_p.md\") }}\n", "x [y](<z.md>)\n"),
    ] {
        let (body, errors) = read_with(text, &[("help/_p.md", "x [y](z.md)\n")]);
        assert_eq!(errors, [""; 0], "{text}");
        let addresses: Vec<_> = body
            .links
            .iter()
            .map(|link| format!("<{}>", link.target))
            .collect();
        assert_eq!(body.fill_markdown(&addresses), expected, "{text}");
    }
}
