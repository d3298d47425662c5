use std::fs;
use std::path::Path;

use png::{BitDepth, ColorType};

use super::orientation::tests::exif;
use super::*;

/// A screenshot: flat areas and thin lines.
fn screenshot(x: u32, y: u32) -> [u8; 3] {
    match (x / 90 % 2, (x / 3 + y / 4) % 5) {
        (0, 0) => [16, 33, 26],
        (0, _) => [255, 255, 255],
        _ => [245, 249, 247],
    }
}

/// A photo: red to the left, blue to the right, lighter to the bottom.
fn photo_of((width, height): (u32, u32)) -> impl Fn(u32, u32) -> [u8; 3] {
    move |x, y| {
        let part = |position: u32, length: u32| u8::try_from(position * 255 / length).unwrap();
        [255 - part(x, width), part(y, height), part(x, width)]
    }
}

fn pixels((width, height): (u32, u32), pixel: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| pixel(x, y))
        .collect()
}

fn png_with(
    size: (u32, u32),
    data: &[u8],
    set: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(ColorType::Rgb);
    set(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

fn png(size: (u32, u32)) -> Vec<u8> {
    png_with(size, &pixels(size, screenshot), |_| {})
}

fn jpeg(size: (u32, u32), mark: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder
        .add_app_segment(1, [b"Exif\0\0".to_vec(), exif(mark)].concat())
        .unwrap();
    let length = |length: u32| u16::try_from(length).unwrap();
    encoder
        .encode(
            &pixels(size, photo_of(size)),
            length(size.0),
            length(size.1),
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
    bytes
}

fn prepare(name: &str, bytes: &[u8], dark: Option<&[u8]>) -> Result<Prepared, PictureError> {
    PictureStore::new(None).prepare(name, bytes, dark)
}

fn paths(picture: &Prepared) -> Vec<String> {
    picture
        .files()
        .iter()
        .map(|file| {
            let mut parts = file.path().split('.');
            let (name, digest) = (parts.next().unwrap(), parts.next().unwrap());
            assert_eq!(digest.len(), 10, "{}", file.path());
            format!("{name}.{}", parts.next().unwrap())
        })
        .collect()
}

/// A published file, decoded: its size and the colours of its corners, each as red, green, blue.
fn look_at(content: &[u8]) -> ((u32, u32), [[u8; 3]; 4]) {
    let Decoded::Pixels(photograph) = decoding::decode(content).unwrap() else {
        panic!("not pixels");
    };
    let raster = photograph.stored;
    let (width, height) = (raster.width as usize, raster.height as usize);
    let corner = |x: usize, y: usize| {
        let start = (y * width + x) * raster::PIXEL;
        raster.pixels[start..start + 3].try_into().unwrap()
    };
    let corners = [
        corner(0, 0),
        corner(width - 1, 0),
        corner(0, height - 1),
        corner(width - 1, height - 1),
    ];
    ((raster.width, raster.height), corners)
}

#[test]
fn a_picture_comes_in_the_widths_that_screens_need_and_never_enlarged() {
    for (natural, expected) in [
        (1, &[1][..]),
        (300, &[300]),
        (480, &[480]),
        (500, &[500]),
        (528, &[480, 528]),
        (850, &[480, 850]),
        (1000, &[480, 800, 1000]),
        (1600, &[480, 800, 1200, 1600]),
        (9000, &[480, 800, 1200, 1600]),
    ] {
        assert_eq!(widths(natural), expected, "{natural}");
    }
    let picture = prepare("content/ru/Sign in.png", &png((850, 425)), None).unwrap();
    assert_eq!(
        paths(&picture),
        [
            "assets/pictures/sign-in-480.webp",
            "assets/pictures/sign-in-850.webp"
        ]
    );
    for (file, size) in picture.files().iter().zip([(480, 240), (850, 425)]) {
        let content = file.content().unwrap();
        assert_eq!(look_at(&content).0, size);
        assert_eq!(file.length(), content.len() as u64);
    }
}

#[test]
fn a_photo_and_a_screenshot_weigh_less_than_before_and_lose_what_is_written_in_them() {
    for (name, bytes) in [("a.jpg", jpeg((600, 300), 1)), ("a.png", png((600, 300)))] {
        let picture = prepare(name, &bytes, None).unwrap();
        for file in picture.files() {
            let content = file.content().unwrap();
            assert!(content.len() < bytes.len(), "{}", file.path());
            assert!(!content.windows(4).any(|name| name == b"EXIF"));
        }
    }
}

#[test]
fn pixels_of_fine_screens_are_shown_smaller() {
    for (name, shown) in [
        ("a.png", "width=\"301\" height=\"150\""),
        ("a@2x.png", "width=\"151\" height=\"75\""),
    ] {
        let picture = prepare(name, &png((301, 150)), None).unwrap();
        let html = picture.element("", "", true);
        assert!(html.contains(shown), "{html}");
        assert_eq!(paths(&picture), ["assets/pictures/a-301.webp"]);
    }
}

#[test]
fn a_photo_stands_upright_however_the_camera_was_held() {
    let upright = |mark: u8| {
        let picture = prepare("a.jpg", &jpeg((600, 300), mark), None).unwrap();
        let content = picture.files().last().unwrap().content().unwrap();
        let (size, corners) = look_at(&content);
        let name = |[red, green, blue]: [u8; 3]| match (red > 127, green > 127, blue > 127) {
            (true, false, false) => "red",
            (false, false, true) => "blue",
            (true, true, false) => "yellow",
            (false, true, true) => "cyan",
            _ => "?",
        };
        assert!(
            picture
                .element("", "", true)
                .contains(&format!("width=\"{}\" height=\"{}\"", size.0, size.1))
        );
        (size, corners.map(name))
    };
    assert_eq!(upright(1), ((600, 300), ["red", "blue", "yellow", "cyan"]));
    assert_eq!(upright(3), ((600, 300), ["cyan", "yellow", "blue", "red"]));
    assert_eq!(upright(6), ((300, 600), ["yellow", "red", "cyan", "blue"]));
    assert_eq!(upright(8), ((300, 600), ["blue", "cyan", "red", "yellow"]));
}

#[test]
fn every_kind_of_png_is_read() {
    let palette = [10, 20, 30, 200, 100, 50];
    for (colours, depth, data, expected) in [
        (
            ColorType::Rgba,
            BitDepth::Eight,
            vec![10, 20, 30, 255],
            [10, 20, 30],
        ),
        (
            ColorType::Rgb,
            BitDepth::Sixteen,
            vec![10, 10, 20, 20, 30, 30],
            [10, 20, 30],
        ),
        (ColorType::Grayscale, BitDepth::Eight, vec![70], [70; 3]),
        (ColorType::Grayscale, BitDepth::One, vec![0x80], [255; 3]),
        (
            ColorType::GrayscaleAlpha,
            BitDepth::Eight,
            vec![70, 255],
            [70; 3],
        ),
        (
            ColorType::Indexed,
            BitDepth::Two,
            vec![0x40],
            [200, 100, 50],
        ),
    ] {
        let bytes = png_with((1, 1), &data, |encoder| {
            encoder.set_color(colours);
            encoder.set_depth(depth);
            if colours == ColorType::Indexed {
                encoder.set_palette(palette.to_vec());
            }
        });
        assert_eq!(look_at(&bytes).1[0], expected, "{colours:?} {depth:?}");
    }
}

#[test]
fn our_own_webp_is_read_again() {
    let picture = prepare("a.jpg", &jpeg((300, 150), 1), None).unwrap();
    let webp = picture.files()[0].content().unwrap();
    let again = prepare("a.webp", &webp, None).unwrap();
    assert_eq!(paths(&again), ["assets/pictures/a-300.webp"]);
}

#[test]
fn the_dark_twin_comes_along() {
    let dark = png_with((600, 300), &[20].repeat(600 * 300 * 3), |_| {});
    let picture = prepare("a.png", &png((600, 300)), Some(&dark)).unwrap();
    assert_eq!(
        paths(&picture),
        ["a-480", "a-600", "a-dark-480", "a-dark-600"]
            .map(|name| format!("assets/pictures/{name}.webp"))
    );
    let html = picture.element("", "", true);
    for file in picture.files() {
        assert!(html.contains(&format!("{} ", file.address())), "{html}");
    }
    assert!(html.starts_with("<picture><source media=\"screen and (prefers-color-scheme: dark)\""));
}

#[test]
fn drawings_and_what_moves_are_published_as_they_are() {
    let size = (2, 1);
    let moving = png_with(size, &pixels(size, screenshot), |encoder| {
        encoder.set_animated(1, 0).unwrap();
    });
    let drawing =
        b"\xef\xbb\xbf<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>";
    let gif = b"GIF89a\x02\0\x01\0\0\0\0;";
    for (extension, bytes) in [("png", &moving[..]), ("svg", drawing), ("gif", gif)] {
        let picture = prepare(&format!("a.{extension}"), bytes, Some(bytes)).unwrap();
        assert_eq!(&*picture.files()[0].content().unwrap(), bytes);
        assert_eq!(
            paths(&picture),
            [
                format!("assets/pictures/a.{extension}"),
                format!("assets/pictures/a-dark.{extension}")
            ]
        );
        assert_eq!(
            picture.element("a", "", true),
            format!(
                "<picture><source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"{}\">\
                 <img src=\"{}\" width=\"2\" height=\"1\" alt=\"a\" decoding=\"async\"></picture>",
                picture.files()[1].address(),
                picture.files()[0].address(),
            )
        );
    }
}

/// Only the header of a PNG: its size.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    drop(encoder.write_header().unwrap());
    bytes
}

#[test]
fn files_that_cannot_be_published_are_refused_with_the_cure() {
    let whole = png((60, 30));
    let cut_webp = {
        let picture = prepare("a.png", &whole, None).unwrap();
        let webp = picture.files()[0].content().unwrap();
        webp[..webp.len() / 2].to_vec()
    };
    for (bytes, dark, message, cure) in [
        (
            b"".to_vec(),
            None,
            "the file is not a picture of a known format",
            "save it as PNG",
        ),
        (
            b"text".to_vec(),
            None,
            "the file is not a picture of a known format",
            "save it as PNG",
        ),
        (
            b"\0\0\0\x20ftypheic\xff".to_vec(),
            None,
            "the file is not a picture of a known format",
            "save it as PNG",
        ),
        (
            whole[..whole.len() / 2].to_vec(),
            None,
            "the picture is damaged: ",
            "save it again",
        ),
        (
            b"\xff\xd8\xff\xe0".to_vec(),
            None,
            "the picture is damaged: ",
            "save it again",
        ),
        (cut_webp, None, "the picture is damaged: ", "save it again"),
        (
            b"GIF89a\0".to_vec(),
            None,
            "the picture is damaged: the GIF has no size",
            "save it again",
        ),
        (
            header(8000, 5001),
            None,
            "the picture is too large: 8000 × 5001 pixels",
            "scale it down",
        ),
        (
            png((2, 16_400)),
            None,
            "the picture is too long: 2 × 16400 pixels",
            "cut it into several",
        ),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec(),
            None,
            "it holds the element `<script>`",
            "plain SVG",
        ),
        (
            whole.clone(),
            Some(png((60, 31))),
            "another size: 60 × 31 pixels instead of 60 × 30",
            "same size",
        ),
        (
            whole.clone(),
            Some(b"GIF89a\x02\0\x01\0".to_vec()),
            "of different kinds",
            "same format",
        ),
    ] {
        let error = prepare("a.png", &bytes, dark.as_deref()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.cure().contains(cure), "{error}: {}", error.cure());
    }
}

fn contents(picture: &Prepared) -> Vec<(String, Vec<u8>)> {
    picture
        .files()
        .iter()
        .map(|file| (file.path().to_owned(), file.content().unwrap().to_vec()))
        .collect()
}

#[test]
fn one_thread_and_many_make_the_same_bytes() {
    let (light, dark) = (png((1300, 300)), jpeg((1300, 300), 1));
    let with_threads = |count: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(count)
            .build()
            .unwrap();
        contents(
            &pool
                .install(|| prepare("a.png", &light, Some(&dark)))
                .unwrap(),
        )
    };
    let alone = with_threads(1);
    assert_eq!(alone.len(), 6);
    assert_eq!(alone, with_threads(4));
}

