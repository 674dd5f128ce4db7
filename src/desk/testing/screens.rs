//! Every screen, sheet and question that the window can show: Tab comes to everything in reading order and round again, and
//! one Esc leaves what stands over the window, with the keyboard back where it was.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use egui::accesskit::{NodeId, Role};
use egui::{Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tempfile::TempDir;

use super::home;
use super::names;
use super::program::{
    Start, click, copy, fill, fixture, give, give_path, press, settle, start, type_in,
};
use super::register::{NAME, Office, example, save, unlock};
use super::register_door::{damage, elsewhere};
use super::scenarios::leiden;
use super::{LOW, USUAL};
use crate::desk::app::Desk;
use crate::desk::command::Command;
use crate::desk::help::help;

/// A window, and what must stay as long as it is there.
struct Shown {
    harness: Harness<'static, Desk>,
    /// The folder of its files.
    folder: Option<TempDir>,
    _office: Option<Office>,
}

impl From<Harness<'static, Desk>> for Shown {
    fn from(harness: Harness<'static, Desk>) -> Self {
        Self {
            harness,
            folder: None,
            _office: None,
        }
    }
}

/// A name, and the way there.
type Way = (&'static str, fn() -> Shown);

fn file(name: &str) -> Shown {
    let start_with = Start {
        file: Some(fixture(name)),
        ..Start::default()
    };
    start(start_with).into()
}

/// A dossier, and after these commands.
fn after(name: &str, commands: &[Command]) -> Shown {
    let mut shown = file(name);
    for command in commands {
        give(&mut shown.harness, *command);
    }
    shown
}

/// A window of a register with one dossier, unlocked, and after these commands.
fn office(opens: bool, commands: &[Command]) -> Shown {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    if opens {
        press(&mut harness, Key::Enter);
    }
    for command in commands {
        give(&mut harness, *command);
    }
    Shown {
        harness,
        folder: None,
        _office: Some(office),
    }
}

fn door(office: Office, harness: Harness<'static, Desk>) -> Shown {
    Shown {
        harness,
        folder: None,
        _office: Some(office),
    }
}

fn scenarios(commands: &[Command]) -> Shown {
    let mut harness = start(Start {
        file: Some(leiden()),
        ..Start::default()
    });
    give(&mut harness, Command::ShowScenarios);
    for command in commands {
        give(&mut harness, *command);
    }
    harness.into()
}

fn at_home() -> Shown {
    let (folder, path) = home::file();
    let harness = start(Start {
        file: Some(path),
        ..Start::default()
    });
    Shown {
        harness,
        folder: Some(folder),
        _office: None,
    }
}

/// All that fills the window.
const SCREENS: &[Way] = &[
    ("start", || start(Start::default()).into()),
    ("start, after a file that is no dossier", || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kapot.ron");
        std::fs::write(&path, "(format: 1, client: (").unwrap();
        start(Start {
            file: Some(path),
            ..Start::default()
        })
        .into()
    }),
    ("client", || file("voorbeeld.ron")),
    ("investigation", || {
        after("voorbeeld.ron", &[Command::NextStep])
    }),
    ("investigation that is filled in", || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut harness = start(Start {
            file: Some(root.join("fixtures/investigation/onderzoek.ron")),
            ..Start::default()
        });
        give(&mut harness, Command::NextStep);
        harness.into()
    }),
    ("decision", || {
        after("voorbeeld.ron", &[Command::NextStep, Command::NextStep])
    }),
    ("decision with an extension", || {
        let way = [Command::NextStep, Command::NextStep];
        after("brief-meer-tijd.ron", &way)
    }),
    ("line with hours from a norm", || {
        let way = [Command::NextLine, Command::UnfoldCalculation];
        after("voorbeeld.ron", &way)
    }),
    ("line with a pgb", || {
        let way = [Command::NextLine, Command::UnfoldCalculation];
        after("brief-gemengd.ron", &way)
    }),
    ("line of begeleiding on offer", || {
        after("begeleiding-offerte.ron", &[Command::NextLine])
    }),
    ("line of two parts", || {
        after("brief-thuisondersteuning.ron", &[Command::NextLine])
    }),
    ("line that is refused", || {
        after("brief-afwijzing.ron", &[Command::NextLine])
    }),
    ("line by goal and activity", || {
        let mut shown = after("begeleiding-basis-zin.ron", &[Command::NextLine]);
        click(
            &mut shown.harness,
            Role::RadioButton,
            "Per doel en activiteit",
        );
        shown
    }),
    ("one page", || {
        let way = [Command::ToggleOnePage, Command::NextLine];
        after("voorbeeld.ron", &way)
    }),
    ("problems and a notice", || {
        let mut shown = after("brief-pgb.ron", &[]);
        fill(&mut shown.harness, "BSN", "123456789");
        give(&mut shown.harness, Command::NextProblem);
        give(&mut shown.harness, Command::NextLine);
        give(&mut shown.harness, Command::DuplicateLine);
        shown
    }),
    ("tariffs", || {
        after("voorbeeld.ron", &[Command::NextLine, Command::ShowTariffs])
    }),
    ("no scenarios yet", || {
        after("voorbeeld.ron", &[Command::ShowScenarios])
    }),
    ("scenarios", || scenarios(&[])),
    ("letter", || after("brief-pgb.ron", &[Command::ShowPreview])),
    ("letter that is held up", || {
        after("begeleiding-offerte.ron", &[Command::ShowPreview])
    }),
    ("at home", at_home),
    ("door, where no register is", || {
        let office = Office::new();
        let harness = office.window();
        door(office, harness)
    }),
    ("door, locked", || {
        let (office, _) = Office::with_a_dossier();
        let harness = office.window();
        door(office, harness)
    }),
    ("door, another place", || {
        let (office, _) = Office::with_a_dossier();
        let harness = elsewhere(&office);
        door(office, harness)
    }),
    ("door, a server", || {
        let (office, _) = Office::with_a_dossier();
        let mut harness = elsewhere(&office);
        click(
            &mut harness,
            Role::RadioButton,
            "Een server van de gemeente",
        );
        door(office, harness)
    }),
    ("door, damaged", || {
        let (office, _) = Office::with_a_dossier();
        drop(office.unlocked(NAME));
        damage(&office);
        let harness = office.window();
        door(office, harness)
    }),
    ("door, backups", || {
        let (office, _) = Office::with_a_dossier();
        drop(office.unlocked(NAME));
        damage(&office);
        let mut harness = office.window();
        click(&mut harness, Role::Button, "Zet een reservekopie terug…");
        door(office, harness)
    }),
    ("caseload", || office(false, &[])),
    ("caseload with unsaved work", || {
        let (office, _) = Office::with_a_dossier();
        let mut harness = office.unlocked(NAME);
        press(&mut harness, Key::Enter);
        fill(&mut harness, "Achternaam", "Maan");
        drop(harness);
        office.pass(600);
        let harness = office.unlocked(NAME);
        door(office, harness)
    }),
    ("dossier of the register", || office(true, &[])),
    ("versions", || office(true, &[Command::ShowVersions])),
    ("definitive", || office(true, &[Command::ShowDecision])),
    ("log", || office(true, &[Command::ShowLog])),
    ("backups", || office(true, &[Command::ShowBackups])),
    ("keeping", || office(true, &[Command::ShowKeeping])),
    ("people", || office(true, &[Command::ShowPeople])),
    ("a dossier that somebody else has", || {
        let (office, id) = Office::with_a_dossier();
        let mut karim = office.window();
        unlock(&mut karim, "Karim");
        press(&mut karim, Key::Enter);
        let mut harness = office.unlocked(NAME);
        press(&mut harness, Key::Enter);
        assert!(harness.state().document().is_some(), "{id:?}");
        drop(karim);
        door(office, harness)
    }),
];

