//! Every control in its states, tested by role and name and kept as pictures.

use egui::accesskit::Role;
use egui::{Key, Popup, Theme, Ui, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};

use super::{LOOKS, sample, window};
use crate::desk::command::Command;
use crate::desk::editing::{Editing, Place, Rejected};
use crate::desk::finder::Finder;
use crate::desk::widgets::button::{icon_text_ui, icon_ui, primary_ui, quiet_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, check_ui, list_ui, segments_ui, tabs_ui};
use crate::desk::widgets::dialog::{Notice, notice_ui, question_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::{card_ui, figures_ui, one_figure_ui};
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{Chip, Origin, chip_ui, origin_ui};
use crate::desk::widgets::text::{
    Tone, heading_ui, message_ui, muted_ui, prose_ui, subheading_ui, title_ui,
};
use crate::desk::widgets::tree::{Unfolded, tree_ui};

/// A form with one field of each kind, and what was committed in it.
struct Form {
    editing: Editing,
    minutes: u32,
    name: String,
    reason: String,
    severity: Option<char>,
    product: Option<usize>,
    agreed: bool,
    commits: usize,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            editing: Editing::default(),
            minutes: 174,
            name: "de Vries".to_owned(),
            reason: String::new(),
            severity: Some('m'),
            product: None,
            agreed: true,
            commits: 0,
        }
    }
}

fn minutes(text: &str) -> Result<u32, Rejected> {
    if text == "1.234" {
        return Err(Rejected {
            message: "Bedoelt u 1234 of 1,234?".to_owned(),
            proposals: vec!["1234".to_owned(), "1".to_owned()],
        });
    }
    text.trim()
        .parse()
        .map_err(|_| Rejected::new("Vul een heel aantal minuten in, zoals 174."))
}

fn place(name: &str) -> Place {
    Place::root().field(name)
}

fn form_ui(ui: &mut Ui, form: &mut Form) {
    let editing = &mut form.editing;
    ui.horizontal_top(|ui| {
        let shown = form.minutes.to_string();
        let field = Field::new(place("omvang"), "Omvang")
            .unit("minuten per week")
            .width(Width::Middle)
            .origin(Origin::Norm, "KPMG 2016");
        if let Some(value) = field.show_ui(ui, editing, &shown, minutes) {
            form.minutes = value;
            form.commits += 1;
        }
        if let Some(value) =
            Field::new(place("naam"), "Achternaam").text_ui(ui, editing, &form.name)
        {
            form.name = value;
            form.commits += 1;
        }
    });
    let late = Some((
        Tone::Fault,
        "Vul een einddatum in die op of na 1 maart 2026 ligt.",
    ));
    Field::new(place("tot"), "Einddatum")
        .width(Width::Middle)
        .message(late)
        .text_ui(ui, editing, "28-2-2026");
    let field = Field::new(place("reden"), "Reden")
        .rows(3)
        .width(Width::Full)
        .hint("Waarom deze voorziening nodig is");
    if let Some(value) = field.text_ui(ui, editing, &form.reason) {
        form.reason = value;
        form.commits += 1;
    }
    let choices = [
        Choice::new('l', "Licht"),
        Choice::new('m', "Midden"),
        Choice::new('z', "Zwaar"),
    ];
    if let Some(value) = segments_ui(
        ui,
        editing,
        (place("zwaarte"), "Zwaartesoort"),
        form.severity.as_ref(),
        &choices,
        None,
    ) {
        form.severity = Some(value);
    }
    let products = [
        Choice::new(0, "Huishoudelijke ondersteuning"),
        Choice::new(1, "Begeleiding individueel"),
    ];
    let label = (place("product"), "Voorziening");
    if let Some(value) = list_ui(
        ui,
        editing,
        label,
        Width::Name,
        form.product.as_ref(),
        "Kies een voorziening",
        &products,
        None,
    ) {
        form.product = Some(value);
    }
    if let Some(value) = check_ui(
        ui,
        editing,
        place("akkoord"),
        "De cliënt is akkoord met het zorgplan",
        form.agreed,
    ) {
        form.agreed = value;
    }
}

