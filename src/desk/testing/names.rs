//! The names that a screen reader says: every control that can have the keyboard has one, and no two controls of one kind
//! share theirs unless the groups that they stand in tell them apart.

use std::collections::HashMap;

use egui::accesskit::{Action, Role};
use egui::{Key, vec2};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use rust_decimal::Decimal;

use super::forms::{Sheet, harness};
use super::program::{Start, click, ctrl, fixture, press, settle, start, type_in};
use crate::budget::Library;
use crate::catalogue::{Catalogue, ProductEntry};
use crate::desk::app::Desk;
use crate::desk::forms::line::fresh_provision;
use crate::desk::view::Part;
use crate::dossier::{Dossier, Outcome, Provision};
use crate::indication::{
    CareProvider, Choice as Chosen, Delivery, Hours, Offer, PartExtent, PartHours, SetRate,
};
use crate::norms::{
    FactorUse, HoursWork, NormSet, OwnMinutes, PartWork, Reduction, ReductionGround, Start as From,
};
use crate::quantity::{Euro, Extent, Frequency, Rate, Unit};

/// What can have the keyboard: everything in the sheet that stands in front, else everything in the window.
pub(super) fn focusable<'tree, State>(harness: &'tree Harness<'_, State>) -> Vec<Node<'tree>> {
    let sheet = [Role::Dialog, Role::AlertDialog]
        .into_iter()
        .find_map(|role| {
            let sheet = harness.query_all_by_role(role).next()?;
            Some(sheet.accesskit_node().locate().0)
        });
    let nodes = harness.root().children_recursive().filter(|node| {
        let node = node.accesskit_node();
        let above = std::iter::successors(Some(node), AccessKitNode::parent);
        let mut above = above.map(|node| node.locate().0);
        node.data().supports_action(Action::Focus)
            && node.role() != Role::ScrollBar
            && sheet.is_none_or(|sheet| above.any(|id| id == sheet))
    });
    nodes.collect()
}

/// What is wrong with the names in a window: nameless controls, and controls that cannot be told apart.
fn faults<State>(harness: &Harness<'_, State>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut faults = Vec::new();
    for node in focusable(harness) {
        let node = node.accesskit_node();
        let mut path = vec![format!("{:?}", node.role())];
        let mut above = node.parent();
        while let Some(group) = above {
            if group.role() != Role::GenericContainer {
                path.extend(group.label());
            }
            above = group.parent();
        }
        let name = node.label().unwrap_or_default();
        if name.trim().is_empty() {
            faults.push(format!("no name: {path:?} {:?}", node.value()));
        }
        path.insert(0, name);
        let count = seen.entry(path.join(" | ")).or_default();
        *count += 1;
        // Of a row of a tree the row above it tells where it belongs.
        if *count == 2 && node.role() != Role::TreeItem {
            faults.push(format!("twice: {path:?}"));
        }
    }
    faults
}

pub(super) fn check<State>(harness: &Harness<'_, State>, place: &str) {
    let faults = faults(harness);
    assert!(faults.is_empty(), "{place}: {faults:#?}");
}

fn open(name: &str) -> Harness<'static, Desk> {
    start(Start {
        file: Some(fixture(name)),
        ..Start::default()
    })
}

