//! How a camera was held: the mark in a photo's EXIF data, and the turn that undoes it.
//!
//! Browsers heed the mark, WebP files of ours do not carry it, so the pixels themselves are turned.

use super::raster::{PIXEL, Raster};

/// The tag of the mark, from the EXIF specification (CIPA DC-008, 4.6.4 A).
const ORIENTATION: u16 = 0x0112;
/// Bytes of one entry of a directory.
const ENTRY: usize = 12;

/// How stored pixels lie in the picture that people see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Orientation {
    /// Stored rows are columns.
    is_transposed: bool,
    /// The picture's left is the right of what is stored.
    is_flipped_across: bool,
    /// The picture's top is the bottom of what is stored.
    is_flipped_down: bool,
}

impl Orientation {
    /// Reads the mark from EXIF data; without one the picture stands upright.
    pub(super) fn from_exif(exif: &[u8]) -> Self {
        Self::from_mark(mark(exif).unwrap_or(1))
    }

    fn from_mark(mark: u16) -> Self {
        let (is_transposed, is_flipped_across, is_flipped_down) = match mark {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, false, true),
            7 => (true, true, true),
            8 => (true, true, false),
            _ => (false, false, false),
        };
        Self {
            is_transposed,
            is_flipped_across,
            is_flipped_down,
        }
    }

    /// The size that people see of a picture stored with this size.
    pub(super) fn seen(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.is_transposed {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// The picture as people see it.
    pub(super) fn upright(self, stored: Raster) -> Raster {
        if self == Self::default() {
            return stored;
        }
        let (width, height) = self.seen((stored.width, stored.height));
        let mut pixels = Vec::with_capacity(stored.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (across, down) = if self.is_transposed { (y, x) } else { (x, y) };
                let across = mirrored(across, stored.width, self.is_flipped_across);
                let down = mirrored(down, stored.height, self.is_flipped_down);
                let start = (down as usize * stored.width as usize + across as usize) * PIXEL;
                let pixel = stored.pixels.get(start..start + PIXEL);
                pixels.extend_from_slice(pixel.unwrap_or_default());
            }
        }
        Raster {
            width,
            height,
            pixels,
        }
    }
}

fn mirrored(position: u32, length: u32, is_flipped: bool) -> u32 {
    if is_flipped {
        length - 1 - position
    } else {
        position
    }
}

fn mark(exif: &[u8]) -> Option<u16> {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let number = |start: usize, length: usize| -> Option<usize> {
        let bytes = tiff.get(start..start.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little {
            bytes.iter().rev().fold(0, add)
        } else {
            bytes.iter().fold(0, add)
        })
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    let entry = (0..count)
        .map(|entry| directory + 2 + entry * ENTRY)
        .find(|start| number(*start, 2) == Some(usize::from(ORIENTATION)))?;
    u16::try_from(number(entry + 8, 2)?).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// EXIF data that hold the mark and nothing else.
    pub(in crate::pictures) fn exif(mark: u8) -> Vec<u8> {
        let mut data = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        data.extend([mark, 0, 0, 0, 0, 0, 0]);
        data
    }

    /// The letter F, so that every turn and every mirror image looks different. One byte stands for a pixel.
    fn raster(rows: &[&str]) -> Raster {
        Raster {
            width: u32::try_from(rows[0].len()).unwrap(),
            height: u32::try_from(rows.len()).unwrap(),
            pixels: rows
                .concat()
                .bytes()
                .flat_map(|byte| [byte; PIXEL])
                .collect(),
        }
    }

    /// The stored pixels of each mark, as the EXIF specification draws them.
    #[test]
    fn every_mark_gives_the_same_upright_letter() {
        let upright = raster(&["##", "# ", "##", "# ", "# "]);
        for (mark, rows) in [
            (0, &["##", "# ", "##", "# ", "# "][..]),
            (1, &["##", "# ", "##", "# ", "# "]),
            (2, &["##", " #", "##", " #", " #"]),
            (3, &[" #", " #", "##", " #", "##"]),
            (4, &["# ", "# ", "##", "# ", "##"]),
            (5, &["#####", "# #  "]),
            (6, &["# #  ", "#####"]),
            (7, &["  # #", "#####"]),
            (8, &["#####", "  # #"]),
        ] {
            let stored = raster(rows);
            let orientation = Orientation::from_exif(&exif(mark));
            assert_eq!(
                orientation.seen((stored.width, stored.height)),
                (2, 5),
                "{mark}"
            );
            assert_eq!(orientation.upright(stored), upright, "{mark}");
        }
    }

    #[test]
    fn both_byte_orders_and_the_prefix_are_read() {
        let little = b"II*\0\x08\0\0\0\x02\0\x01\0\x03\0\x01\0\0\0\0\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(Orientation::from_exif(little), Orientation::from_mark(6));
        let prefixed = [b"Exif\0\0".to_vec(), exif(8)].concat();
        assert_eq!(Orientation::from_exif(&prefixed), Orientation::from_mark(8));
    }

    proptest! {
        #[test]
        fn broken_data_leave_the_picture_as_it_is_stored(data: Vec<u8>, length in 0..20_usize) {
            let _ = Orientation::from_exif(&data);
            prop_assert_eq!(Orientation::from_exif(&exif(6)[..length]), Orientation::default());
        }
    }
}
