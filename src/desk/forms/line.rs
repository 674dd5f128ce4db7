//! One provision: outcome, product, choices, period, hours, delivery and reasons.

use egui::Ui;
use jiff::civil::Date;

use super::delivery::{delivery_ui, unit_choices};
use super::hours::{fresh_hours, hours_ui};
use super::motivation::motivation_ui;
use super::own_price::own_prices_ui;
use super::{Elsewhere, Form, at, filled, provision_place};
use crate::budget::Library;
use crate::catalogue::file::{Amount, HoursFrom, Measured};
use crate::catalogue::{Catalogue, ProductEntry};
use crate::desk::editing::Place;
use crate::desk::typing;
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::mark::{Origin, origin_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, title_ui};
use crate::dossier::{Dossier, Outcome, Provision, RevisionGround};
use crate::indication::{Choice as Chosen, Delivery, Hours, Line, Offer};
use crate::quantity::dutch::{amount, date_long};
use crate::quantity::{Euro, Unit};

/// A line to begin with, in kind: the product `wanted`, else the first that can be granted on `from`.
pub fn fresh_provision(
    library: &Library,
    municipality: &str,
    from: Date,
    wanted: &str,
) -> Provision {
    let mut line = Line {
        product: String::new(),
        choices: std::collections::BTreeMap::new(),
        from,
        to: None,
        hours: Vec::new(),
        delivery: Delivery::InKind {
            provider: String::new(),
        },
        first_granted: None,
        reindicated: None,
        offer: None,
        ceiling_reason: None,
        own_prices: Vec::new(),
    };
    if let Ok(answer) = library.catalogues.on(municipality, from) {
        let catalogue = answer.catalogue;
        let product = catalogue.product(wanted);
        if let Some(product) = product.or_else(|| grantable(catalogue).next()) {
            choose_product(&mut line, catalogue, product, library, municipality);
        }
    }
    Provision {
        outcome: Outcome::Granted,
        line,
        moved_end: None,
        revised_on: None,
        motivation: crate::dossier::Motivation::default(),
    }
}

/// The products that can be granted by themselves, in the order of the catalogue.
fn grantable(catalogue: &Catalogue) -> impl Iterator<Item = &ProductEntry> {
    catalogue.products.iter().filter(|product| {
        catalogue
            .product_file(&product.id)
            .is_some_and(|file| file.grantable)
    })
}

/// Puts a product in the line, with hours as that product has them. Choices on axes that it does not have are dropped.
fn choose_product(
    line: &mut Line,
    catalogue: &Catalogue,
    product: &ProductEntry,
    library: &Library,
    municipality: &str,
) {
    product.id.clone_into(&mut line.product);
    let has = |id: &str| {
        catalogue
            .axis(id)
            .is_some_and(|axis| product.axes.contains(&axis))
    };
    line.choices.retain(|id, _| has(id));
    line.hours = fresh_hours(catalogue, product, library, municipality);
    if let Delivery::Pgb { providers } = &mut line.delivery {
        for provider in providers {
            provider.share.clear();
        }
    }
}

/// Draws the form of the line with this number.
pub(super) fn line_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let dossier = form.dossier;
    let Some(provision) = dossier.provisions.get(index) else {
        return;
    };
    let line = &provision.line;
    let place = provision_place(index);
    let answer = form
        .library
        .catalogues
        .on(&dossier.municipality, line.from)
        .ok();
    let catalogue = answer.map(|answer| answer.catalogue.as_ref());
    let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
    title_ui(ui, product.map_or("Voorziening", |product| &product.label));
    form.taken_ui(ui, place);
    form.anchor_ui(ui, place, place.field("line").field("product"));
    outcome_ui(ui, form, index, provision);
    heading_ui(ui, "Voorziening");
    product_ui(ui, form, index, catalogue);
    period_ui(ui, form, index, line);
    if let (Some(catalogue), Some(product)) = (catalogue, product) {
        choices_ui(ui, form, index, catalogue, product);
        if provision.outcome == Outcome::Granted {
            heading_ui(ui, "Omvang");
            hours_ui(ui, form, index, catalogue, product);
            heading_ui(ui, "Levering");
            delivery_ui(ui, form, index, catalogue, product);
            own_prices_ui(ui, form, index, catalogue, product);
            extras_ui(ui, form, index, product);
        }
    }
    motivation_ui(ui, form, index);
}

