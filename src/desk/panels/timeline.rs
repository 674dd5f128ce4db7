//! The timeline: a table of every line, and its days drawn along one axis beside it, or below it where there is no room.
//!
//! A row is one entry of a list for a screen reader, with everything that is drawn also said in words.

use egui::accesskit::Role;
use egui::{
    Context, CornerRadius, Id, Painter, Rect, Response, ScrollArea, Sense, Shape, Stroke,
    StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::desk::theme::{self, Hue, Palette};
use crate::desk::view::{Axis, Bar, BarState, Timeline};
use crate::desk::widgets::button::secondary_ui;
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{Tone, heading_ui, line_of, lines_of, muted_ui};

/// What came of the timeline in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is being read.
    Waiting,
    /// Show this line.
    Line(usize),
    /// Put it away.
    Nothing,
}

/// Draws the timeline over the window.
pub fn timeline_ui(ctx: &Context, timeline: &Timeline) -> Answer {
    let room = ctx.content_rect();
    let id = Id::unique("timeline");
    let (answer, leaves) = sheet_ui(ctx, (id, "Tijdlijn"), |ui| {
        ui.set_width((room.width() - 2.0 * theme::PART).min(1180.0));
        heading_ui(ui, "Tijdlijn");
        if timeline.bars.is_empty() {
            muted_ui(
                ui,
                "Hier komen de regels met hun dagen. Voeg eerst een regel toe.",
            );
        }
        let columns = Columns::of(ui.available_width() - ui.spacing().scroll.allocated_width());
        axis_ui(ui, &timeline.axis, &columns);
        let mut answer = Answer::Waiting;
        ScrollArea::vertical()
            .max_height((room.height() - 230.0).max(120.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let list = UiBuilder::new().accessibility_role(Role::ListBox);
                ui.scope_builder(list, |ui| {
                    let scope = ui.unique_id();
                    ui.ctx()
                        .accesskit_node_builder(scope, |node| node.set_label("Tijdlijn"));
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (index, bar) in timeline.bars.iter().enumerate() {
                        let row = row_ui(ui, index, bar, &timeline.axis, &columns);
                        // The keyboard begins at the first line.
                        if index == 0 && ui.memory(|memory| memory.focused().is_none()) {
                            row.request_focus();
                        }
                        if row.clicked() {
                            answer = Answer::Line(index);
                        }
                    }
                });
            });
        ui.add_space(theme::SMALL);
        if secondary_ui(ui, "Sluit de tijdlijn").clicked() {
            answer = Answer::Nothing;
        }
        answer
    });
    match answer {
        Answer::Waiting if leaves => Answer::Nothing,
        answer => answer,
    }
}

/// Where the cells of a row stand, from its left, and how wide each is.
struct Columns {
    /// Of the whole row: the bar that scrolls them has room beside it.
    width: f32,
    cells: [(f32, f32); 5],
    /// Where the drawing begins; nothing where it stands below the cells.
    drawing: Option<f32>,
}

/// What stands above the cells.
const HEADS: [&str; 5] = ["Regel", "Van", "Tot en met", "Omvang", "Bedrag"];
/// From this width, in points, the drawing stands beside the cells.
const BESIDE: f32 = 900.0;
/// The height of a drawing below the cells.
const BELOW: f32 = 26.0;
/// The room for a day.
const DAY: f32 = 84.0;

impl Columns {
    fn of(width: f32) -> Self {
        let beside = width >= BESIDE;
        let table = if beside { width * 0.62 } else { width };
        let rest = table - 2.0 * DAY;
        let wide = [rest * 0.42, DAY, DAY, rest * 0.30, rest * 0.28];
        let mut left = 4.0;
        let cells = wide.map(|wide| {
            let cell = (left, wide - theme::SMALL);
            left += wide;
            cell
        });
        Self {
            width,
            cells,
            drawing: beside.then_some(table + theme::LARGE),
        }
    }

