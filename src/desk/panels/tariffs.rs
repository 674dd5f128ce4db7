//! The tariff screen: what is in force for a product on a day, and why; beside it every tariff of that day.
//!
//! It shows a [`Sheet`] that is worked out anew only when the wish or the catalogues change.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    CentralPanel, CornerRadius, Frame, Margin, Panel, Rect, Response, ScrollArea, Sense,
    StrokeKind, TextEdit, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;

use crate::budget::Library;
use crate::catalogue::Catalogue;
use crate::catalogue::file::IN_KIND;
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::tariffs::{Answer, Entry, Sheet, Wish, sheet};
use crate::desk::theme::{self, Palette};
use crate::desk::typing;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::{Choice, check_ui, list_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::{card_ui, figures_ui, one_figure_ui};
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{heading_ui, line_of, lines_of, message_ui, muted_ui, title_ui};
use crate::desk::widgets::tree::{Unfolded, tree_ui};
use crate::indication::{Delivery, Line};
use crate::quantity::dutch::date_long;

/// From this width, in points, the answer stands beside the table.
const TWO_COLUMNS: f32 = 760.0;

/// What is asked of the tariff screen, and what it shows.
pub struct TariffState {
    today: Date,
    day: Date,
    /// Another municipality than that of the dossier.
    municipality: Option<String>,
    product: String,
    provider: String,
    choices: BTreeMap<String, String>,
    previews: bool,
    filter: String,
    editing: Editing,
    unfolded: Unfolded,
    kept: Option<Kept>,
}

/// A sheet with all that it was made from.
struct Kept {
    wish: Wish,
    catalogues: Vec<Arc<Catalogue>>,
    sheet: Sheet,
    filter: String,
    /// The rows of the table that answer to the filter.
    found: Vec<usize>,
    /// How many there are, in words.
    count: String,
    municipalities: Vec<Choice<String>>,
}

impl TariffState {
    /// Asks what is in force today, for the first product.
    pub fn new(today: Date) -> Self {
        Self {
            today,
            day: today,
            municipality: None,
            product: String::new(),
            provider: String::new(),
            choices: BTreeMap::new(),
            previews: false,
            filter: String::new(),
            editing: Editing::default(),
            unfolded: Unfolded::default(),
            kept: None,
        }
    }

    /// Asks for the first day, product, delivery and choices of a line, to see where its price comes from.
    pub fn ask_for(&mut self, line: &Line) {
        self.day = line.from;
        self.municipality = None;
        self.product.clone_from(&line.product);
        self.provider = match &line.delivery {
            Delivery::InKind { .. } => IN_KIND.to_owned(),
            Delivery::Pgb { providers } => {
                let first = providers.first();
                first.map_or_else(String::new, |provider| provider.kind.clone())
            }
        };
        let choices = line.choices.iter();
        self.choices = choices
            .map(|(axis, choice)| (axis.clone(), choice.value.clone()))
            .collect();
    }

    /// Brings what is kept up to date; does nothing when nothing changed.
    fn refresh(&mut self, library: &Library, municipality: &str) -> Kept {
        let all = || {
            let set = &library.catalogues;
            set.of(municipality)
                .iter()
                .chain(set.previews(municipality))
        };
        let fresh = self.kept.take().filter(|kept| {
            let Wish {
                municipality: of,
                day,
                product,
                provider,
                choices,
                previews,
            } = &kept.wish;
            of == municipality
                && *day == self.day
                && *product == self.product
                && *provider == self.provider
                && *choices == self.choices
                && *previews == self.previews
                && kept.catalogues.len() == all().count()
                && kept
                    .catalogues
                    .iter()
                    .zip(all())
                    .all(|(a, b)| Arc::ptr_eq(a, b))
        });
        let mut kept = fresh.unwrap_or_else(|| {
            let wish = Wish {
                municipality: municipality.to_owned(),
                day: self.day,
                product: self.product.clone(),
                provider: self.provider.clone(),
                choices: self.choices.clone(),
                previews: self.previews,
            };
            let sheet = sheet(library, &wish);
            Kept {
                found: (0..sheet.table.len()).collect(),
                count: count(sheet.table.len(), sheet.table.len()),
                wish,
                catalogues: all().map(Arc::clone).collect(),
                sheet,
                filter: String::new(),
                municipalities: library
                    .catalogues
                    .municipalities()
                    .map(|file| Choice::new(file.code.clone(), file.name.as_str()))
                    .collect(),
            }
        });
        if kept.filter != self.filter {
            kept.filter.clone_from(&self.filter);
            let rows = kept.sheet.table.iter().enumerate();
            kept.found = rows
                .filter(|(_, entry)| entry.answers(&self.filter))
                .map(|(index, _)| index)
                .collect();
            kept.count = count(kept.found.len(), kept.sheet.table.len());
        }
        kept
    }
}

/// How many rows are shown, in words.
fn count(found: usize, all: usize) -> String {
    match (found, all) {
        (0, 0) => "Op deze dag is er geen tarief.".to_owned(),
        (0, _) => "Geen tarief gevonden. Typ een ander woord.".to_owned(),
        (1, 1) => "1 tarief".to_owned(),
        _ if found == all => format!("{all} tarieven"),
        _ => format!("{found} van {all} tarieven"),
    }
}

fn place(name: &str) -> Place {
    Place::root().field("tarieven").field(name)
}

/// Draws the tariff screen of a municipality in all of `ui`.
pub fn tariffs_ui(ui: &mut Ui, state: &mut TariffState, library: &Library, municipality: &str) {
    let other = state.municipality.clone();
    let kept = state.refresh(library, other.as_deref().unwrap_or(municipality));
    let palette = Palette::of(ui);
    let frame = |fill| {
        Frame::new()
            .fill(fill)
            .inner_margin(Margin::symmetric(16, 12))
    };
    let wide = ui.available_width();
    if wide >= TWO_COLUMNS {
        Panel::top("tariff wish")
            .frame(frame(palette.surface))
            .show(ui, |ui| wish_ui(ui, state, &kept));
        Panel::right("tariff answer")
            .resizable(false)
            .exact_size((wide * 0.4).clamp(340.0, 560.0))
            .frame(frame(palette.sunken))
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| answer_ui(ui, state, &kept.sheet));
            });
        CentralPanel::no_frame()
            .frame(frame(palette.ground))
            .show(ui, |ui| {
                muted_ui(ui, &kept.count);
                ScrollArea::vertical()
                    .id_salt("tariff table")
                    .auto_shrink([false, false])
                    .show(ui, |ui| table_ui(ui, state, &kept));
            });
    } else {
        CentralPanel::no_frame()
            .frame(frame(palette.ground))
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        wish_ui(ui, state, &kept);
                        answer_ui(ui, state, &kept.sheet);
                        ui.add_space(theme::LARGE);
                        heading_ui(ui, "Alle tarieven van deze dag");
                        muted_ui(ui, &kept.count);
                        table_ui(ui, state, &kept);
                    });
            });
    }
    state.kept = Some(kept);
}

