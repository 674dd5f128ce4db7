//! How much: typed extents, the hours of a norm set, or the hours that belong to a band.

use egui::Ui;

use super::activities::{activities_ui, begun};
use super::line::{hours_from, hours_list_place, hours_place};
use super::norm::norm_ui;
use super::{Form, provision_place};
use crate::budget::{GrantedPart, Library};
use crate::catalogue::file::HoursFrom;
use crate::catalogue::{Catalogue, ProductEntry};
use crate::desk::editing::Place;
use crate::desk::theme;
use crate::desk::typing;
use crate::desk::widgets::button::{icon_text_ui, icon_ui};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{Origin, origin_ui};
use crate::desk::widgets::text::{muted_ui, subheading_ui};
use crate::dossier::{Dossier, Provision};
use crate::indication::{Hours, PartHours};
use crate::norms::HoursWork;
use crate::quantity::dutch::{fraction, hours_and_minutes, number};
use crate::quantity::{Exact, Extent, Frequency, Unit};
use crate::trace::NodeId;

/// Hours to begin with, per part, of the kind that the catalogue has for the product.
pub(super) fn fresh_hours(
    catalogue: &Catalogue,
    product: &ProductEntry,
    library: &Library,
    municipality: &str,
) -> Vec<PartHours> {
    let of = |part: Option<String>, product: &ProductEntry| {
        let from = hours_from(catalogue, &product.id);
        PartHours::new(part, fresh(from, catalogue, library, municipality))
    };
    if product.parts.is_empty() {
        return vec![of(None, product)];
    }
    product
        .parts
        .iter()
        .filter_map(|part| {
            let target = catalogue.products.get(part.product)?;
            Some(of(Some(part.id.clone()), target))
        })
        .collect()
}

fn fresh(from: HoursFrom, catalogue: &Catalogue, library: &Library, municipality: &str) -> Hours {
    match from {
        HoursFrom::Typed => Hours::Typed(Vec::new()),
        HoursFrom::Band => Hours::Band,
        HoursFrom::NormSet => {
            let sets = library.norms(municipality);
            let named = catalogue.file.norm_set.as_ref();
            named
                .and_then(|set| sets.find(set))
                .or_else(|| sets.iter().next())
                .map_or(Hours::Typed(Vec::new()), |set| {
                    Hours::Norm(HoursWork::new(set))
                })
        }
    }
}

/// Changes the hours of a part of a line.
pub(super) fn in_hours(
    dossier: &mut Dossier,
    index: usize,
    part: Option<&str>,
    apply: impl FnOnce(&mut Hours),
) {
    let Some(provision) = dossier.provisions.get_mut(index) else {
        return;
    };
    let all = &mut provision.line.hours;
    if !all.iter().any(|hours| hours.part.as_deref() == part) {
        all.push(PartHours::new(
            part.map(str::to_owned),
            Hours::Typed(Vec::new()),
        ));
    }
    if let Some(hours) = all.iter_mut().find(|hours| hours.part.as_deref() == part) {
        apply(&mut hours.hours);
    }
}

/// Draws the hours of a line, part beside part where the product has parts.
pub(super) fn hours_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    index: usize,
    catalogue: &Catalogue,
    product: &ProductEntry,
) {
    if product.parts.is_empty() {
        part_ui(ui, form, (index, None), catalogue, product);
        return;
    }
    let first = product.parts.first().map(|part| part.id.as_str());
    let first = mode_place(hours_place(form, index, first));
    form.anchor_ui(ui, hours_list_place(form, index), first);
    let beside = ui.available_width() >= 640.0;
    let parts = |ui: &mut Ui, form: &mut Form<'_>, wide: f32| {
        for part in &product.parts {
            let Some(target) = catalogue.products.get(part.product) else {
                continue;
            };
            ui.vertical(|ui| {
                ui.set_width(wide);
                subheading_ui(ui, &part.label);
                group_ui(ui, &part.label, |ui| {
                    part_ui(ui, form, (index, Some(&part.id)), catalogue, target);
                });
            });
        }
    };
    if beside {
        let wide = (ui.available_width() - theme::GROUP) / 2.0;
        ui.horizontal_top(|ui| parts(ui, form, wide));
    } else {
        let wide = ui.available_width();
        parts(ui, form, wide);
    }
}

/// What the evaluation granted for a part.
fn granted<'a>(
    form: &Form<'a>,
    index: usize,
    part: Option<&str>,
) -> Option<&'a GrantedPart<NodeId>> {
    let budget = form.line_budget(index)?;
    budget
        .granted
        .iter()
        .find(|granted| granted.part.as_deref() == part)
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Typed,
    Norm,
    Band,
    Activities,
}

fn mode_place(hours: Place) -> Place {
    hours.field("way")
}