/// The choices and the hours of a line, and its offer where it has one of its own: all that a change of need is made of.
pub(super) fn need_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let dossier = form.dossier;
    let Some(line) = dossier.provisions.get(index).map(|p| &p.line) else {
        return;
    };
    let answer = form
        .library
        .catalogues
        .on(&dossier.municipality, line.from)
        .ok();
    let catalogue = answer.map(|answer| answer.catalogue.as_ref());
    let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
    if let (Some(catalogue), Some(product)) = (catalogue, product) {
        choices_ui(ui, form, index, catalogue, product);
        hours_ui(ui, form, index, catalogue, product);
        let lacks = form.line_place(index).field("offer");
        let stands_here = form.elsewhere.is_none();
        if stands_here && (line.offer.is_some() || form.messages.contains_key(&lacks)) {
            offer_ui(ui, form, index, line);
        }
    }
}

fn outcome_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, provision: &Provision) {
    let place = provision_place(index).field("outcome");
    if let Outcome::Withdrawn { reason } = &provision.outcome {
        message_ui(
            ui,
            Tone::Info,
            "Deze voorziening is ingetrokken. Maak dat ongedaan met Ctrl+Z, of verwijder de regel.",
        );
        form.letter_ui(
            ui,
            (place.field("reason"), "Reden van het intrekken", 2),
            "Waarom wordt de voorziening ingetrokken?",
            reason,
            at(index, |provision, reason| {
                provision.outcome = Outcome::Withdrawn { reason };
            }),
        );
        revised_on_ui(ui, form, index, provision.revised_on);
        return;
    }
    let refused = matches!(provision.outcome, Outcome::Refused { .. });
    form.segments_ui(
        ui,
        (place, "Uitkomst"),
        Some(&refused),
        &[
            Choice::new(false, "Toegekend"),
            Choice::new(true, "Geweigerd"),
        ],
        at(index, |provision, refused| {
            provision.outcome = if refused {
                Outcome::Refused {
                    ground: String::new(),
                }
            } else {
                Outcome::Granted
            };
        }),
    );
    if let Outcome::Refused { ground } = &provision.outcome {
        form.letter_ui(
            ui,
            (place.field("ground"), "Grond van de weigering", 2),
            "Waarom wordt de voorziening niet toegekend?",
            ground,
            at(index, |provision, ground| {
                provision.outcome = Outcome::Refused { ground };
            }),
        );
    }
}

fn product_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, catalogue: Option<&Catalogue>) {
    let (dossier, library) = (form.dossier, form.library);
    let Some(line) = dossier.provisions.get(index).map(|p| &p.line) else {
        return;
    };
    let place = provision_place(index).field("line").field("product");
    let Some(catalogue) = catalogue else {
        form.anchor_ui(
            ui,
            place,
            provision_place(index).field("line").field("from"),
        );
        let words = format!(
            "Op {} is er voor deze gemeente geen catalogus. Kies een andere ingangsdatum, of zet een catalogus in de map van de gemeente.",
            date_long(line.from)
        );
        message_ui(ui, Tone::Fault, &words);
        return;
    };
    let choices: Vec<_> = grantable(catalogue)
        .map(|product| {
            let file = catalogue.product_file(&product.id);
            Choice {
                value: product.id.clone(),
                text: product.label.to_string(),
                note: file
                    .and_then(|file| file.remark.clone().or_else(|| file.purpose.clone()))
                    .unwrap_or_default(),
            }
        })
        .collect();
    form.list_ui(
        ui,
        (place, "Product", Width::Full),
        (Some(&line.product), "Kies een product"),
        &choices,
        at(index, |provision: &mut Provision, id: String| {
            if let Some(product) = catalogue.product(&id) {
                let line = &mut provision.line;
                choose_product(line, catalogue, product, library, &dossier.municipality);
            }
        }),
    );
    muted_ui(ui, &format!("Uit {}", catalogue.name));
    let file = catalogue.product_file(&line.product);
    if let Some(remark) = file.and_then(|file| file.remark.as_ref()) {
        message_ui(ui, Tone::Info, remark);
    }
}

