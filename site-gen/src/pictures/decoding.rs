//! Files become pixels. The content tells the format, whatever the name says.

use std::io::Cursor;

use image_webp::WebPDecoder;
use png::{ColorType, Decoder, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::orientation::Orientation;
use super::raster::{PIXEL, Raster};
use super::{PictureError, drawing};

/// The largest picture, in pixels: what a good camera makes. It takes 160 MB of memory.
const LARGEST: u64 = 40_000_000;

/// What a file is.
#[derive(Debug)]
pub(super) enum Decoded {
    /// Pixels, to be published in several sizes.
    Pixels(Photograph),
    /// A file that is published as it is: a drawing or something that moves.
    Whole {
        extension: &'static str,
        size: Option<(u32, u32)>,
    },
}

/// Pixels as they are stored, and what is known about them.
#[derive(Debug)]
pub(super) struct Photograph {
    pub(super) stored: Raster,
    pub(super) orientation: Orientation,
    /// The file has lost details before, as JPEG does; so nobody counts on every pixel.
    pub(super) is_lossy: bool,
}

/// Reads a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PictureError> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        decode_png(bytes)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        decode_jpeg(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        decode_webp(bytes)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        gif_size(bytes).map(|size| Decoded::Whole {
            extension: "gif",
            size: Some(size),
        })
    } else {
        let text = str::from_utf8(bytes).map_err(|_| PictureError::UnknownFormat)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !text.trim_start().starts_with('<') {
            return Err(PictureError::UnknownFormat);
        }
        drawing::check(text).map(|size| Decoded::Whole {
            extension: "svg",
            size,
        })
    }
}

fn decode_png(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let limits = Limits { bytes: 1 << 30 };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(damaged)?;
    let size = within_limits(header.width, header.height)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let info = reader.info();
    if info.animation_control.is_some() {
        return Ok(moving("png", size));
    }
    let orientation = orientation(info.exif_metadata.as_deref());
    let length = reader.output_buffer_size();
    let mut content = vec![0; length.ok_or(PictureError::UnknownFormat)?];
    let (colours, _) = reader
        .next_frame(&mut content)
        .map(|frame| (frame.color_type, frame.bit_depth))
        .map_err(damaged)?;
    let pixels = match colours {
        ColorType::Rgba => content,
        ColorType::Rgb => widen::<3>(&content, |[red, green, blue]| [red, green, blue, 255]),
        ColorType::GrayscaleAlpha => {
            widen::<2>(&content, |[grey, opacity]| [grey, grey, grey, opacity])
        }
        ColorType::Grayscale => widen::<1>(&content, |[grey]| [grey, grey, grey, 255]),
        ColorType::Indexed => return Err(PictureError::UnknownFormat),
    };
    Ok(photograph(size, pixels, orientation, false))
}

fn decode_jpeg(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(PictureError::UnknownFormat)?;
    let across = u32::try_from(width).unwrap_or(u32::MAX);
    let down = u32::try_from(height).unwrap_or(u32::MAX);
    let size = within_limits(across, down)?;
    let pixels = decoder.decode().map_err(damaged)?;
    let orientation = orientation(decoder.exif().map(Vec::as_slice));
    Ok(photograph(size, pixels, orientation, true))
}

fn decode_webp(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let size = within_limits(width, height)?;
    if decoder.is_animated() {
        return Ok(moving("webp", size));
    }
    let length = decoder.output_buffer_size();
    let mut content = vec![0; length.ok_or(PictureError::UnknownFormat)?];
    decoder.read_image(&mut content).map_err(damaged)?;
    let pixels = if decoder.has_alpha() {
        content
    } else {
        widen::<3>(&content, |[red, green, blue]| [red, green, blue, 255])
    };
    let orientation = orientation(decoder.exif_metadata().map_err(damaged)?.as_deref());
    Ok(photograph(size, pixels, orientation, decoder.is_lossy()))
}

/// The size of the canvas, from the GIF 89a specification, section 18.
fn gif_size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let length = |start: usize| {
        let bytes = bytes.get(start..start + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_le_bytes(bytes))).filter(|length| *length > 0)
    };
    match (length(6), length(8)) {
        (Some(width), Some(height)) => within_limits(width, height),
        _ => Err(PictureError::Damaged("the GIF has no size".to_owned())),
    }
}

fn within_limits(width: u32, height: u32) -> Result<(u32, u32), PictureError> {
    if u64::from(width) * u64::from(height) > LARGEST {
        return Err(PictureError::TooLarge { width, height });
    }
    Ok((width, height))
}

fn orientation(exif: Option<&[u8]>) -> Orientation {
    exif.map(Orientation::from_exif).unwrap_or_default()
}

fn moving(extension: &'static str, size: (u32, u32)) -> Decoded {
    Decoded::Whole {
        extension,
        size: Some(size),
    }
}

fn photograph(
    (width, height): (u32, u32),
    pixels: Vec<u8>,
    orientation: Orientation,
    is_lossy: bool,
) -> Decoded {
    Decoded::Pixels(Photograph {
        stored: Raster {
            width,
            height,
            pixels,
        },
        orientation,
        is_lossy,
    })
}

/// Makes four bytes a pixel of `N`.
fn widen<const N: usize>(content: &[u8], pixel: impl Fn([u8; N]) -> [u8; PIXEL]) -> Vec<u8> {
    let (pixels, _) = content.as_chunks::<N>();
    pixels.iter().flat_map(|bytes| pixel(*bytes)).collect()
}

fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string())
}