fn part_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part): (usize, Option<&str>),
    catalogue: &Catalogue,
    product: &ProductEntry,
) {
    let (dossier, library) = (form.dossier, form.library);
    let Some(line) = dossier.provisions.get(index).map(|p| &p.line) else {
        return;
    };
    let nothing = Hours::Typed(Vec::new());
    let hours = line.hours_of(part).unwrap_or(&nothing);
    let mode = match hours {
        Hours::Typed(_) => Mode::Typed,
        Hours::Norm(_) => Mode::Norm,
        Hours::Band => Mode::Band,
        Hours::Activities(_) => Mode::Activities,
    };
    let normed = hours_from(catalogue, &product.id) == HoursFrom::NormSet || mode == Mode::Norm;
    let banded = mode == Mode::Band
        || product
            .scales
            .iter()
            .any(|scale| scale.steps.iter().any(|step| step.calculation.is_some()));
    let mut ways = vec![Choice::new(Mode::Typed, "Zelf invullen")];
    let timed = !normed && usual(product).0 == Unit::Minute;
    if timed || banded || mode == Mode::Activities {
        ways.insert(0, Choice::new(Mode::Activities, "Per doel en activiteit"));
    }
    if normed {
        ways.insert(0, Choice::new(Mode::Norm, "Met het normenkader"));
    }
    if banded {
        ways.insert(0, Choice::new(Mode::Band, "Uren van de bandbreedte"));
    }
    let place = hours_place(form, index, part);
    let first = if ways.len() > 1 {
        mode_place(place)
    } else {
        place.item(0).field("volume")
    };
    let list = hours_list_place(form, index);
    if part.is_none() {
        form.anchor_ui(ui, list, first);
    }
    if let Some(at) = line.hours_at(part) {
        form.anchor_ui(ui, list.item(at), first);
    }
    form.anchor_ui(ui, place, first);
    let outcome = granted(form, index, part).and_then(outcome_of);
    if ways.len() > 1 {
        form.segments_ui(
            ui,
            (mode_place(place), "Hoe bepaalt u de omvang?"),
            Some(&mode),
            &ways,
            |dossier, mode| {
                let from = match mode {
                    Mode::Typed | Mode::Activities => HoursFrom::Typed,
                    Mode::Norm => HoursFrom::NormSet,
                    Mode::Band => HoursFrom::Band,
                };
                let municipality = dossier.municipality.clone();
                let fresh = match (mode, granted_extents(hours).or(outcome)) {
                    (Mode::Typed, Some(extents)) => Hours::Typed(extents),
                    (Mode::Activities, extents) => begun(extents.unwrap_or_default()),
                    _ => fresh(from, catalogue, library, &municipality),
                };
                in_hours(dossier, index, part, |hours| *hours = fresh);
            },
        );
    }
    match hours {
        Hours::Typed(extents) => extents_ui(ui, form, (index, part), product, extents),
        Hours::Norm(work) => norm_ui(ui, form, (index, part), work),
        Hours::Activities(rows) => activities_ui(ui, form, (index, part), rows),
        Hours::Band => {}
    }
    let built = catalogue.builds_hours(&line.product, part);
    if let (true, None, Some(at), Mode::Typed | Mode::Activities) =
        (built, form.elsewhere, line.hours_at(part), mode)
    {
        let of_part = part.map(str::to_owned);
        let reason = line.hours.get(at).map_or("", |hours| &hours.reason);
        let field = list.item(at).field("reason");
        form.lines_ui(
            ui,
            (field, "Waarom zonder het normenkader", 2),
            "Waarom past het normenkader hier niet? Het komt in de brief.",
            reason,
            move |dossier, reason| {
                let provision = dossier.provisions.get_mut(index);
                let hours = provision.map(|provision| &mut provision.line.hours);
                let mut parts = hours.into_iter().flatten();
                if let Some(hours) = parts.find(|hours| hours.part == of_part) {
                    hours.reason = reason;
                }
            },
        );
        form.made_ui(ui, field);
    }
    if let Some(granted) = granted(form, index, part) {
        let taken = taken_over(form, index, granted);
        granted_ui(ui, granted, hours, taken);
    }
}

/// Whether these hours are those of the line that this one goes on from, which had them from its band or a norm set.
fn taken_over(form: &Form<'_>, index: usize, granted: &GrantedPart<NodeId>) -> bool {
    let provisions = &form.dossier.provisions;
    let Some(line) = provisions.get(index).map(|provision| &provision.line) else {
        return false;
    };
    let extents = outcome_of(granted);
    provisions.iter().enumerate().any(|(place, before)| {
        let old = &before.line;
        let part = granted.part.as_deref();
        let worked = matches!(old.hours_of(part), Some(Hours::Band | Hours::Norm(_)));
        let goes_on = old.to.and_then(|to| to.tomorrow().ok()) == Some(line.from);
        let given = || self::granted(form, place, part).and_then(outcome_of);
        worked && goes_on && old.product == line.product && extents.is_some() && given() == extents
    })
}

