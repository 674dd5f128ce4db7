//! The head of the first page: logo, sender and address, each with a fixed place.

use super::super::blocks::{Figure, Sender};
use super::super::pages::{Ink, Item, Length, PictureShape, Role, Shape, mm};
use super::compose::{COLUMN_GAP, Composer, SENDER_DETAILS, line_items};
use super::{BODY, LayoutError, MARGIN, NAME, SMALL, TABLE, WIDTH, plain};

/// Where the first line of the address begins: inside the windows of Dutch and German DL envelopes.
const ADDRESS_TOP: Length = mm(52);
/// How wide the window is, with room for the sheet to shift.
const ADDRESS_WIDTH: Length = mm(80);
/// How many lines the window shows.
const ADDRESS_LINES: usize = 7;
/// Where the text begins below the window.
const BELOW_ADDRESS: Length = mm(97);
/// Where the sender begins.
const SENDER_TOP: Length = mm(19);
/// How many lines of name and department fit above the address.
const SENDER_NAMES: usize = 3;
/// How many lines of details there are room for.
const SENDER_LINES: usize = 20;
/// Where a logo begins, how wide and how high it is at most, and where the name then begins.
const LOGO_TOP: Length = mm(11);
const LOGO_WIDTH: Length = mm(70);
const LOGO_HEIGHT: Length = mm(15);
const BELOW_LOGO: Length = mm(28);

impl Composer<'_> {
    pub(super) fn sender(&mut self, sender: &Sender) -> Result<(), LayoutError> {
        self.refuse_in_frame("De afzender")?;
        let block = Some(self.block);
        let top = self.logo(sender.logo.as_ref()).unwrap_or(SENDER_TOP);
        let mut bottom = top;
        let mut names = 0;
        let name_width = SENDER_DETAILS - MARGIN - COLUMN_GAP;
        for (number, (text, kind, strong, ink)) in [
            (&sender.name, NAME, true, Ink::Text),
            (&sender.department, TABLE, false, Ink::Muted),
        ]
        .into_iter()
        .enumerate()
        {
            if text.is_empty() {
                continue;
            }
            for line in self.lines(&plain(text), strong, kind, name_width) {
                let baseline = bottom + kind.ascent();
                let role = Role::Sender(number);
                let items = line_items(&line, MARGIN, baseline, kind.size, ink, block, role);
                self.first_page.items.extend(items);
                bottom += kind.leading;
                names += 1;
            }
        }
        if names > SENDER_NAMES {
            return Err(LayoutError::TooLong {
                place: "De naam van de afzender",
                lines: names,
                room: SENDER_NAMES,
            });
        }
        let mut details = Vec::new();
        // After the name and the department.
        for (number, text) in (2..).zip(&sender.lines) {
            let measure = MARGIN + WIDTH - SENDER_DETAILS;
            let lines = self.lines(&plain(text), false, SMALL, measure);
            details.extend(lines.into_iter().map(|line| (Role::Sender(number), line)));
        }
        if details.len() > SENDER_LINES {
            return Err(LayoutError::TooLong {
                place: "De afzender",
                lines: details.len(),
                room: SENDER_LINES,
            });
        }
        // The first line of the details stands on the line of the name.
        let mut baseline = top + NAME.ascent();
        for (role, line) in details {
            let items = line_items(
                &line,
                SENDER_DETAILS,
                baseline,
                SMALL.size,
                Ink::Muted,
                block,
                role,
            );
            self.first_page.items.extend(items);
            baseline += SMALL.leading;
        }
        self.first_top = self.first_top.max(bottom + mm(8)).max(baseline + mm(4));
        Ok(())
    }

    pub(super) fn address(&mut self, address: &[String]) -> Result<(), LayoutError> {
        self.refuse_in_frame("Het adres")?;
        let mut lines = Vec::new();
        for (number, text) in address.iter().enumerate() {
            let broken = self.lines(&plain(text), false, BODY, ADDRESS_WIDTH);
            lines.extend(broken.into_iter().map(|line| (Role::Address(number), line)));
        }
        if lines.len() > ADDRESS_LINES {
            return Err(LayoutError::TooLong {
                place: "Het adres",
                lines: lines.len(),
                room: ADDRESS_LINES,
            });
        }
        let mut baseline = ADDRESS_TOP + BODY.ascent();
        for (role, line) in lines {
            let items = line_items(
                &line,
                MARGIN,
                baseline,
                BODY.size,
                Ink::Text,
                Some(self.block),
                role,
            );
            self.first_page.items.extend(items);
            baseline += mm(5);
        }
        self.first_top = self.first_top.max(BELOW_ADDRESS);
        Ok(())
    }

    /// Sets the logo in its place, as large as fits; gives where the name then begins.
    fn logo(&mut self, logo: Option<&Figure>) -> Option<Length> {
        let figure = logo?;
        let (across, down) = figure.picture.size();
        let (across, down) = (Length::from(across.max(1)), Length::from(down.max(1)));
        let width = LOGO_WIDTH.min(LOGO_HEIGHT * across / down).max(1);
        let height = (width * down / across).clamp(1, LOGO_HEIGHT);
        let shape = PictureShape {
            x: MARGIN,
            y: LOGO_TOP,
            width,
            height,
            figure: figure.clone(),
        };
        self.first_page.items.push(Item {
            block: Some(self.block),
            role: Role::Logo,
            shape: Shape::Picture(shape),
        });
        Some(BELOW_LOGO)
    }
}