fn period_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, line: &Line) {
    let place = provision_place(index).field("line");
    form.row_ui(ui, |form, ui| {
        let from = place.field("from");
        let field = Field::new(from, "Ingangsdatum").width(Width::Middle);
        let typed = form.field_ui(ui, from, field, &date_long(line.from), typing::needed_date);
        if let Some(date) = typed {
            form.change("Ingangsdatum", |dossier| {
                at(index, |p, date| p.line.from = date)(dossier, date);
            });
        }
        form.date_ui(
            ui,
            (place.field("to"), "Einddatum", "open einde"),
            line.to,
            at(index, |p, date| p.line.to = date),
        );
    });
    let moved = form.dossier.provisions.get(index);
    if let Some(moved) = moved.and_then(|provision| provision.moved_end.as_ref()) {
        let was = match moved.granted {
            Some(day) => format!("Eerst toegekend tot en met {}.", date_long(day)),
            None => "Eerst toegekend zonder einddatum.".to_owned(),
        };
        message_ui(ui, Tone::Info, &was);
        form.lines_ui(
            ui,
            (
                provision_place(index).field("moved_end").field("reason"),
                "Waarom de einddatum is veranderd",
                2,
            ),
            "Dit komt in de brief.",
            &moved.reason,
            at(index, |p: &mut Provision, reason| {
                if let Some(moved) = &mut p.moved_end {
                    moved.reason = reason;
                }
            }),
        );
        let revised_on = form.dossier.provisions.get(index);
        if let Some(provision) = revised_on.filter(|one| one.outcome == Outcome::Granted) {
            revised_on_ui(ui, form, index, provision.revised_on);
        }
    }
}

/// On which ground of the law this decision ends or changes the line, or withdraws it.
fn revised_on_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, now: Option<RevisionGround>) {
    let grounds = RevisionGround::ALL.map(|ground| Choice::new(ground, ground.dutch()));
    form.list_ui(
        ui,
        (
            provision_place(index).field("revised_on"),
            "Grond van de wet om dit te veranderen",
            Width::Full,
        ),
        (now.as_ref(), "Kies een grond (artikel 2.3.10 Wmo 2015)"),
        &grounds,
        at(index, |p: &mut Provision, ground| {
            p.revised_on = Some(ground)
        }),
    );
}

/// Whether the value of an axis follows from the hours of this line: from their volume, or from how a norm set came to them.
fn follows(catalogue: &Catalogue, product: &ProductEntry, line: &Line, axis: usize) -> bool {
    let any = |is: fn(&Hours) -> bool| line.hours.iter().any(|part| is(&part.hours));
    let normed = any(|hours| matches!(hours, Hours::Norm(_)));
    let banded = any(|hours| *hours == Hours::Band);
    // Without a norm set nobody knows what aggravation adds, so nothing follows from the whole.
    let aggravated = line.choices.iter().any(|(axis, choice)| {
        let names = (catalogue.axis(axis)).and_then(|axis| catalogue.file.axes.get(axis));
        names.is_some_and(|names| names.is_aggravated(&choice.value))
    });
    let parts = product
        .parts
        .iter()
        .filter_map(|part| catalogue.products.get(part.product));
    let scaled = std::iter::once(product)
        .chain(parts)
        .filter_map(|product| product.scale(axis))
        .any(|scale| match scale.measures {
            Measured::Granted => !banded,
            Measured::BeforeAggravation => normed || !banded && !aggravated,
        });
    scaled || (normed && catalogue.follows(axis).is_some())
}

