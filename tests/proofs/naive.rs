//! Whole numbers of any size, as slow and plain as on paper, to hold the fast fractions against.

use std::cmp::Ordering;

/// A whole number of zero or more: decimal digits, smallest first, without zeros at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Big(Vec<u8>);

impl Big {
    pub fn new(value: u128) -> Self {
        Self(
            value
                .to_string()
                .bytes()
                .rev()
                .map(|digit| digit - b'0')
                .collect(),
        )
        .trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    pub fn plus(&self, other: &Self) -> Self {
        let mut digits = Vec::new();
        let mut carry = 0;
        for place in 0..self.0.len().max(other.0.len()) {
            let digit = |big: &Self| big.0.get(place).copied().unwrap_or(0);
            let sum = digit(self) + digit(other) + carry;
            digits.push(sum % 10);
            carry = sum / 10;
        }
        digits.push(carry);
        Self(digits).trimmed()
    }

    /// The difference; `other` is not larger.
    pub fn minus(&self, other: &Self) -> Self {
        let mut digits = Vec::new();
        let mut borrow = 0i8;
        for (place, digit) in self.0.iter().enumerate() {
            let take = other.0.get(place).copied().unwrap_or(0) as i8 + borrow;
            let left = *digit as i8 - take;
            borrow = i8::from(left < 0);
            digits.push(if left < 0 { left + 10 } else { left } as u8);
        }
        assert_eq!(borrow, 0);
        Self(digits).trimmed()
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut sum = Self(Vec::new());
        for (place, digit) in self.0.iter().enumerate() {
            let mut row = Self(Vec::new());
            for _ in 0..*digit {
                row = row.plus(other);
            }
            if !row.0.is_empty() {
                let mut digits = vec![0; place];
                digits.extend(row.0);
                sum = sum.plus(&Self(digits));
            }
        }
        sum
    }

    /// Quotient and remainder, by long division.
    pub fn divided(&self, by: &Self) -> (Self, Self) {
        assert!(!by.0.is_empty());
        let mut quotient = vec![0; self.0.len()];
        let mut rest = Self(Vec::new());
        for place in (0..self.0.len()).rev() {
            let mut digits = vec![self.0[place]];
            digits.extend(rest.0);
            rest = Self(digits).trimmed();
            while rest.compare(by) != Ordering::Less {
                rest = rest.minus(by);
                quotient[place] += 1;
            }
        }
        (Self(quotient).trimmed(), rest)
    }

    pub fn compare(&self, other: &Self) -> Ordering {
        self.0
            .len()
            .cmp(&other.0.len())
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    pub fn value(&self) -> u128 {
        self.0
            .iter()
            .rev()
            .fold(0, |value, digit| value * 10 + u128::from(*digit))
    }
}

/// A fraction of zero or more, never reduced.
#[derive(Debug, Clone)]
pub struct Ratio(pub Big, pub Big);

impl Ratio {
    pub fn new(above: u128, below: u128) -> Self {
        Self(Big::new(above), Big::new(below))
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self(
            self.0.times(&other.1).plus(&other.0.times(&self.1)),
            self.1.times(&other.1),
        )
    }

    pub fn times(&self, other: &Self) -> Self {
        Self(self.0.times(&other.0), self.1.times(&other.1))
    }

    pub fn least(self, other: Self) -> Self {
        match self.0.times(&other.1).compare(&other.0.times(&self.1)) {
            Ordering::Greater => other,
            _ => self,
        }
    }

    /// How many times `1/parts` goes in; half a time or more counts as one.
    pub fn half_up(&self, parts: u128) -> u128 {
        let (quotient, rest) = self.0.times(&Big::new(parts)).divided(&self.1);
        let twice = rest.plus(&rest);
        quotient.value() + u128::from(twice.compare(&self.1) != Ordering::Less)
    }

    /// Down and up, and how the rest compares with a half.
    pub fn steps(&self, step: &Self) -> (u128, u128, Ordering) {
        let (quotient, rest) = self.0.times(&step.1).divided(&self.1.times(&step.0));
        let below = self.1.times(&step.0);
        let up = quotient.value() + u128::from(rest.compare(&Big::new(0)) == Ordering::Greater);
        (quotient.value(), up, rest.plus(&rest).compare(&below))
    }
}
