//! Words as outlines: measured and drawn with the kerning of the font.
//!
//! Latin and Cyrillic need no more than one glyph a letter and kerning between two; a whole shaping engine would double
//! the time that the generator takes to compile.

use std::fmt::Write as _;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

use super::SocialError;

/// A font, ready to set words.
pub(super) struct Lettering<'a> {
    face: Face<'a>,
    kerning: Vec<PairAdjustment<'a>>,
}

impl<'a> Lettering<'a> {
    /// Reads a TrueType font.
    pub(super) fn new(font: &'a [u8]) -> Result<Self, SocialError> {
        let face = Face::parse(font, 0).map_err(|error| SocialError::Font(error.to_string()))?;
        let kerning = kerning(&face);
        Ok(Self { face, kerning })
    }

    /// The width of a line in pixels at this size. Letters that the font does not have take no room.
    pub(super) fn width(&self, line: &str, size: f32) -> f32 {
        self.set(line, size, |_, _| {})
    }

    /// The outline of lines as the data of an SVG path; the first one stands on the height 0.
    pub(super) fn outline(&self, lines: &[String], size: f32, line_height: f32) -> String {
        let mut outline = Outline {
            path: String::new(),
            scale: size / f32::from(self.face.units_per_em()),
            across: 0.0,
            down: 0.0,
        };
        for line in lines {
            self.set(line, size, |glyph, across| {
                outline.across = across;
                self.face.outline_glyph(glyph, &mut outline);
            });
            outline.down += line_height;
        }
        outline.path
    }

    /// Sets one line: tells each glyph and its place, and gives the width.
    fn set(&self, line: &str, size: f32, mut place: impl FnMut(GlyphId, f32)) -> f32 {
        let scale = size / f32::from(self.face.units_per_em());
        let mut across = 0.0;
        let mut before = None;
        for letter in line.chars() {
            let Some(glyph) = self.face.glyph_index(letter) else {
                before = None;
                continue;
            };
            let kern = before.map_or(0, |before| self.kern(before, glyph));
            across += f32::from(kern) * scale;
            place(glyph, across);
            across += f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
            before = Some(glyph);
        }
        across
    }

    /// How much closer (below 0) or farther two glyphs stand; the first table that knows the pair decides.
    fn kern(&self, first: GlyphId, second: GlyphId) -> i16 {
        let values = self.kerning.iter().find_map(|table| match table {
            PairAdjustment::Format1 { coverage, sets } => {
                sets.get(coverage.get(first)?)?.get(second)
            }
            PairAdjustment::Format2 {
                coverage,
                classes,
                matrix,
            } => {
                coverage.get(first)?;
                matrix.get((classes.0.get(first), classes.1.get(second)))
            }
        });
        values.map_or(0, |(value, _)| value.x_advance)
    }
}

fn kerning<'a>(face: &Face<'a>) -> Vec<PairAdjustment<'a>> {
    let Some(positions) = face.tables().gpos else {
        return Vec::new();
    };
    let Some(feature) = positions.features.find(Tag::from_bytes(b"kern")) else {
        return Vec::new();
    };
    feature
        .lookup_indices
        .into_iter()
        .filter_map(|index| positions.lookups.get(index))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
        .filter_map(|table| match table {
            PositioningSubtable::Pair(pairs) => Some(pairs),
            _ => None,
        })
        .collect()
}

/// Writes the outline of glyphs; a font counts upwards, a picture downwards.
struct Outline {
    path: String,
    scale: f32,
    across: f32,
    down: f32,
}

impl Outline {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (x, y) in points {
            let across = self.across + x * self.scale;
            let down = self.down - y * self.scale;
            // Writing into a string cannot fail.
            let _ = write!(self.path, "{across:.2} {down:.2} ");
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::social::BOLD;

    #[test]
    fn pairs_of_letters_stand_closer_than_their_widths() {
        let lettering = Lettering::new(BOLD).unwrap();
        for (pair, is_kerned) in [("ТА", true), ("Га", true), ("AV", true), ("нн", false)] {
            let letters: f32 = pair
                .chars()
                .map(|letter| lettering.width(&letter.to_string(), 100.0))
                .sum();
            let width = lettering.width(pair, 100.0);
            assert_eq!(
                width < letters - 0.5,
                is_kerned,
                "{pair}: {width} of {letters}"
            );
        }
    }

    #[test]
    fn the_font_has_all_letters_of_both_languages() {
        let lettering = Lettering::new(BOLD).unwrap();
        let letters = ('а'..='я')
            .chain('А'..='Я')
            .chain('a'..='z')
            .chain('A'..='Z');
        for letter in letters.chain("0123456789ёЁ«»„“”’—–…№₽$€%§&@+−×\u{a0}.,:;!?()".chars())
        {
            assert!(
                lettering.width(&letter.to_string(), 100.0) > 0.0,
                "{letter}"
            );
        }
        assert!(lettering.width("漢", 100.0) == 0.0);
    }

    #[test]
    fn lines_stand_below_each_other() {
        let lettering = Lettering::new(BOLD).unwrap();
        let lines = ["I".to_owned(), "I".to_owned()];
        let outline = lettering.outline(&lines, 100.0, 120.0);
        let (first, second) = outline.split_at(outline.len() / 2);
        assert!(first.contains(" 0.00 "), "{outline}");
        assert!(second.contains(" 120.00 "), "{outline}");
    }
}
