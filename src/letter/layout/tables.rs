//! Tables and the lines of the calculation: widths of columns, rules, totals.

use super::super::blocks::{Align, CalculationLine, Table, TableRow, Text};
use super::super::pages::{Ink, Length, Role, pt, tenths};
use super::compose::{COLUMN_GAP, Cell, Composer, GAP, Keep, below};
use super::lines::natural_width;
use super::paginate::{Row, area, lowered};
use super::{LayoutError, SMALL, TABLE, plain};

/// The white above and below the text of a row.
const PADDING: Length = tenths(35);
/// How many columns can stand side by side: more would leave no room for a word.
const COLUMNS: usize = 12;
/// How far a deeper line of the calculation stands to the right of the one above it.
const INDENT: Length = pt(12);
/// From this depth on, lines of the calculation are not indented further.
const DEEPEST: u8 = 6;

/// The left side and the width of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    x: Length,
    width: Length,
}

impl Composer<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), LayoutError> {
        let columns = table.columns.len();
        if columns > COLUMNS {
            return Err(LayoutError::TooManyColumns {
                columns,
                room: COLUMNS,
            });
        }
        for (number, row) in (1_usize..).zip(&table.rows) {
            if row.cells.len() > columns {
                return Err(LayoutError::TooManyCells {
                    row: number,
                    cells: row.cells.len(),
                    columns,
                });
            }
        }
        self.gap = self.gap.max(GAP);
        let places = self.column_places(table);
        let header = self.table_header(table, &places);
        for (number, row) in table.rows.iter().enumerate() {
            self.table_row(table, &places, header, number, row);
        }
        self.close();
        Ok(())
    }

    /// The header row, if any column has a title; its number for repeating it.
    fn table_header(&mut self, table: &Table, places: &[Place]) -> Option<usize> {
        if table.columns.iter().all(|column| column.title.is_empty()) {
            return None;
        }
        let mut cells = Vec::new();
        for (number, (column, place)) in table.columns.iter().zip(places).enumerate() {
            let lines = self.set(&plain(&column.title), true, SMALL, Ink::Muted, place.width);
            cells.push(Cell {
                x: place.x,
                right: right(column.align, *place),
                role: Role::HeaderCell(number),
                lines,
            });
        }
        let mut rows = self.rows_of(cells, Keep::All);
        let (left, width) = (self.left, self.width);
        if let Some(last) = rows.last_mut() {
            last.height += tenths(25);
            last.items.push(area(
                left,
                last.height - tenths(7),
                width,
                tenths(7),
                Ink::Rule,
            ));
        }
        let number = self.flow.headers.len();
        self.flow.headers.push(rows.clone());
        for row in rows {
            self.push(row);
        }
        self.keep_last();
        Some(number)
    }

    fn table_row(
        &mut self,
        table: &Table,
        places: &[Place],
        header: Option<usize>,
        number: usize,
        row: &TableRow,
    ) {
        let mut cells = Vec::new();
        for (column, ((cell, place), kind)) in
            row.cells.iter().zip(places).zip(&table.columns).enumerate()
        {
            let lines = self.set(&cell.runs, row.total, TABLE, Ink::Text, place.width);
            let role = Role::Cell {
                row: number,
                column,
            };
            cells.push(Cell {
                x: place.x,
                right: right(kind.align, *place),
                role,
                lines,
            });
        }
        let rows = self.rows_of(cells, Keep::All);
        if row.total && number > 0 {
            self.keep_last();
        }
        let ink = if row.total {
            Some(Ink::Rule)
        } else {
            (number > 0).then_some(Ink::Hair)
        };
        self.push_ruled(rows, ink, header);
    }

    /// Adds rows with white above and below them, and a rule on top.
    fn push_ruled(&mut self, mut rows: Vec<Row>, ink: Option<Ink>, header: Option<usize>) {
        let (left, width) = (self.left, self.width);
        if let Some(first) = rows.first_mut() {
            first.height += PADDING;
            let items = std::mem::take(&mut first.items);
            first.items.extend(ink.map(|ink| {
                let height = if ink == Ink::Hair {
                    tenths(4)
                } else {
                    tenths(7)
                };
                area(left, 0, width, height, ink)
            }));
            first
                .items
                .extend(items.into_iter().map(|item| lowered(item, PADDING)));
        }
        if let Some(last) = rows.last_mut() {
            last.height += PADDING;
        }
        for mut row in rows {
            row.header = header;
            self.push(row);
        }
    }

    /// The rule under the last row.
    fn close(&mut self) {
        let (left, width) = (self.left, self.width);
        if let Some(last) = self.flow.rows.last_mut() {
            last.items
                .push(area(left, last.height, width, tenths(4), Ink::Hair));
        }
        self.gap = pt(14);
    }

    /// Columns of amounts get what their widest cell needs, at most 70% together; columns of words share the rest,
    /// the narrow ones as much as they need, the wide ones equally.
    /// Of each column of words the width of its longest one.
    fn longest_words(&self, table: &Table) -> Vec<Length> {
        let width = |text: &str, strong, size| {
            let words = text.split(' ');
            let widths =
                words.map(|word| natural_width(self.typefaces, &plain(word), strong, size));
            widths.max().unwrap_or(0)
        };
        let columns = table.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| column.align == Align::Left);
        columns
            .map(|(number, column)| {
                let cells = table.rows.iter().filter_map(|row| {
                    let text = row.cells.get(number)?.to_string();
                    Some(width(&text, row.total, TABLE.size))
                });
                cells.fold(width(&column.title, true, SMALL.size), Length::max)
            })
            .collect()
    }

    fn column_places(&self, table: &Table) -> Vec<Place> {
        let count = table.columns.len() as Length;
        let room = (self.width - COLUMN_GAP * (count - 1).max(0)).max(0);
        let needs: Vec<Length> = table
            .columns
            .iter()
            .enumerate()
            .map(|(number, column)| {
                let title = natural_width(self.typefaces, &plain(&column.title), true, SMALL.size);
                let cells = table.rows.iter().filter_map(|row| {
                    let runs = &row.cells.get(number)?.runs;
                    Some(natural_width(self.typefaces, runs, row.total, TABLE.size))
                });
                cells.fold(title, Length::max)
            })
            .collect();
        let of = |align: Align| {
            let chosen = table
                .columns
                .iter()
                .zip(&needs)
                .filter(move |(column, _)| column.align == align);
            chosen.map(|(_, need)| *need).collect::<Vec<_>>()
        };
        let (words, amounts) = (of(Align::Left), of(Align::Right));
        let for_amounts = if words.is_empty() {
            room
        } else {
            room * 70 / 100
        };
        let amounts_wanted = amounts.iter().sum();
        let mut amounts = shared(&amounts, for_amounts.min(amounts_wanted));
        let left_over = room - amounts.iter().sum::<Length>();
        let mut words = if words.iter().sum::<Length>() <= left_over {
            shared(&words, left_over)
        } else {
            as_high(&words, &self.longest_words(table), left_over)
        }
        .into_iter();
        if words.len() == 0
            && let Some(first) = amounts.first_mut()
        {
            *first += left_over;
        }
        let mut amounts = amounts.into_iter();
        let mut x = self.left;
        let mut places = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let width = match column.align {
                Align::Left => words.next(),
                Align::Right => amounts.next(),
            };
            let width = width.unwrap_or(0);
            places.push(Place { x, width });
            x += width + COLUMN_GAP;
        }
        places
    }

    pub(super) fn calculation(&mut self, lines: &[CalculationLine]) {
        let amount_width = |line: &CalculationLine| {
            natural_width(
                self.typefaces,
                &plain(&line.amount),
                line.strong,
                TABLE.size,
            )
        };
        let number_width = |line: &CalculationLine| {
            natural_width(
                self.typefaces,
                &plain(&line.number),
                line.strong,
                TABLE.size,
            )
        };
        let amounts = lines
            .iter()
            .map(amount_width)
            .max()
            .unwrap_or(0)
            .min(self.width * 45 / 100);
        let numbers = lines
            .iter()
            .map(number_width)
            .max()
            .unwrap_or(0)
            .min(self.width / 5);
        let texts = numbers + COLUMN_GAP;
        let right = self.left + self.width - amounts;
        self.gap = self.gap.max(GAP);
        for (index, line) in lines.iter().enumerate() {
            let indent = texts + INDENT * Length::from(line.depth.min(DEEPEST));
            let measure = self.width - indent - amounts - COLUMN_GAP;
            let text = self.set(&line.text.runs, line.strong, TABLE, Ink::Text, measure);
            let note = if line.note == Text::default() {
                Vec::new()
            } else {
                let note = self.set(&line.note.runs, false, SMALL, Ink::Muted, measure);
                below(text.len(), note)
            };
            let number = self.set(
                &plain(&line.number),
                line.strong,
                TABLE,
                Ink::Muted,
                numbers,
            );
            let amount = self.set(&plain(&line.amount), line.strong, TABLE, Ink::Text, amounts);
            let cells = vec![
                Cell {
                    x: self.left,
                    right: None,
                    role: Role::CalculationNumber(index),
                    lines: number,
                },
                Cell {
                    x: self.left + indent,
                    right: None,
                    role: Role::CalculationText(index),
                    lines: text,
                },
                Cell {
                    x: self.left + indent,
                    right: None,
                    role: Role::CalculationNote(index),
                    lines: note,
                },
                Cell {
                    x: right,
                    right: Some(amounts),
                    role: Role::CalculationAmount(index),
                    lines: amount,
                },
            ];
            let rows = self.rows_of(cells, Keep::All);
            let ink = if line.depth == 0 {
                Ink::Rule
            } else {
                Ink::Hair
            };
            self.push_ruled(rows, Some(ink), None);
        }
        if !lines.is_empty() {
            self.close();
        }
    }
}

