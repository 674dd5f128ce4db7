//! The course of the budget: what is planned, spent and left per month, as a plot with the same figures in a table.

use egui::accesskit::Role;
use egui::{Color32, Sense, Shape, Stroke, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{Line, LineStyle, Plot, PlotPoints};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;

use super::showing::Course;
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::text::{line_of, muted_ui};
use crate::quantity::dutch::{amount, month_name};

const NAMES: [&str; 3] = ["Gepland", "Uitgegeven", "Over"];
/// Room for an amount.
const AMOUNT: f32 = 104.0;

/// Draws the course of a scenario.
pub(crate) fn course_ui(ui: &mut Ui, course: &Course) {
    if course.months.is_empty() {
        muted_ui(
            ui,
            "Hier komt het verloop per maand. Kies eerst wie er betaald wordt.",
        );
        return;
    }
    let width = ui.available_width();
    if width >= 780.0 {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GROUP;
            let table = 3.0 * AMOUNT + 130.0;
            ui.vertical(|ui| {
                ui.set_width(width - table - theme::GROUP);
                plot_ui(ui, course);
            });
            ui.vertical(|ui| {
                ui.set_width(table);
                table_ui(ui, course);
            });
        });
    } else {
        plot_ui(ui, course);
        table_ui(ui, course);
    }
}

/// The month with this number, counted from the first.
fn month_of(course: &Course, number: f64) -> Option<String> {
    let (year, month) = course.first;
    let number = i64::from_f64(number.round()).filter(|number| *number >= 0)?;
    let all = i64::from(year) * 12 + i64::from(month) - 1 + number;
    let known = usize::try_from(number).ok()? < course.months.len();
    let name = month_name(i8::try_from(all.rem_euclid(12) + 1).ok()?);
    let short: String = name.chars().take(3).collect();
    known.then(|| format!("{short} {}", all.div_euclid(12)))
}

/// How each line is drawn: by colour, and by how it is broken.
fn inks(palette: &Palette) -> [(Color32, LineStyle); 3] {
    [
        (palette.accent.strong, LineStyle::dashed_loose()),
        (palette.warning.strong, LineStyle::Solid),
        (palette.good.strong, LineStyle::dotted_dense()),
    ]
}

/// Which line is which.
fn key_ui(ui: &mut Ui) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        for (name, (ink, style)) in NAMES.iter().zip(inks(palette)) {
            let text = line_of(ui, name, &TextStyle::Small, palette.text);
            let size = vec2(34.0 + text.size().x + theme::SMALL, text.size().y);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let line = [rect.left_center(), rect.left_center() + vec2(26.0, 0.0)];
            let stroke = Stroke::new(2.0, ink);
            let painter = ui.painter();
            match style {
                LineStyle::Solid => {
                    painter.line_segment(line, stroke);
                }
                LineStyle::Dashed { .. } => {
                    painter.extend(Shape::dashed_line(&line, stroke, 7.0, 4.0));
                }
                LineStyle::Dotted { .. } => {
                    painter.extend(Shape::dotted_line(&line, ink, 5.0, 1.5));
                }
            }
            let at = pos2(rect.left() + 34.0, rect.top());
            ui.painter().galley(at, text, palette.text);
        }
    });
}

fn plot_ui(ui: &mut Ui, course: &Course) {
    let palette = Palette::of(ui);
    key_ui(ui);
    let inks = inks(palette);
    let euros = |mark: egui_plot::GridMark| {
        let whole = Decimal::from_f64(mark.value.round()).unwrap_or_default();
        let text = amount(whole);
        format!("€ {}", text.strip_suffix(",00").unwrap_or(&text))
    };
    let id = ui.scope_id().with("course");
    let response = Plot::new("course")
        .id(id)
        .height(232.0)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .include_y(0.0)
        .x_axis_formatter(|mark, _| {
            let whole = (mark.value - mark.value.round()).abs() < 0.01;
            let name = whole.then(|| month_of(course, mark.value)).flatten();
            name.unwrap_or_default()
        })
        .y_axis_formatter(|mark, _| euros(mark))
        .y_axis_min_width(56.0)
        .show_background(false)
        .show_grid([false, true])
        .grid_color(palette.hairline)
        .sense(Sense::hover())
        .show(ui, |plot| {
            for ((name, points), (ink, style)) in NAMES.iter().zip(&course.points).zip(inks) {
                let points = PlotPoints::from(points.clone());
                plot.line(
                    Line::new(*name, points)
                        .color(ink)
                        .width(2.0)
                        .style(style)
                        .allow_hover(false),
                );
            }
        })
        .response;
    response.widget_info(|| {
        let words = "Verloop van het budget; dezelfde bedragen staan in de tabel";
        WidgetInfo::labeled(Role::Image, true, words)
    });
}

fn table_ui(ui: &mut Ui, course: &Course) {
    let palette = Palette::of(ui);
    let list = UiBuilder::new()
        .id_salt("months")
        .accessibility_role(Role::List);
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label("Verloop per maand"));
        ui.spacing_mut().item_spacing.y = 0.0;
        let wide = ui.available_width().min(3.0 * AMOUNT + 160.0);
        row_ui(ui, wide, "Maand", &NAMES, true);
        egui::ScrollArea::vertical()
            .id_salt("course table")
            .max_height(312.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (name, values) in &course.months {
                    row_ui(ui, wide, name, values, false);
                }
            });
    });
    ui.painter().hline(
        ui.min_rect().x_range(),
        ui.min_rect().bottom(),
        (1.0, palette.hairline),
    );
}

fn row_ui<T: AsRef<str>>(ui: &mut Ui, wide: f32, name: &str, values: &[T; 3], is_head: bool) {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(wide, 26.0), Sense::hover());
    response.widget_info(|| {
        let [planned, spent, left] = values.each_ref().map(AsRef::as_ref);
        let words = match is_head {
            true => format!("{name}: {planned}, {spent}, {left}"),
            false => format!("{name}: gepland {planned}, uitgegeven {spent}, over {left}"),
        };
        WidgetInfo::labeled(Role::ListItem, true, words)
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let (style, ink) = match is_head {
        true => (TextStyle::Small, palette.muted),
        false => (TextStyle::Body, palette.text),
    };
    let middle = |height: f32| rect.center().y - height / 2.0;
    let text = line_of(ui, name, &style, ink);
    ui.painter()
        .galley(pos2(rect.left(), middle(text.size().y)), text, ink);
    for (number, value) in values.iter().enumerate() {
        let text = line_of(ui, value.as_ref(), &style, ink);
        let right = rect.right() - AMOUNT * (2 - number) as f32;
        let at = pos2(right - text.size().x, middle(text.size().y));
        ui.painter().galley(at, text, ink);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
}
