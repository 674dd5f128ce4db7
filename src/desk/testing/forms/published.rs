//! The published outcomes of hours, built in the form by what stands on the screen.

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use serde::Deserialize;

use super::{Sheet, harness};
use crate::budget::Library;
use crate::catalogue::SourceFile;
use crate::indication::Hours;
use crate::norms::{HoursWork, OwnMinutes, Start};
use crate::quantity::dutch::capital;
use crate::quantity::{Exact, Rounding};

/// A published outcome, as far as the form shows it.
#[derive(Deserialize)]
struct Row {
    name: String,
    work: HoursWork,
    exact: Exact,
    granted: i64,
    parts: Vec<i64>,
    aggravated: bool,
}

fn library() -> Library {
    let files = [
        (
            "proef.ron",
            include_str!("../../../../fixtures/norms/proef.ron"),
        ),
        (
            "rbobr-2019.ron",
            include_str!("../../../../fixtures/norms/rbobr-2019.ron"),
        ),
    ];
    let files = files.map(|(name, text)| SourceFile { name, text });
    Library::with(&files).expect("the norm sets of the fixtures are right")
}

type Window<'a> = Harness<'a, Sheet>;

/// What is done with a control.
#[derive(Clone, Copy)]
enum Does {
    Click,
    Focus,
}

/// Does something with what has this role and name inside of these groups.
fn within(window: &mut Window<'_>, groups: &[&str], role: Role, name: &str, does: Does) {
    {
        let root = window.root();
        let mut inside = root;
        for group in groups {
            inside = inside.get_by_role_and_label(Role::Group, group);
        }
        let named = |node: &Node<'_>| {
            let known = node.accesskit_node();
            known.role() == role && known.label().is_some_and(|label| label.starts_with(name))
        };
        let mut found = inside.children_recursive().filter(named);
        let found = found.next();
        let found = found.unwrap_or_else(|| panic!("{role:?} {name} in {groups:?}"));
        match does {
            Does::Click => found.click(),
            Does::Focus => found.focus(),
        }
    }
    window.run();
}

fn click(window: &mut Window<'_>, groups: &[&str], role: Role, name: &str) {
    within(window, groups, role, name, Does::Click);
    window.run();
}

/// Types in the field with this name, and commits it.
fn fill(window: &mut Window<'_>, groups: &[&str], name: &str, text: &str) {
    within(window, groups, Role::TextInput, name, Does::Focus);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run();
    window.input_mut().events.push(Event::Text(text.to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

/// Opens the list with this name, and takes an entry.
fn pick(window: &mut Window<'_>, groups: &[&str], list: &str, entry: &str) {
    click(window, groups, Role::ComboBox, list);
    click(window, &[], Role::Button, entry);
}

/// Minutes with their period, in the field with this name.
fn own(window: &mut Window<'_>, groups: &[&str], name: &str, own: OwnMinutes) {
    fill(window, groups, name, &own.minutes.to_string());
    pick(window, groups, "Hoe vaak", own.per.dutch());
}

/// Builds this work by what stands on the screen.
fn build(window: &mut Window<'_>, work: &HoursWork) {
    let set = (window.state().library.norms("0546"))
        .find(&work.set)
        .expect("the set")
        .clone();
    let Hours::Norm(begun) = window.state().hours() else {
        panic!("a line for household support begins with a norm set");
    };
    if begun.set != work.set {
        let name = format!("{} (versie {})", set.name, set.version);
        pick(window, &[], "Normenkader", &name);
    }
    pick(window, &[], "Toekennen", work.per.dutch());
    for part in &work.parts {
        let norm = set.part(&part.part).expect("the part");
        let name = capital(&norm.name);
        let groups = [name.as_str()];
        click(window, &[], Role::CheckBox, &name);
        match &part.start {
            Start::Base(id) => {
                let base = norm.base(id).expect("the base");
                click(
                    window,
                    &groups,
                    Role::RadioButton,
                    &format!("{}: ", base.name),
                );
            }
            Start::Own { minutes, reason } => {
                click(window, &groups, Role::RadioButton, "eigen minuten");
                own(window, &groups, "Eigen minuten", *minutes);
                fill(window, &groups, "Reden van de eigen minuten", reason);
            }
        }
        for used in &part.factors {
            let factor = norm.factor(&used.factor).expect("the factor");
            let entry = format!("{} (", factor.name);
            pick(window, &groups, "Wat meer of minder tijd kost", &entry);
            let groups = [name.as_str(), &*factor.name];
            if factor.per.is_some() {
                fill(window, &groups, "Aantal", &used.count.to_string());
            }
            if let Some(minutes) = used.own {
                own(window, &groups, "Eigen minuten", minutes);
            }
            fill(window, &groups, "Reden", &used.reason);
        }
        for (number, reduction) in (1..).zip(&part.reductions) {
            click(window, &groups, Role::Button, "Minder uren door anderen");
            let one = format!("Vermindering {number}");
            let groups = [name.as_str(), one.as_str()];
            pick(window, &groups, "Grond", reduction.ground.dutch());
            own(window, &groups, "Minuten minder", reduction.minutes);
            fill(window, &groups, "Wie doet wat", &reduction.reason);
        }
    }
}

#[test]
fn every_published_outcome_comes_out_of_the_form_as_it_was_published() {
    let text = include_str!("../../../../fixtures/published/uren.ron");
    let rows: Vec<Row> =
        crate::document::read_text("uren.ron", text).expect("the published outcomes");
    assert!(rows.len() > 8);
    for row in rows {
        let mut sheet = Sheet::with_line("ho");
        sheet.library = library();
        sheet.work_out();
        let window = &mut harness(sheet);
        window.run();
        build(window, &row.work);
        let Hours::Norm(built) = window.state().hours() else {
            panic!("{}: hours of a norm set", row.name);
        };
        assert_eq!(*built, row.work, "{}", row.name);
        let line = window.state().evaluation.lines[0].as_ref().expect("a line");
        let worked = line.granted[0].worked.as_ref().expect("hours");
        let exact = Rounding::CENT.apply(worked.exact.value).expect("in range");
        assert_eq!(exact, row.exact, "{}", row.name);
        let parts: Vec<Exact> = worked.parts.iter().map(|part| part.shown.value).collect();
        let published: Vec<Exact> = row.parts.iter().copied().map(Exact::from).collect();
        assert_eq!(parts, published, "{}", row.name);
        assert_eq!(worked.aggravated, row.aggravated, "{}", row.name);
        let said = format!("toegekend {} minuten.", row.granted);
        let said = window.query_all_by_label_contains(&said).count();
        assert_eq!(said, 1, "{}", row.name);
    }
}