/// The width to the right side of which a column is set, if it is.
fn right(align: Align, place: Place) -> Option<Length> {
    (align == Align::Right).then_some(place.width)
}

/// Shares a width that is too small so that columns of words come out about as high: each gets its longest word, and of the
/// rest as much as it needs more.
fn as_high(needs: &[Length], least: &[Length], room: Length) -> Vec<Length> {
    let rest = room - least.iter().sum::<Length>();
    let wanted: Length = needs
        .iter()
        .zip(least)
        .map(|(need, least)| need - least)
        .sum();
    if rest < 0 || wanted <= 0 {
        return shared(needs, room);
    }
    let each = needs.iter().zip(least);
    let mut shares: Vec<Length> = each
        .map(|(need, least)| least + rest * (need - least) / wanted)
        .collect();
    let given: Length = shares.iter().sum();
    if let Some(last) = shares.last_mut() {
        *last += room - given;
    }
    shares
}

/// Shares a width: who needs less than an equal share gets what it needs, the others share the rest equally; what
/// nobody needs goes to the one that needs most.
fn shared(needs: &[Length], room: Length) -> Vec<Length> {
    let mut shares = vec![0; needs.len()];
    let mut order: Vec<(usize, Length)> = needs.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, need)| *need);
    let mut rest = room.max(0);
    let mut claimants = order.len() as Length;
    for (number, need) in &order {
        let share = (*need).min(rest / claimants.max(1));
        if let Some(place) = shares.get_mut(*number) {
            *place = share;
        }
        rest -= share;
        claimants -= 1;
    }
    if let Some(widest) = order.last().and_then(|(number, _)| shares.get_mut(*number)) {
        *widest += rest;
    }
    shares
}
