//! What the name of a picture's file says, and the names under which it is published.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const DIGITS: usize = 10;

/// What the name of a file says about the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PictureName {
    /// Small Latin letters, digits and hyphens.
    pub(super) stem: String,
    /// Pixels of the file for one CSS pixel, across and down: 2 for `name@2x.png`.
    pub(super) density: u32,
}

impl PictureName {
    /// Reads a path or a name.
    pub(super) fn new(path: &str) -> Self {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (stem, density) = stem.strip_suffix("@2x").map_or((stem, 1), |stem| (stem, 2));
        Self {
            stem: plain(stem),
            density,
        }
    }
}

/// The published file of one size: `assets/pictures/photo-800.0123456789.webp`.
pub(super) fn rendition(stem: &str, width: u32, content: &[u8]) -> String {
    published(&format!("pictures/{stem}-{width}"), "webp", content)
}

/// The published file of what is published as it is: `assets/pictures/logo.0123456789.svg`.
pub(super) fn whole(stem: &str, extension: &str, content: &[u8]) -> String {
    published(&format!("pictures/{stem}"), extension, content)
}

/// The published file of a picture for other sites: `assets/social/0123456789.png`.
pub(super) fn social(content: &[u8]) -> String {
    format!("assets/social/{}.png", digest(content))
}

/// All digits of a SHA-256.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn published(name: &str, extension: &str, content: &[u8]) -> String {
    format!("assets/{name}.{}.{extension}", digest(content))
}

fn digest(content: &[u8]) -> String {
    let mut digest = hexadecimal(&Sha256::digest(content));
    digest.truncate(DIGITS);
    digest
}

/// Only letters that look the same in every address and on every system.
fn plain(stem: &str) -> String {
    let mut plain = String::new();
    for letter in stem.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { "picture" } else { plain }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_plain_and_tell_the_density() {
        for (path, stem, density) in [
            ("content/ru/help/photo.png", "photo", 1),
            ("Sign in @ desk@2x.PNG", "sign-in-desk", 2),
            ("a.dark@2x.png", "a-dark", 2),
            ("Снимок экрана 2026-11-23.png", "2026-11-23", 1),
            ("Снимок.png", "picture", 1),
            ("photo", "photo", 1),
            ("", "picture", 1),
        ] {
            let name = PictureName::new(path);
            assert_eq!(
                (name.stem.as_str(), name.density),
                (stem, density),
                "{path}"
            );
        }
    }

    #[test]
    fn published_names_hold_size_and_digest() {
        assert_eq!(
            rendition("a", 480, b""),
            "assets/pictures/a-480.e3b0c44298.webp"
        );
        assert_eq!(whole("a", "svg", b""), "assets/pictures/a.e3b0c44298.svg");
        assert_eq!(social(b""), "assets/social/e3b0c44298.png");
    }
}
