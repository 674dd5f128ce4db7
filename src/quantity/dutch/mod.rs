//! What people type and what they read: Dutch amounts, percentages, durations and dates.
//!
//! One place reads and one place writes, so that a figure looks the same on the screen, in the
//! letter and in a message, and so that whatever is printed can be typed back.
//!
//! | reading | writing |
//! |---|---|
//! | [`parse_amount`] | [`euro`], [`signed_euro`], [`amount`], [`number`], [`fraction`] |
//! | [`parse_percentage`] | [`percentage`] |
//! | [`parse_minutes`] | [`minutes`], [`hours_and_minutes`] |
//! | [`parse_date`] | [`date_short`], [`date_long`] |
//! | | [`capital`], [`listed`], [`counted`] |
//!
//! Three rules hold everywhere:
//!
//! * **Never guess.** A text with two readings (`1.234`) is an error that carries both, so that
//!   the screen can ask. A text that reads as nothing says what to type instead.
//! * **Never round.** Printing shows every decimal that is stored; only [`fraction`] cuts, and
//!   then it prints `…` behind the last digit.
//! * **No floating point**, on the way in or on the way out.
//!
//! This file knows nothing of products, tariffs or dossiers: ranges that depend on those are
//! checked where they are known.
//!
//! ```
//! use maatwerk::quantity::dutch::{self, TypingError};
//!
//! let price = dutch::parse_amount("€ 1.234,5")?;
//! assert_eq!(dutch::euro(price), "€\u{a0}1.234,50");
//!
//! // A point with three digits behind it: thousand, or decimal? The screen asks.
//! assert!(matches!(dutch::parse_amount("1.234"), Err(TypingError::Ambiguous { .. })));
//! # Ok::<(), TypingError>(())
//! ```

mod date;
mod duration;
mod error;
mod read_number;
mod words;
mod write_number;

pub use date::{FIRST_YEAR, LAST_YEAR, date_long, date_short, month_name, parse_date};
pub use duration::{DurationUnit, MAX_MINUTES, hours_and_minutes, minutes, parse_minutes};
pub use error::TypingError;
pub use read_number::{MAX_DECIMALS, MAX_WHOLE_DIGITS, parse_amount, parse_percentage};
pub use words::{capital, counted, listed};
pub use write_number::{amount, euro, fraction, number, percentage, signed_euro};

/// The space between the euro sign and the amount, where no line may break.
const NO_BREAK_SPACE: char = '\u{a0}';

/// The sign in front of a negative figure: a real minus, as wide as a plus.
const MINUS: char = '\u{2212}';

/// Longest text that is looked at, in bytes; far beyond any amount, duration or date.
const MAX_TYPED_BYTES: usize = 64;

/// Cuts spaces, tabs and no-break spaces off both ends.
fn trimmed(typed: &str) -> &str {
    typed.trim_matches(|c: char| c.is_whitespace() || c == NO_BREAK_SPACE)
}

/// Takes a sign off the front: `-` and `−` are negative, `+` says so explicitly.
fn without_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', MINUS]) {
        (true, rest)
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    }
}

/// Whether a text is one or more of the digits 0 to 9 (other scripts have digits too).
fn only_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
