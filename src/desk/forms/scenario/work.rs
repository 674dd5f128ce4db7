//! Hours of a care provider with their pattern and their rate.

use egui::Ui;

use super::euro;
use super::hired::At;
use crate::desk::editing::{Place, Rejected};
use crate::desk::forms::Form;
use crate::desk::forms::delivery::unit_choices;
use crate::desk::forms::hours::{frequency_choices, units};
use crate::desk::theme;
use crate::desk::typing;
use crate::desk::widgets::button::{icon_ui, quiet_ui};
use crate::desk::widgets::choice::{Choice, check_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::muted_ui;
use crate::dossier::{Dossier, Holidays, LaterRate, Weekday, Work};
use crate::quantity::Euro;
use crate::quantity::dutch::{amount, date_long, listed, number};

/// Which hours of which care provider.
#[derive(Clone, Copy)]
struct Row {
    at: At,
    row: usize,
}

impl Row {
    fn place(self) -> Place {
        self.at.place().field("work").item(self.row)
    }

    fn change<T>(self, apply: impl FnOnce(&mut Work, T)) -> impl FnOnce(&mut Dossier, T) {
        self.at.change(move |hired, value| {
            if let Some(work) = hired.work.get_mut(self.row) {
                apply(work, value);
            }
        })
    }
}

/// Draws some hours with their rate.
pub(super) fn work_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (at, row): (At, usize),
    work: &Work,
    several: bool,
) {
    let row = Row { at, row };
    let name = format!("Uren {}", row.row.saturating_add(1));
    group_ui(ui, &name, |ui| {
        form.row_ui(ui, |form, ui| {
            ui.spacing_mut().item_spacing.x = theme::SMALL;
            volume_ui(ui, form, row, work, (Width::Short, ""));
            volume_units_ui(ui, form, row, work);
        });
        form.row_ui(ui, |form, ui| {
            ui.spacing_mut().item_spacing.x = theme::SMALL;
            rate_ui(ui, form, row, work, (Width::Short, "euro"));
            form.list_ui(
                ui,
                (
                    row.place().field("rate").field("per"),
                    "Tarief is",
                    Width::Short,
                ),
                (Some(&work.rate.per), ""),
                &unit_choices(),
                row.change(|work, per| work.rate.per = per),
            );
        });
        later_ui(ui, form, row, work);
        pattern_ui(ui, form, row, work);
        if several && quiet_ui(ui, "Haal deze uren weg").clicked() {
            form.change_list("Uren weghalen", |dossier| {
                at.change(|hired, row: usize| {
                    if row < hired.work.len() {
                        hired.work.remove(row);
                    }
                })(dossier, row.row);
            });
        }
    });
}

/// How much, and for how much: all that there is at home.
pub(super) fn amounts_ui(ui: &mut Ui, form: &mut Form<'_>, (at, row): (At, usize), work: &Work) {
    let row = Row { at, row };
    form.row_ui(ui, |form, ui| {
        let often = match work.every {
            Some(2) => "in een week, om de week".to_owned(),
            Some(every @ 3..) => format!("in een week, eens in {every} weken"),
            Some(0..2) | None => work.extent.per.dutch().to_owned(),
        };
        let per = format!("{} {often}", work.extent.unit.plural());
        volume_ui(ui, form, row, work, (Width::Name, &per));
        let per = format!("euro per {}", work.rate.per.singular());
        rate_ui(ui, form, row, work, (Width::Middle, &per));
    });
    for (number, later) in work.later.iter().enumerate() {
        form.row_ui(ui, |form, ui| {
            later_amount_ui(ui, form, (row, number), (work, later))
        });
    }
    if let Some(words) = pattern(work) {
        muted_ui(ui, &words);
    }
}

/// A rate that starts later, with the day that stands.
fn later_amount_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (row, number): (Row, usize),
    (work, later): (&Work, &LaterRate),
) {
    let field = row.place().field("later").item(number).field("amount");
    let label = format!("Tarief vanaf {}", date_long(later.from));
    let per = format!("euro per {}", work.rate.per.singular());
    let drawn = Field::new(field, &label).width(Width::Middle).unit(&per);
    if let Some(amount) = form.field_ui(ui, field, drawn, &amount(later.amount.0), euro) {
        form.change("Later tarief", |dossier| {
            row.change(|work, amount| {
                if let Some(later) = work.later.get_mut(number) {
                    later.amount = amount;
                }
            })(dossier, amount);
        });
    }
}