fn choices_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    index: usize,
    catalogue: &Catalogue,
    product: &ProductEntry,
) {
    let dossier = form.dossier;
    let Some(line) = dossier.provisions.get(index).map(|p| &p.line) else {
        return;
    };
    let place = form.line_place(index).field("choices");
    let first = product
        .axes
        .first()
        .and_then(|axis| catalogue.file.axes.get(*axis))
        .map_or(place, |axis| place.entry(&axis.id));
    form.anchor_ui(ui, place, first);
    for axis in &product.axes {
        let Some(names) = catalogue.file.axes.get(*axis) else {
            continue;
        };
        let at_axis = place.entry(&names.id);
        let chosen = line.choices.get(&names.id);
        let computed = computed(form, index, *axis)
            .and_then(|value| catalogue.axis_value(*axis, value))
            .map(|value| value.label.as_str());
        let follows = follows(catalogue, product, line, *axis);
        let mut choices: Vec<Choice<Option<String>>> = Vec::new();
        let is_fixed = |elsewhere: Elsewhere<'_>| elsewhere.granted.choices.contains_key(&names.id);
        if follows && !form.elsewhere.is_some_and(is_fixed) {
            let words = match (chosen, computed) {
                (None, Some(value)) => format!("volgt uit de uren: {value}"),
                _ => "volgt uit de uren".to_owned(),
            };
            choices.push(Choice::new(None, words));
        }
        choices.extend(names.values.iter().map(|value| Choice {
            value: Some(value.id.clone()),
            text: value.label.clone(),
            note: value.meaning.clone().unwrap_or_default(),
        }));
        let value = chosen.map(|choice| choice.value.clone());
        let message = form.message(at_axis);
        let message = message.as_ref().map(|(tone, text)| (*tone, text.as_str()));
        let shown = (follows || value.is_some()).then_some(&value);
        let picked = if choices.len() > 4 && choices.iter().any(|c| c.text.chars().count() > 20) {
            crate::desk::widgets::choice::list_ui(
                ui,
                form.editing,
                (at_axis, &names.label),
                Width::Full,
                shown,
                "nog niet gekozen",
                &choices,
                message,
            )
        } else {
            crate::desk::widgets::choice::segments_ui(
                ui,
                form.editing,
                (at_axis, &names.label),
                shown,
                &choices,
                message,
            )
        };
        form.earlier_ui(ui, at_axis);
        if let Some(value) = picked {
            form.change("Keuze", |dossier| {
                choose(dossier, index, &names.id, value);
            });
        }
        if let Some(words) = form.intensified_at(at_axis) {
            muted_ui(ui, words);
        }
        // A choice that agrees with the hours needs no reason.
        let deviates = message.is_some() || chosen.is_some_and(|choice| choice.reason.is_some());
        match chosen {
            None if follows => drop(origin_ui(ui, Origin::Computed, "Volgt uit de uren.")),
            Some(_) if follows && deviates => drop(origin_ui(
                ui,
                Origin::Adjusted,
                "Een consulent koos iets anders dan uit de uren volgt.",
            )),
            Some(_) => drop(origin_ui(ui, Origin::Typed, "Een consulent koos dit.")),
            None => {}
        }
        // Without a norm set nothing else says what makes it heavier.
        let heavier = !follows && chosen.is_some_and(|choice| names.is_aggravated(&choice.value));
        if let (true, Some(choice)) = (heavier || follows && deviates, chosen) {
            let id = names.id.clone();
            let apply = move |p: &mut Provision, text: String| {
                if let Some(choice) = p.line.choices.get_mut(&id) {
                    choice.reason = filled(text);
                }
            };
            let words = match heavier {
                true => "Welke omstandigheid het zwaarder maakt",
                false => "Waarom anders dan uit de uren volgt",
            };
            group_ui(ui, &names.label, |ui| {
                form.text_ui(
                    ui,
                    (at_axis.field("reason"), words, Width::Full),
                    choice.reason.as_deref().unwrap_or_default(),
                    at(index, apply),
                );
            });
            form.made_ui(ui, at_axis);
        }
    }
}

/// The value of an axis that the evaluation came to.
fn computed(form: &Form<'_>, index: usize, axis: usize) -> Option<usize> {
    let segment = form.line_budget(index)?.segments.first()?;
    segment.parts.iter().find_map(|part| part.choices.get(axis))
}

fn choose(dossier: &mut Dossier, index: usize, axis: &str, value: Option<String>) {
    let Some(provision) = dossier.provisions.get_mut(index) else {
        return;
    };
    let choices = &mut provision.line.choices;
    match value {
        None => {
            choices.remove(axis);
        }
        Some(value) => {
            let reason = choices.remove(axis).and_then(|choice| choice.reason);
            choices.insert(axis.to_owned(), Chosen { value, reason });
        }
    }
}

