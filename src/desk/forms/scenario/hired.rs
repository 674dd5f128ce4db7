//! A care provider of a scenario: name, kind, contract, days, work, absence, costs beside the rate, and the lowest rate
//! where the tables do not know one.

use egui::Ui;

use super::work::work_ui;
use super::{Spot, euro, percentage};
use crate::desk::editing::{Place, Rejected};
use crate::desk::forms::Form;
use crate::desk::typing::needed_date;
use crate::desk::widgets::button::{icon_ui, quiet_ui};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::subheading_ui;
use crate::dossier::{Away, Contract, Cost, CostAmount, CostKind, Dossier, Hired, OwnFloor, Work};
use crate::national::FullTimeWeek;
use crate::quantity::dutch::{amount, capital, date_long, number};
use crate::quantity::{Euro, Extent, Frequency, Percentage, Rate, Unit};
use rust_decimal::Decimal;

/// Which care provider of which line.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) spot: Spot,
    pub(super) number: usize,
}

impl At {
    pub(super) fn place(self) -> Place {
        self.spot.place().field("hired").item(self.number)
    }

    pub(super) fn change<T>(
        self,
        apply: impl FnOnce(&mut Hired, T),
    ) -> impl FnOnce(&mut Dossier, T) {
        self.spot.change(move |line, value| {
            if let Some(hired) = line.hired.get_mut(self.number) {
                apply(hired, value);
            }
        })
    }
}

/// Draws a care provider.
pub(super) fn hired_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (spot, number): (Spot, usize),
    hired: &Hired,
    kinds: &[Choice<String>],
) {
    let at = At { spot, number };
    let place = at.place();
    let title = format!("Zorgverlener {}", number.saturating_add(1));
    group_ui(ui, &title, |ui| {
        card_ui(ui, |ui| {
            ui.horizontal(|ui| {
                subheading_ui(ui, &title);
                if quiet_ui(ui, "Haal weg").clicked() {
                    form.change_list("Zorgverlener weghalen", |dossier| {
                        spot.change(|line, number: usize| {
                            if number < line.hired.len() {
                                line.hired.remove(number);
                            }
                        })(dossier, number);
                    });
                }
            });
            form.text_ui(
                ui,
                (place.field("name"), "Naam", Width::Full),
                &hired.name,
                at.change(|hired, name| hired.name = name),
            );
            form.list_ui(
                ui,
                (place.field("kind"), "Soort zorgverlener", Width::Full),
                (Some(&hired.kind), &hired.kind),
                kinds,
                at.change(|hired, kind| hired.kind = kind),
            );
            contract_ui(ui, form, at, hired);
            form.stretch_ui(
                ui,
                place,
                ("Helpt vanaf", "Helpt tot en met"),
                (hired.from, hired.to),
                at.change(|hired, day| hired.from = day),
                at.change(|hired, day| hired.to = day),
            );
            form.anchor_ui(ui, place.field("work"), place.field("name"));
            for (row, work) in hired.work.iter().enumerate() {
                let several = hired.work.len() > 1;
                work_ui(ui, form, (at, row), work, several);
            }
            if quiet_ui(ui, "Uren met tarief toevoegen").clicked() {
                let last = hired.work.last();
                let extent = Extent {
                    volume: Decimal::ONE,
                    unit: last.map_or(Unit::Hour, |work| work.extent.unit),
                    per: Frequency::Week,
                };
                let rate = last.map_or(
                    Rate {
                        amount: Euro(Decimal::ZERO),
                        per: Unit::Hour,
                    },
                    |work| work.rate,
                );
                form.change_list("Uren toevoegen", |dossier| {
                    at.change(|hired, work| hired.work.push(work))(
                        dossier,
                        Work::ordinary(extent, rate),
                    );
                });
                let next = place.field("work").item(hired.work.len());
                form.editing.jump_to(next.field("extent").field("volume"));
            }
            away_ui(ui, form, at, hired);
            costs_ui(ui, form, at, hired);
            floor_ui(ui, form, at, hired);
        });
    });
}

