//! A price that a person puts in the place of that of the catalogue, with its reason and who approved of it (R63).

use egui::Ui;

use super::delivery::unit_choices;
use super::hours::parts_of;
use super::{Form, at, provision_place};
use crate::budget::{Adjusted, ProviderAmount};
use crate::catalogue::{Catalogue, ProductEntry};
use crate::desk::editing::Place;
use crate::desk::theme;
use crate::desk::typing;
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{Origin, origin_ui};
use crate::desk::widgets::text::{muted_ui, subheading_ui};
use crate::dossier::Provision;
use crate::indication::{Delivery, Line, OwnPrice};
use crate::quantity::dutch::amount;
use crate::quantity::{Euro, Rate, Unit};
use crate::trace::{Measure, NodeId, shown};

fn own_place(index: usize) -> Place {
    provision_place(index).field("line").field("own_prices")
}

/// Draws the own prices of the line with this number, and the offer to make one where there is none.
pub(super) fn own_prices_ui(
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
    for (place, own) in line.own_prices.iter().enumerate() {
        let name = name(own, catalogue, product);
        group_ui(ui, &name, |ui| {
            card_ui(ui, |ui| own_price_ui(ui, form, (index, place), &name, own));
        });
    }
    let fresh = fresh(form, index, line, product);
    if fresh.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP;
        for fresh in fresh {
            let name = name(&fresh, catalogue, product);
            if icon_text_ui(ui, Icon::Sliders, &name).clicked() {
                form.change("Tarief aanpassen", |dossier| {
                    at(index, |p: &mut Provision, own| p.line.own_prices.push(own))(dossier, fresh);
                });
                let next = own_place(index).item(line.own_prices.len());
                form.editing.jump_to(next.field("price"));
            }
        }
    });
}

/// `Tarief aanpassen: begeleiding, informele hulp`.
fn name(own: &OwnPrice, catalogue: &Catalogue, product: &ProductEntry) -> String {
    let part = own.part.as_ref().map(|id| {
        let known = product.parts.iter().find(|part| part.id == *id);
        known.map_or_else(|| id.clone(), |part| part.label.to_lowercase())
    });
    let kind = own.kind.as_ref().map_or_else(
        || "zorg in natura".to_owned(),
        |kind| catalogue.provider_name(kind).to_string(),
    );
    let names: Vec<String> = part.into_iter().chain([kind]).collect();
    format!("Tarief aanpassen: {}", names.join(", "))
}

/// A price for each part and kind of care provider that has none yet: to begin with the one that was computed.
fn fresh(form: &Form<'_>, index: usize, line: &Line, product: &ProductEntry) -> Vec<OwnPrice> {
    let mut kinds: Vec<Option<&str>> = match &line.delivery {
        Delivery::InKind { .. } => vec![None],
        Delivery::Pgb { providers } => providers.iter().map(|one| Some(&*one.kind)).collect(),
    };
    kinds.dedup();
    let mut found: Vec<OwnPrice> = Vec::new();
    for (part, _) in parts_of(product) {
        for kind in &kinds {
            let mut all = line.own_prices.iter().chain(&found);
            if all.any(|own| own.part == part && own.kind.as_deref() == *kind) {
                continue;
            }
            let paid = paid(form, index, line, (part.as_deref(), *kind));
            let rate = paid.and_then(|paid| paid.rate.as_ref());
            let Some((amount, per)) = (match rate {
                Some((rate, unit)) => rate.value.finite_decimal().map(|value| (value, *unit)),
                None => fixed(form, index, part.as_deref()),
            }) else {
                continue;
            };
            found.push(OwnPrice {
                part: part.clone(),
                kind: kind.map(str::to_owned),
                price: Rate {
                    amount: Euro(amount),
                    per,
                },
                reason: String::new(),
                approved_by: String::new(),
            });
        }
    }
    found
}

/// The fixed amount that a part comes to.
fn fixed(
    form: &Form<'_>,
    index: usize,
    part: Option<&str>,
) -> Option<(rust_decimal::Decimal, Unit)> {
    let budget = form.evaluation.lines.get(index)?.as_ref()?;
    let mut parts = budget.segments.first()?.parts.iter();
    let part = parts.find(|one| one.part.as_deref() == part)?;
    let money = part.amount.recurring.as_ref();
    let amount = money.and_then(crate::budget::Money::euro);
    let unit = unit_choices().into_iter().map(|choice| choice.value);
    let mut unit = unit.filter(|unit| unit.frequency() == Some(part.per));
    Some((amount.unwrap_or(Euro::ZERO).0, unit.next()?))
}

