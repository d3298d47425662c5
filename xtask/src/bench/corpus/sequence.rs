//! Numbers that look random and are the same in every run.

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;

/// A linear congruential sequence with Knuth's constants; its upper half is handed out.
#[derive(Clone, Debug)]
pub(super) struct Sequence(u64);

impl Sequence {
    /// The sequence of a seed; neighbouring seeds have nothing in common.
    pub(super) fn new(seed: u64) -> Self {
        let mut sequence = Self(seed.wrapping_mul(MULTIPLIER) ^ INCREMENT);
        sequence.next();
        sequence.next();
        sequence
    }

    /// The next number of 32 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        self.0 >> 32
    }

    /// A number below `limit`, 0 if there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True once in `count` times.
    pub(super) fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// One of the items; an empty list gives the default.
    pub(super) fn one_of<T: Copy + Default>(&mut self, items: &[T]) -> T {
        items
            .get(self.below(items.len()))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Sequence;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
        let numbers = |seed| {
            let mut sequence = Sequence::new(seed);
            [(); 8].map(|()| sequence.next())
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn every_number_of_a_small_range_comes_up() {
        let mut sequence = Sequence::new(1);
        let mut seen = [0; 6];
        for _ in 0..600 {
            seen[sequence.between(2, 5)] += 1;
        }
        assert_eq!(seen[..2], [0, 0]);
        assert!(seen[2..].iter().all(|count| *count > 100), "{seen:?}");
    }
}
