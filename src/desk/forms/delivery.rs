//! How it is delivered: in kind, or with a budget and the care providers that are hired with it.

use egui::Ui;

use super::hours::{delivery_place, frequency_choices, parts_of, units, usual_extent};
use super::{Form, at};
use crate::catalogue::{Catalogue, ProductEntry};
use crate::desk::editing::Place;
use crate::desk::typing;
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::choice::{Choice, check_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::subheading_ui;
use crate::dossier::{Dossier, LetterKind, Provision};
use crate::indication::{CareProvider, Delivery, PartExtent, SetRate};
use crate::quantity::dutch::{amount, number};
use crate::quantity::{Euro, Extent, Rate, Unit};

/// What a rate or an offer can be for.
pub(super) fn unit_choices() -> Vec<Choice<Unit>> {
    [
        Unit::Hour,
        Unit::Minute,
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
    ]
    .map(|unit| Choice::new(unit, format!("per {}", unit.singular())))
    .to_vec()
}

/// Draws the delivery of the line with this number.
pub(super) fn delivery_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    index: usize,
    catalogue: &Catalogue,
    product: &ProductEntry,
) {
    let dossier = form.dossier;
    let Some(provision) = dossier.provisions.get(index) else {
        return;
    };
    let place = delivery_place(index);
    let pgb = provision.line.delivery.is_pgb();
    let first_kind = catalogue.file.providers.last().map(|kind| kind.id.clone());
    let mut forms = vec![Choice::new(false, "Zorg in natura")];
    if first_kind.is_some() || pgb {
        forms.push(Choice::new(true, "Persoonsgebonden budget (pgb)"));
    }
    form.segments_ui(
        ui,
        (place, "Leveringsvorm"),
        Some(&pgb),
        &forms,
        at(index, |provision: &mut Provision, pgb| {
            provision.line.delivery = if pgb {
                Delivery::Pgb {
                    providers: first_kind.clone().map(new_provider).into_iter().collect(),
                }
            } else {
                Delivery::InKind {
                    provider: String::new(),
                }
            };
        }),
    );
    match &provision.line.delivery {
        Delivery::InKind { provider } => form.text_ui(
            ui,
            (place.field("provider"), "Aanbieder", Width::Full),
            provider,
            at(index, |provision: &mut Provision, text| {
                provision.line.delivery = Delivery::InKind { provider: text };
            }),
        ),
        Delivery::Pgb { providers } => {
            let several = providers.len() > 1;
            for (number, provider) in providers.iter().enumerate() {
                let of = Of {
                    index,
                    number,
                    several,
                };
                provider_ui(ui, form, of, provider, (catalogue, product));
            }
            if let Some(kind) = &first_kind
                && icon_text_ui(ui, Icon::Plus, "Zorgverlener toevoegen").clicked()
            {
                form.change("Zorgverlener toevoegen", |dossier| {
                    in_providers(dossier, index, |providers| {
                        providers.push(new_provider(kind.clone()));
                    });
                });
                let next = place.field("providers").item(providers.len());
                form.editing.jump_to(next.field("name"));
            }
        }
    }
}

fn new_provider(kind: String) -> CareProvider {
    CareProvider {
        name: String::new(),
        kind,
        share: Vec::new(),
        from: None,
        to: None,
        agreed: None,
        set_rate: None,
    }
}

fn in_providers(dossier: &mut Dossier, index: usize, apply: impl FnOnce(&mut Vec<CareProvider>)) {
    if let Some(provision) = dossier.provisions.get_mut(index)
        && let Delivery::Pgb { providers } = &mut provision.line.delivery
    {
        apply(providers);
    }
}

/// Which care provider of which line.
#[derive(Clone, Copy)]
struct Of {
    index: usize,
    number: usize,
    several: bool,
}

impl Of {
    fn place(self) -> Place {
        delivery_place(self.index)
            .field("providers")
            .item(self.number)
    }

    fn change<T>(self, apply: impl FnOnce(&mut CareProvider, T)) -> impl FnOnce(&mut Dossier, T) {
        move |dossier, value| {
            in_providers(dossier, self.index, |providers| {
                if let Some(provider) = providers.get_mut(self.number) {
                    apply(provider, value);
                }
            });
        }
    }
}

