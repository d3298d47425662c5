//! Pixels become WebP.
//!
//! Measured on two contact sheets of screenshots of this site and one photo, each 1600 pixels wide:
//!
//! | | near-lossless | lossy, quality 82 |
//! |---|---|---|
//! | screenshots | 138 and 157 KB, 52 to 53 dB | 76 and 82 KB, 37 dB |
//! | photo | 767 KB, 50 dB | 71 KB, 41 dB |
//!
//! A screenshot costs twice as much almost without loss and is worth it, a photo ten times as much and is not (a grainy
//! one of 480 pixels: three and a half times): the ratio tells them apart. AVIF at quality 70 made 37 KB of the photo,
//! but its encoder in Rust took two minutes on a busy machine where WebP took a sixth of a second, and nearly three
//! times the processor time to compile as everything that is used here.

use webp::{Encoder, WebPConfig};

use super::PictureError;
use super::raster::Raster;

/// What the bytes depend on besides the pixels. It is part of the key of the cache: change it with the settings below.
pub(super) const GENERATION: &str = "1; libwebp-sys 0.9.6; webp 0.3.1; fast_image_resize 6.1.0; \
     png 0.18.1; zune-jpeg 0.5.15; image-webp 0.2.4; resvg 0.49.0; ttf-parser 0.25.1";

/// The longest side that WebP knows.
const LONGEST: u32 = 16_383;
/// From 0 to 100.
const LOSSY_QUALITY: f32 = 82.0;
/// How much care the lossless encoder takes, from 0 to 100.
const LOSSLESS_EFFORT: f32 = 75.0;
/// How little a pixel may change, from 0 to 100. At 60 the copies measured had 49 to 53 dB.
const NEAR_LOSSLESS: i32 = 60;
/// How many times larger a picture without loss may be; see the table above.
const WORTH: usize = 5;
const WORTH_OF: usize = 2;

/// Encodes a picture. One that has lost nothing before keeps every detail, unless it turns out to be a photo.
pub(super) fn encode(raster: &Raster, is_lossy: bool) -> Result<Vec<u8>, PictureError> {
    if raster.width > LONGEST || raster.height > LONGEST {
        return Err(PictureError::TooLong {
            width: raster.width,
            height: raster.height,
        });
    }
    let lossy = encode_with(raster, |config| {
        config.quality = LOSSY_QUALITY;
        config.use_sharp_yuv = 1;
    })?;
    if is_lossy {
        return Ok(lossy);
    }
    let exact = encode_with(raster, |config| {
        config.lossless = 1;
        config.quality = LOSSLESS_EFFORT;
        config.near_lossless = NEAR_LOSSLESS;
    })?;
    let is_worth_it = exact.len() * WORTH_OF <= lossy.len() * WORTH;
    Ok(if is_worth_it { exact } else { lossy })
}

fn encode_with(
    raster: &Raster,
    set: impl FnOnce(&mut WebPConfig),
) -> Result<Vec<u8>, PictureError> {
    let refused = || PictureError::Damaged("the encoder refuses it".to_owned());
    let mut config = WebPConfig::new().map_err(|()| refused())?;
    set(&mut config);
    let encoder = Encoder::from_rgba(&raster.pixels, raster.width, raster.height);
    let webp = encoder.encode_advanced(&config).map_err(|_| refused())?;
    Ok(webp.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the cache must change with the encoder, or old pictures would stay for ever.
    #[test]
    fn the_generation_names_the_versions_in_use() {
        let locked = include_str!("../../../Cargo.lock");
        for library in GENERATION.split("; ").skip(1) {
            let (name, version) = library.split_once(' ').unwrap();
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(locked.contains(&entry), "{library} is not in Cargo.lock");
        }
    }

    #[test]
    fn a_picture_that_webp_cannot_hold_is_refused() {
        let raster = Raster {
            width: 1,
            height: 16_384,
            pixels: vec![0; 4 * 16_384],
        };
        assert!(matches!(
            encode(&raster, true),
            Err(PictureError::TooLong { .. })
        ));
    }

    fn is_lossless(webp: &[u8]) -> bool {
        webp.windows(4).any(|name| name == b"VP8L")
    }

    fn painted(pixel: impl Fn(u32, u32) -> [u8; 3]) -> Raster {
        let (width, height) = (200, 100);
        let pixels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| pixel(x, y))
            .flat_map(|[red, green, blue]| [red, green, blue, 255])
            .collect();
        Raster {
            width,
            height,
            pixels,
        }
    }

    #[test]
    fn flat_pictures_keep_every_detail_and_photos_do_not() {
        let flat = painted(|x, y| {
            if (x / 7 + y / 5) % 3 == 0 {
                [16, 33, 26]
            } else {
                [255; 3]
            }
        });
        assert!(is_lossless(&encode(&flat, false).unwrap()));
        assert!(!is_lossless(&encode(&flat, true).unwrap()));
        let busy = painted(|x, y| {
            let noise = (x * 7919 + y * 104_729 + 1).wrapping_mul(2_654_435_761);
            let soft = [x / 2, y, x.midpoint(y)];
            let grain = [noise >> 29, noise >> 26 & 7, noise >> 23 & 7];
            [0, 1, 2].map(|part| u8::try_from(100 + soft[part] / 2 + grain[part]).unwrap())
        });
        assert!(!is_lossless(&encode(&busy, false).unwrap()));
    }
}