/// The extents that are already typed.
fn granted_extents(hours: &Hours) -> Option<Vec<Extent>> {
    match hours {
        Hours::Typed(extents) => Some(extents.clone()),
        Hours::Activities(rows) => Some(rows.iter().map(|row| row.extent).collect()),
        Hours::Norm(_) | Hours::Band => None,
    }
}

/// What the norm set or the band came to, as extents to go on from.
fn outcome_of(granted: &GrantedPart<NodeId>) -> Option<Vec<Extent>> {
    let extents = granted.volumes.iter().map(|volume| {
        Some(Extent {
            volume: volume.figure.value.finite_decimal()?,
            unit: volume.unit,
            per: volume.per,
        })
    });
    extents.collect()
}

/// What is granted, with the exact outcome where a norm set gave it; `taken` says that it was taken over from another line.
fn granted_ui(ui: &mut Ui, granted: &GrantedPart<NodeId>, hours: &Hours, taken: bool) {
    if let Some(worked) = &granted.worked {
        let per = worked.per.dutch();
        let exact = digits(worked.exact.value);
        let whole = worked
            .extent()
            .and_then(|extent| i64::try_from(extent.volume).ok());
        let whole = whole.map_or_else(|| digits(worked.granted.value), hours_and_minutes);
        ui.horizontal_wrapped(|ui| {
            subheading_ui(ui, &format!("Toegekend: {whole} {per}"));
            origin_ui(
                ui,
                Origin::Computed,
                "Uit het normenkader en wat u invulde.",
            );
        });
        muted_ui(
            ui,
            &format!(
                "Precies {exact} minuten {per}, toegekend {} minuten.",
                digits(worked.granted.value)
            ),
        );
        return;
    }
    let words: Vec<String> = granted
        .volumes
        .iter()
        .map(|volume| {
            format!(
                "{} {} {}",
                digits(volume.figure.value),
                volume.unit.plural(),
                volume.per.dutch()
            )
        })
        .collect();
    if !words.is_empty() {
        ui.horizontal_wrapped(|ui| {
            muted_ui(ui, &format!("Toegekend: {}", words.join(" en ")));
            match hours {
                Hours::Band => origin_ui(ui, Origin::Norm, "De uren van de bandbreedte."),
                _ if taken => origin_ui(ui, Origin::Taken, "De uren van de regel hiervoor."),
                _ => origin_ui(ui, Origin::Typed, "Een consulent vulde dit in."),
            };
        });
    }
}

/// A figure in Dutch, cut after four decimals.
pub(super) fn digits(value: Exact) -> String {
    let (numerator, denominator) = value.reduced();
    fraction(numerator, denominator, 4)
}

/// What an extent of this product counts in, before a person chooses.
fn usual(product: &ProductEntry) -> (Unit, Frequency) {
    let per = product
        .tariffs
        .first()
        .map_or(Unit::Hour, |tariff| tariff.per);
    match per {
        Unit::Hour | Unit::Minute => (Unit::Minute, Frequency::Week),
        Unit::Month => (Unit::Month, Frequency::Month),
        Unit::FourWeeks => (Unit::FourWeeks, Frequency::FourWeeks),
        Unit::Year => (Unit::Year, Frequency::Year),
        Unit::Week => (Unit::Week, Frequency::Week),
        Unit::Day | Unit::Etmaal => (per, Frequency::Week),
        Unit::Dagdeel | Unit::Piece | Unit::Point => (per, Frequency::Week),
        Unit::Once => (Unit::Once, Frequency::Total),
    }
}

const UNITS: [Unit; 12] = [
    Unit::Minute,
    Unit::Hour,
    Unit::Dagdeel,
    Unit::Etmaal,
    Unit::Day,
    Unit::Week,
    Unit::FourWeeks,
    Unit::Month,
    Unit::Year,
    Unit::Once,
    Unit::Piece,
    Unit::Point,
];

const FREQUENCIES: [Frequency; 7] = [
    Frequency::Day,
    Frequency::Week,
    Frequency::TwoWeeks,
    Frequency::FourWeeks,
    Frequency::Month,
    Frequency::Year,
    Frequency::Total,
];

/// The periods in which an extent or minutes can be said.
pub(super) fn frequency_choices() -> Vec<Choice<Frequency>> {
    FREQUENCIES
        .map(|frequency| Choice::new(frequency, frequency.dutch()))
        .to_vec()
}

