//! Output that does nothing to a terminal: signs that steer one, or turn the reading order round, are written as such.
//!
//! A name in a dossier or a file can hold them. Nothing here knows what is written.

use std::io::{self, Write};

/// Writes on to another, with control signs (but for the end of a line and the tab) and signs of the reading order as
/// `\u001b`, which a reader of JSON takes for the sign itself.
pub(super) struct Printable<'a>(pub(super) &'a mut dyn Write);

impl Write for Printable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let mut rest = &*text;
        while let Some((at, sign)) = rest.char_indices().find(|(_, sign)| steers(*sign)) {
            let (plain, from) = rest.split_at(at);
            self.0.write_all(plain.as_bytes())?;
            write!(self.0, "\\u{:04x}", u32::from(sign))?;
            rest = from.strip_prefix(sign).unwrap_or_default();
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn steers(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\t'))
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_and_everything_else_goes_through() {
        let mut out = Vec::new();
        write!(Printable(&mut out), "Zoë\tA\u{1b}[2J\u{9b}B\u{202e}C\r\n").unwrap();
        let shown = "Zoë\tA\\u001b[2J\\u009bB\\u202eC\\u000d\n";
        assert_eq!(String::from_utf8(out).unwrap(), shown);
    }
}