fn ages(folder: &Path) -> Vec<std::time::SystemTime> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().metadata().unwrap().modified().unwrap())
        .collect()
}

#[test]
fn a_second_build_encodes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = PictureStore::new(Some(folder.path().to_owned()));
    let bytes = png((600, 300));
    let first = store.prepare("a.png", &bytes, None).unwrap();
    let before = ages(folder.path());
    let second = store.prepare("elsewhere/a.png", &bytes, None).unwrap();
    assert!(first.is_new() && !second.is_new());
    assert_eq!(ages(folder.path()), before);
    assert_eq!(
        contents(&second),
        contents(&prepare("a.png", &bytes, None).unwrap())
    );
    assert_eq!(
        second.element("a", "b", false),
        first.element("a", "b", false)
    );
}

#[test]
fn another_picture_name_twin_or_density_is_another_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = PictureStore::new(Some(folder.path().to_owned()));
    let (one, other) = (
        png((60, 30)),
        png_with((60, 30), &[9].repeat(60 * 30 * 3), |_| {}),
    );
    for (name, bytes, dark) in [
        ("a.png", &one, None),
        ("b.png", &one, None),
        ("a@2x.png", &one, None),
        ("a.png", &other, None),
        ("a.png", &one, Some(&other)),
    ] {
        let dark = dark.map(|dark: &Vec<u8>| dark.as_slice());
        assert!(store.prepare(name, bytes, dark).unwrap().is_new(), "{name}");
    }
}

