//! Sorted texts that do not repeat what they share with the text before; `js/search-codec.js` reads them.

/// Writes sorted texts one after another: how many bytes are those of the text before, how many follow, and those.
#[derive(Default)]
pub(super) struct FrontCoder {
    previous: String,
    output: Vec<u8>,
}

impl FrontCoder {
    /// Adds a text; more than 255 bytes of it cannot be told and are cut off, which no word and no address reaches.
    pub(super) fn push(&mut self, text: &str) {
        let text = text.get(..text.floor_char_boundary(255)).unwrap_or(text);
        let shared = text
            .bytes()
            .zip(self.previous.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        let rest = text.as_bytes().get(shared..).unwrap_or_default();
        self.output.push(u8::try_from(shared).unwrap_or(u8::MAX));
        self.output
            .push(u8::try_from(rest.len()).unwrap_or(u8::MAX));
        self.output.extend_from_slice(rest);
        text.clone_into(&mut self.previous);
    }

    /// Adds what belongs to the text before, preceded by its length.
    pub(super) fn attach(&mut self, content: &[u8]) {
        write_number(content.len(), &mut self.output);
        self.output.extend_from_slice(content);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.output
    }
}

/// Writes a number in groups of seven bits, the lowest first; the eighth bit says that more follow.
pub(super) fn write_number(mut number: usize, output: &mut Vec<u8>) {
    loop {
        let group = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            output.push(group);
            return;
        }
        output.push(group | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_repeats_nothing_of_the_one_before() {
        let mut coder = FrontCoder::default();
        coder.push("вход");
        coder.attach(&[7]);
        coder.push("входящ");
        let mut expected = vec![0, 8];
        expected.extend("вход".bytes());
        expected.extend([1, 7, 8, 4]);
        expected.extend("ящ".bytes());
        assert_eq!(coder.finish(), expected);
    }

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        for (number, bytes) in [
            (0, &[0][..]),
            (127, &[127]),
            (128, &[128, 1]),
            (300, &[172, 2]),
            (1 << 14, &[128, 128, 1]),
        ] {
            let mut output = Vec::new();
            write_number(number, &mut output);
            assert_eq!(output, bytes, "{number}");
        }
    }
}
