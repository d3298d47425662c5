//! What one generator wants written otherwise than another: front matter and links.

use crate::bench::corpus::{self, ANCHOR, Article, Piece};
use crate::bench::generator::Generator;

impl Generator {
    /// A page as its source file.
    pub(super) fn page(self, article: &Article, order: usize) -> String {
        let mut text = self.head(&article.title, &article.description, order);
        for piece in &article.pieces {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Link {
                    words,
                    page,
                    is_to_anchor,
                } => {
                    let anchor = if *is_to_anchor {
                        format!("#{ANCHOR}")
                    } else {
                        String::new()
                    };
                    text.push_str(&self.link(words, &corpus::page_path(*page), &anchor));
                }
            }
        }
        text
    }

    /// The first page of a folder.
    pub(super) fn index(self, title: &str, order: usize) -> String {
        let words = "Выберите статью в списке.";
        let head = self.head(title, words, order);
        let head = match self {
            Self::Zola => head.replacen("+++\n", "+++\nsort_by = \"weight\"\n", 1),
            _ => head,
        };
        format!("{head}{words}\n")
    }

    /// The name of the first page of a folder.
    pub(super) const fn index_file(self) -> &'static str {
        match self {
            Self::Hugo | Self::Zola => "_index.md",
            Self::Floor | Self::Ours | Self::MdBook => "index.md",
        }
    }

    /// The line that holds a page's title.
    pub(super) fn title_line(self, title: &str) -> String {
        match self {
            Self::MdBook => format!("# {title}\n"),
            _ => format!("title = \"{title}\"\n"),
        }
    }

    fn head(self, title: &str, description: &str, order: usize) -> String {
        let title = self.title_line(title);
        let key = match self {
            Self::MdBook => return format!("{title}\n"),
            Self::Floor | Self::Ours => "order",
            Self::Hugo | Self::Zola => "weight",
        };
        format!("+++\n{title}description = \"{description}\"\n{key} = {order}\n+++\n\n")
    }

    /// The link that the generator checks, where it checks any.
    fn link(self, words: &str, path: &str, anchor: &str) -> String {
        match self {
            Self::Hugo => format!("[{words}]({{{{< relref \"/{path}.md{anchor}\" >}}}})"),
            Self::Zola => format!("[{words}](@/{path}.md{anchor})"),
            Self::Floor | Self::Ours | Self::MdBook => {
                // From one section to another.
                let path = path.strip_prefix("help/").unwrap_or(path);
                format!("[{words}](../{path}.md{anchor})")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Generator;
    use crate::bench::corpus::{Article, Piece};

    #[test]
    fn each_generator_gets_the_page_in_its_own_dialect() {
        let article = Article {
            title: "Счёт".to_owned(),
            description: "О счёте.".to_owned(),
            pieces: vec![
                Piece::Text("Это ".to_owned()),
                Piece::Link {
                    words: "счёт".to_owned(),
                    page: 20,
                    is_to_anchor: true,
                },
            ],
        };
        let path = "help/section-002/article-00021.md#details";
        for (generator, expected) in [
            (
                Generator::Ours,
                "+++\ntitle = \"Счёт\"\ndescription = \"О счёте.\"\norder = 3\n+++\n\nЭто \
                 [счёт](../section-002/article-00021.md#details)"
                    .to_owned(),
            ),
            (
                Generator::Hugo,
                format!(
                    "+++\ntitle = \"Счёт\"\ndescription = \"О счёте.\"\nweight = 3\n+++\n\nЭто \
                     [счёт]({{{{< relref \"/{path}\" >}}}})"
                ),
            ),
            (
                Generator::Zola,
                format!(
                    "+++\ntitle = \"Счёт\"\ndescription = \"О счёте.\"\nweight = 3\n+++\n\nЭто [счёт](@/{path})"
                ),
            ),
            (
                Generator::MdBook,
                "# Счёт\n\nЭто [счёт](../section-002/article-00021.md#details)".to_owned(),
            ),
        ] {
            assert_eq!(generator.page(&article, 3), expected);
        }
    }
}