fn extents_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part): (usize, Option<&str>),
    product: &ProductEntry,
    extents: &[Extent],
) {
    let place = hours_place(form, index, part);
    let edit = |form: &mut Form<'_>, what, apply: &mut dyn FnMut(&mut Vec<Extent>)| {
        form.change_list(what, |dossier| {
            in_hours(dossier, index, part, |hours| {
                if let Hours::Typed(extents) = hours {
                    apply(extents);
                }
            });
        });
    };
    for (row, extent) in extents.iter().enumerate() {
        let name = format!("Omvang {}", row.saturating_add(1));
        let removes = group_ui(ui, &name, |ui| {
            extents_row_ui(ui, form, (index, part, row), extent)
        });
        if removes {
            edit(form, "Omvang weghalen", &mut |extents| {
                if row < extents.len() {
                    extents.remove(row);
                }
            });
        }
    }
    let (unit, per) = usual(product);
    if extents.is_empty() {
        let at = place.item(0).field("volume");
        let words = format!("{} {}", unit.plural(), per.dutch());
        let field = Field::new(at, "Omvang").width(Width::Name).unit(&words);
        if let Some(Some(volume)) = form.field_ui(ui, at, field, "", typing::amount) {
            form.change("Omvang", |dossier| {
                in_hours(dossier, index, part, |hours| {
                    *hours = Hours::Typed(vec![Extent { volume, unit, per }]);
                });
            });
        }
    } else if icon_text_ui(ui, Icon::Plus, "Omvang toevoegen").clicked() {
        let last = extents.last().copied();
        edit(form, "Omvang toevoegen", &mut |extents| {
            extents.push(last.unwrap_or(Extent {
                volume: rust_decimal::Decimal::ONE,
                unit,
                per,
            }));
        });
    }
}

/// Draws one extent; gives whether it is to be removed.
fn extents_row_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part, row): (usize, Option<&str>, usize),
    extent: &Extent,
) -> bool {
    let place = hours_place(form, index, part).item(row);
    let set = |apply: &dyn Fn(&mut Extent), dossier: &mut Dossier| {
        in_hours(dossier, index, part, |hours| {
            if let Hours::Typed(extents) = hours
                && let Some(extent) = extents.get_mut(row)
            {
                apply(extent);
            }
        });
    };
    form.row_ui(ui, |form, ui| {
        let at = place.field("volume");
        let field = Field::new(at, "Omvang").width(Width::Short);
        let text = number(extent.volume);
        if let Some(Some(volume)) = form.field_ui(ui, at, field, &text, typing::amount) {
            form.change("Omvang", |dossier| {
                set(&|extent| extent.volume = volume, dossier);
            });
        }
        let units = UNITS.map(|unit| Choice::new(unit, unit.plural()));
        form.list_ui(
            ui,
            (place.field("unit"), "Eenheid", Width::Short),
            (Some(&extent.unit), ""),
            &units,
            |dossier, unit| set(&|extent| extent.unit = unit, dossier),
        );
        form.list_ui(
            ui,
            (place.field("per"), "Hoe vaak", Width::Middle),
            (Some(&extent.per), ""),
            &frequency_choices(),
            |dossier, per| set(&|extent| extent.per = per, dossier),
        );
        ui.vertical(|ui| {
            ui.add_space(22.0);
            icon_ui(ui, Icon::Cross, "Omvang weghalen").clicked()
        })
        .inner
    })
}

/// All that a provision grants, for tests and lists of shares: the parts of its product.
pub(super) fn parts_of(product: &ProductEntry) -> Vec<(Option<String>, String)> {
    if product.parts.is_empty() {
        return vec![(None, product.label.to_string())];
    }
    product
        .parts
        .iter()
        .map(|part| (Some(part.id.clone()), part.label.to_string()))
        .collect()
}

/// The usual unit of an extent of a product, for shares.
pub(super) fn usual_extent(product: &ProductEntry, provision: &Provision) -> (Unit, Frequency) {
    match provision.line.hours.first().map(|hours| &hours.hours) {
        Some(Hours::Typed(extents)) => extents
            .first()
            .map_or(usual(product), |extent| (extent.unit, extent.per)),
        Some(Hours::Activities(rows)) => rows
            .first()
            .map_or(usual(product), |row| (row.extent.unit, row.extent.per)),
        Some(Hours::Norm(work)) => (Unit::Minute, work.per),
        Some(Hours::Band) | None => usual(product),
    }
}

/// The choices of a unit, for shares.
pub(super) fn units() -> Vec<Choice<Unit>> {
    UNITS.map(|unit| Choice::new(unit, unit.plural())).to_vec()
}

/// The place of the provision's delivery.
pub(super) fn delivery_place(index: usize) -> Place {
    provision_place(index).field("line").field("delivery")
}
