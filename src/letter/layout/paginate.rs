//! Putting rows on pages.
//!
//! Knows rows of a height with items in them: nothing of what they say.

use super::super::pages::{Area, Ink, Item, Length, Page, Role, Shape, mm, tenths};

/// White inside a frame above and below a break; it may stand in the margin.
const FRAME_BREAK: Length = tenths(80);
/// How much the last page of a part of a letter holds at least, where rows of the page before it can come along.
const LEAST: Length = mm(80);

/// A strip as wide as the page that is never broken: one line of text, or one line of each cell of a table row.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// White space above it; dropped at the top of a page.
    pub space: Length,
    /// Its own height.
    pub height: Length,
    /// Whether the next row stands on the same page, if at all possible.
    pub keep: bool,
    /// Whether it starts a new page.
    pub new_page: bool,
    /// What is in it; vertical places are measured from the top of the row.
    pub items: Vec<Item>,
    /// The number of the frame around it.
    pub frame: Option<usize>,
    /// The number of the table header that is repeated when this row opens a page.
    pub header: Option<usize>,
}

impl Row {
    /// The same without what is in it: as high, and broken in the same places.
    fn hollow(&self) -> Row {
        Row {
            items: Vec::new(),
            ..*self
        }
    }
}

/// Rows in order, with what they refer to.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The rows.
    pub rows: Vec<Row>,
    /// The rows of each table header.
    pub headers: Vec<Vec<Row>>,
}

/// Where on a page rows may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// Where the first page begins.
    pub first_top: Length,
    /// Where other pages begin.
    pub top: Length,
    /// Where all pages end.
    pub bottom: Length,
    /// The left side of frames.
    pub left: Length,
    /// The width of frames.
    pub width: Length,
}