/// On which days, and what happens on holidays, in a sentence; nothing where every day is alike.
fn pattern(work: &Work) -> Option<String> {
    let days: Vec<String> = work.days.iter().map(|day| day.dutch().to_owned()).collect();
    let days = (!days.is_empty()).then(|| format!("Alleen op {}.", listed(&days)));
    let holidays = match work.holidays {
        Holidays::Usual => None,
        Holidays::Off => Some("Niet op feestdagen.".to_owned()),
        Holidays::Rate(rate) => Some(format!(
            "Op feestdagen is het tarief {}.",
            crate::quantity::dutch::euro(rate.0)
        )),
    };
    let all: Vec<String> = days.into_iter().chain(holidays).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn volume_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    row: Row,
    work: &Work,
    (width, unit): (Width, &str),
) {
    let field = row.place().field("extent").field("volume");
    let drawn = Field::new(field, "Hoeveel").width(width).unit(unit);
    let parse = |text: &str| match typing::amount(text)? {
        Some(volume) => Ok(volume),
        None => Err(Rejected::new("Vul een aantal in, zoals 2,5.")),
    };
    let text = number(work.extent.volume);
    if let Some(volume) = form.field_ui(ui, field, drawn, &text, parse) {
        form.change("Uren", |dossier| {
            row.change(|work, volume| work.extent.volume = volume)(dossier, volume);
        });
    }
}

fn rate_ui(ui: &mut Ui, form: &mut Form<'_>, row: Row, work: &Work, (width, unit): (Width, &str)) {
    let field = row.place().field("rate").field("amount");
    let drawn = Field::new(field, "Tarief").width(width).unit(unit);
    let text = amount(work.rate.amount.0);
    if let Some(amount) = form.field_ui(ui, field, drawn, &text, euro) {
        form.change("Tarief", |dossier| {
            row.change(|work, amount| work.rate.amount = amount)(dossier, amount);
        });
    }
}

fn volume_units_ui(ui: &mut Ui, form: &mut Form<'_>, row: Row, work: &Work) {
    let place = row.place().field("extent");
    form.list_ui(
        ui,
        (place.field("unit"), "Eenheid", Width::Short),
        (Some(&work.extent.unit), ""),
        &units(),
        row.change(|work, unit| work.extent.unit = unit),
    );
    form.list_ui(
        ui,
        (place.field("per"), "Hoe vaak", Width::Short),
        (Some(&work.extent.per), ""),
        &frequency_choices(),
        row.change(|work, per| work.extent.per = per),
    );
}

/// Rates that start later.
fn later_ui(ui: &mut Ui, form: &mut Form<'_>, row: Row, work: &Work) {
    let place = row.place().field("later");
    for (number, later) in work.later.iter().enumerate() {
        let one = place.item(number);
        let name = format!("Later tarief {}", number.saturating_add(1));
        let set = move |later: LaterRate| {
            row.change(move |work, ()| {
                if let Some(one) = work.later.get_mut(number) {
                    *one = later;
                }
            })
        };
        group_ui(ui, &name, |ui| {
            form.row_ui(ui, |form, ui| {
                let field = one.field("from");
                let drawn = Field::new(field, "Tarief vanaf").width(Width::Middle);
                let shown = date_long(later.from);
                if let Some(from) = form.field_ui(ui, field, drawn, &shown, typing::needed_date) {
                    let apply = set(LaterRate { from, ..*later });
                    form.change("Later tarief", |dossier| apply(dossier, ()));
                }
                let field = one.field("amount");
                let drawn = Field::new(field, "Wordt").width(Width::Short).unit("euro");
                if let Some(amount) = form.field_ui(ui, field, drawn, &amount(later.amount.0), euro)
                {
                    let apply = set(LaterRate { amount, ..*later });
                    form.change("Later tarief", |dossier| apply(dossier, ()));
                }
                if icon_ui(ui, Icon::Cross, "Later tarief weghalen").clicked() {
                    form.change_list("Later tarief weghalen", |dossier| {
                        row.change(|work, number: usize| {
                            if number < work.later.len() {
                                work.later.remove(number);
                            }
                        })(dossier, number);
                    });
                }
            });
        });
    }
    if quiet_ui(ui, "Ander tarief vanaf een latere dag").clicked() {
        let spot = row.at.spot;
        let scenario = form.dossier.scenarios.get(spot.scenario);
        let line = scenario.and_then(|scenario| scenario.lines.get(spot.line));
        let provision = line.and_then(|line| form.dossier.provisions.get(line.provision));
        let last = work.later.last().map(|later| later.from);
        let from = last.or(provision.map(|provision| provision.line.from));
        let next_month = from.and_then(|from| from.last_of_month().tomorrow().ok());
        let Some(from) = next_month else { return };
        let amount = work.rate.amount;
        form.change_list("Later tarief toevoegen", |dossier| {
            row.change(|work, later| work.later.push(later))(dossier, LaterRate { from, amount });
        });
        form.editing
            .jump_to(place.item(work.later.len()).field("from"));
    }
}

