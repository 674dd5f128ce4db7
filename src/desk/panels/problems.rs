//! The list of everything that is not right, at the bottom of the window; each problem jumps to its field.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Rect, Response, ScrollArea, Sense, StrokeKind, TextStyle, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::desk::theme::{self, Palette};
use crate::desk::view::ProblemView;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{Tone, line_of, lines_of};
use crate::quantity::dutch::counted;

/// Draws the bar with the count, and the list when `open`. Gives the number of the problem to jump to.
pub fn problems_ui(ui: &mut Ui, problems: &[ProblemView], open: &mut bool) -> Option<usize> {
    let mut jump = None;
    if bar_ui(ui, problems, *open).clicked() {
        *open = !*open;
    }
    if *open {
        ScrollArea::vertical()
            .max_height(156.0)
            .min_scrolled_height(156.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, problem) in problems.iter().enumerate() {
                    if problem_ui(ui, problem).clicked() {
                        jump = Some(index);
                    }
                }
            });
    }
    jump
}

/// How many of which kind, in words.
fn count(problems: &[ProblemView]) -> String {
    let of = |tone: Tone| {
        problems
            .iter()
            .filter(|problem| problem.tone == tone)
            .count()
    };
    let words = |number: usize, one: &str, more: &str| match number {
        0 => None,
        _ => Some(counted(number, one, more)),
    };
    let parts: Vec<String> = [
        words(of(Tone::Fault), "fout", "fouten"),
        words(of(Tone::Warning), "waarschuwing", "waarschuwingen"),
        words(of(Tone::Info), "opmerking", "opmerkingen"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "Geen problemen".to_owned()
    } else {
        parts.join(", ")
    }
}

fn bar_ui(ui: &mut Ui, problems: &[ProblemView], open: bool) -> Response {
    let palette = Palette::of(ui);
    let words = count(problems);
    let worst = [Tone::Fault, Tone::Warning, Tone::Info]
        .into_iter()
        .find(|tone| problems.iter().any(|problem| problem.tone == *tone));
    let (icon, colour) = worst.map_or((Icon::Check, palette.good.strong), |tone| {
        (tone.icon(), tone.colour(palette))
    });
    let text = line_of(ui, &words, &TextStyle::Small, palette.text);
    let (rect, response) = ui.allocate_exact_size(vec2(text.size().x + 56.0, 26.0), Sense::click());
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(4), palette.accent.soft);
    }
    let middle = rect.center().y;
    icon.paint(
        ui.painter(),
        Rect::from_center_size(pos2(rect.left() + 14.0, middle), vec2(16.0, 16.0)),
        colour,
    );
    let after = rect.left() + 28.0;
    let width = text.size().x;
    ui.painter().galley(
        pos2(after, middle - text.size().y / 2.0),
        text,
        palette.text,
    );
    if !problems.is_empty() {
        let chevron = if open {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        };
        chevron.paint(
            ui.painter(),
            Rect::from_center_size(pos2(after + width + 14.0, middle), vec2(12.0, 12.0)),
            palette.muted,
        );
    }
    ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Problemen: {words}")));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    response
}

fn problem_ui(ui: &mut Ui, problem: &ProblemView) -> Response {
    const PLACE: f32 = 200.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let wide = width > 560.0;
    let room = if wide {
        width - PLACE - 48.0
    } else {
        width - 40.0
    };
    let name = lines_of(
        ui,
        &problem.place_name,
        &theme::strong(),
        palette.text,
        if wide { PLACE - 8.0 } else { room },
    );
    let text = lines_of(ui, &problem.text, &TextStyle::Body, palette.text, room);
    let height = if wide {
        name.size().y.max(text.size().y)
    } else {
        name.size().y + text.size().y
    } + 8.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(4), palette.accent.soft);
    }
    let top = rect.top() + 4.0;
    let icon = Rect::from_min_size(pos2(rect.left() + 6.0, top + 1.0), vec2(16.0, 16.0));
    problem
        .tone
        .icon()
        .paint(ui.painter(), icon, problem.tone.colour(palette));
    let left = rect.left() + 28.0;
    let at = if wide {
        pos2(left + PLACE, top)
    } else {
        pos2(left, top + name.size().y)
    };
    ui.painter().galley(pos2(left, top), name, palette.text);
    ui.painter().galley(at, text, palette.text);
    ring(ui, &response);
    response.widget_info(|| {
        let words = format!(
            "{}, {}: {}",
            problem.tone.word(),
            problem.place_name,
            problem.text
        );
        WidgetInfo::labeled(Role::Link, true, words)
    });
    response
}

fn ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let ring = (2.0, Palette::of(ui).accent.strong);
        ui.painter().rect_stroke(
            response.rect,
            CornerRadius::same(4),
            ring,
            StrokeKind::Inside,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::editing::Place;
    use crate::desk::view::Part;

    fn problem(tone: Tone) -> ProblemView {
        ProblemView {
            tone,
            place_name: String::new(),
            text: String::new(),
            place: Place::root(),
            part: Part::Client,
        }
    }

    #[test]
    fn the_bar_counts_in_words() {
        assert_eq!(count(&[]), "Geen problemen");
        assert_eq!(count(&[problem(Tone::Fault)]), "1 fout");
        let three = [
            problem(Tone::Warning),
            problem(Tone::Fault),
            problem(Tone::Warning),
        ];
        assert_eq!(count(&three), "1 fout, 2 waarschuwingen");
    }
}