/// What the evaluation pays a kind of care provider for a part, on the first days.
fn paid<'a>(
    form: &Form<'a>,
    index: usize,
    line: &Line,
    (part, kind): (Option<&str>, Option<&str>),
) -> Option<&'a ProviderAmount<NodeId>> {
    let budget = form.evaluation.lines.get(index)?.as_ref()?;
    let segments = budget.segments.iter().flat_map(|segment| &segment.parts);
    let mut all = segments
        .filter(|one| one.part.as_deref() == part)
        .flat_map(|one| &one.providers);
    all.find(|paid| match (&line.delivery, paid.provider) {
        (Delivery::Pgb { providers }, Some(place)) => {
            providers.get(place).map(|one| one.kind.as_str()) == kind
        }
        (_, place) => place.is_none() && kind.is_none(),
    })
}

fn own_price_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, place): (usize, usize),
    name: &str,
    own: &OwnPrice,
) {
    let at_own = own_place(index).item(place);
    let edit = |apply: &dyn Fn(&mut OwnPrice), dossier: &mut crate::dossier::Dossier| {
        let line = dossier.provisions.get_mut(index).map(|p| &mut p.line);
        if let Some(own) = line.and_then(|line| line.own_prices.get_mut(place)) {
            apply(own);
        }
    };
    form.anchor_ui(ui, at_own, at_own.field("price"));
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, name);
        origin_ui(ui, Origin::Adjusted, "In plaats van het berekende tarief.");
        if quiet_ui(ui, "Terug naar het berekende tarief").clicked() {
            form.change_list("Terug naar het berekende tarief", |dossier| {
                let line = dossier.provisions.get_mut(index).map(|p| &mut p.line);
                if let Some(line) = line.filter(|line| place < line.own_prices.len()) {
                    line.own_prices.remove(place);
                }
            });
        }
    });
    muted_ui(ui, &instead_of(adjusted(form, (index, place))));
    form.row_ui(ui, |form, ui| {
        let at_price = at_own.field("price");
        let unit = format!("euro per {}", own.price.per.singular());
        let field = Field::new(at_price, "Tarief of bedrag dat geldt")
            .width(Width::Name)
            .unit(&unit);
        let text = amount(own.price.amount.0);
        if let Some(Some(typed)) = form.field_ui(ui, at_price, field, &text, typing::amount) {
            form.change("Tarief aanpassen", |dossier| {
                edit(&|own| own.price.amount = Euro(typed), dossier);
            });
        }
        form.list_ui(
            ui,
            (at_price.field("per"), "Waarvoor het is", Width::Middle),
            (Some(&own.price.per), ""),
            &unit_choices(),
            |dossier, per| edit(&|own| own.price.per = per, dossier),
        );
    });
    form.letter_ui(
        ui,
        (at_own.field("reason"), "Reden van dit tarief", 2),
        "In gewone woorden. Dit komt in de brief.",
        &own.reason,
        |dossier, text| edit(&|own| own.reason.clone_from(&text), dossier),
    );
    form.text_ui(
        ui,
        (at_own.field("approved_by"), "Goedgekeurd door", Width::Name),
        &own.approved_by,
        |dossier, text| edit(&|own| own.approved_by.clone_from(&text), dossier),
    );
    form.made_ui(ui, at_own);
}

fn adjusted<'a>(form: &Form<'a>, (index, place): (usize, usize)) -> Option<&'a Adjusted<NodeId>> {
    let budget = form.evaluation.lines.get(index)?.as_ref()?;
    let parts = budget.segments.iter().flat_map(|segment| &segment.parts);
    let mut all = parts.flat_map(|part| &part.providers);
    all.find_map(|paid| paid.adjusted.as_ref().filter(|one| one.own == place))
}

/// What counted before it.
fn instead_of(adjusted: Option<&Adjusted<NodeId>>) -> String {
    match adjusted.and_then(|adjusted| adjusted.computed) {
        Some((rate, unit)) => format!(
            "In plaats van {}.",
            shown(rate.value, Measure::EuroPerUnit(unit))
        ),
        None => "Zonder dit bedrag is het tarief niet bekend.".to_owned(),
    }
}
