//! Names and digests that change with the content and with nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fmt::Write as _;

const DIGITS: usize = 10;

/// The published file of an asset: `css/site.css` becomes `assets/site.0123456789.css`.
pub(super) fn name(asset: &str, content: &[u8]) -> String {
    let file = asset.rsplit('/').next().unwrap_or(asset);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let mut digest = hexadecimal(&Sha256::digest(content));
    digest.truncate(DIGITS);
    format!("assets/{stem}.{digest}.{extension}")
}

/// The value of the attribute `integrity`.
pub(super) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of the empty text, from FIPS 180-4 test data.
    #[test]
    fn digests_are_the_known_ones() {
        assert_eq!(name("css/deep/site.css", b""), "assets/site.e3b0c44298.css");
        assert_eq!(
            integrity(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
    }
}
