//! What is in force for a product on a day, and why: the contents of the tariff screen, as ready texts.

mod table;

pub use self::table::Entry;
use self::table::table;
use super::calculation::Calculation;
use super::conventions::conventions;
use super::published::{about, amount, of_value, priced_amount, transition, unit_words};
use super::words::{NOT_KNOWN, NOT_SETTLED, open_span, problem, sentence};
use crate::budget::{Inputs, Library, Quote, quote};
use crate::catalogue::file::{Amount, IN_KIND, OwnContribution};
use crate::catalogue::{Catalogue, InForce, NoAnswer, ProductEntry, Selection, Tariff, in_force};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::figure::Figure;
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::desk::widgets::tree::Row;
use crate::quantity::dutch::{capital, date_long};
use crate::trace::{Measure, Recorder, Status, shown};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was asked of the tariff screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// CBS code of the municipality.
    pub municipality: String,
    /// The day on which it must be in force.
    pub day: Date,
    /// Short name of the product; empty: the first.
    pub product: String,
    /// In kind, or a kind of provider; empty: the first.
    pub provider: String,
    /// Value per axis, by short names.
    pub choices: BTreeMap<String, String>,
    /// Whether figures that are not settled yet may answer.
    pub previews: bool,
}

/// The tariff screen for a wish.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Name of the municipality, or its code.
    pub municipality: String,
    /// What keeps it from being shown, and remarks.
    pub remarks: Vec<(Tone, String)>,
    /// The products that there are.
    pub products: Vec<Choice<String>>,
    /// The product that is shown.
    pub product: String,
    /// The ways of delivery that there are.
    pub providers: Vec<Choice<String>>,
    /// The one that is shown.
    pub provider: String,
    /// The choices that the price hangs on.
    pub axes: Vec<AxisView>,
    /// The answer.
    pub answer: Answer,
    /// Every tariff and ceiling on that day.
    pub table: Vec<Entry>,
}

/// A choice that a price hangs on.
#[derive(Clone, Debug)]
pub struct AxisView {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// Its values.
    pub values: Vec<Choice<String>>,
    /// The one that is shown.
    pub chosen: String,
}

/// What is in force, and why.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The amount with its unit, or words.
    pub figure: Figure,
    /// Example, preview, open …
    pub chips: Vec<(Chip, String)>,
    /// Name and value: validity, file, source, dates.
    pub facts: Vec<(&'static str, String)>,
    /// How the amount was made, where it is a percentage.
    pub calculation: Vec<Row>,
    /// The maxima.
    pub ceilings: Vec<Figure>,
    /// The amounts through time, oldest first.
    pub values: Vec<Figure>,
    /// The conventions of the product, each with its source.
    pub conventions: Vec<Row>,
}

/// The catalogue that answers, and whether it is one of next year's.
struct Answering<'a> {
    catalogue: &'a Arc<Catalogue>,
    preview: bool,
}

/// Works out the screen for a wish.
pub fn sheet(library: &Library, wish: &Wish) -> Sheet {
    let catalogues = &library.catalogues;
    let mut sheet = Sheet {
        municipality: catalogues
            .municipality(&wish.municipality)
            .map_or_else(|| wish.municipality.clone(), |file| file.name.clone()),
        ..Sheet::default()
    };
    let Some(answering) = answering(library, wish, &mut sheet) else {
        return sheet;
    };
    let catalogue = answering.catalogue;
    sheet.table = table(catalogue, wish.day);
    sheet.products = catalogue
        .products
        .iter()
        .filter(|product| !product.tariffs.is_empty() || product.parts.is_empty())
        .map(|product| Choice::new(product.id.clone(), product.label.to_string()))
        .collect();
    let first = sheet.products.first().map(|choice| choice.value.clone());
    let product = catalogue
        .product(&wish.product)
        .filter(|product| sheet.products.iter().any(|known| known.value == product.id))
        .or_else(|| catalogue.product(&first?));
    let Some(product) = product else {
        sheet.remarks.push((
            Tone::Fault,
            "In deze catalogus staan geen producten.".to_owned(),
        ));
        return sheet;
    };
    sheet.product.clone_from(&product.id);
    providers(&mut sheet, catalogue, product, wish);
    let choices = axes(&mut sheet, catalogue, product, wish);
    answer(&mut sheet, library, wish, (&answering, product), choices);
    sheet
}

