//! How often something is tried, and numbers that look like chance and are the same every time.
//!
//! The short form runs always; with `MAATWERK_LONG` set the numbers are those of a night.

pub fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("MAATWERK_LONG").is_some() {
        long
    } else {
        short
    }
}

/// A row of numbers that is the same every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % below as u64) as usize
    }
}