#[test]
fn a_screen_that_a_command_shows_has_the_keyboard() {
    let alone = [
        Command::ShowTariffs,
        Command::ShowScenarios,
        Command::ShowPreview,
    ];
    let register = [
        Command::ShowVersions,
        Command::ShowDecision,
        Command::ShowLog,
        Command::ShowBackups,
        Command::ShowKeeping,
        Command::ShowPeople,
        Command::ShowCaseload,
    ];
    let mut faults = Vec::new();
    let mut look = |harness: &mut Harness<'_, Desk>, command: Command| {
        give(harness, command);
        let at = focused(harness);
        if !stops(harness).iter().any(|(id, ..)| Some(*id) == at) {
            faults.push(format!("{command:?}: {at:?}"));
        }
    };
    for size in [USUAL, LOW] {
        let mut harness = start(Start {
            size,
            file: Some(fixture("brief-pgb.ron")),
            ..Start::default()
        });
        for command in alone {
            look(&mut harness, command);
            look(&mut harness, Command::ShowDossier);
        }
    }
    let mut shown = office(true, &[]);
    for command in register {
        look(&mut shown.harness, command);
        look(&mut shown.harness, Command::ShowDossier);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_tabs_of_the_register_are_one_stop_and_the_arrows_show_the_next() {
    let mut shown = office(true, &[Command::ShowVersions]);
    let harness = &mut shown.harness;
    let tab = |harness: &Harness<'_, Desk>, name: &str| {
        let tab = harness.get_by_role_and_label(Role::Tab, name);
        (tab.is_focused(), tab.accesskit_node().is_selected())
    };
    assert_eq!(tab(harness, "Versies"), (true, Some(true)));
    let all = stops(harness);
    let tabs = all.iter().filter(|(_, name, _)| name.starts_with("Tab "));
    assert_eq!(tabs.count(), 1, "{all:?}");
    press(harness, Key::ArrowRight);
    assert_eq!(tab(harness, "Besluit"), (true, Some(true)));
    assert_eq!(tab(harness, "Versies"), (false, Some(false)));
    press(harness, Key::ArrowLeft);
    press(harness, Key::ArrowLeft);
    assert_eq!(tab(harness, "Mensen en sleutels"), (true, Some(true)));
    harness.get_by_role_and_label(Role::Heading, "Mensen en sleutels");
    press(harness, Key::Tab);
    assert!(!tab(harness, "Mensen en sleutels").0);
}

