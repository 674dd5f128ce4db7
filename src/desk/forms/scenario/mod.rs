//! One scenario to fill in: its name, per granted line how it is delivered and who is paid, and the conditions of a pgb.
//!
//! * `hired`: who is paid, from when to when, and what comes beside the rate.
//! * `work`: hours with their pattern and rate.
//! * `need`: other choices or hours than granted.
//! * `home`: the same for who lives with it: hours and rates alone.
//!
//! It says what changes in the dossier and works nothing out.

mod hired;
mod home;
mod need;
mod work;

pub use home::home_ui;

use egui::Ui;

use super::Form;
use crate::budget::LineBudget;
use crate::catalogue::Catalogue;
use crate::desk::editing::{Place, Rejected};
use crate::desk::theme;
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{heading_ui, muted_ui, subheading_ui};
use crate::dossier::{
    Condition, Conditions, Dossier, Hired, Outcome, Provision, Scenario, ScenarioLine,
};
use crate::indication::{CareProvider, Delivery};
use crate::quantity::dutch::{capital, number, parse_percentage};
use crate::quantity::{Euro, Percentage};
use crate::scenario::Outlook;
use crate::trace::NodeId;

/// The place of a scenario.
pub fn scenario_place(at: usize) -> Place {
    Place::root().field("scenarios").item(at)
}

/// Which line of which scenario.
#[derive(Clone, Copy)]
struct Spot {
    scenario: usize,
    line: usize,
}

impl Spot {
    fn place(self) -> Place {
        scenario_place(self.scenario).field("lines").item(self.line)
    }

    fn change<T>(self, apply: impl FnOnce(&mut ScenarioLine, T)) -> impl FnOnce(&mut Dossier, T) {
        in_scenario(self.scenario, move |scenario, value| {
            if let Some(line) = scenario.lines.get_mut(self.line) {
                apply(line, value);
            }
        })
    }
}

fn in_scenario<T>(at: usize, apply: impl FnOnce(&mut Scenario, T)) -> impl FnOnce(&mut Dossier, T) {
    move |dossier, value| {
        if let Some(scenario) = dossier.scenarios.get_mut(at) {
            apply(scenario, value);
        }
    }
}

/// An amount that must be there.
fn euro(text: &str) -> Result<Euro, Rejected> {
    match crate::desk::typing::amount(text)? {
        Some(amount) => Ok(Euro(amount)),
        None => Err(Rejected::new("Vul een bedrag in, zoals 15,50.")),
    }
}

/// A percentage, or none.
fn percentage(text: &str) -> Result<Option<Percentage>, Rejected> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Percentage(parse_percentage(text)?)))
}

/// The catalogue of the first day of a provision.
fn catalogue<'a>(form: &Form<'a>, provision: &Provision) -> Option<&'a Catalogue> {
    let (library, municipality) = (form.library, &form.dossier.municipality);
    let found = library.catalogues.on(municipality, provision.line.from);
    found.ok().map(|answer| &**answer.catalogue)
}

fn kinds(catalogue: &Catalogue) -> Vec<Choice<String>> {
    let kinds = catalogue.file.providers.iter();
    kinds
        .map(|kind| Choice::new(kind.id.clone(), capital(&kind.label)))
        .collect()
}

/// Draws the scenario with this number, which comes to `outlook`.
pub fn scenario_ui(ui: &mut Ui, form: &mut Form<'_>, at: usize, outlook: &Outlook) {
    let dossier = form.dossier;
    let Some(scenario) = dossier.scenarios.get(at) else {
        return;
    };
    ui.spacing_mut().item_spacing.y = theme::MEDIUM;
    let place = scenario_place(at);
    name_ui(ui, form, (at, "Naam van het scenario"), &scenario.name);
    let field = Field::new(place.field("rise"), "Als tarieven stijgen met")
        .width(Width::Middle)
        .unit("procent")
        .hint("bijvoorbeeld 5");
    let text = scenario
        .rise
        .map_or_else(String::new, |rise| number(rise.0));
    if let Some(rise) = form.field_ui(ui, place.field("rise"), field, &text, percentage) {
        form.change("Stijging van tarieven", |dossier| {
            in_scenario(at, |scenario, rise| scenario.rise = rise)(dossier, rise);
        });
    }
    form.anchor_ui(ui, place.field("lines"), place.field("name"));
    for (index, provision) in dossier.provisions.iter().enumerate() {
        if provision.outcome == Outcome::Granted {
            provision_ui(ui, form, (at, index), (scenario, provision), outlook);
        }
    }
    conditions_ui(ui, form, at, &scenario.conditions);
}