fn provider_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    of: Of,
    provider: &CareProvider,
    (catalogue, product): (&Catalogue, &ProductEntry),
) {
    let place = of.place();
    let title = format!("Zorgverlener {}", of.number.saturating_add(1));
    group_ui(ui, &title, |ui| {
        card_ui(ui, |ui| {
            if of.several {
                ui.horizontal(|ui| {
                    subheading_ui(ui, &title);
                    if quiet_ui(ui, "Haal weg").clicked() {
                        form.change_list("Zorgverlener weghalen", |dossier| {
                            in_providers(dossier, of.index, |providers| {
                                if of.number < providers.len() {
                                    providers.remove(of.number);
                                }
                            });
                        });
                    }
                });
            }
            form.anchor_ui(ui, place, place.field("name"));
            form.text_ui(
                ui,
                (place.field("name"), "Naam zorgverlener", Width::Name),
                &provider.name,
                of.change(|provider, text| provider.name = text),
            );
            let kinds: Vec<_> = catalogue
                .file
                .providers
                .iter()
                .map(|kind| Choice::new(kind.id.clone(), &kind.label))
                .collect();
            form.segments_ui(
                ui,
                (place.field("kind"), "Soort zorgverlener"),
                Some(&provider.kind),
                &kinds,
                of.change(|provider, kind| provider.kind = kind),
            );
            agreed_ui(ui, form, of, provider, product);
            let objection = form.dossier.occasion.kind == LetterKind::Objection;
            if objection || provider.set_rate.is_some() {
                set_rate_ui(ui, form, of, provider);
            }
            if of.several || provider.from.is_some() || provider.to.is_some() {
                form.stretch_ui(
                    ui,
                    place,
                    ("Vanaf", "Tot en met"),
                    (provider.from, provider.to),
                    of.change(|provider, date| provider.from = date),
                    of.change(|provider, date| provider.to = date),
                );
            }
            if of.several || !provider.share.is_empty() {
                share_ui(ui, form, of, provider, product);
            }
        })
    });
}

fn agreed_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    of: Of,
    provider: &CareProvider,
    product: &ProductEntry,
) {
    let place = of.place().field("agreed");
    let per = provider.agreed.map_or_else(
        || {
            let tariff = product
                .tariffs
                .iter()
                .find(|tariff| tariff.provider == provider.kind);
            tariff.map_or(Unit::Hour, |tariff| tariff.per)
        },
        |rate| rate.per,
    );
    form.row_ui(ui, |form, ui| {
        let text = provider
            .agreed
            .map_or_else(String::new, |rate| amount(rate.amount.0));
        let unit = format!("euro per {}", per.singular());
        let field = Field::new(place, "Afgesproken tarief")
            .width(Width::Name)
            .hint("niet bekend")
            .unit(&unit);
        if let Some(typed) = form.field_ui(ui, place, field, &text, typing::amount) {
            form.change("Afgesproken tarief", |dossier| {
                of.change(|provider, typed: Option<_>| {
                    provider.agreed = typed.map(|amount| Rate {
                        amount: Euro(amount),
                        per,
                    });
                })(dossier, typed);
            });
        }
        if provider.agreed.is_some() {
            form.list_ui(
                ui,
                (place.field("per"), "Eenheid van het tarief", Width::Middle),
                (Some(&per), ""),
                &unit_choices(),
                of.change(|provider, per| {
                    if let Some(rate) = &mut provider.agreed {
                        rate.per = per;
                    }
                }),
            );
        }
    });
}