#[test]
fn every_control_around_the_forms_has_a_name_of_its_own() {
    let mut harness = start(Start::default());
    check(&harness, "start");
    ctrl(&mut harness, Key::N);
    check(&harness, "new dossier");
    press(&mut harness, Key::Escape);
    ctrl(&mut harness, Key::O);
    check(&harness, "path");
    click(&mut harness, Role::Button, "Ga terug");
    ctrl(&mut harness, Key::K);
    check(&harness, "commands");
    press(&mut harness, Key::Escape);
    ctrl(&mut harness, Key::Num2);
    check(&harness, "tariffs");
    for menu in ["Dossier", "Bewerken", "Beeld"] {
        click(&mut harness, Role::Button, menu);
        check(&harness, menu);
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn every_control_of_an_open_dossier_has_a_name_of_its_own() {
    let folder = fixture("");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let mut harness = start(Start {
            file: Some(path.clone()),
            ..Start::default()
        });
        let place = path.display().to_string();
        let Some(document) = harness.state().document() else {
            continue;
        };
        let lines = document.dossier().provisions.len();
        check(&harness, &place);
        click(&mut harness, Role::Tab, "Besluit");
        check(&harness, &place);
        for line in 0..lines {
            ctrl(&mut harness, Key::PageDown);
            ctrl(&mut harness, Key::B);
            check(&harness, &format!("{place}, line {line}"));
        }
    }
}

#[test]
fn every_control_has_a_name_in_a_narrow_window_with_problems_and_a_notice() {
    let mut harness = start(Start {
        size: vec2(512.0, 350.0),
        file: Some(fixture("brief-beide.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::PageDown);
    ctrl(&mut harness, Key::D);
    keys_away(&mut harness);
    check(&harness, "narrow");
    let mut harness = open("brief-pgb.ron");
    type_in(&mut harness, "BSN", "123456789");
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::F8);
    check(&harness, "problems");
    ctrl(&mut harness, Key::Q);
    check(&harness, "question");
}

fn keys_away(harness: &mut Harness<'_, Desk>) {
    harness.key_press_modifiers(
        egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT),
        Key::Delete,
    );
    settle(harness);
}

/// Two extents for each part of a product.
fn typed(product: &ProductEntry) -> Vec<PartHours> {
    let extents = || {
        let of = |unit, per| Extent {
            volume: Decimal::TEN,
            unit,
            per,
        };
        Hours::Typed(vec![
            of(Unit::Minute, Frequency::Week),
            of(Unit::Hour, Frequency::Month),
        ])
    };
    parts(product)
        .into_iter()
        .map(|part| PartHours {
            part,
            hours: extents(),
            reason: "Daarom.".to_owned(),
        })
        .collect()
}

fn parts(product: &ProductEntry) -> Vec<Option<String>> {
    if product.parts.is_empty() {
        return vec![None];
    }
    product
        .parts
        .iter()
        .map(|part| Some(part.id.clone()))
        .collect()
}

/// All that a norm set can hold: every part with own minutes, every factor, two reductions.
fn normed(set: &NormSet) -> HoursWork {
    let own = OwnMinutes {
        minutes: 10,
        per: Frequency::Week,
    };
    let mut work = HoursWork::new(set);
    work.parts = set
        .parts
        .iter()
        .map(|part| PartWork {
            part: part.id.clone(),
            start: From::Own {
                minutes: own,
                reason: String::new(),
            },
            factors: part
                .factors
                .iter()
                .map(|factor| FactorUse {
                    factor: factor.id.clone(),
                    count: 1,
                    own: Some(own),
                    reason: String::new(),
                })
                .collect(),
            reductions: vec![
                Reduction {
                    ground: ReductionGround::CustomaryHelp,
                    minutes: own,
                    reason: String::new(),
                };
                2
            ],
        })
        .collect();
    work
}

/// A pgb for two care providers with all that can be said about them.
fn two_providers(catalogue: &Catalogue, product: &ProductEntry) -> Delivery {
    let provider = |name: &str| CareProvider {
        name: name.to_owned(),
        kind: catalogue.file.providers[0].id.clone(),
        share: parts(product)
            .into_iter()
            .map(|part| PartExtent {
                part,
                extent: Extent {
                    volume: Decimal::ONE,
                    unit: Unit::Hour,
                    per: Frequency::Week,
                },
            })
            .collect(),
        from: None,
        to: None,
        agreed: Some(Rate {
            amount: Euro(Decimal::TEN),
            per: Unit::Hour,
        }),
        set_rate: Some(SetRate {
            amount: Euro(Decimal::TEN),
            per: Unit::Hour,
            decision: "besluit op bezwaar".to_owned(),
        }),
    };
    Delivery::Pgb {
        providers: vec![provider("A"), provider("B")],
    }
}

/// A line of a product with every field that its form can have.
fn fullest(fresh: &Provision, catalogue: &Catalogue, product: &ProductEntry) -> Provision {
    let mut provision = fresh.clone();
    let line = &mut provision.line;
    line.hours = typed(product);
    if !catalogue.file.providers.is_empty() {
        line.delivery = two_providers(catalogue, product);
    }
    for axis in &product.axes {
        let axis = &catalogue.file.axes[*axis];
        let chosen = Chosen {
            value: axis.values[0].id.clone(),
            reason: Some("Daarom.".to_owned()),
        };
        line.choices.insert(axis.id.clone(), chosen);
    }
    line.offer = Some(Offer {
        amount: Euro(Decimal::TEN),
        per: Unit::Month,
        source: String::new(),
    });
    line.ceiling_reason = Some("Daarom.".to_owned());
    provision
}

#[test]
fn every_control_of_every_product_of_every_catalogue_has_a_name_of_its_own() {
    let library = Library::shipped().unwrap();
    let mut forms = 0;
    for municipality in library.catalogues.municipalities() {
        let set = library.norms(&municipality.code).iter().next().cloned();
        for catalogue in library.catalogues.of(&municipality.code) {
            for product in &catalogue.products {
                let code = &municipality.code;
                let fresh = fresh_provision(&library, code, catalogue.file.from, &product.id);
                let mut all = vec![fresh.clone(), fullest(&fresh, catalogue, product)];
                let mut refused = fresh.clone();
                refused.outcome = Outcome::Refused {
                    ground: String::new(),
                };
                all.push(refused);
                if let Some(set) = &set {
                    let mut hours = fresh;
                    hours.line.hours = parts(product)
                        .into_iter()
                        .map(|part| PartHours::new(part, Hours::Norm(normed(set))))
                        .collect();
                    all.push(hours);
                }
                for (number, provision) in all.into_iter().enumerate() {
                    let mut dossier = Dossier::new(code);
                    dossier.provisions.push(provision);
                    let mut harness = harness(Sheet::new(dossier, Part::Line(0)));
                    harness.run();
                    check(&harness, &format!("{code} {} form {number}", product.id));
                    forms += 1;
                }
            }
        }
    }
    assert!(forms > 100, "{forms}");
}