/// The name of a scenario: one that no other has.
fn name_ui(ui: &mut Ui, form: &mut Form<'_>, (at, label): (usize, &str), name: &str) {
    let place = scenario_place(at).field("name");
    let all = form.dossier.scenarios.iter().enumerate();
    let others: Vec<&str> = all
        .filter(|(place, _)| *place != at)
        .map(|(_, one)| one.name.trim())
        .collect();
    let parse = |text: &str| match others.contains(&text.trim()) {
        true => Err(Rejected::new("Deze naam is er al. Kies een andere naam.")),
        false => Ok(text.trim().to_owned()),
    };
    let field = Field::new(place, label).width(Width::Full);
    if let Some(name) = form.field_ui(ui, place, field, name, parse) {
        form.change("Naam", |dossier| {
            in_scenario(at, |scenario, name| scenario.name = name)(dossier, name);
        });
    }
}

/// A granted line, and what the scenario makes of it.
fn provision_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (at, index): (usize, usize),
    (scenario, provision): (&Scenario, &Provision),
    outlook: &Outlook,
) {
    let Some(catalogue) = catalogue(form, provision) else {
        return;
    };
    let product = catalogue.product(&provision.line.product);
    let label = product.map_or(provision.line.product.as_str(), |product| &product.label);
    let name = format!("Regel {}: {label}", index.saturating_add(1));
    let lines = scenario.lines.iter().enumerate();
    let mine: Vec<(usize, &ScenarioLine)> = lines
        .filter(|(_, line)| line.provision == index && line.product == provision.line.product)
        .collect();
    group_ui(ui, &name, |ui| {
        ui.add_space(theme::SMALL);
        heading_ui(ui, &name);
        let parts = mine.len();
        for (number, (line, chosen)) in mine.into_iter().enumerate() {
            let spot = Spot { scenario: at, line };
            let title = format!("Deel {}", number.saturating_add(1));
            let mut lines = outlook.lines.iter();
            let budget = lines.find(|one| one.chosen == Some(line));
            let budget = budget.map(|one| &one.budget);
            let both = (chosen, provision);
            match parts {
                1 => line_ui(ui, form, spot, both, (catalogue, budget)),
                _ => group_ui(ui, &title, |ui| {
                    subheading_ui(ui, &title);
                    line_ui(ui, form, spot, both, (catalogue, budget));
                }),
            }
        }
        if parts == 0 {
            muted_ui(ui, "Deze regel blijft zoals hij is toegekend.");
        }
        let verb = match parts {
            0 => "Vul deze regel in",
            _ => "Deel de periode",
        };
        if quiet_ui(ui, verb).clicked() {
            let line = ScenarioLine {
                provision: index,
                product: provision.line.product.clone(),
                ..ScenarioLine::default()
            };
            form.change_list("Regel van het scenario", |dossier| {
                in_scenario(at, |scenario, line| scenario.lines.push(line))(dossier, line);
            });
        }
    });
}

