//! The forms by role and label: what is typed comes into the dossier, what is wrong stands next to its field.

mod letters;
mod published;

use std::collections::HashMap;

use egui::accesskit::Role;
use egui::{Frame, Key, Margin, ScrollArea, Theme, Ui, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::{Date, date};

use super::{LOOKS, window};
use crate::budget::Library;
use crate::desk::editing::{Editing, Place};
use crate::desk::forms::line::fresh_provision;
use crate::desk::forms::{Form, Messages, part_ui};
use crate::desk::showing;
use crate::desk::theme::Palette;
use crate::desk::view::{ClockView, Part};
use crate::dossier::{
    Dossier, Evaluation, Investigation, InvestigationStep, PriorAnswer, PriorOutcome, Reached,
    StepState,
};
use crate::indication::{Delivery, Hours};
use crate::norms::Start;
use crate::quantity::{Frequency, Unit};

const TODAY: Date = date(2018, 1, 15);

/// One part of a dossier in its form.
pub(super) struct Sheet {
    library: Library,
    dossier: Dossier,
    evaluation: Evaluation,
    messages: Messages,
    clocks: Vec<ClockView>,
    made: HashMap<Place, String>,
    editing: Editing,
    part: Part,
    steps: Vec<&'static str>,
}

impl Sheet {
    pub(super) fn new(dossier: Dossier, part: Part) -> Self {
        let library = Library::shipped().expect("the shipped files are right");
        let evaluation = dossier.evaluate(&library, TODAY);
        let mut sheet = Self {
            library,
            dossier,
            evaluation,
            messages: Messages::new(),
            clocks: Vec::new(),
            made: HashMap::new(),
            editing: Editing::default(),
            part,
            steps: Vec::new(),
        };
        sheet.work_out();
        sheet
    }

    /// A dossier of Leiden with one fresh line of `product`.
    fn with_line(product: &str) -> Self {
        let library = Library::shipped().expect("the shipped files are right");
        let mut dossier = Dossier::new("0546");
        let mut provision = fresh_provision(&library, "0546", date(2018, 1, 1), product);
        provision.line.to = Some(date(2018, 12, 31));
        dossier.provisions.push(provision);
        Self::new(dossier, Part::Line(0))
    }

    fn work_out(&mut self) {
        self.evaluation = self.dossier.evaluate(&self.library, TODAY);
        let view = showing::view(&self.dossier, &self.evaluation, &self.library, TODAY);
        self.clocks = view.clocks;
        self.made = view.made;
        self.messages.clear();
        for problem in view.problems {
            self.messages
                .entry(problem.place)
                .or_insert((problem.tone, problem.text));
        }
    }

    fn hours(&self) -> &Hours {
        &self.dossier.provisions[0].line.hours[0].hours
    }
}

fn sheet_ui(ui: &mut Ui, sheet: &mut Sheet) {
    let fill = Palette::of(ui).surface;
    Frame::new()
        .fill(fill)
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    let mut form = Form::new(
                        &sheet.dossier,
                        &sheet.evaluation,
                        &sheet.library,
                        &sheet.messages,
                        &mut sheet.editing,
                    )
                    .with_clocks(&sheet.clocks)
                    .with_made(&sheet.made);
                    part_ui(ui, &mut form, sheet.part);
                    if let Some(change) = form.change {
                        sheet.steps.push(change.what);
                        sheet.dossier = change.dossier;
                        if change.moved {
                            sheet.editing.clear();
                        }
                        sheet.work_out();
                    }
                });
        });
}

pub(super) fn harness(sheet: Sheet) -> Harness<'static, Sheet> {
    window(vec2(584.0, 2600.0), Theme::Light, sheet, sheet_ui)
}

