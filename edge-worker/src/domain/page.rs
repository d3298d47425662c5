//! One page of a long list.

/// Which page, and how long pages are; both begin at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    number: u32,
    limit: u32,
}

/// The number or the limit is outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRefused;

impl Default for Page {
    fn default() -> Self {
        Self {
            number: 1,
            limit: Self::DEFAULT_LIMIT,
        }
    }
}

impl Page {
    /// How long a page is when nobody says.
    pub const DEFAULT_LIMIT: u32 = 50;
    /// The longest page.
    pub const MAX_LIMIT: u32 = 200;
    /// The last page that can be asked for: beyond it no list of ours goes.
    pub const MAX_NUMBER: u32 = 1_000_000;

    /// The page with this number, counted from 1.
    pub fn new(number: u32, limit: u32) -> Result<Self, PageRefused> {
        if (1..=Self::MAX_NUMBER).contains(&number) && (1..=Self::MAX_LIMIT).contains(&limit) {
            Ok(Self { number, limit })
        } else {
            Err(PageRefused)
        }
    }

    /// The page's number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// How many rows it holds.
    #[must_use]
    pub const fn limit(self) -> u32 {
        self.limit
    }

    /// How many rows stand before it.
    #[must_use]
    pub fn offset(self) -> i64 {
        i64::from(self.number.saturating_sub(1)) * i64::from(self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_a_gap() {
        for (number, limit, offset) in [
            (1, 50, Some(0)),
            (2, 50, Some(50)),
            (3, 200, Some(400)),
            (1_000_000, 200, Some(199_999_800)),
            (0, 50, None),
            (1_000_001, 50, None),
            (1, 0, None),
            (1, 201, None),
        ] {
            let page = Page::new(number, limit);
            assert_eq!(page.ok().map(Page::offset), offset, "{number} {limit}");
        }
    }
}
