//! The picture that other sites and messengers show with a link to a page: 1200 × 630 pixels, PNG.
//!
//! `theme/social.svg` is its design and may be edited by a designer; colours come from `theme/css/tokens.css`, the mark
//! from `theme/icons/mark.svg`. Words are broken into lines here and put in as outlines, so no font of the machine plays
//! a part and the same card gives the same bytes everywhere.

mod lettering;
mod wrapping;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, context};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use sha2::{Digest, Sha256};

use crate::language::Language;
use lettering::Lettering;
use wrapping::Block;

const DESIGN: &str = include_str!("../theme/social.svg");
const TOKENS: &str = include_str!("../theme/css/tokens.css");
const MARK: &str = include_str!("../theme/icons/mark.svg");
const BOLD: &[u8] = include_bytes!("../theme/fonts/golos-text-bold.ttf");
const MEDIUM: &[u8] = include_bytes!("../theme/fonts/golos-text-medium.ttf");

/// Pixels across, as Open Graph recommends.
pub const WIDTH: u32 = 1200;
/// Pixels down.
pub const HEIGHT: u32 = 630;

/// The room for words between the margins of the design.
const TITLE_WIDTH: f32 = 1040.0;
const BRAND_WIDTH: f32 = 950.0;
const SECTION_WIDTH: f32 = 980.0;
const BRAND_SIZE: f32 = 34.0;
const SECTION_SIZE: f32 = 30.0;
/// The title stands in the middle of the room between the brand and the section.
const TITLE_MIDDLE: f32 = 332.0;
const LINE_HEIGHT: f32 = 1.16;
/// The height of capital letters in the font, as a part of its size.
const CAPITALS: f32 = 0.7;

/// What the picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocialCard<'a> {
    /// The name of the site.
    pub brand: &'a str,
    /// The title of the page.
    pub title: &'a str,
    /// Where the page belongs to; may be empty.
    pub section: &'a str,
    /// The language of the title: its rules for the ends of lines.
    pub language: Language,
}

/// Why there is no picture. The theme is at fault, never the page.
#[derive(Debug, thiserror::Error)]
pub enum SocialError {
    /// The design cannot be filled in.
    #[error("theme/social.svg cannot be filled in: {0}")]
    Design(#[from] minijinja::Error),
    /// The design is no drawing.
    #[error("theme/social.svg cannot be drawn: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// The font cannot be read.
    #[error("the font of social pictures cannot be read: {0}")]
    Font(String),
    /// The picture cannot be written as PNG.
    #[error("the social picture cannot be encoded: {0}")]
    Encoding(#[from] png::EncodingError),
    /// There is nothing to write.
    #[error("the social picture is empty")]
    Empty,
}

/// Draws the picture, as the bytes of a PNG file.
pub fn draw(card: &SocialCard<'_>) -> Result<Vec<u8>, SocialError> {
    let tree = Tree::from_str(&fill_in(card)?, &Options::default())?;
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).ok_or(SocialError::Empty)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    encode(&pixmap)
}

/// A digest of everything that the look depends on besides the words.
pub(crate) fn look() -> &'static str {
    static LOOK: LazyLock<String> = LazyLock::new(|| {
        let mut digest = Sha256::new();
        for part in [
            DESIGN.as_bytes(),
            TOKENS.as_bytes(),
            MARK.as_bytes(),
            BOLD,
            MEDIUM,
        ] {
            digest.update(Sha256::digest(part));
        }
        format!("{:?}", digest.finalize())
    });
    &LOOK
}

fn fill_in(card: &SocialCard<'_>) -> Result<String, SocialError> {
    let bold = Lettering::new(BOLD)?;
    let medium = Lettering::new(MEDIUM)?;
    let Block { lines, size } =
        wrapping::fit(card.title, card.language, TITLE_WIDTH, |line, size| {
            bold.width(line, size)
        });
    let line_height = size * LINE_HEIGHT;
    let between = lines.iter().skip(1).map(|_| line_height).sum::<f32>();
    let title_top = TITLE_MIDDLE + (size * CAPITALS - between) / 2.0;
    let line = |text: &str, size: f32, width: f32| {
        let text = wrapping::shorten(text, width, |line| medium.width(line, size));
        medium.outline(&[text], size, 0.0)
    };
    let values = context! {
        color => colours(),
        mark => inner(MARK),
        brand => line(card.brand, BRAND_SIZE, BRAND_WIDTH),
        title => bold.outline(&lines, size, line_height),
        title_top,
        section => line(card.section, SECTION_SIZE, SECTION_WIDTH),
    };
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    Ok(environment.render_named_str("social.svg", DESIGN, values)?)
}

/// The colours of the light scheme: `--color-on-band` is `on_band`.
fn colours() -> BTreeMap<String, &'static str> {
    let light = TOKENS.split("@media").next().unwrap_or_default();
    light
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.rsplit_once("--color-")?.1.split_once(':')?;
            Some((name.replace('-', "_"), value.trim()))
        })
        .collect()
}

/// What stands between the tags of the outermost element.
fn inner(svg: &str) -> &str {
    let inner = svg.split_once('>').map(|(_, inner)| inner);
    inner
        .and_then(|inner| inner.rsplit_once("</"))
        .map_or("", |(inner, _)| inner)
}

/// Nothing of the picture is transparent, so opacity is left out.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, SocialError> {
    let pixels: Vec<u8> = pixmap
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