/// Types `text` in the field and commits it.
fn fill(harness: &mut Harness<'_, Sheet>, label: &str, text: &str) {
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .type_text(text);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

fn click(harness: &mut Harness<'_, Sheet>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

#[test]
fn a_client_is_filled_in_field_by_field_and_each_is_a_step() {
    let mut harness = harness(Sheet::new(Dossier::new("0546"), Part::Client));
    harness.run();
    fill(&mut harness, "Voorletters", "A.B.");
    fill(&mut harness, "Voorvoegsel", "de");
    fill(&mut harness, "Achternaam", "Vries");
    fill(&mut harness, "Geboortedatum", "12-3-1948");
    fill(&mut harness, "BSN", "9999.93.653");
    fill(&mut harness, "Straat", "Hooigracht");
    fill(&mut harness, "Huisnummer", "12");
    fill(&mut harness, "Postcode", "2312km");
    click(&mut harness, Role::RadioButton, "vrouw");
    let sheet = harness.state();
    let client = &sheet.dossier.client;
    assert_eq!(client.person.name_line().as_deref(), Some("A.B. de Vries"));
    assert_eq!(client.person.birth_date, Some(date(1948, 3, 12)));
    assert_eq!(client.bsn.unwrap().digits(), "999993653");
    assert_eq!(client.address.as_ref().unwrap().number, 12);
    assert_eq!(sheet.steps.len(), 9);
    assert_eq!(sheet.steps.first(), Some(&"Voorletters"));
    assert!(
        harness
            .query_by_label_contains("Geachte mevrouw De Vries")
            .is_some()
    );
}

#[test]
fn a_text_that_is_no_value_stays_in_its_field_with_the_reason() {
    let mut harness = harness(Sheet::new(Dossier::new("0546"), Part::Client));
    harness.run();
    fill(&mut harness, "BSN", "123456789");
    assert!(
        harness
            .query_by_label_contains("Dit is geen geldig BSN")
            .is_some()
    );
    assert_eq!(harness.state().dossier.client.bsn, None);
    assert_eq!(harness.state().editing.rejected().count(), 1);
}

#[test]
fn an_address_with_nothing_in_it_is_no_address() {
    let mut harness = harness(Sheet::new(Dossier::new("0546"), Part::Client));
    harness.run();
    fill(&mut harness, "Straat", "Hooigracht");
    assert!(harness.state().dossier.client.address.is_some());
    harness.get_by_label("Straat").focus();
    harness.run();
    harness.key_press(Key::Backspace);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().dossier.client.address, None);
}

#[test]
fn a_fresh_line_is_built_with_the_norm_set_to_an_amount() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    assert!(matches!(harness.state().hours(), Hours::Norm(_)));
    click(&mut harness, Role::CheckBox, "Schoon en leefbaar huis");
    let evaluation = &harness.state().evaluation;
    let budget = evaluation.lines[0].as_ref().expect("a granted line");
    let amount = budget.segments[0]
        .amount
        .first()
        .and_then(crate::budget::Money::euro)
        .expect("an amount");
    // 108 hours a year ÷ 52 = 124,6… → 125 minutes a week × 4 ÷ 60 × € 27,50.
    assert_eq!(amount.0.to_string(), "229.17");
    assert!(
        harness
            .query_by_label_contains("Toegekend: 2 uur en 5 minuten per week")
            .is_some()
    );
}

#[test]
fn a_typed_extent_follows_its_own_unit_and_asks_back_what_is_ambiguous() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    click(&mut harness, Role::RadioButton, "Zelf invullen");
    fill(&mut harness, "Omvang", "1.234");
    harness.get_by_role_and_label(Role::Button, "1234").click();
    harness.run();
    harness.run();
    let Hours::Typed(extents) = harness.state().hours() else {
        panic!("typed hours");
    };
    assert_eq!(extents[0].volume.to_string(), "1234");
    assert_eq!(
        (extents[0].unit, extents[0].per),
        (Unit::Minute, Frequency::Week)
    );
}

#[test]
fn a_missing_reason_stands_at_its_field_and_a_jump_goes_there() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    click(&mut harness, Role::CheckBox, "Schoon en leefbaar huis");
    click(&mut harness, Role::RadioButton, "eigen minuten");
    let path = "provisions[0].line.hours[0].hours.parts[0].start.reason";
    let place = Place::of_path(path);
    assert!(
        harness.state().messages.contains_key(&place),
        "{:?}",
        harness.state().evaluation.problems
    );
    harness.state_mut().editing.jump_to(place);
    harness.run();
    let field = harness.get_by_label("Reden van de eigen minuten");
    assert!(field.is_focused());
    fill(
        &mut harness,
        "Reden van de eigen minuten",
        "Het huis is klein.",
    );
    assert!(!harness.state().messages.contains_key(&place));
    let Hours::Norm(work) = harness.state().hours() else {
        panic!("hours of a norm set");
    };
    assert!(
        matches!(&work.parts[0].start, Start::Own { reason, .. } if reason == "Het huis is klein.")
    );
}