/// In kind or a pgb, from when to when, and who is paid.
fn line_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    spot: Spot,
    (chosen, provision): (&ScenarioLine, &Provision),
    (catalogue, budget): (&Catalogue, Option<&LineBudget<NodeId>>),
) {
    let place = spot.place();
    form.anchor_ui(ui, place.field("provision"), place.field("delivery"));
    let first = |delivery: &Delivery| match delivery {
        Delivery::InKind { .. } => None,
        Delivery::Pgb { providers } => providers.first().map(|one| one.kind.clone()),
    };
    let now = chosen.delivery.as_ref().map(first);
    let mut ways = vec![
        Choice::new(None, "Zoals toegekend"),
        Choice::new(Some(None), "Zorg in natura"),
    ];
    let kinds = kinds(catalogue);
    ways.extend(kinds.iter().map(|kind| {
        Choice::new(
            Some(Some(kind.value.clone())),
            format!("Pgb, {}", kind.text),
        )
    }));
    form.list_ui(
        ui,
        (place.field("delivery"), "Leveringsvorm", Width::Full),
        (Some(&now), ""),
        &ways,
        spot.change(|line, way: Option<Option<String>>| {
            line.delivery = way.map(|kind| match kind {
                None => Delivery::InKind {
                    provider: String::new(),
                },
                Some(kind) => Delivery::Pgb {
                    providers: vec![CareProvider {
                        name: String::new(),
                        kind,
                        share: Vec::new(),
                        from: None,
                        to: None,
                        agreed: None,
                        set_rate: None,
                    }],
                },
            });
        }),
    );
    form.stretch_ui(
        ui,
        place,
        ("Vanaf", "Tot en met"),
        (chosen.from, chosen.to),
        spot.change(|line, day| line.from = day),
        spot.change(|line, day| line.to = day),
    );
    need::need_ui(ui, form, spot, (chosen, provision), budget);
    let delivery = chosen.delivery.as_ref().unwrap_or(&provision.line.delivery);
    let is_pgb = delivery.is_pgb();
    form.anchor_ui(ui, place.field("hired"), place.field("delivery"));
    for (number, one) in chosen.hired.iter().enumerate() {
        hired::hired_ui(ui, form, (spot, number), one, &kinds);
    }
    if is_pgb {
        if icon_text_ui(ui, Icon::Plus, "Zorgverlener toevoegen").clicked() {
            let kind = first(delivery).or_else(|| kinds.last().map(|kind| kind.value.clone()));
            let fresh = Hired {
                kind: kind.unwrap_or_default(),
                ..Hired::default()
            };
            form.change_list("Zorgverlener toevoegen", |dossier| {
                spot.change(|line, fresh| line.hired.push(fresh))(dossier, fresh);
            });
            let next = place.field("hired").item(chosen.hired.len());
            form.editing.jump_to(next.field("name"));
        }
        form.text_ui(
            ui,
            (
                place.field("lower_reason"),
                "Waarom het pgb lager is dan in natura",
                Width::Full,
            ),
            &chosen.lower_reason,
            spot.change(|line, text| line.lower_reason = text),
        );
    }
    if quiet_ui(ui, "Laat zoals toegekend").clicked() {
        form.change_list("Regel van het scenario weghalen", |dossier| {
            in_scenario(spot.scenario, |scenario, at: usize| {
                if at < scenario.lines.len() {
                    scenario.lines.remove(at);
                }
            })(dossier, spot.line);
        });
    }
}

/// The conditions of a pgb, each with its words.
fn conditions_ui(ui: &mut Ui, form: &mut Form<'_>, at: usize, conditions: &Conditions) {
    type Of = fn(&mut Conditions) -> &mut Condition;
    let all: [(&'static str, &'static str, &Condition, Of); 3] = [
        (
            "able",
            "Kan de cliënt een pgb beheren, alleen of met hulp?",
            &conditions.able,
            |all| &mut all.able,
        ),
        (
            "motivated",
            "Zegt de cliënt waarom een pgb nodig is?",
            &conditions.motivated,
            |all| &mut all.motivated,
        ),
        (
            "quality",
            "Is de hulp veilig, doeltreffend en cliëntgericht?",
            &conditions.quality,
            |all| &mut all.quality,
        ),
    ];
    let answers = [
        Choice::new(None, "Nog open"),
        Choice::new(Some(true), "Ja"),
        Choice::new(Some(false), "Nee"),
    ];
    ui.add_space(theme::SMALL);
    heading_ui(ui, "Voorwaarden van een pgb");
    for (field, label, condition, of) in all {
        let place = scenario_place(at).field("conditions").field(field);
        group_ui(ui, label, |ui| {
            form.segments_ui(
                ui,
                (place, label),
                Some(&condition.met),
                &answers,
                in_scenario(at, move |scenario, met| {
                    of(&mut scenario.conditions).met = met;
                }),
            );
            form.lines_ui(
                ui,
                (place.field("words"), "Toelichting", 2),
                "",
                &condition.words,
                in_scenario(at, move |scenario, words| {
                    of(&mut scenario.conditions).words = words;
                }),
            );
        });
    }
}