/// The rate that the decision on objection sets, in the place of every tariff.
fn set_rate_ui(ui: &mut Ui, form: &mut Form<'_>, of: Of, provider: &CareProvider) {
    let place = of.place().field("set_rate");
    let set = provider.set_rate.as_ref();
    let per = set.map_or(Unit::Hour, |set| set.per);
    form.row_ui(ui, |form, ui| {
        let text = set.map_or_else(String::new, |set| amount(set.amount.0));
        let unit = format!("euro per {}", per.singular());
        let at = place.field("amount");
        let field = Field::new(at, "Vastgesteld tarief")
            .width(Width::Name)
            .hint("geen")
            .unit(&unit);
        if let Some(typed) = form.field_ui(ui, at, field, &text, typing::amount) {
            form.change("Vastgesteld tarief", |dossier| {
                of.change(|provider, typed: Option<_>| {
                    let before = provider.set_rate.take();
                    provider.set_rate = typed.map(|amount| SetRate {
                        amount: Euro(amount),
                        per,
                        decision: before.map_or_else(String::new, |before| before.decision),
                    });
                })(dossier, typed);
            });
        }
        let Some(set) = &provider.set_rate else {
            return;
        };
        form.list_ui(
            ui,
            (place.field("per"), "Eenheid", Width::Middle),
            (Some(&per), ""),
            &unit_choices(),
            of.change(|provider, per| {
                if let Some(set) = &mut provider.set_rate {
                    set.per = per;
                }
            }),
        );
        form.text_ui(
            ui,
            (place.field("decision"), "Vastgesteld bij", Width::Name),
            &set.decision,
            of.change(|provider, decision| {
                if let Some(set) = &mut provider.set_rate {
                    set.decision = decision;
                }
            }),
        );
    });
}

/// The share of one care provider in the extent, per part.
fn share_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    of: Of,
    provider: &CareProvider,
    product: &ProductEntry,
) {
    let dossier = form.dossier;
    let Some(provision) = dossier.provisions.get(of.index) else {
        return;
    };
    let place = of.place().field("share");
    let parts = parts_of(product);
    let (unit, per) = usual_extent(product, provision);
    let all = check_ui(
        ui,
        form.editing,
        place,
        "Levert alle uren van deze regel",
        provider.share.is_empty(),
    );
    if let Some(all) = all {
        form.change("Aandeel", |dossier| {
            of.change(|provider, all| {
                provider.share = if all {
                    Vec::new()
                } else {
                    let share = |(part, _): &(Option<String>, String)| PartExtent {
                        part: part.clone(),
                        extent: Extent {
                            volume: rust_decimal::Decimal::ZERO,
                            unit,
                            per,
                        },
                    };
                    parts.iter().map(share).collect()
                };
            })(dossier, all);
        });
    }
    if let Some((tone, words)) = form.message(place) {
        crate::desk::widgets::text::message_ui(ui, tone, &words);
    }
    for (row, share) in provider.share.iter().enumerate() {
        let at = place.item(row);
        let name = parts
            .iter()
            .find(|(part, _)| *part == share.part)
            .map_or("Aandeel", |(_, name)| name.as_str());
        let set = |apply: &dyn Fn(&mut Extent), dossier: &mut Dossier| {
            in_providers(dossier, of.index, |providers| {
                let share = providers
                    .get_mut(of.number)
                    .and_then(|provider| provider.share.get_mut(row));
                if let Some(share) = share {
                    apply(&mut share.extent);
                }
            });
        };
        let label = if parts.len() > 1 {
            format!("Aandeel {}", name.to_lowercase())
        } else {
            "Aandeel".to_owned()
        };
        group_ui(ui, &label, |ui| {
            form.row_ui(ui, |form, ui| {
                let at_volume = at.field("volume");
                let text = number(share.extent.volume);
                let field = Field::new(at_volume, &label).width(Width::Middle);
                if let Some(Some(volume)) =
                    form.field_ui(ui, at_volume, field, &text, typing::amount)
                {
                    form.change("Aandeel", |dossier| {
                        set(&|extent| extent.volume = volume, dossier);
                    });
                }
                form.list_ui(
                    ui,
                    (at.field("unit"), "Eenheid", Width::Short),
                    (Some(&share.extent.unit), ""),
                    &units(),
                    |dossier, unit| set(&|extent| extent.unit = unit, dossier),
                );
                form.list_ui(
                    ui,
                    (at.field("per"), "Hoe vaak", Width::Middle),
                    (Some(&share.extent.per), ""),
                    &frequency_choices(),
                    |dossier, per| set(&|extent| extent.per = per, dossier),
                );
            })
        });
    }
}
