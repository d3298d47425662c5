//! Pixels in memory, and the one operation on them that a library does for us: scaling.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};

use super::PictureError;

/// Bytes of one pixel: red, green, blue, opacity.
pub(super) const PIXEL: usize = 4;

/// A picture in memory, row by row from the top left, four bytes a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<u8>,
}

impl Raster {
    /// A copy that is `width` pixels across and keeps its proportions.
    pub(super) fn scaled(&self, width: u32) -> Result<Self, PictureError> {
        let height = scaled_height(self.width, self.height, width);
        if width == self.width {
            return Ok(self.clone());
        }
        let source = ImageRef::new(self.width, self.height, &self.pixels, PixelType::U8x4)
            .map_err(|error| PictureError::Damaged(error.to_string()))?;
        let mut copy = Image::new(width, height, PixelType::U8x4);
        Resizer::new()
            .resize(&source, &mut copy, None)
            .map_err(|error| PictureError::Damaged(error.to_string()))?;
        Ok(Self {
            width,
            height,
            pixels: copy.into_vec(),
        })
    }
}

/// The height of a picture of this size when it is made `target` pixels wide; at least one.
pub(super) fn scaled_height(width: u32, height: u32, target: u32) -> u32 {
    let exact = u64::from(height) * u64::from(target);
    let width = u64::from(width).max(1);
    u32::try_from((exact + width / 2) / width)
        .unwrap_or(u32::MAX)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scaled_copy_keeps_proportions_and_colours() {
        let pixels = [10, 20, 30, 255].repeat(400 * 100);
        let raster = Raster {
            width: 400,
            height: 100,
            pixels,
        };
        let small = raster.scaled(200).unwrap();
        assert_eq!((small.width, small.height), (200, 50));
        assert!(
            small
                .pixels
                .chunks(PIXEL)
                .all(|pixel| pixel == [10, 20, 30, 255])
        );
        assert_eq!(raster.scaled(400).unwrap(), raster);
    }

    #[test]
    fn no_copy_is_without_height() {
        assert_eq!(scaled_height(4000, 1, 480), 1);
        assert_eq!(scaled_height(1600, 901, 800), 451);
    }
}