/// The window before a sheet comes, with the keyboard in a field or a row.
fn on_surname(name: &str) -> Shown {
    let mut shown = file(name);
    type_in(&mut shown.harness, "Achternaam", "Zonneveld");
    shown
}

fn on_end(name: &str) -> Shown {
    let mut shown = after(name, &[Command::NextLine]);
    let label = "Einddatum";
    shown
        .harness
        .get_by_role_and_label(Role::TextInput, label)
        .focus();
    settle(&mut shown.harness);
    shown
}

/// A sheet: its name, the window before it, and what brings it.
type Sheet = (&'static str, fn() -> Shown, fn(&mut Shown));

const SHEETS: &[Sheet] = &[
    (
        "Nieuw dossier",
        || file("voorbeeld.ron"),
        |window| {
            give(&mut window.harness, Command::New);
        },
    ),
    (
        "Dossier openen",
        || file("voorbeeld.ron"),
        |window| {
            give(&mut window.harness, Command::Open);
        },
    ),
    (
        "Dossier opslaan als",
        || on_surname("voorbeeld.ron"),
        |window| {
            give(&mut window.harness, Command::SaveAs);
        },
    ),
    (
        "Brief opslaan als",
        || on_surname("brief-pgb.ron"),
        |window| {
            give(&mut window.harness, Command::MakeLetter);
        },
    ),
    (
        "Onderzoek overnemen uit",
        || on_surname("brief-pgb.ron"),
        |window| {
            give(&mut window.harness, Command::TakeOver);
        },
    ),
    (
        "Opdracht zoeken",
        || on_surname("brief-pgb.ron"),
        |window| {
            give(&mut window.harness, Command::FindCommand);
        },
    ),
    (
        "Uitleg bij dit veld",
        || on_surname("brief-pgb.ron"),
        |window| {
            give(&mut window.harness, Command::ExplainField);
        },
    ),
    (
        "Tijdlijn",
        || on_end("voorbeeld.ron"),
        |window| {
            give(&mut window.harness, Command::ShowTimeline);
        },
    ),
    (
        "Op- of afschalen",
        || on_end("begeleiding-basis-zin.ron"),
        |window| {
            give(&mut window.harness, Command::ScaleLine);
        },
    ),
    (
        "Verlengen",
        || on_end("begeleiding-basis-zin.ron"),
        |window| {
            give(&mut window.harness, Command::ExtendLine);
        },
    ),
    (
        "Eerder laten ingaan",
        || on_end("begeleiding-basis-zin.ron"),
        |window| {
            give(&mut window.harness, Command::StartLineEarlier);
        },
    ),
    (
        "Beëindigen",
        || on_end("begeleiding-basis-zin.ron"),
        |window| {
            give(&mut window.harness, Command::EndLine);
        },
    ),
    (
        "Intrekken",
        || on_end("begeleiding-basis-zin.ron"),
        |window| {
            give(&mut window.harness, Command::WithdrawLine);
        },
    ),
    (
        "Herberekenen met een ander normenkader",
        || on_end("voorbeeld.ron"),
        |window| {
            give(&mut window.harness, Command::RecalculateHours);
        },
    ),
    (
        "Wilt u het dossier opslaan?",
        || on_surname("brief-pgb.ron"),
        |window| {
            give(&mut window.harness, Command::Quit);
        },
    ),
    (
        "Wilt u dit bestand vervangen?",
        || {
            let folder = tempfile::tempdir().unwrap();
            let file = copy(folder.path(), "brief-pgb.ron");
            std::fs::write(folder.path().join("dossier.pdf"), "van iemand").unwrap();
            let mut harness = start(Start {
                file: Some(file),
                ..Start::default()
            });
            type_in(&mut harness, "Achternaam", "Zonneveld");
            Shown {
                harness,
                folder: Some(folder),
                _office: None,
            }
        },
        |window| {
            give(&mut window.harness, Command::MakeLetter);
            press(&mut window.harness, Key::Enter);
        },
    ),
    (
        "Een collega heeft dit dossier intussen gewijzigd",
        || {
            let (office, id) = Office::with_a_dossier();
            let mut harness = office.unlocked(NAME);
            press(&mut harness, Key::Enter);
            type_in(&mut harness, "Achternaam", "Ster");
            save(&mut office.colleague("Karim"), id, 1, &example("Maan"));
            door(office, harness)
        },
        |window| {
            give(&mut window.harness, Command::Save);
        },
    ),
    (
        "Wilt u een kopie zonder beveiliging?",
        || {
            let mut shown = office(true, &[]);
            type_in(&mut shown.harness, "Achternaam", "Ster");
            shown
        },
        |window| {
            give(&mut window.harness, Command::SaveAs);
        },
    ),
    (
        "Bestand voor thuis opslaan als",
        || scenarios(&[]),
        |window| {
            give(&mut window.harness, Command::GiveHome);
        },
    ),
    (
        "Overzicht opslaan als",
        || scenarios(&[]),
        |window| {
            give(&mut window.harness, Command::MakeOverview);
        },
    ),
    (
        "Voorstel openen",
        || scenarios(&[]),
        |window| {
            give(&mut window.harness, Command::OpenProposal);
        },
    ),
    (
        "Voorstel van de budgethouder",
        || {
            let mut shown = scenarios(&[]);
            shown.folder = Some(home::file().0);
            shown
        },
        |window| {
            give(&mut window.harness, Command::OpenProposal);
            let folder = window.folder.as_ref().unwrap().path().to_owned();
            give_path(&mut window.harness, &folder.join("thuis.ron"));
        },
    ),
    (
        "Wilt u uw voorstel bewaren?",
        || {
            let mut shown = at_home();
            fill(&mut shown.harness, "Tarief", "15");
            shown
        },
        |window| {
            give(&mut window.harness, Command::Quit);
        },
    ),
];

/// What can have the keyboard now, with its name and place.
fn stops(harness: &Harness<'_, Desk>) -> Vec<(NodeId, String, Rect)> {
    let nodes = names::focusable(harness).into_iter();
    let able = nodes.filter(|node| !node.accesskit_node().is_disabled());
    able.map(|node| {
        let (one, rect) = (node.accesskit_node(), node.rect());
        let name = format!("{:?} {}", one.role(), one.label().unwrap_or_default());
        (one.locate().0, name, rect)
    })
    .collect()
}

fn focused(harness: &Harness<'_, Desk>) -> Option<NodeId> {
    let mut nodes = harness.root().children_recursive();
    nodes
        .find(|node| node.accesskit_node().is_focused())
        .map(|node| node.accesskit_node().locate().0)
}

/// What is wrong with the walk by Tab through a window.
fn walked(harness: &mut Harness<'_, Desk>) -> Vec<String> {
    let all = stops(harness);
    if all.len() < 2 {
        return Vec::new();
    }
    let place: HashMap<NodeId, (&str, Rect)> = all
        .iter()
        .map(|(id, name, rect)| (*id, (name.as_str(), *rect)))
        .collect();
    harness.ctx.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
    let mut met = Vec::new();
    let mut unexplained = BTreeSet::new();
    let mut faults = Vec::new();
    for _ in 0..all.len() + 4 {
        press(harness, Key::Tab);
        let Some(at) = focused(harness) else { continue };
        if met.first() == Some(&at) {
            break;
        }
        if met.contains(&at) {
            faults.push(format!("a second time: {:?}", place.get(&at)));
            break;
        }
        met.push(at);
        if let Some((field, label)) = harness.state().field_entered()
            && help(field).unwrap().is_none()
            && !unexplained.contains(label)
        {
            unexplained.insert(label.to_owned());
        }
    }
    let told = |label: String| format!("F1 says nothing about {label}");
    faults.extend(unexplained.into_iter().map(told));
    press(harness, Key::Tab);
    if met.len() > 1 && focused(harness) != met.get(1).copied() {
        faults.push("Tab does not go round".to_owned());
    }
    for (id, name, rect) in &all {
        if !met.contains(id) {
            faults.push(format!("never reached: {name} at {rect:?}"));
        }
    }
    for pair in met.windows(2) {
        let (Some((from, one)), Some((to, other))) = (place.get(&pair[0]), place.get(&pair[1]))
        else {
            faults.push(format!("not there before: {pair:?}"));
            continue;
        };
        let above = other.bottom() <= one.top() + 1.0
            && other.left() < one.right()
            && one.left() < other.right();
        let within = |one: &Rect, other: &Rect| one.y_range().contains(other.center().y);
        let beside = within(one, other) && within(other, one);
        let before = beside && other.right() <= one.left() + 1.0;
        if above || before {
            faults.push(format!("order: {from} {one:?}, then {to} {other:?}"));
        }
    }
    faults
}

#[test]
fn tab_comes_to_everything_on_every_screen_in_reading_order_and_round() {
    let mut faults = Vec::new();
    for (name, open) in SCREENS {
        let mut shown = open();
        names::check(&shown.harness, name);
        for fault in walked(&mut shown.harness) {
            faults.push(format!("{name}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_sheet_has_the_keyboard_and_one_esc_leaves_it_and_gives_the_keyboard_back() {
    let mut faults = Vec::new();
    for (name, open, bring) in SHEETS {
        let mut shown = open();
        let before = focused(&shown.harness);
        bring(&mut shown);
        let harness = &mut shown.harness;
        let sheet = |harness: &Harness<'_, Desk>| {
            [Role::Dialog, Role::AlertDialog].iter().any(|role| {
                harness.query_all_by_role(*role).any(|node| {
                    let label = node.accesskit_node().label().unwrap_or_default();
                    label.starts_with(name)
                })
            })
        };
        if !sheet(harness) {
            faults.push(format!("{name}: is not there"));
            continue;
        }
        let first = focused(harness);
        if !stops(harness).iter().any(|(id, _, _)| Some(*id) == first) {
            faults.push(format!("{name}: the keyboard is not in it"));
        }
        names::check(harness, name);
        for fault in walked(harness) {
            faults.push(format!("{name}: {fault}"));
        }
        press(harness, Key::Escape);
        if sheet(harness) {
            faults.push(format!("{name}: stays after Esc"));
            continue;
        }
        let after = focused(harness);
        if before.is_some() && after != before {
            let all = stops(harness);
            let called = |at: Option<NodeId>| {
                let mut all = all.iter();
                all.find(|(id, ..)| Some(*id) == at)
                    .map(|(_, name, _)| name)
            };
            let (before, after) = (called(before), called(after));
            faults.push(format!(
                "{name}: the keyboard was at {before:?} and is at {after:?}"
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn esc_in_a_list_of_a_sheet_closes_the_list_first() {
    let mut shown = file("voorbeeld.ron");
    let harness = &mut shown.harness;
    give(harness, Command::New);
    press(harness, Key::Space);
    let lists = |harness: &Harness<'_, Desk>| {
        harness
            .query_by_role_and_label(Role::Button, "Someren")
            .is_some()
    };
    let is_open = |harness: &Harness<'_, Desk>| {
        harness
            .query_by_role_and_label(Role::Dialog, "Nieuw dossier")
            .is_some()
    };
    assert!(lists(harness) && is_open(harness));
    press(harness, Key::Escape);
    assert!(!lists(harness) && is_open(harness));
    press(harness, Key::Escape);
    assert!(!is_open(harness));
}