fn contract_ui(ui: &mut Ui, form: &mut Form<'_>, at: At, hired: &Hired) {
    let place = at.place();
    let contracts = Contract::ALL
        .map(|contract| Choice::new(Some(contract), capital(contract.dutch())))
        .to_vec();
    form.list_ui(
        ui,
        (place.field("contract"), "Contract", Width::Full),
        (Some(&hired.contract), "Nog niet gekozen"),
        &contracts,
        at.change(|hired, contract| hired.contract = contract),
    );
    if hired.contract == Some(Contract::Employment) || hired.full_time_week.is_some() {
        let weeks = [
            (None, "Niet bekend"),
            (Some(FullTimeWeek::Hours36), "36 uur"),
            (Some(FullTimeWeek::Hours38), "38 uur"),
            (Some(FullTimeWeek::Hours40), "40 uur"),
        ];
        let weeks = weeks.map(|(week, words)| Choice::new(week, words));
        form.segments_ui(
            ui,
            (place.field("full_time_week"), "Volledige werkweek"),
            Some(&hired.full_time_week),
            &weeks,
            at.change(|hired, week| hired.full_time_week = week),
        );
    }
}

/// Days without help.
fn away_ui(ui: &mut Ui, form: &mut Form<'_>, at: At, hired: &Hired) {
    let place = at.place().field("away");
    for (row, away) in hired.away.iter().enumerate() {
        let one = place.item(row);
        let name = format!("Afwezig {}", row.saturating_add(1));
        group_ui(ui, &name, |ui| {
            form.row_ui(ui, |form, ui| {
                type Set = fn(&mut Away, jiff::civil::Date);
                let days: [(_, _, _, Set); 2] = [
                    ("from", "Afwezig vanaf", away.from, |away, day| {
                        away.from = day
                    }),
                    ("to", "Afwezig tot en met", away.to, |away, day| {
                        away.to = day
                    }),
                ];
                for (field, label, day, set) in days {
                    let field = one.field(field);
                    let shown = date_long(day);
                    let drawn = Field::new(field, label).width(Width::Middle);
                    if let Some(day) = form.field_ui(ui, field, drawn, &shown, needed_date) {
                        form.change("Afwezigheid", |dossier| {
                            at.change(|hired, day| {
                                if let Some(away) = hired.away.get_mut(row) {
                                    set(away, day);
                                }
                            })(dossier, day);
                        });
                    }
                }
                if icon_ui(ui, Icon::Cross, "Afwezigheid weghalen").clicked() {
                    form.change_list("Afwezigheid weghalen", |dossier| {
                        at.change(|hired, row: usize| {
                            if row < hired.away.len() {
                                hired.away.remove(row);
                            }
                        })(dossier, row);
                    });
                }
            });
        });
    }
    if quiet_ui(ui, "Afwezigheid toevoegen").clicked() {
        let granted = form.dossier.scenarios.get(at.spot.scenario);
        let line = granted.and_then(|scenario| scenario.lines.get(at.spot.line));
        let provision = line.and_then(|line| form.dossier.provisions.get(line.provision));
        let Some(first) = hired
            .from
            .or(provision.map(|provision| provision.line.from))
        else {
            return;
        };
        form.change_list("Afwezigheid toevoegen", |dossier| {
            at.change(|hired, day| hired.away.push(Away { from: day, to: day }))(dossier, first);
        });
        let next = place.item(hired.away.len());
        form.editing.jump_to(next.field("from"));
    }
}