/// Puts the rows on pages, starting below what is already on the first page.
pub(super) fn paginate(flow: Flow, first_page: Page, body: Body) -> Vec<Page> {
    let Flow { rows, headers } = flow;
    let mut groups: Vec<Vec<Row>> = Vec::new();
    let mut keep = false;
    for row in rows {
        let kept = std::mem::replace(&mut keep, row.keep) && !row.new_page;
        match groups.last_mut() {
            Some(group) if kept => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    fill_last_pages(&mut groups, &headers, !first_page.items.is_empty(), body);
    let mut pager = Pager::new(body, &headers, first_page);
    for group in groups {
        pager.place_together(group);
    }
    pager.close_page();
    pager.pages
}

/// A page as it came out: the first group that begins on it, whether a group goes on there, and how far it is filled.
struct Filled {
    first: usize,
    goes_on: bool,
    height: Length,
}

/// Breaks the page before a last page that would be nearly empty sooner, so that more rows stand on the last one. A part of
/// a letter ends where the next one starts a page.
fn fill_last_pages(groups: &mut [Vec<Row>], headers: &[Vec<Row>], used: bool, body: Body) {
    let room = body.bottom - body.top;
    let height = |group: &[Row]| -> Length { group.iter().map(|row| row.space + row.height).sum() };
    let starts = |group: Option<&Vec<Row>>| {
        group
            .and_then(|group| group.first())
            .is_some_and(|row| row.new_page)
    };
    let pages = dry_run(groups, headers, used, body);
    for (place, page) in pages.iter().enumerate().skip(1) {
        let next = pages.get(place + 1);
        let is_last = next.is_none_or(|next| !next.goes_on && starts(groups.get(next.first)));
        let begins = starts(groups.get(page.first));
        let Some(before) = pages.get(place - 1) else {
            continue;
        };
        if !is_last || begins || page.goes_on || page.height >= LEAST {
            continue;
        }
        let mut moved = 0;
        for at in (before.first + 1..page.first).rev() {
            moved += groups.get(at).map_or(0, |group| height(group));
            if page.height + moved > room || before.height - moved < LEAST {
                break;
            }
            if page.height + moved >= LEAST {
                if let Some(row) = groups.get_mut(at).and_then(|group| group.first_mut()) {
                    row.new_page = true;
                }
                break;
            }
        }
    }
}

/// The pages as they come out, without anything on them.
fn dry_run(groups: &[Vec<Row>], headers: &[Vec<Row>], used: bool, body: Body) -> Vec<Filled> {
    let hollow = |rows: &Vec<Row>| rows.iter().map(Row::hollow).collect::<Vec<_>>();
    let headers: Vec<Vec<Row>> = headers.iter().map(hollow).collect();
    let mut pager = Pager::new(body, &headers, Page::default());
    pager.used = used;
    let mut filled: Vec<Filled> = vec![Filled {
        first: 0,
        goes_on: false,
        height: 0,
    }];
    for (number, group) in groups.iter().enumerate() {
        let fits = group
            .iter()
            .map(|row| row.space + row.height)
            .sum::<Length>()
            <= body.bottom - body.top;
        let before = pager.pages.len();
        let y = pager.y;
        pager.place_together(hollow(group));
        for page in before..pager.pages.len() {
            if let Some(last) = filled.last_mut().filter(|_| page == before) {
                last.height = y - body.top;
            }
            filled.push(Filled {
                first: number,
                goes_on: !fits,
                height: 0,
            });
        }
    }
    if let Some(last) = filled.last_mut() {
        last.height = pager.y - body.top;
    }
    filled
}

struct Pager<'a> {
    body: Body,
    headers: &'a [Vec<Row>],
    pages: Vec<Page>,
    page: Page,
    /// The frames on this page, with their upper and lower side.
    frames: Vec<(usize, Length, Length)>,
    /// Where the next row begins.
    y: Length,
    /// Whether this page was just begun after another one.
    fresh: bool,
    /// Whether anything stands on this page.
    used: bool,
}

impl<'a> Pager<'a> {
    fn new(body: Body, headers: &'a [Vec<Row>], first_page: Page) -> Pager<'a> {
        Pager {
            body,
            headers,
            fresh: false,
            pages: Vec::new(),
            used: !first_page.items.is_empty(),
            page: first_page,
            frames: Vec::new(),
            y: body.first_top,
        }
    }

    /// Puts rows that belong together on one page; rows too high for any page follow each other over several.
    fn place_together(&mut self, rows: Vec<Row>) {
        if let Some(first) = rows.first().filter(|row| row.new_page)
            && self.used
        {
            self.next_page(first.frame);
        }
        let height: Length = rows.iter().map(|row| row.space + row.height).sum();
        let fits_on_a_page = height <= self.body.bottom - self.body.top;
        if fits_on_a_page && self.y + height > self.body.bottom && !self.fresh {
            self.next_page(rows.first().and_then(|row| row.frame));
        }
        for row in rows {
            self.place(row);
        }
    }

    fn place(&mut self, row: Row) {
        if self.y + row.space + row.height > self.body.bottom && !self.fresh {
            self.next_page(row.frame);
        }
        if self.fresh
            && let Some(header) = row.header.and_then(|number| self.headers.get(number))
        {
            self.repeat(header, row.frame);
        }
        let space = if self.fresh { 0 } else { row.space };
        self.fresh = false;
        self.put(row, space);
    }

    fn repeat(&mut self, header: &[Row], frame: Option<usize>) {
        let height: Length = header.iter().map(|row| row.height).sum();
        if height * 3 > self.body.bottom - self.body.top {
            return;
        }
        for row in header {
            let mut row = row.clone();
            row.frame = frame;
            row.items
                .iter_mut()
                .for_each(|item| item.role = Role::Decoration);
            self.put(row, 0);
        }
    }

    fn put(&mut self, row: Row, space: Length) {
        let top = self.y + space;
        let bottom = top + row.height;
        if let Some(number) = row.frame {
            match self.frames.last_mut() {
                Some((last, _, lower)) if *last == number => *lower = bottom,
                _ => self.frames.push((number, top, bottom)),
            }
        }
        self.page
            .items
            .extend(row.items.into_iter().map(|item| lowered(item, top)));
        self.y = bottom;
        self.used = true;
    }

    /// Begins a page; a frame that goes on there has white inside it before and after the break.
    fn next_page(&mut self, goes_on: Option<usize>) {
        let open = self.frames.last_mut();
        let broken = open.filter(|(number, _, _)| Some(*number) == goes_on);
        let broken = broken.map(|(number, _, lower)| {
            *lower += FRAME_BREAK;
            *number
        });
        self.close_page();
        self.y = self.body.top;
        self.fresh = true;
        self.used = false;
        if let Some(number) = broken {
            self.frames.push((number, self.y, self.y + FRAME_BREAK));
            self.y += FRAME_BREAK;
        }
    }

    fn close_page(&mut self) {
        let page = std::mem::take(&mut self.page);
        let mut items: Vec<Item> = Vec::with_capacity(page.items.len());
        for (_, upper, lower) in std::mem::take(&mut self.frames) {
            items.extend(frame(self.body, upper, lower));
        }
        items.extend(page.items);
        self.pages.push(Page { items });
    }
}

/// The ground, the outline and the bar of a frame.
fn frame(body: Body, upper: Length, lower: Length) -> [Item; 5] {
    let (x, y, width, height) = (body.left, upper, body.width, lower - upper);
    let line = tenths(5);
    [
        area(x, y, width, height, Ink::Soft),
        area(x, y, width, line, Ink::Hair),
        area(x, lower - line, width, line, Ink::Hair),
        area(x + width - line, y, line, height, Ink::Hair),
        area(x, y, mm(1), height, Ink::Accent),
    ]
}

/// A filled rectangle that says nothing.
pub(super) fn area(x: Length, y: Length, width: Length, height: Length, ink: Ink) -> Item {
    Item {
        block: None,
        role: Role::Decoration,
        shape: Shape::Area(Area {
            x,
            y,
            width,
            height,
            ink,
        }),
    }
}

/// An item moved down.
pub(super) fn lowered(mut item: Item, by: Length) -> Item {
    match &mut item.shape {
        Shape::Text(text) => text.baseline += by,
        Shape::Area(area) => area.y += by,
        Shape::Picture(picture) => picture.y += by,
    }
    item
}