fn answering<'a>(library: &'a Library, wish: &Wish, sheet: &mut Sheet) -> Option<Answering<'a>> {
    let catalogues = &library.catalogues;
    if wish.previews {
        let previews = catalogues.previews(&wish.municipality);
        let ahead = previews.iter().find(|preview| {
            preview.file.from <= wish.day && preview.file.to.is_none_or(|to| wish.day <= to)
        });
        if let Some(catalogue) = ahead {
            return Some(Answering {
                catalogue,
                preview: true,
            });
        }
        let words = match previews.first() {
            None => "Er zijn geen voorlopige tarieven.".to_owned(),
            Some(preview) => format!(
                "De voorlopige tarieven beginnen op {}.",
                date_long(preview.file.from)
            ),
        };
        sheet.remarks.push((Tone::Info, words));
    }
    let no = match catalogues.on(&wish.municipality, wish.day) {
        Ok(answer) => {
            return Some(Answering {
                catalogue: answer.catalogue,
                preview: false,
            });
        }
        Err(no) => no,
    };
    let day = date_long(wish.day);
    let (amount, why) = match no {
        NoAnswer::UnknownMunicipality => (
            NOT_KNOWN,
            "Voor deze gemeente is er geen catalogus. Kies een andere gemeente, of zet haar catalogus in de map met catalogi."
                .to_owned(),
        ),
        NoAnswer::BeforeFirst(first) => (
            NOT_KNOWN,
            format!(
                "Op {day} is er geen tarief. Het eerste begint op {}. Kies een dag op of na die datum.",
                date_long(first)
            ),
        ),
        NoAnswer::Gap(before, after) => (
            NOT_KNOWN,
            format!(
                "Op {day} is er geen tarief. Het ene loopt t/m {}, het volgende begint op {}. Vul de catalogus aan.",
                date_long(before),
                date_long(after)
            ),
        ),
        NoAnswer::AfterLast(last) => (
            NOT_SETTLED,
            format!(
                "Het tarief na {} is {NOT_SETTLED}. Kies een eerdere dag, of voeg een nieuwere catalogus toe.",
                date_long(last)
            ),
        ),
    };
    sheet.answer.figure = Figure {
        label: format!("{}, {day}", sheet.municipality),
        amount: amount.to_owned(),
        ..Figure::default()
    };
    sheet.remarks.push((Tone::Fault, why));
    None
}

fn providers(sheet: &mut Sheet, catalogue: &Catalogue, product: &ProductEntry, wish: &Wish) {
    let kinds = catalogue.file.providers.iter().map(|kind| kind.id.as_str());
    sheet.providers = std::iter::once(IN_KIND)
        .chain(kinds)
        .filter(|id| product.tariffs.iter().any(|tariff| tariff.provider == *id))
        .map(|id| Choice::new(id.to_owned(), capital(&catalogue.provider_name(id))))
        .collect();
    let wanted = sheet
        .providers
        .iter()
        .find(|choice| choice.value == wish.provider)
        .or_else(|| sheet.providers.first());
    if let Some(wanted) = wanted {
        sheet.provider = wanted.value.clone();
    }
}

/// The choices of the product, each with its wished or first value.
fn axes(
    sheet: &mut Sheet,
    catalogue: &Catalogue,
    product: &ProductEntry,
    wish: &Wish,
) -> Selection {
    let mut selection = Selection::NONE;
    for place in &product.axes {
        let Some(axis) = catalogue.file.axes.get(*place) else {
            continue;
        };
        // Only what a price or maximum of this provider hangs on.
        let weighs = |when: &Selection| when.get(*place).is_some();
        let tariffs = product
            .tariffs
            .iter()
            .filter(|t| t.provider == sheet.provider);
        let weighed = tariffs.map(|t| &t.when).any(weighs)
            || product.ceilings.iter().map(|c| &c.when).any(weighs);
        let wanted = wish.choices.get(&axis.id);
        let chosen = axis
            .values
            .iter()
            .position(|value| Some(&value.id) == wanted)
            .unwrap_or(0);
        selection = selection.with(*place, chosen);
        if let Some(value) = axis.values.get(chosen).filter(|_| weighed) {
            sheet.axes.push(AxisView {
                id: axis.id.clone(),
                label: axis.label.clone(),
                values: axis
                    .values
                    .iter()
                    .map(|value| Choice {
                        note: value.meaning.clone().unwrap_or_default(),
                        ..Choice::new(value.id.clone(), capital(&value.label))
                    })
                    .collect(),
                chosen: value.id.clone(),
            });
        }
    }
    selection
}