fn form(look: Theme) -> Harness<'static, Form> {
    window(vec2(640.0, 560.0), look, Form::default(), form_ui)
}

#[test]
fn enter_commits_and_keeps_the_focus() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Omvang").focus();
    harness.run();
    harness.get_by_label("Omvang").type_text("200");
    harness.run();
    assert_eq!(harness.state().minutes, 174, "typing alone commits nothing");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!((harness.state().minutes, harness.state().commits), (200, 1));
    assert!(harness.get_by_label("Omvang").is_focused());
}

#[test]
fn tab_commits_and_goes_to_the_next_field() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Omvang").focus();
    harness.run();
    harness.get_by_label("Omvang").type_text("90");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(harness.state().minutes, 90);
    assert!(harness.get_by_label("Achternaam").is_focused());
}

#[test]
fn escape_takes_back_what_was_typed() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Achternaam").focus();
    harness.run();
    harness.get_by_label("Achternaam").type_text("Jansen");
    harness.run();
    assert_eq!(
        harness.get_by_label("Achternaam").value().as_deref(),
        Some("Jansen")
    );
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(
        harness.get_by_label("Achternaam").value().as_deref(),
        Some("de Vries")
    );
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(harness.state().commits, 0);
}

#[test]
fn a_refused_text_stays_with_its_reason_and_is_listed() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Omvang").focus();
    harness.run();
    harness.get_by_label("Omvang").type_text("veel");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(harness.state().minutes, 174);
    assert_eq!(
        harness.get_by_label("Omvang").value().as_deref(),
        Some("veel")
    );
    harness.get_by_label_contains("Vul een heel aantal minuten in");
    let rejected: Vec<_> = harness
        .state()
        .editing
        .rejected()
        .map(|(at, draft)| (at, draft.label.clone()))
        .collect();
    assert_eq!(rejected, [(place("omvang"), "Omvang".to_owned())]);
}

#[test]
fn an_ambiguous_text_offers_its_readings() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Omvang").focus();
    harness.run();
    harness.get_by_label("Omvang").type_text("1.234");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "1234").click();
    harness.run();
    assert_eq!(harness.state().minutes, 1234);
    assert!(harness.query_by_label_contains("Bedoelt u").is_none());
}

#[test]
fn enter_in_a_text_of_several_lines_begins_a_new_line() {
    let mut harness = form(Theme::Light);
    harness.get_by_label("Reden").focus();
    harness.run();
    harness.get_by_label("Reden").type_text("een");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().commits, 0);
    harness.get_by_label("Reden").type_text("twee");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(harness.state().reason, "een\ntwee");
}

#[test]
fn a_problem_jumps_to_any_kind_of_field() {
    let mut harness = form(Theme::Light);
    for (name, role, label) in [
        ("tot", Role::TextInput, "Einddatum"),
        ("zwaarte", Role::RadioButton, "Midden"),
        ("product", Role::ComboBox, "Voorziening"),
        (
            "akkoord",
            Role::CheckBox,
            "De cliënt is akkoord met het zorgplan",
        ),
    ] {
        harness.state_mut().editing.jump_to(place(name));
        harness.run();
        assert!(
            harness.get_by_role_and_label(role, label).is_focused(),
            "{label}"
        );
    }
}

#[test]
fn choices_are_made_with_the_keyboard() {
    let mut harness = form(Theme::Light);
    harness
        .get_by_role_and_label(Role::RadioButton, "Midden")
        .focus();
    harness.run();
    for (key, chosen) in [
        (Key::ArrowRight, 'z'),
        (Key::ArrowDown, 'l'),
        (Key::ArrowLeft, 'z'),
        (Key::ArrowUp, 'm'),
    ] {
        // In passing nothing is chosen: that can put other work in the place of what stands there.
        let before = harness.state().severity;
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().severity, before);
        harness.key_press(Key::Space);
        harness.run();
        assert_eq!(harness.state().severity, Some(chosen));
    }
    assert!(
        harness
            .get_by_role_and_label(Role::RadioButton, "Midden")
            .is_focused()
    );
    harness
        .get_by_role_and_label(Role::ComboBox, "Voorziening")
        .focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().product, Some(1));
}

