//! Pictures: a file beside a page becomes WebP in the sizes that screens need, and the element that shows it.
//!
//! [`PictureStore::prepare`] is a function of the name and the bytes of the file and of nothing else: neither the time
//! nor the number of threads changes a byte of what it makes. Making takes a second, so everything is kept in a cache
//! that may be deleted at any time.
//!
//! Colours are taken for sRGB, as all screenshots and nearly all photos are; colour profiles are dropped with the
//! other metadata.

mod cache;
mod decoding;
mod drawing;
mod encoding;
mod error;
mod naming;
mod orientation;
mod prepared;
mod raster;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::social::{self, SocialCard, SocialError};
pub use cache::PictureFile;
use cache::{Kept, Made};
use decoding::{Decoded, Photograph};
pub use error::PictureError;
use naming::PictureName;
pub use prepared::Prepared;
use prepared::{Rendition, Sheet};
use raster::scaled_height;

/// Widths of published files in pixels: phones, text columns, and both of them on finer screens.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];
/// The largest width is left out if it is less than this many percent wider than the one before.
const WORTHWHILE_STEP: u64 = 110;

/// Makes pictures, or finds them where it has kept them.
#[derive(Debug, Clone)]
pub struct PictureStore {
    folder: Option<PathBuf>,
}

impl PictureStore {
    /// A store that keeps what it makes in a folder, or makes everything anew.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Makes the picture of a file.
    ///
    /// `name` is the file's name or path: `photo.jpg`; `name@2x.png` is shown at half its size. `dark` is the content of
    /// `name.dark.png`, which takes its place in the dark scheme. It may be called from many threads; ask once for each
    /// picture, not once for each use.
    pub fn prepare(
        &self,
        name: &str,
        bytes: &[u8],
        dark: Option<&[u8]>,
    ) -> Result<Prepared, PictureError> {
        let name = PictureName::new(name);
        let key = cache::key(&[
            b"picture",
            encoding::GENERATION.as_bytes(),
            name.stem.as_bytes(),
            &name.density.to_le_bytes(),
            bytes,
            // No picture is empty, so nothing is confused with a missing twin.
            dark.unwrap_or_default(),
        ]);
        let kept = cache::keep(self.folder.as_deref(), &key, || make(&name, bytes, dark))?;
        let Kept {
            description,
            files,
            is_new,
        } = kept;
        Ok(Prepared {
            sheet: description,
            files,
            is_new,
        })
    }

    /// Draws the picture that other sites show with a link to a page, see [`social::draw`].
    pub fn social_picture(&self, card: &SocialCard<'_>) -> Result<PictureFile, SocialError> {
        let key = cache::key(&[
            b"social",
            encoding::GENERATION.as_bytes(),
            social::look().as_bytes(),
            card.brand.as_bytes(),
            card.title.as_bytes(),
            card.section.as_bytes(),
            card.language.code().as_bytes(),
        ]);
        let kept = cache::keep(self.folder.as_deref(), &key, || {
            let content = social::draw(card)?;
            let files = vec![(naming::social(&content), content)];
            Ok::<_, SocialError>(Made {
                description: (),
                files,
            })
        })?;
        kept.files.into_iter().next().ok_or(SocialError::Empty)
    }
}

fn make(
    name: &PictureName,
    bytes: &[u8],
    dark: Option<&[u8]>,
) -> Result<Made<Sheet>, PictureError> {
    let light = Side::make(&name.stem, bytes, name.density)?;
    let dark = dark
        .map(|dark| Side::make(&format!("{}-dark", name.stem), dark, name.density))
        .transpose()?;
    let mut made = Made {
        description: Sheet {
            size: light.size,
            light: light.renditions,
            dark: Vec::new(),
        },
        files: light.files,
    };
    if let Some(dark) = dark {
        if light.is_whole != dark.is_whole {
            return Err(PictureError::TwinOfAnotherKind);
        }
        if let (Some((width, height)), Some((dark_width, dark_height))) = (light.size, dark.size)
            && light.size != dark.size
        {
            return Err(PictureError::TwinDiffers {
                width,
                height,
                dark_width,
                dark_height,
            });
        }
        made.description.dark = dark.renditions;
        made.files.extend(dark.files);
    }
    Ok(made)
}

/// What is made of one file: the picture itself or its dark twin.
struct Side {
    /// In CSS pixels.
    size: Option<(u32, u32)>,
    is_whole: bool,
    renditions: Vec<Rendition>,
    files: Vec<(String, Vec<u8>)>,
}

impl Side {
    fn make(stem: &str, bytes: &[u8], density: u32) -> Result<Self, PictureError> {
        match decoding::decode(bytes)? {
            Decoded::Whole { extension, size } => {
                let path = naming::whole(stem, extension, bytes);
                let rendition = Rendition {
                    path: path.clone(),
                    width: size.map_or(0, |(width, _)| width),
                };
                Ok(Self {
                    size: size.map(|size| shown(size, density)),
                    is_whole: true,
                    renditions: vec![rendition],
                    files: vec![(path, bytes.to_vec())],
                })
            }
            Decoded::Pixels(photograph) => Self::encode(stem, photograph, density),
        }
    }

    fn encode(stem: &str, photograph: Photograph, density: u32) -> Result<Self, PictureError> {
        let Photograph {
            stored,
            orientation,
            is_lossy,
        } = photograph;
        let size = orientation.seen((stored.width, stored.height));
        let widths = widths(size.0);
        // The other sizes are made from the largest: that is several times quicker and nobody sees a difference.
        let largest = widths.last().copied().unwrap_or(size.0);
        let (across, _) = orientation.seen((largest, scaled_height(size.0, size.1, largest)));
        let upright = orientation.upright(stored.scaled(across)?);
        drop(stored);
        let files: Vec<_> = widths
            .par_iter()
            .map(|width| {
                let content = encoding::encode(&upright.scaled(*width)?, is_lossy)?;
                Ok((naming::rendition(stem, *width, &content), content))
            })
            .collect::<Result<_, _>>()?;
        let renditions = widths
            .into_iter()
            .zip(&files)
            .map(|(width, (path, _))| Rendition {
                path: path.clone(),
                width,
            })
            .collect();
        Ok(Self {
            size: Some(shown(size, density)),
            is_whole: false,
            renditions,
            files,
        })
    }
}

/// The widths to publish of a picture, none above its own.
fn widths(natural: u32) -> Vec<u32> {
    let [.., widest] = WIDTHS;
    let largest = natural.min(widest);
    let is_worthwhile =
        |width: &u32| u64::from(largest) * 100 >= u64::from(*width) * WORTHWHILE_STEP;
    let mut widths: Vec<_> = WIDTHS.into_iter().filter(is_worthwhile).collect();
    widths.push(largest);
    widths
}

/// The size in CSS pixels of a picture that has so many pixels for one of them.
fn shown((width, height): (u32, u32), density: u32) -> (u32, u32) {
    let shown = |length: u32| length.div_ceil(density.max(1)).max(1);
    (shown(width), shown(height))
}

#[cfg(test)]
mod tests;