/// The day, what to look for, and whether figures that are not settled may answer.
fn wish_ui(ui: &mut Ui, state: &mut TariffState, kept: &Kept) {
    ui.horizontal_wrapped(|ui| {
        title_ui(ui, "Tarieven");
        muted_ui(ui, &kept.sheet.municipality);
    });
    let top = egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true);
    let row = UiBuilder::new().layout(top);
    ui.scope_builder(row, |ui| {
        ui.spacing_mut().item_spacing = vec2(theme::LARGE, theme::GAP);
        let at = (place("gemeente"), "Gemeente");
        let (chosen, all) = (&kept.wish.municipality, &kept.municipalities);
        let editing = &mut state.editing;
        let picked = list_ui(
            ui,
            editing,
            at,
            Width::Middle,
            Some(chosen),
            chosen,
            all,
            None,
        );
        state.municipality = picked.or(state.municipality.take());
        let shown = date_long(state.day);
        let day = Field::new(place("dag"), "Wat geldt op")
            .width(Width::Middle)
            .show_ui(ui, &mut state.editing, &shown, typing::needed_date);
        if let Some(day) = day {
            state.day = day;
        }
        filter_ui(ui, &mut state.filter);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::MEDIUM, 0.0);
        let (at, name) = (place("voorlopig"), "Ook voorlopige tarieven");
        if let Some(on) = check_ui(ui, &mut state.editing, at, name, state.previews) {
            state.previews = on;
        }
        let mut days: Vec<Date> = kept
            .catalogues
            .iter()
            .map(|found| found.file.from)
            .collect();
        days.sort_unstable();
        days.dedup();
        let now = state.day;
        if state.day != state.today && quiet_ui(ui, "Vandaag").clicked() {
            state.day = state.today;
        }
        for day in days.into_iter().filter(|day| *day != now) {
            if quiet_ui(ui, &format!("Vanaf {}", date_long(day))).clicked() {
                state.day = day;
            }
        }
    });
    for (tone, words) in &kept.sheet.remarks {
        message_ui(ui, *tone, words);
    }
}

/// The text to look for; the table follows each letter.
fn filter_ui(ui: &mut Ui, filter: &mut String) {
    let width = 220.0_f32.min(ui.available_width());
    ui.allocate_ui_with_layout(
        vec2(width, 0.0),
        egui::Layout::top_down(egui::Align::Min),
        |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = theme::GAP;
            let label = muted_ui(ui, "Zoeken in de tabel");
            ui.add(
                TextEdit::singleline(filter)
                    .id(place("zoeken").id())
                    .desired_width(width)
                    .margin(Margin::symmetric(10, 6))
                    .hint_text("product, soort, bron…"),
            )
            .labelled_by(label.id);
        },
    );
}