    /// Where the drawing of a row stands.
    fn drawing(&self, rect: Rect) -> Rect {
        match self.drawing {
            Some(left) => rect.with_min_x(rect.left() + left),
            None => Rect::from_min_max(
                pos2(rect.left() + 16.0, rect.bottom() - BELOW),
                rect.max - vec2(4.0, 0.0),
            ),
        }
    }
}

/// The place of a day on the axis.
fn x_of(rect: Rect, axis: &Axis, day: i32) -> f32 {
    let share = day as f32 / axis.days.max(1) as f32;
    rect.left() + rect.width() * share.clamp(0.0, 1.0)
}

fn axis_ui(ui: &mut Ui, axis: &Axis, columns: &Columns) {
    let palette = Palette::of(ui);
    let high = if columns.drawing.is_some() {
        36.0
    } else {
        54.0
    };
    let (rect, _) = ui.allocate_exact_size(vec2(columns.width, high), Sense::hover());
    let line = columns.drawing(rect);
    let top = if columns.drawing.is_some() {
        rect.bottom() - 18.0
    } else {
        rect.top()
    };
    for ((left, wide), head) in columns.cells.into_iter().zip(HEADS) {
        let words = lines_of(ui, head, &TextStyle::Small, palette.muted, wide);
        let at = pos2(rect.left() + left, top);
        ui.painter().galley(at, words, palette.muted);
    }
    let today = (axis.today, "vandaag", palette.text, line.bottom() - 36.0);
    let ticks = axis.ticks.iter();
    let ticks = ticks.map(|(day, name)| (*day, name.as_str(), palette.muted, line.bottom() - 18.0));
    for (day, name, ink, top) in ticks.chain([today]) {
        let words = line_of(ui, name, &TextStyle::Small, ink);
        // What is said at the end of the axis stays within it.
        let left = x_of(line, axis, day).min(line.right() - words.size().x);
        ui.painter().galley(pos2(left, top), words, ink);
    }
}

