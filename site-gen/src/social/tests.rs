use super::*;

const CARD: SocialCard<'static> = SocialCard {
    brand: "MiniApp.Expert",
    title: "Как вернуть деньги за подписку",
    section: "Помощь",
    language: Language::Russian,
};

/// The bytes of red, green and blue, row by row.
fn pixels(file: &[u8]) -> Vec<[u8; 3]> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut content = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut content).unwrap();
    assert_eq!((frame.width, frame.height), (WIDTH, HEIGHT));
    assert_eq!(frame.color_type, ColorType::Rgb);
    content.as_chunks::<3>().0.to_vec()
}

fn with_title(title: &str) -> Vec<u8> {
    draw(&SocialCard { title, ..CARD }).unwrap()
}

#[test]
fn the_same_card_gives_the_same_bytes_and_another_title_gives_others() {
    assert_eq!(draw(&CARD).unwrap(), draw(&CARD).unwrap());
    assert_ne!(with_title("Возврат"), with_title("Возвраты"));
}

#[test]
fn pictures_are_small_whatever_the_title() {
    let endless = "Очень длинное название ".repeat(20);
    for title in [
        "",
        "Вход",
        "«Ёлочки» & <тире> — \"кавычки\"",
        "漢字 🎄",
        &endless,
    ] {
        let size = with_title(title).len();
        assert!(size <= 60 * 1024, "{size} bytes for {title}");
    }
}

/// White is only in the title; it keeps clear of the margins and of what stands above and below.
#[test]
fn the_title_stays_inside_its_room() {
    for title in [
        "Вход",
        CARD.title,
        &"щука жёстко ".repeat(30),
        &"Ш".repeat(80),
    ] {
        let pixels = pixels(&with_title(title));
        let mut count = 0;
        for (index, pixel) in pixels.iter().enumerate() {
            if *pixel == [255, 255, 255] {
                let (x, y) = (index % WIDTH as usize, index / WIDTH as usize);
                assert!(
                    (78..=1122).contains(&x) && (150..=520).contains(&y),
                    "{title}: {x}, {y}"
                );
                count += 1;
            }
        }
        assert!(count > 1000, "{title}");
    }
}

#[test]
fn colours_come_from_the_tokens_of_the_light_scheme() {
    let colours = colours();
    assert_eq!(colours.get("band"), Some(&"#06382b"));
    assert_eq!(colours.get("on_band_muted"), Some(&"#b4d8c8"));
    assert_eq!(colours.get("text"), Some(&"#10211a"));
    let corner = pixels(&draw(&CARD).unwrap())[0];
    assert_eq!(corner, [0x06, 0x38, 0x2b]);
}
