//! The element that shows a picture.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::cache::PictureFile;
use crate::markup::escape;

/// The widest a picture becomes in a text, in CSS pixels: `--width-text` of the theme.
const TEXT_WIDTH: u32 = 672;
/// How much of a narrow screen a text takes, in percent: all but the gutters of the theme.
const NARROW_SHARE: u32 = 92;
/// The file for browsers that know nothing of sizes is the smallest one not below this width.
const USUAL_WIDTH: u32 = 800;

/// A picture that is ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub(super) sheet: Sheet,
    pub(super) files: Vec<PictureFile>,
    pub(super) is_new: bool,
}

/// What the element says about a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    /// In CSS pixels.
    pub(super) size: Option<(u32, u32)>,
    /// From the smallest to the largest.
    pub(super) light: Vec<Rendition>,
    /// The same for the dark scheme; empty if there is no twin.
    pub(super) dark: Vec<Rendition>,
}

/// One published size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rendition {
    /// Its file, which is its address without the first slash.
    pub(super) path: String,
    /// In pixels of the file.
    pub(super) width: u32,
}

impl Prepared {
    /// The whole element. The first picture of a page is loaded at once, the others when they come near.
    #[must_use]
    pub fn element(&self, alternative: &str, title: &str, is_first: bool) -> String {
        let mut image = String::from("<img");
        let mut set = |name: &str, value: &str| {
            // Writing into a string cannot fail.
            let _ = write!(image, " {name}=\"{}\"", escape(value));
        };
        if let Some(usual) = self.sheet.usual() {
            set("src", &format!("/{}", usual.path));
        }
        let sizes = self.sheet.sizes();
        if let [_, _, ..] = self.sheet.light.as_slice() {
            set("srcset", &source_set(&self.sheet.light));
            set("sizes", &sizes);
        }
        if let Some((width, height)) = self.sheet.size {
            set("width", &width.to_string());
            set("height", &height.to_string());
        }
        set("alt", alternative);
        if !title.is_empty() {
            set("title", title);
        }
        if !is_first {
            set("loading", "lazy");
        }
        set("decoding", "async");
        image.push('>');
        format!("<picture>{}{image}</picture>", self.dark_source(&sizes))
    }

    /// The files to publish.
    #[must_use]
    pub fn files(&self) -> &[PictureFile] {
        &self.files
    }

    /// Whether the picture was encoded now; otherwise it was found in the cache.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Paper is white, so the dark twin is for screens only.
    fn dark_source(&self, sizes: &str) -> String {
        let media = "screen and (prefers-color-scheme: dark)";
        match self.sheet.dark.as_slice() {
            [] => String::new(),
            [only] => format!("<source media=\"{media}\" srcset=\"/{}\">", only.path),
            several => format!(
                "<source media=\"{media}\" srcset=\"{}\" sizes=\"{sizes}\">",
                source_set(several)
            ),
        }
    }
}

impl Sheet {
    fn usual(&self) -> Option<&Rendition> {
        self.light
            .iter()
            .find(|rendition| rendition.width >= USUAL_WIDTH)
            .or(self.light.last())
    }

    /// How wide the picture is shown, for the browser to choose a file before it knows the style sheet.
    fn sizes(&self) -> String {
        let width = self
            .size
            .map_or(TEXT_WIDTH, |(width, _)| width.min(TEXT_WIDTH));
        let screen = width * 100 / NARROW_SHARE;
        format!("(min-width: {screen}px) {width}px, {NARROW_SHARE}vw")
    }
}

fn source_set(renditions: &[Rendition]) -> String {
    let candidates: Vec<_> = renditions
        .iter()
        .map(|Rendition { path, width }| format!("/{path} {width}w"))
        .collect();
    candidates.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(size: Option<(u32, u32)>, light: &[u32], dark: &[u32]) -> Prepared {
        let renditions = |stem: &str, widths: &[u32]| {
            widths
                .iter()
                .map(|width| Rendition {
                    path: format!("assets/pictures/{stem}-{width}.0.webp"),
                    width: *width,
                })
                .collect()
        };
        Prepared {
            sheet: Sheet {
                size,
                light: renditions("a", light),
                dark: renditions("a-dark", dark),
            },
            files: Vec::new(),
            is_new: true,
        }
    }

    #[test]
    fn the_first_picture_is_eager_and_the_others_are_lazy() {
        let picture = prepared(Some((1000, 500)), &[480, 800, 1000], &[]);
        let start = "<picture><img src=\"/assets/pictures/a-800.0.webp\" \
            srcset=\"/assets/pictures/a-480.0.webp 480w, /assets/pictures/a-800.0.webp 800w, /assets/pictures/a-1000.0.webp 1000w\" \
            sizes=\"(min-width: 730px) 672px, 92vw\" width=\"1000\" height=\"500\" alt=\"Вход\"";
        assert_eq!(
            picture.element("Вход", "", true),
            format!("{start} decoding=\"async\"></picture>")
        );
        assert_eq!(
            picture.element("Вход", "", false),
            format!("{start} loading=\"lazy\" decoding=\"async\"></picture>")
        );
    }

    #[test]
    fn a_small_picture_has_one_file() {
        assert_eq!(
            prepared(Some((150, 50)), &[300], &[300]).element("", "", true),
            "<picture><source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"/assets/pictures/a-dark-300.0.webp\">\
             <img src=\"/assets/pictures/a-300.0.webp\" width=\"150\" height=\"50\" alt=\"\" decoding=\"async\"></picture>"
        );
    }

    #[test]
    fn the_dark_twin_comes_in_all_sizes() {
        let html = prepared(Some((300, 50)), &[480, 600], &[480, 600]).element("", "", true);
        assert!(html.starts_with(
            "<picture><source media=\"screen and (prefers-color-scheme: dark)\" \
             srcset=\"/assets/pictures/a-dark-480.0.webp 480w, /assets/pictures/a-dark-600.0.webp 600w\" \
             sizes=\"(min-width: 326px) 300px, 92vw\"><img "
        ), "{html}");
    }

    #[test]
    fn words_of_people_are_escaped() {
        let html = prepared(None, &[0], &[]).element("<b> & \"c\"", "'\"><script>", true);
        assert_eq!(
            html,
            "<picture><img src=\"/assets/pictures/a-0.0.webp\" alt=\"&lt;b&gt; &amp; &quot;c&quot;\" \
             title=\"&#39;&quot;&gt;&lt;script&gt;\" decoding=\"async\"></picture>"
        );
    }
}