#[test]
fn a_damaged_entry_of_the_cache_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = PictureStore::new(Some(folder.path().to_owned()));
    let bytes = png((60, 30));
    let whole = contents(&store.prepare("a.png", &bytes, None).unwrap());
    let entry = fs::read_dir(folder.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut content = fs::read(&entry).unwrap();
    *content.last_mut().unwrap() ^= 1;
    fs::write(&entry, content).unwrap();
    let healed = store.prepare("a.png", &bytes, None).unwrap();
    assert!(healed.is_new());
    assert_eq!(contents(&healed), whole);
    assert!(!store.prepare("a.png", &bytes, None).unwrap().is_new());
}

#[test]
fn social_pictures_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = PictureStore::new(Some(folder.path().to_owned()));
    let card = SocialCard {
        brand: "MiniApp.Expert",
        title: "Возврат",
        section: "Помощь",
        language: crate::language::Language::Russian,
    };
    let first = store.social_picture(&card).unwrap();
    let before = ages(folder.path());
    let second = store.social_picture(&card).unwrap();
    assert_eq!(first, second);
    assert_eq!(ages(folder.path()), before);
    assert_eq!(&*second.content().unwrap(), social::draw(&card).unwrap());
    let (name, extension) = second.path().rsplit_once('.').unwrap();
    assert_eq!(
        (name.len(), extension),
        ("assets/social/".len() + 10, "png")
    );
    let other = store
        .social_picture(&SocialCard {
            title: "Возвраты",
            ..card
        })
        .unwrap();
    assert_ne!(other.path(), second.path());
}
