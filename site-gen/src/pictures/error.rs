//! Why a picture cannot be published, and what its author can do about it.

/// Why a picture is refused. The text says what is wrong, [`PictureError::cure`] what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The content is of no format that browsers and the generator share.
    #[error("the file is not a picture of a known format")]
    UnknownFormat,
    /// The content begins like a picture and goes on wrongly.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// The picture would take too long and too much memory.
    #[error("the picture is too large: {width} × {height} pixels, more than 40 million")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The picture is so much higher than wide that WebP cannot hold it.
    #[error("the picture is too long: {width} × {height} pixels once it is made to fit a page")]
    TooLong {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The picture for the dark scheme would move the text around it.
    #[error(
        "the picture for the dark scheme has another size: {dark_width} × {dark_height} pixels instead of {width} × {height}"
    )]
    TwinDiffers {
        /// Pixels across of the picture itself.
        width: u32,
        /// Pixels down of the picture itself.
        height: u32,
        /// Pixels across of its twin.
        dark_width: u32,
        /// Pixels down of its twin.
        dark_height: u32,
    },
    /// One of the two is taken apart into sizes, and the other cannot be.
    #[error("the picture and its twin for the dark scheme are of different kinds")]
    TwinOfAnotherKind,
    /// A drawing holds what could run or load something.
    #[error("the drawing is not safe to publish: it holds {0}")]
    UnsafeDrawing(String),
}

impl PictureError {
    /// What the author of the page can do.
    #[must_use]
    pub fn cure(&self) -> &'static str {
        match self {
            Self::UnknownFormat => {
                "save it as PNG (screenshots), JPEG (photos), WebP or SVG (drawings)"
            }
            Self::Damaged(_) => {
                "open the file in an editor of pictures and save it again, as PNG or JPEG"
            }
            Self::TooLarge { .. } => {
                "scale it down; 3200 pixels across are enough for every screen"
            }
            Self::TooLong { .. } => "cut it into several pictures, one for each step",
            Self::TwinDiffers { .. } => "make both pictures of the same size",
            Self::TwinOfAnotherKind => "save both pictures in the same format",
            Self::UnsafeDrawing(_) => {
                "export the drawing as plain SVG: without scripts, style sheets, and anything that lies in another file"
            }
        }
    }
}
