//! The tariff screen: what is in force for a product on a day, and why; beside it every tariff of that day.
//!
//! It shows a [`Sheet`] that is worked out anew only when the wish or the catalogues change.

mod answer;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, TextEdit, Ui, UiBuilder, vec2};
use jiff::civil::Date;

use self::answer::answer_ui;
use self::table::table_ui;
use crate::budget::Library;
use crate::catalogue::Catalogue;
use crate::catalogue::file::IN_KIND;
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::tariffs::{Sheet, Wish, sheet};
use crate::desk::theme::{self, Palette};
use crate::desk::typing;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::{Choice, check_ui, list_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{heading_ui, message_ui, muted_ui, title_ui};
use crate::desk::widgets::tree::Unfolded;
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

    /// Puts the keyboard in the day that is asked about.
    pub fn begin(&mut self) {
        self.editing.jump_to(place("dag"));
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