/// What is in force, and why.
fn answer_ui(ui: &mut Ui, state: &mut TariffState, sheet: &Sheet) {
    let editing = &mut state.editing;
    let lists = [
        ("Product", "product", &sheet.products, &sheet.product),
        (
            "Leveringsvorm",
            "levering",
            &sheet.providers,
            &sheet.provider,
        ),
    ];
    for (label, name, choices, chosen) in lists {
        if choices.is_empty() {
            continue;
        }
        let at = (place(name), label);
        let picked = list_ui(
            ui,
            editing,
            at,
            Width::Full,
            Some(chosen),
            "",
            choices,
            None,
        );
        if let Some(picked) = picked {
            if name == "product" {
                state.product = picked;
            } else {
                state.provider = picked;
            }
        }
    }
    for axis in &sheet.axes {
        let at = (place("keuze").field(&axis.id), axis.label.as_str());
        let chosen = Some(&axis.chosen);
        if let Some(picked) = list_ui(ui, editing, at, Width::Full, chosen, "", &axis.values, None)
        {
            state.choices.insert(axis.id.clone(), picked);
        }
    }
    let Answer {
        figure,
        chips,
        facts,
        calculation,
        ceilings,
        values,
        conventions,
    } = &sheet.answer;
    if figure.amount.is_empty() {
        return;
    }
    ui.add_space(theme::GAP);
    card_ui(ui, |ui| {
        one_figure_ui(ui, figure);
        if !figure.note.is_empty() {
            muted_ui(ui, &figure.note);
        }
        if !chips.is_empty() {
            ui.add_space(theme::GAP);
            ui.horizontal_wrapped(|ui| {
                for (chip, words) in chips {
                    chip_text_ui(ui, *chip, words);
                }
            });
        }
    });
    if !ceilings.is_empty() {
        figures_ui(ui, "Plafond", ceilings);
    }
    if calculation
        .iter()
        .any(|row| row.depth > 0 && row.has_children)
    {
        section_ui(ui, "Zo is het berekend");
        tree_ui(
            ui,
            "Berekening van het tarief",
            calculation,
            &mut state.unfolded,
        );
    }
    if !facts.is_empty() {
        section_ui(ui, "Waarom dit geldt");
        facts_ui(ui, facts);
    }
    if values.len() > 1 || values.iter().any(|value| !value.note.is_empty()) {
        section_ui(ui, "Door de tijd");
        figures_ui(ui, "Door de tijd", values);
    }
    if !conventions.is_empty() {
        section_ui(ui, "Afspraken over rekenen");
        tree_ui(ui, "Afspraken", conventions, &mut state.unfolded);
    }
}

fn section_ui(ui: &mut Ui, name: &str) {
    ui.add_space(theme::SMALL);
    heading_ui(ui, name);
}

/// Names with their values, in two columns.
fn facts_ui(ui: &mut Ui, facts: &[(&'static str, String)]) {
    const NAME: f32 = 124.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let list = UiBuilder::new().accessibility_role(Role::List);
    ui.scope_builder(list, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (name, value) in facts {
            let label = lines_of(ui, name, &TextStyle::Small, palette.muted, NAME - 8.0);
            let room = (width - NAME).max(64.0);
            let text = lines_of(ui, value, &TextStyle::Small, palette.text, room);
            let height = label.size().y.max(text.size().y) + 8.0;
            let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let top = rect.top() + 4.0;
            let painter = ui.painter();
            painter.galley(pos2(rect.left(), top), label, palette.muted);
            painter.galley(pos2(rect.left() + NAME, top), text, palette.text);
            painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::ListItem, true, format!("{name}: {value}"))
            });
        }
    });
}

/// Every tariff of the day that answers to the filter; choosing one shows it beside.
fn table_ui(ui: &mut Ui, state: &mut TariffState, kept: &Kept) {
    let list = UiBuilder::new()
        .id_salt("tariffs")
        .accessibility_role(Role::ListBox);
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label("Tarieven"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for index in &kept.found {
            let Some(entry) = kept.sheet.table.get(*index) else {
                continue;
            };
            let on = is_shown(&kept.sheet, entry);
            if entry_ui(ui, entry, on).clicked() {
                state.product.clone_from(&entry.product);
                if !entry.provider.is_empty() {
                    state.provider.clone_from(&entry.provider);
                }
                state.choices.extend(entry.choices.clone());
            }
        }
    });
}