/// On which days, in which weeks, and what happens on holidays. It stays folded while every week is the same.
fn pattern_ui(ui: &mut Ui, form: &mut Form<'_>, row: Row, work: &Work) {
    let place = row.place();
    let unfolds = place.field("pattern");
    let has = !work.days.is_empty() || work.every.is_some() || !work.holidays.is_usual();
    let asked = ui.data(|data| data.get_temp::<bool>(unfolds.id()));
    let open = has || asked.unwrap_or(false);
    let label = "Niet elke week of elke dag hetzelfde";
    if let Some(open) = check_ui(ui, form.editing, unfolds, label, open) {
        ui.data_mut(|data| data.insert_temp(unfolds.id(), open));
        if has && !open {
            form.change("Patroon", |dossier| {
                row.change(|work, ()| {
                    work.days.clear();
                    work.every = None;
                    work.holidays = Holidays::Usual;
                })(dossier, ());
            });
        }
    }
    if !open {
        return;
    }
    let days = place.field("days");
    muted_ui(
        ui,
        "Alleen op deze dagen; geen dag gekozen is verdeeld over de week",
    );
    ui.horizontal_wrapped(|ui| {
        for (number, day) in Weekday::ALL.into_iter().enumerate() {
            let on = work.days.contains(&day);
            let picked = check_ui(ui, form.editing, days.item(number), day.dutch(), on);
            if let Some(on) = picked {
                form.change("Dagen", |dossier| {
                    row.change(|work, ()| {
                        work.days.retain(|one| *one != day);
                        if on {
                            work.days.push(day);
                            work.days.sort_unstable();
                        }
                    })(dossier, ());
                });
            }
        }
    });
    form.anchor_ui(ui, days, days.item(0));
    let every = place.field("every");
    let drawn = Field::new(every, "Eens in")
        .width(Width::Middle)
        .unit("weken")
        .hint("1");
    let text = work
        .every
        .map_or_else(String::new, |every| every.to_string());
    let parse = |text: &str| match text.trim() {
        "" | "1" => Ok(None),
        text => match text.parse::<u8>() {
            Ok(every) if every > 0 => Ok(Some(every)),
            _ => Err(Rejected::new("Vul een heel aantal weken in, zoals 2.")),
        },
    };
    if let Some(every) = form.field_ui(ui, every, drawn, &text, parse) {
        form.change("Patroon", |dossier| {
            row.change(|work, every| work.every = every)(dossier, every);
        });
    }
    holidays_ui(ui, form, row, work);
}

fn holidays_ui(ui: &mut Ui, form: &mut Form<'_>, row: Row, work: &Work) {
    let place = row.place().field("holidays");
    #[derive(Clone, Copy, PartialEq)]
    enum Way {
        Usual,
        Off,
        Rate,
    }
    let now = match work.holidays {
        Holidays::Usual => Way::Usual,
        Holidays::Off => Way::Off,
        Holidays::Rate(_) => Way::Rate,
    };
    let ways = [
        Choice::new(Way::Usual, "Gewoon"),
        Choice::new(Way::Off, "Komt niet"),
        Choice::new(Way::Rate, "Ander tarief"),
    ];
    let usual = work.rate.amount;
    form.segments_ui(
        ui,
        (place, "Op feestdagen"),
        Some(&now),
        &ways,
        row.change(move |work, way| {
            work.holidays = match way {
                Way::Usual => Holidays::Usual,
                Way::Off => Holidays::Off,
                Way::Rate => Holidays::Rate(usual),
            };
        }),
    );
    if let Holidays::Rate(rate) = work.holidays {
        let field = place.field("amount");
        let drawn = Field::new(field, "Tarief op feestdagen")
            .width(Width::Middle)
            .unit("euro");
        if let Some(typed) = form.field_ui(ui, field, drawn, &amount(rate.0), euro) {
            form.change("Tarief op feestdagen", |dossier| {
                row.change(|work, rate: Euro| work.holidays = Holidays::Rate(rate))(dossier, typed);
            });
        }
    }
}