/// What only some lines need: an offer, a reason above the ceiling, earlier grants.
fn extras_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, product: &ProductEntry) {
    let dossier = form.dossier;
    let Some(line) = dossier.provisions.get(index).map(|p| &p.line) else {
        return;
    };
    let place = provision_place(index).field("line");
    let offered = product.tariffs.iter().any(|tariff| {
        tariff
            .values
            .iter()
            .any(|value| value.amount == Amount::Offer)
    });
    if offered || line.offer.is_some() {
        offer_ui(ui, form, index, line);
    }
    let lifted = product
        .ceilings
        .iter()
        .any(|ceiling| ceiling.lifted_above.is_some());
    if lifted || line.ceiling_reason.is_some() {
        form.lines_ui(
            ui,
            (
                place.field("ceiling_reason"),
                "Reden voor meer dan het maximum",
                2,
            ),
            "Waarom is meer nodig dan het maximum van de catalogus?",
            line.ceiling_reason.as_deref().unwrap_or_default(),
            at(index, |p, text| p.line.ceiling_reason = filled(text)),
        );
        form.made_ui(ui, place.field("ceiling_reason"));
    }
    form.row_ui(ui, |form, ui| {
        form.date_ui(
            ui,
            (
                place.field("first_granted"),
                "Eerst toegekend",
                "dit besluit",
            ),
            line.first_granted,
            at(index, |p, date| p.line.first_granted = date),
        );
        form.date_ui(
            ui,
            (place.field("reindicated"), "Laatst herzien", "dit besluit"),
            line.reindicated,
            at(index, |p, date| p.line.reindicated = date),
        );
    });
}

fn offer_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize, line: &Line) {
    let place = provision_place(index).field("line").field("offer");
    form.anchor_ui(ui, place, place.field("amount"));
    let empty = Offer {
        amount: Euro::ZERO,
        per: Unit::Month,
        source: String::new(),
    };
    let offer = line.offer.as_ref().unwrap_or(&empty);
    form.row_ui(ui, |form, ui| {
        let at_amount = place.field("amount");
        let text = line
            .offer
            .as_ref()
            .map_or_else(String::new, |offer| amount(offer.amount.0));
        let field = Field::new(at_amount, "Bedrag van de offerte")
            .width(Width::Middle)
            .unit("euro");
        if let Some(typed) = form.field_ui(ui, at_amount, field, &text, typing::amount) {
            form.change("Bedrag van de offerte", |dossier| {
                at(index, |p: &mut Provision, typed: Option<_>| {
                    p.line.offer = typed.map(|amount| Offer {
                        amount: Euro(amount),
                        ..p.line.offer.clone().unwrap_or(empty.clone())
                    });
                })(dossier, typed);
            });
        }
        if line.offer.is_none() {
            return;
        }
        form.list_ui(
            ui,
            (place.field("per"), "Per", Width::Middle),
            (Some(&offer.per), ""),
            &unit_choices(),
            at(index, |p: &mut Provision, per| {
                if let Some(offer) = &mut p.line.offer {
                    offer.per = per;
                }
            }),
        );
        form.text_ui(
            ui,
            (
                place.field("source"),
                "Welke offerte, van wie en van wanneer",
                Width::Name,
            ),
            &offer.source,
            at(index, |p: &mut Provision, text| {
                if let Some(offer) = &mut p.line.offer {
                    offer.source = text;
                }
            }),
        );
    });
}

/// Where the hours of a product come from in this catalogue.
pub(super) fn hours_from(catalogue: &Catalogue, product: &str) -> HoursFrom {
    catalogue
        .product_file(product)
        .map_or(HoursFrom::Typed, |file| file.hours)
}

/// The place of the hours of a line, in a list with one entry for each part.
pub(super) fn hours_list_place(form: &Form<'_>, index: usize) -> Place {
    form.line_place(index).field("hours")
}

/// The place of the hours of a part of a line, also before there are any.
pub(super) fn hours_place(form: &Form<'_>, index: usize, part: Option<&str>) -> Place {
    let list = hours_list_place(form, index);
    let provision = form.dossier.provisions.get(index);
    match (provision.and_then(|p| p.line.hours_at(part)), part) {
        (Some(at), _) => list.item(at).field("hours"),
        (None, Some(part)) => list.entry(part),
        (None, None) => list.item(0).field("hours"),
    }
}