#[test]
fn a_pgb_takes_several_care_providers_with_their_agreed_rates() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    click(
        &mut harness,
        Role::RadioButton,
        "Persoonsgebonden budget (pgb)",
    );
    fill(&mut harness, "Naam zorgverlener", "mevrouw Yilmaz");
    fill(&mut harness, "Afgesproken tarief", "14,50");
    click(&mut harness, Role::RadioButton, "zelfstandige (zzp)");
    click(&mut harness, Role::Button, "Zorgverlener toevoegen");
    let Delivery::Pgb { providers } = &harness.state().dossier.provisions[0].line.delivery else {
        panic!("a pgb");
    };
    assert_eq!(providers.len(), 2);
    assert_eq!(providers[0].name, "mevrouw Yilmaz");
    assert_eq!(providers[0].kind, "zzp");
    let agreed = providers[0].agreed.unwrap();
    assert_eq!(
        (agreed.amount.0.to_string().as_str(), agreed.per),
        ("14.50", Unit::Hour)
    );
}

#[test]
fn an_end_before_the_start_is_said_below_the_dates() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    fill(&mut harness, "Einddatum", "1-12-2017");
    assert!(
        harness
            .state()
            .messages
            .contains_key(&Place::of_path("provisions[0].line.to"))
    );
    let said = harness.state().messages[&Place::of_path("provisions[0].line.to")]
        .1
        .clone();
    assert!(harness.query_by_label_contains(&said).is_some(), "{said}");
}

#[test]
fn a_refused_line_asks_for_its_ground() {
    let mut harness = harness(Sheet::with_line("ho"));
    harness.run();
    click(&mut harness, Role::RadioButton, "Geweigerd");
    assert!(harness.query_by_label("Grond van de weigering").is_some());
    assert!(
        harness
            .query_by_role_and_label(Role::RadioGroup, "Leveringsvorm")
            .is_none()
    );
}

#[test]
fn every_product_of_every_catalogue_has_a_form() {
    let library = Library::shipped().expect("the shipped files are right");
    let municipalities: Vec<_> = library.catalogues.municipalities().collect();
    for municipality in municipalities {
        for catalogue in library.catalogues.of(&municipality.code) {
            for product in &catalogue.products {
                let mut dossier = Dossier::new(&municipality.code);
                let from = catalogue.file.from;
                let provision = fresh_provision(&library, &municipality.code, from, &product.id);
                dossier.provisions.push(provision);
                let mut harness = harness(Sheet::new(dossier, Part::Line(0)));
                harness.run();
                assert!(
                    harness
                        .query_by_role_and_label(Role::RadioGroup, "Leveringsvorm")
                        .is_some(),
                    "{}",
                    product.id
                );
            }
        }
    }
}

#[test]
fn pictures_of_the_forms() {
    let mut results = SnapshotResults::new();
    let read = |name: &str| {
        let path = format!("fixtures/dossiers/{name}.ron");
        let bytes = std::fs::read(&path).expect("the example is there");
        Dossier::read(name, &bytes).expect("the example can be read")
    };
    for (look, name) in LOOKS {
        for (part, of, dossier) in [
            (Part::Client, "client", read("brief-pgb")),
            (Part::Investigation, "investigation", investigated()),
            (Part::Decision, "decision", read("brief-pgb")),
            (Part::Line(0), "norm", read("brief-pgb")),
            (Part::Line(0), "parts", read("brief-thuisondersteuning")),
            (Part::Line(0), "providers", read("brief-gemengd")),
            (
                Part::Line(0),
                "activities",
                read("begeleiding-per-activiteit"),
            ),
        ] {
            let size = vec2(
                584.0,
                match part {
                    Part::Client => 900.0,
                    Part::Investigation => 2600.0,
                    Part::Decision => 1180.0,
                    Part::Line(_) => 2300.0,
                },
            );
            let mut harness = window(size, look, Sheet::new(dossier, part), sheet_ui);
            harness.run();
            harness.snapshot(format!("form_{of}_{name}"));
            results.extend_harness(&mut harness);
        }
    }
}

/// A dossier with a step in each state.
fn investigated() -> Dossier {
    let mut dossier = Dossier::new("0546");
    dossier.dates.report = Some(date(2018, 1, 2));
    let mut earlier = Investigation::default();
    earlier
        .limitations
        .set("Mevrouw kan niet bukken en tillen door artrose.".to_owned());
    earlier.prior.push(PriorAnswer {
        provision: "schuldhulp".to_owned(),
        outcome: PriorOutcome::NotFitting,
        reason: "Er zijn geen schulden.".to_owned(),
        taken: None,
    });
    let investigation = &mut dossier.investigation;
    investigation.take_over(&earlier, "2016-00812");
    investigation
        .request
        .set("Ik wil een schoon huis.".to_owned());
    investigation.prior.push(PriorAnswer {
        provision: "wlz".to_owned(),
        outcome: PriorOutcome::Considered,
        reason: String::new(),
        taken: None,
    });
    dossier
}