fn row_ui(ui: &mut Ui, index: usize, bar: &Bar, axis: &Axis, columns: &Columns) -> Response {
    let palette = Palette::of(ui);
    let [(_, inner), ..] = columns.cells;
    let title = lines_of(ui, &bar.title, &theme::strong(), palette.text, inner);
    let marked = match bar.tone {
        Some(Tone::Fault) => Some((Icon::Fault, palette.danger.strong)),
        Some(Tone::Warning) => Some((Icon::Warning, palette.warning.strong)),
        Some(Tone::Info) | None => None,
    };
    let aside = marked.map_or(0.0, |_| 20.0);
    let words = [bar.tone.map_or("", Tone::word), &bar.word, &bar.moved];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let about = words.join(" · ");
    let about = lines_of(ui, &about, &TextStyle::Small, palette.muted, inner - aside);
    let [from, to] = &bar.days;
    let texts = [from, to, &bar.extent, &bar.amount].map(|text| match text.as_str() {
        "" => "geen",
        text => text,
    });
    let cells = columns.cells.into_iter().skip(1).zip(texts);
    let cells: Vec<_> = cells
        .map(|((left, wide), text)| {
            let words = lines_of(ui, text, &TextStyle::Small, palette.text, wide);
            (left, words)
        })
        .collect();
    let highest = cells.iter().map(|(_, words)| words.size().y);
    let highest = highest.fold(title.size().y + about.size().y, f32::max);
    let below = columns.drawing.map_or(BELOW, |_| 0.0);
    let (rect, _) =
        ui.allocate_exact_size(vec2(columns.width, highest + 12.0 + below), Sense::hover());
    let response = ui.interact(rect, Id::unique(("timeline", index)), Sense::click());
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS), palette.accent.soft);
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        Stroke::new(1.0, palette.hairline),
    );
    let (left, top) = (rect.left() + 4.0, rect.top() + 6.0);
    let second = top + title.size().y;
    painter.galley(pos2(left, top), title, palette.text);
    if let Some((icon, ink)) = marked {
        let at = Rect::from_min_size(pos2(left, second + 1.0), vec2(14.0, 14.0));
        icon.paint(painter, at, ink);
    }
    painter.galley(pos2(left + aside, second), about, palette.muted);
    for (left, words) in cells {
        painter.galley(pos2(rect.left() + left, top + 2.0), words, palette.text);
    }
    let area = columns.drawing(rect);
    for (day, _) in &axis.ticks {
        let x = x_of(area, axis, *day);
        painter.vline(x, area.y_range(), Stroke::new(1.0, palette.hairline));
    }
    let today = x_of(area, axis, axis.today);
    painter.vline(today, area.y_range(), Stroke::new(1.0, palette.text));
    bar_ui(
        painter,
        palette,
        area,
        bar,
        axis,
        &TextStyle::Small.resolve(ui.style()),
    );
    if response.has_focus() {
        painter.rect_stroke(
            rect,
            CornerRadius::same(theme::RADIUS),
            Stroke::new(2.0, palette.accent.strong),
            StrokeKind::Inside,
        );
    }
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), false, said(bar))
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// The days of a line: filled where it is granted, an outline where nothing comes of it, a dashed line up to its first end.
fn bar_ui(
    painter: &Painter,
    palette: &Palette,
    area: Rect,
    bar: &Bar,
    axis: &Axis,
    font: &egui::FontId,
) {
    let hue: Hue = match (bar.tone, bar.state) {
        (Some(Tone::Fault), _) => palette.danger,
        (Some(Tone::Warning), _) => palette.warning,
        (_, BarState::Pgb) => palette.good,
        _ => palette.accent,
    };
    let middle = area.center().y;
    let left = x_of(area, axis, bar.from);
    let right = x_of(area, axis, bar.to.unwrap_or(axis.days)).max(left + 3.0);
    let rect = Rect::from_min_max(pos2(left, middle - 9.0), pos2(right, middle + 9.0));
    let radius = CornerRadius::same(3);
    if let Some(end) = bar.first_end {
        let until = pos2(x_of(area, axis, end), middle);
        let dashes = [pos2(right, middle), until];
        painter.extend(Shape::dashed_line(
            &dashes,
            Stroke::new(1.5, palette.muted),
            4.0,
            3.0,
        ));
    }
    if bar.state == BarState::Void {
        painter.rect_stroke(
            rect,
            radius,
            Stroke::new(1.0, palette.muted),
            StrokeKind::Inside,
        );
    } else {
        painter.rect(
            rect,
            radius,
            hue.soft,
            Stroke::new(1.0, hue.strong),
            StrokeKind::Inside,
        );
    }
    if bar.to.is_none() {
        // No end: an arrow out of the axis.
        let tip = pos2(area.right(), middle);
        let stroke = Stroke::new(2.0, hue.strong);
        painter.line_segment([tip - vec2(6.0, 6.0), tip], stroke);
        painter.line_segment([tip - vec2(6.0, -6.0), tip], stroke);
    }
    let word = painter.layout_no_wrap(bar.word.clone(), font.clone(), palette.text);
    if word.size().x + 12.0 <= rect.width() {
        let at = pos2(rect.left() + 6.0, middle - word.size().y / 2.0);
        painter.galley(at, word, palette.text);
    }
}

/// A line with its days in words.
fn said(bar: &Bar) -> String {
    let tone = bar.tone.map(|tone| format!("{}: ", tone.word()));
    let mut words = tone.unwrap_or_default();
    words.push_str(&bar.title);
    for part in [&bar.period, &bar.word, &bar.detail, &bar.amount, &bar.moved] {
        if !part.is_empty() && !words.contains(part.as_str()) {
            words.push_str(", ");
            words.push_str(part);
        }
    }
    words
}