#[test]
fn tab_comes_once_to_a_group_of_choices() {
    for (severity, at) in [(Some('z'), "Zwaar"), (None, "Licht")] {
        let mut harness = form(Theme::Light);
        harness.state_mut().severity = severity;
        harness.get_by_label("Reden").focus();
        harness.run();
        harness.key_press(Key::Tab);
        harness.run();
        assert!(
            harness
                .get_by_role_and_label(Role::RadioButton, at)
                .is_focused(),
            "{at}"
        );
        harness.key_press(Key::Space);
        harness.run();
        assert_eq!(harness.state().severity, at.to_lowercase().chars().next());
        harness.key_press(Key::Tab);
        harness.run();
        assert!(
            harness
                .get_by_role_and_label(Role::ComboBox, "Voorziening")
                .is_focused()
        );
    }
}

#[test]
fn a_list_closes_and_has_the_keyboard_again_after_choosing_going_back_or_going_on() {
    let mut harness = form(Theme::Light);
    let press = |harness: &mut Harness<'_, Form>, keys: &[Key]| {
        for key in keys {
            harness.key_press(*key);
            harness.run();
        }
    };
    let at_list = |harness: &Harness<'_, Form>| {
        let list = harness.get_by_role_and_label(Role::ComboBox, "Voorziening");
        list.is_focused()
    };
    harness
        .get_by_role_and_label(Role::ComboBox, "Voorziening")
        .focus();
    harness.run();
    // The second time it is the one that was chosen already.
    for _ in 0..2 {
        for choose in [Key::Enter, Key::Space] {
            press(&mut harness, &[Key::Space, Key::ArrowDown]);
            assert!(Popup::is_any_open(&harness.ctx));
            press(&mut harness, &[choose]);
            assert_eq!(harness.state().product, Some(0));
            assert!(!Popup::is_any_open(&harness.ctx) && at_list(&harness));
        }
    }
    press(&mut harness, &[Key::Enter, Key::ArrowDown, Key::Escape]);
    assert!(!Popup::is_any_open(&harness.ctx) && at_list(&harness));
    press(&mut harness, &[Key::Enter, Key::Tab, Key::Tab, Key::Tab]);
    assert!(!Popup::is_any_open(&harness.ctx));
    let next =
        harness.get_by_role_and_label(Role::CheckBox, "De cliënt is akkoord met het zorgplan");
    assert!(next.is_focused());
}

fn tree(look: Theme) -> Harness<'static, Unfolded> {
    let rows = sample::budget().trace;
    window(
        vec2(420.0, 300.0),
        look,
        Unfolded::default(),
        move |ui, open| tree_ui(ui, "Berekening", &rows, open),
    )
}

#[test]
fn the_arrow_keys_unfold_the_calculation_and_walk_through_it() {
    let mut harness = tree(Theme::Light);
    let focused =
        |harness: &Harness<'_, Unfolded>, label: &str| harness.get_by_label(label).is_focused();
    let top = "Bedrag per 4 weken: € 175,51, voorbeeld";
    harness.get_by_label(top).focus();
    harness.run();
    assert!(harness.query_by_label("Uren × tarief: € 175,508").is_none());
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(
        harness
            .get_by_label(top)
            .accesskit_node()
            .data()
            .is_expanded(),
        Some(true)
    );
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(focused(&harness, "Uren × tarief: € 175,508"));
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(focused(&harness, "Plafond midden: € 385,00, voorbeeld"));
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert!(focused(&harness, top));
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert!(harness.query_by_label("Uren × tarief: € 175,508").is_none());
    assert_eq!(harness.get_all_by_role(Role::TreeItem).count(), 2);
}

#[test]
fn a_question_has_the_keyboard_and_escape_is_its_last_verb() {
    let mut harness = window(
        vec2(640.0, 360.0),
        Theme::Light,
        None,
        |ui, answer: &mut Option<usize>| {
            let _ = ui.button("Erachter");
            if answer.is_none() {
                *answer = question_ui(
                    ui.ctx(),
                    "vraag",
                    "Niet bewaard",
                    "Wat wilt u doen?",
                    &["Bewaar", "Sluit zonder bewaren", "Ga terug"],
                );
            }
        },
    );
    harness.run();
    assert!(
        harness
            .get_by_role_and_label(Role::Button, "Bewaar")
            .is_focused()
    );
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(*harness.state(), Some(2));
}