#[test]
fn an_investigation_is_filled_in_step_by_step_and_gives_its_words_to_the_motivation() {
    let mut dossier = investigated();
    dossier.investigation.prior.clear();
    let provision = Sheet::with_line("ho").dossier.provisions.remove(0);
    dossier.provisions.push(provision);
    let mut harness = harness(Sheet::new(dossier, Part::Investigation));
    harness.run();
    let question = "Wat kan de cliënt zelf?";
    harness
        .get_by_role_and_label(Role::MultilineTextInput, question)
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::MultilineTextInput, question)
        .type_text("Mevrouw kookt zelf.");
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    let own = &harness.state().dossier.investigation.own_strength;
    assert_eq!(
        (own.text.as_str(), &own.taken),
        ("Mevrouw kookt zelf.", &None)
    );
    let state = |harness: &Harness<'_, Sheet>, step| {
        let sheet = harness.state();
        let list = sheet.dossier.priors(&sheet.library).unwrap();
        sheet.dossier.step_state(step, &list)
    };
    assert_eq!(
        state(&harness, InvestigationStep::OwnStrength),
        StepState::Complete
    );
    assert_eq!(
        state(&harness, InvestigationStep::Limitations),
        StepState::Busy
    );
    click(&mut harness, Role::Button, "Klopt nog");
    assert_eq!(
        state(&harness, InvestigationStep::Limitations),
        StepState::Complete
    );
    assert_eq!(state(&harness, InvestigationStep::Prior), StepState::Empty);
    harness
        .get_all_by_role_and_label(Role::RadioButton, "past niet")
        .next()
        .expect("the first of the list")
        .click();
    harness.run();
    assert_eq!(state(&harness, InvestigationStep::Prior), StepState::Busy);
    fill(&mut harness, "Reden", "Er is geen mantelzorger.");
    assert_eq!(
        state(&harness, InvestigationStep::Prior),
        StepState::Complete
    );

    harness.state_mut().part = Part::Line(0);
    harness.run();
    for label in ["Beperkingen", "Eigen kracht", "Wat voorgaat"] {
        let button = format!("{label} overnemen uit het onderzoek");
        click(&mut harness, Role::Button, &button);
        assert!(harness.query_by_label(&button).is_none());
    }
    let motivation = &harness.state().dossier.provisions[0].motivation;
    assert_eq!(motivation.own_strength, "Mevrouw kookt zelf.");
    assert_eq!(
        motivation.prior,
        "Mantelzorgondersteuning: past niet. Er is geen mantelzorger."
    );
}

#[test]
fn a_suspension_is_filled_in_field_by_field_and_holds_the_clock() {
    let mut dossier = Dossier::new("0546");
    dossier.dates.report = Some(date(2018, 1, 2));
    dossier.dates.application = Some(date(2018, 1, 8));
    let mut harness = harness(Sheet::new(dossier, Part::Decision));
    harness.run();
    harness.get_by_label("nog 7 dagen");
    click(&mut harness, Role::Button, "Opschorting toevoegen");
    fill(&mut harness, "Eerste dag opschorting", "10-1-2018");
    fill(
        &mut harness,
        "Reden van de opschorting",
        "Het zorgplan komt nog.",
    );
    harness.get_by_label("opgeschort, het einde is nog niet bekend");
    fill(&mut harness, "Laatste dag opschorting", "11-1-2018");
    harness.get_by_label("uiterlijk 24 januari 2018");
    click(&mut harness, Role::Button, "Opschorting 1 verwijderen");
    assert!(harness.state().dossier.dates.suspensions.is_empty());
    click(&mut harness, Role::Button, "Verlenging toevoegen");
    let reason = Place::of_path("dates.extension.reason");
    assert!(harness.state().messages.contains_key(&reason));
    fill(&mut harness, "Nieuwe laatste dag", "31-1-2018");
    harness.get_by_label("uiterlijk 31 januari 2018 (volgens de wet 22 januari 2018)");
}