/// What is paid beside the rate; none unless it is asked for.
fn costs_ui(ui: &mut Ui, form: &mut Form<'_>, at: At, hired: &Hired) {
    let place = at.place().field("costs");
    for (row, cost) in hired.costs.iter().enumerate() {
        let one = place.item(row);
        let name = capital(cost.kind.dutch());
        let set = move |value: CostAmount| {
            at.change(move |hired, ()| {
                if let Some(cost) = hired.costs.get_mut(row) {
                    cost.amount = value;
                }
            })
        };
        group_ui(ui, &format!("{name} {}", row.saturating_add(1)), |ui| {
            form.row_ui(ui, |form, ui| {
                match cost.amount {
                    CostAmount::OfWork(part) => {
                        let field = Field::new(one, &name)
                            .width(Width::Middle)
                            .unit("% van het loon");
                        let parse = |text: &str| {
                            percentage(text)?
                                .ok_or_else(|| Rejected::new("Vul een percentage in, zoals 12."))
                        };
                        let text = number(part.0);
                        if let Some(part) = form.field_ui(ui, one, field, &text, parse) {
                            let apply = set(CostAmount::OfWork(part));
                            form.change("Kosten", |dossier| apply(dossier, ()));
                        }
                    }
                    CostAmount::Every(rate) => {
                        let field = Field::new(one, &name).width(Width::Middle).unit("euro");
                        let text = amount(rate.amount.0);
                        if let Some(amount) = form.field_ui(ui, one, field, &text, euro) {
                            let apply = set(CostAmount::Every(Rate { amount, ..rate }));
                            form.change("Kosten", |dossier| apply(dossier, ()));
                        }
                        let periods = [Unit::Week, Unit::FourWeeks, Unit::Month, Unit::Year];
                        let periods = periods
                            .map(|unit| Choice::new(unit, format!("per {}", unit.singular())));
                        form.list_ui(
                            ui,
                            (one.field("per"), "Hoe vaak", Width::Middle),
                            (Some(&rate.per), ""),
                            &periods,
                            move |dossier, per| {
                                set(CostAmount::Every(Rate { per, ..rate }))(dossier, ());
                            },
                        );
                    }
                }
                if icon_ui(ui, Icon::Cross, "Kosten weghalen").clicked() {
                    form.change_list("Kosten weghalen", |dossier| {
                        at.change(|hired, row: usize| {
                            if row < hired.costs.len() {
                                hired.costs.remove(row);
                            }
                        })(dossier, row);
                    });
                }
            });
        });
    }
    ui.horizontal_wrapped(|ui| {
        let fresh = [
            (
                CostKind::Employer,
                "Werkgeverslasten toevoegen",
                CostAmount::OfWork(Percentage(Decimal::ZERO)),
            ),
            (
                CostKind::Travel,
                "Reiskosten toevoegen",
                CostAmount::Every(Rate {
                    amount: Euro(Decimal::ZERO),
                    per: Unit::Month,
                }),
            ),
        ];
        for (kind, verb, amount) in fresh {
            if quiet_ui(ui, verb).clicked() {
                form.change_list("Kosten toevoegen", |dossier| {
                    at.change(|hired, cost| hired.costs.push(cost))(dossier, Cost { kind, amount });
                });
                form.editing.jump_to(place.item(hired.costs.len()));
            }
        }
    });
}

/// The lowest rate, where the tables do not know one: an amount with its source, or why there is none.
fn floor_ui(ui: &mut Ui, form: &mut Form<'_>, at: At, hired: &Hired) {
    let place = at.place().field("floor");
    if hired.floor.is_none() && !form.messages.contains_key(&place) {
        return;
    }
    #[derive(Clone, Copy, PartialEq)]
    enum Way {
        Nothing,
        Amount,
        Reason,
    }
    let now = match &hired.floor {
        None => Way::Nothing,
        Some(OwnFloor::Amount { .. }) => Way::Amount,
        Some(OwnFloor::Reason(_)) => Way::Reason,
    };
    let ways = [
        Choice::new(Way::Nothing, "Nog open"),
        Choice::new(Way::Amount, "Zelf opgezocht"),
        Choice::new(Way::Reason, "Laat open"),
    ];
    form.segments_ui(
        ui,
        (place, "Laagste loon dat hier niet bekend is"),
        Some(&now),
        &ways,
        at.change(|hired, way| {
            hired.floor = match way {
                Way::Nothing => None,
                Way::Amount => Some(OwnFloor::Amount {
                    per_hour: Euro(Decimal::ZERO),
                    source: String::new(),
                }),
                Way::Reason => Some(OwnFloor::Reason(String::new())),
            };
        }),
    );
    match &hired.floor {
        None => {}
        Some(OwnFloor::Reason(reason)) => form.text_ui(
            ui,
            (place.field("reason"), "Waarom het open blijft", Width::Full),
            reason,
            at.change(|hired, reason| hired.floor = Some(OwnFloor::Reason(reason))),
        ),
        Some(OwnFloor::Amount { per_hour, source }) => form.row_ui(ui, |form, ui| {
            let field = place.field("per_hour");
            let drawn = Field::new(field, "Laagste loon")
                .width(Width::Middle)
                .unit("euro per uur");
            if let Some(typed) = form.field_ui(ui, field, drawn, &amount(per_hour.0), euro) {
                let source = source.clone();
                form.change("Laagste loon", |dossier| {
                    at.change(|hired, per_hour| {
                        hired.floor = Some(OwnFloor::Amount { per_hour, source });
                    })(dossier, typed);
                });
            }
            let per_hour = *per_hour;
            form.text_ui(
                ui,
                (place.field("source"), "Bron van dit loon", Width::Name),
                source,
                at.change(move |hired, source| {
                    hired.floor = Some(OwnFloor::Amount { per_hour, source });
                }),
            );
        }),
    }
}