/// Whether a row is the one that is shown beside the table.
fn is_shown(sheet: &Sheet, entry: &Entry) -> bool {
    !entry.ceiling
        && entry.product == sheet.product
        && entry.provider == sheet.provider
        && sheet.axes.iter().all(|axis| {
            let wanted = entry.choices.get(&axis.id);
            wanted.is_none_or(|value| *value == axis.chosen)
        })
}

fn entry_ui(ui: &mut Ui, entry: &Entry, on: bool) -> Response {
    const PAD: f32 = 10.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let amount = line_of(ui, &entry.amount, &TextStyle::Body, palette.text);
    let unit = line_of(ui, &entry.unit, &TextStyle::Small, palette.muted);
    let right = amount.size().x.max(unit.size().x);
    // An amount in words may be long; it then stands under the name.
    let beside = right <= 0.42 * width;
    let room = width - 2.0 * PAD - if beside { right + theme::LARGE } else { 0.0 };
    let style = if on { theme::strong() } else { TextStyle::Body };
    let label = lines_of(ui, &entry.label, &style, palette.text, room);
    let detail = lines_of(ui, &entry.detail, &TextStyle::Small, palette.text, room);
    let validity = lines_of(ui, &entry.validity, &TextStyle::Small, palette.muted, room);
    let amount = if beside {
        amount
    } else {
        lines_of(ui, &entry.amount, &TextStyle::Body, palette.text, room)
    };
    // The dates stand behind the detail where they fit.
    let behind = detail.size().x + theme::SMALL + validity.size().x <= room;
    let mut height = label.size().y + detail.size().y;
    if !behind {
        height += validity.size().y;
    }
    height = height.max(amount.size().y + unit.size().y);
    if !beside {
        height += amount.size().y;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + 14.0), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let radius = CornerRadius::same(4);
        if on || response.hovered() {
            painter.rect_filled(rect, radius, palette.accent.soft);
        }
        if on {
            let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            painter.rect_filled(bar, CornerRadius::ZERO, palette.accent.strong);
        }
        painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
        let left = rect.left() + PAD;
        let mut top = rect.top() + 6.0;
        let (first, line) = (amount.size(), label.size().y);
        let below = (!beside).then(|| Arc::clone(&amount));
        if beside {
            let edge = rect.right() - PAD;
            painter.galley(pos2(edge - first.x, top), amount, palette.text);
            let under = pos2(edge - unit.size().x, top + first.y);
            painter.galley(under, unit, palette.muted);
            if entry.example {
                let middle = pos2(edge - first.x - 12.0, top + line.min(first.y) / 2.0);
                let at = Rect::from_center_size(middle, vec2(12.0, 12.0));
                Icon::Flask.paint(painter, at, palette.example.strong);
            }
        }
        for galley in [Some(label), below].into_iter().flatten() {
            let height = galley.size().y;
            painter.galley(pos2(left, top), galley, palette.text);
            top += height;
        }
        let size = detail.size();
        painter.galley(pos2(left, top), detail, palette.text);
        let at = if behind {
            pos2(left + size.x + theme::SMALL, top)
        } else {
            pos2(left, top + size.y)
        };
        painter.galley(at, validity, palette.muted);
        if response.has_focus() {
            let ring = (2.0, palette.accent.strong);
            painter.rect_stroke(rect, radius, ring, StrokeKind::Inside);
        }
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| {
        let Entry {
            label,
            detail,
            amount,
            unit,
            validity,
            ..
        } = entry;
        let example = if entry.example { ", voorbeeld" } else { "" };
        let words = format!("{label}, {detail}: {amount} {unit}, {validity}{example}");
        WidgetInfo::selected(Role::ListBoxOption, true, on, words)
    });
    response.on_hover_text(&entry.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_worked_out_again_while_nothing_changes() {
        let library = Library::shipped().unwrap();
        let mut state = TariffState::new(jiff::civil::date(2018, 3, 1));
        let first = state.refresh(&library, "0546");
        let table = first.sheet.table.as_ptr();
        state.kept = Some(first);
        let again = state.refresh(&library, "0546");
        assert_eq!(again.sheet.table.as_ptr(), table);
        state.kept = Some(again);
        state.day = jiff::civil::date(2016, 3, 1);
        let other = state.refresh(&library, "0546");
        let facts = &other.sheet.answer.facts;
        assert!(facts.iter().any(|(_, fact)| fact.contains("leiden-2015")));
    }

    #[test]
    fn the_number_of_rows_is_told_in_words() {
        assert_eq!(count(3, 3), "3 tarieven");
        assert_eq!(count(1, 3), "1 van 3 tarieven");
        assert_eq!(count(0, 3), "Geen tarief gevonden. Typ een ander woord.");
        assert_eq!(count(0, 0), "Op deze dag is er geen tarief.");
    }
}