#[test]
fn an_evaluation_is_filled_in_per_result_once_it_was_held() {
    let bytes = std::fs::read("fixtures/dossiers/brief-zin.ron").unwrap();
    let dossier = Dossier::read("brief-zin", &bytes).unwrap();
    let mut harness = harness(Sheet::new(dossier, Part::Decision));
    harness.run();
    fill(&mut harness, "Afgesproken voor", "14-1-2018");
    harness.get_by_label("1 dag te laat");
    fill(&mut harness, "Geëvalueerd op", "15-1-2018");
    harness.get_by_label("te laat, op 15 januari 2018");
    let results = Place::of_path("review.results");
    assert!(harness.state().messages.contains_key(&results));
    for number in 0..2 {
        harness
            .get_all_by_role_and_label(Role::RadioButton, "deels bereikt")
            .nth(number)
            .expect("one for each result")
            .click();
        harness.run();
    }
    assert!(!harness.state().messages.contains_key(&results));
    click(&mut harness, Role::RadioButton, "4");
    let review = &harness.state().dossier.review;
    assert_eq!(review.satisfaction, Some(4));
    assert_eq!(
        review.of("uw huis is schoon en leefbaar"),
        Some(Reached::Partly)
    );
}

#[test]
fn begeleiding_is_filled_in_by_goal_and_activity_and_its_band_follows_from_the_sum() {
    let mut harness = harness(Sheet::with_line("begeleiding"));
    harness.run();
    click(&mut harness, Role::RadioButton, "basis");
    click(&mut harness, Role::RadioButton, "Per doel en activiteit");
    harness.get_by_label_contains("Het doel ontbreekt.");
    fill(&mut harness, "Doel", "orde in de post");
    fill(&mut harness, "Activiteit", "samen de post doornemen");
    fill(&mut harness, "Tijd", "90");
    harness.get_by_label_contains("Samen 90 minuten per week.");
    let amount = |harness: &Harness<'_, Sheet>| {
        let line = harness.state().evaluation.lines[0].as_ref().unwrap();
        line.main_amount().unwrap().0.euro().unwrap().0.to_string()
    };
    assert_eq!(amount(&harness), "300.00");
    click(&mut harness, Role::Button, "Activiteit toevoegen");
    let Hours::Activities(rows) = harness.state().hours() else {
        panic!("activities");
    };
    // The goal and the time of the one before are proposed.
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].goal, "orde in de post");
    assert!(rows[1].activity.is_empty());
    let second = |harness: &mut Harness<'_, Sheet>, label: &str, text: &str| {
        harness
            .query_all_by_role_and_label(Role::TextInput, label)
            .last()
            .unwrap()
            .focus();
        harness.run();
        let field = harness
            .query_all_by_role_and_label(Role::TextInput, label)
            .last();
        field.unwrap().type_text(text);
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
    };
    second(&mut harness, "Activiteit", "rekeningen betalen");
    harness.get_by_label_contains("Samen 180 minuten per week.");
    assert_eq!(amount(&harness), "600.00");
    // The typed extents are the same time.
    click(&mut harness, Role::RadioButton, "Zelf invullen");
    let Hours::Typed(extents) = harness.state().hours() else {
        panic!("typed");
    };
    assert_eq!(extents.len(), 2);
}

#[test]
fn a_prior_provision_of_the_municipality_itself_is_asked_after_those_of_the_program() {
    let text = include_str!("../../../../assets/catalogues/gemeente-leiden.ron").replace(
        "neighbourhoods: [",
        "prior_provisions: [(id: \"maaltijd\", label: \"Maaltijddienst\", about: \"Warm eten aan huis.\")],\n    neighbourhoods: [",
    );
    let file = crate::catalogue::SourceFile {
        name: "gemeente-leiden.ron",
        text: &text,
    };
    let mut sheet = Sheet::new(Dossier::new("0546"), Part::Investigation);
    sheet.library = Library::with(&[file]).unwrap();
    let mut harness = harness(sheet);
    harness.run();
    harness.get_by_label("Warm eten aan huis.");
    let outcomes = harness.query_all_by_role_and_label(Role::RadioButton, "past niet");
    outcomes.last().unwrap().click();
    harness.run();
    let sheet = harness.state();
    assert_eq!(sheet.dossier.investigation.prior.len(), 1);
    let known = sheet.evaluation.problems.iter();
    assert!(
        known
            .clone()
            .all(|problem| !problem.field.ends_with("provision"))
    );
}

#[test]
fn a_term_that_has_passed_is_plainly_late() {
    let mut dossier = Dossier::new("0546");
    dossier.dates.report = Some(date(2017, 11, 30));
    let mut harness = harness(Sheet::new(dossier, Part::Decision));
    harness.run();
    harness.get_by_label("uiterlijk 11 januari 2018");
    harness.get_by_label("4 dagen te laat");
}