fn answer(
    sheet: &mut Sheet,
    library: &Library,
    wish: &Wish,
    (answering, product): (&Answering<'_>, &ProductEntry),
    choices: Selection,
) {
    let catalogue = answering.catalogue;
    let way = catalogue.provider_name(&sheet.provider);
    let mut answer = Answer {
        figure: Figure {
            label: format!("{}, {way}", product.label),
            amount: "geen tarief".to_owned(),
            ..Figure::default()
        },
        ceilings: ceilings(catalogue, product, &sheet.provider, choices, wish.day),
        ..Answer::default()
    };
    if answering.preview {
        let words = "voorlopig, niet om mee te besluiten".to_owned();
        answer.chips.push((Chip::Warning, words));
    }
    let remark = catalogue
        .product_file(&product.id)
        .and_then(|file| file.remark.clone());
    match product.tariff(&sheet.provider, &choices) {
        Some(tariff) => {
            let inputs = Inputs {
                library,
                municipality: &wish.municipality,
                calculation_date: wish.day,
                decision_date: Some(wish.day),
            };
            priced(&mut answer, &inputs, (catalogue, product), tariff, choices);
        }
        None => {
            let words = match (&remark, sheet.providers.is_empty()) {
                (Some(remark), _) => sentence(remark),
                (None, true) => "Dit product heeft hier geen prijs.".to_owned(),
                (None, false) => {
                    "Voor deze keuze staat er geen tarief in de catalogus. Kies iets anders."
                        .to_owned()
                }
            };
            answer.figure.note = words;
        }
    }
    answer.facts.extend(about(catalogue));
    answer.facts.push((
        "Eigen bijdrage",
        match product.own_contribution.value {
            OwnContribution::Due => "verschuldigd",
            OwnContribution::NotDue => "niet verschuldigd",
            OwnContribution::OwnRegime => "eigen regeling van het CAK",
        }
        .to_owned(),
    ));
    if let Some(set) = catalogue.conventions_of(product) {
        answer.conventions = conventions(set);
    }
    sheet.answer = answer;
}

/// The figure of a tariff with its facts.
fn priced(
    answer: &mut Answer,
    inputs: &Inputs<'_>,
    (catalogue, product): (&Arc<Catalogue>, &ProductEntry),
    tariff: &Tariff,
    choices: Selection,
) {
    let unit = unit_words(catalogue, product, tariff.per);
    let file = catalogue.product_file(&product.id);
    let day = inputs.calculation_date;
    let mut recorder = Recorder::default();
    let found = in_force(&tariff.values, day, day);
    let mut example = found.is_some_and(|f| f.provenance.status == Status::Example);
    match quote(inputs, catalogue, product, tariff, &choices, &mut recorder) {
        Ok(Quote::Amount(figure, _)) => {
            example |= figure.status == Status::Example;
            answer.figure.amount = shown(figure.value, Measure::Euro);
            let per = found.and_then(|found| found.per).unwrap_or(tariff.per);
            answer.figure.unit = unit_words(catalogue, product, per);
            let mut calculation = Calculation::new(&recorder.trace);
            calculation.add(figure.node, "Tarief");
            answer.calculation = calculation.finish().0;
        }
        Ok(Quote::Offer) => {
            "op offerte".clone_into(&mut answer.figure.amount);
            "De zorgaanbieder doet een offerte. Vul die bij de regel in."
                .clone_into(&mut answer.figure.note);
        }
        Ok(Quote::NotAvailable) => {
            "niet mogelijk".clone_into(&mut answer.figure.amount);
            "Deze leveringsvorm kan niet bij dit product.".clone_into(&mut answer.figure.note);
        }
        Ok(Quote::NotKnown(reason)) => {
            NOT_KNOWN.clone_into(&mut answer.figure.amount);
            answer.figure.note = sentence(&reason);
        }
        Err(found) => {
            NOT_KNOWN.clone_into(&mut answer.figure.amount);
            answer.figure.note = problem(&found);
        }
    }
    if example {
        answer
            .chips
            .push((Chip::Example, Chip::Example.word().to_owned()));
    }
    if let Some(InForce { value, until, .. }) = found {
        answer
            .facts
            .extend(of_value(catalogue, product, value, until));
    }
    if let Some(file) = file.filter(|file| !file.articles.is_empty()) {
        answer.facts.push(("Verordening", file.articles.join(", ")));
    }
    answer.values = tariff
        .values
        .iter()
        .map(|value| Figure {
            label: capital(&open_span(value.from, value.to)),
            amount: amount(catalogue, &value.amount),
            unit: if priced_amount(&value.amount) {
                unit.clone()
            } else {
                String::new()
            },
            note: match &value.amount {
                Amount::NotKnown(reason) => sentence(reason),
                _ => value
                    .transition
                    .as_ref()
                    .map_or_else(String::new, |t| transition(catalogue, product, t)),
            },
            change: None,
        })
        .collect();
}

fn ceilings(
    catalogue: &Catalogue,
    product: &ProductEntry,
    provider: &str,
    choices: Selection,
    day: Date,
) -> Vec<Figure> {
    let Some(ceiling) = product.ceiling(provider, &choices) else {
        return Vec::new();
    };
    let Some(found) = in_force(&ceiling.values, day, day) else {
        return Vec::new();
    };
    let mut notes = vec![found.value.provenance.source.clone()];
    if let Amount::NotKnown(reason) = found.amount {
        notes.insert(0, sentence(reason));
    }
    if let Some(limit) = &ceiling.lifted_above {
        let volume = shown(limit.volume, Measure::VolumePer(limit.unit, limit.per));
        notes.push(format!(
            "Boven {volume} vervalt het plafond, met een reden."
        ));
    }
    vec![Figure {
        label: "Plafond".to_owned(),
        amount: amount(catalogue, found.amount),
        unit: if priced_amount(found.amount) {
            ceiling.per.dutch().to_owned()
        } else {
            String::new()
        },
        note: notes.join(" · "),
        change: None,
    }]
}