#[test]
fn a_command_is_found_by_typing_and_done_with_enter() {
    let state = (Finder::default(), None);
    let mut harness = window(
        vec2(800.0, 600.0),
        Theme::Light,
        state,
        |ui, (finder, done): &mut (Finder, Option<Command>)| {
            if done.is_none()
                && let crate::desk::finder::Found::Do(command) = finder.show_ui(ui.ctx(), |_| None)
            {
                *done = Some(command);
            }
        },
    );
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "Opdracht zoeken")
        .type_text("regel");
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1, Some(Command::DuplicateLine));
}

/// All small controls on one sheet.
fn sheet_ui(ui: &mut Ui) {
    title_ui(ui, "Titel van een scherm");
    heading_ui(ui, "Kop van een deel");
    subheading_ui(ui, "Kop daaronder");
    prose_ui(
        ui,
        "Gewone tekst: € 1.234,56 en − € 12,00 voor 3 × 4 weken, “zo” … of ‘zo’ – en zo — Zoë, Çağla, Šárka.",
    );
    muted_ui(ui, "Kleine tekst in de rustige kleur.");
    ui.horizontal(|ui| {
        primary_ui(ui, "Bereken opnieuw");
        secondary_ui(ui, "Ga terug");
        icon_text_ui(ui, Icon::Plus, "Regel toevoegen");
        icon_ui(ui, Icon::Copy, "Regel verdubbelen");
        quiet_ui(ui, "Ongedaan maken");
        ui.add_enabled_ui(false, |ui| icon_text_ui(ui, Icon::Letter, "Brief maken"));
    });
    ui.horizontal(|ui| {
        for chip in [
            Chip::Example,
            Chip::Fault,
            Chip::Warning,
            Chip::Good,
            Chip::Open,
        ] {
            chip_ui(ui, chip);
        }
    });
    ui.horizontal(|ui| {
        for origin in [
            Origin::Typed,
            Origin::Computed,
            Origin::Norm,
            Origin::Taken,
            Origin::Adjusted,
        ] {
            origin_ui(ui, origin, "");
        }
    });
    for tone in [Tone::Fault, Tone::Warning, Tone::Info] {
        message_ui(
            ui,
            tone,
            "Vul een einddatum in die op of na 1 maart 2026 ligt.",
        );
    }
    let front = [Choice::new(0, "Onderdelen"), Choice::new(1, "Formulier")];
    tabs_ui(ui, ("Kolommen", false), &1, &front);
    ui.scope(|ui| {
        ui.set_max_width(380.0);
        card_ui(ui, |ui| {
            let budget = sample::budget();
            one_figure_ui(ui, &budget.figure);
            figures_ui(ui, "Vergelijking", &budget.compare);
        });
    });
    let notice = Notice {
        tone: None,
        text: "Regel 2 is verwijderd.".to_owned(),
        offers: &[Command::Undo],
    };
    notice_ui(ui, &notice);
    let notice = Notice {
        tone: Some(Tone::Fault),
        text: "Het bestand is niet bewaard: de map is alleen-lezen. Kies een andere map."
            .to_owned(),
        offers: &[],
    };
    notice_ui(ui, &notice);
}

#[test]
fn pictures_of_the_kit() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut sheet = window(vec2(820.0, 900.0), look, (), |ui, ()| {
            egui::Frame::central_panel(ui.style()).show(ui, sheet_ui);
        });
        sheet.snapshot(format!("sheet_{name}"));
        results.extend_harness(&mut sheet);
        let mut fields = window(vec2(640.0, 560.0), look, Form::default(), |ui, form| {
            egui::Frame::central_panel(ui.style()).show(ui, |ui| form_ui(ui, form));
        });
        fields.get_by_label("Achternaam").focus();
        fields.run();
        fields.snapshot(format!("fields_{name}"));
        results.extend_harness(&mut fields);
    }
}
