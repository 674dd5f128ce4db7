//! A price of one's own through the window: made from the computed one, with its reason, marked wherever it counts.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::Queryable as _;

use super::program::{Start, click, ctrl, fill, fixture, start};
use super::{LOOKS, USUAL};
use crate::quantity::Unit;

const BUTTON: &str = "Tarief aanpassen: informele hulp";

#[test]
fn a_rate_is_adjusted_by_its_button_with_reason_who_and_when_and_undone_again() {
    let mut results = SnapshotResults::new();
    for (look, end) in LOOKS {
        let harness = &mut start(Start {
            size: USUAL,
            look,
            file: Some(fixture("brief-pgb.ron")),
            ..Start::default()
        });
        ctrl(harness, Key::PageDown);
        ctrl(harness, Key::PageDown);
        let before = harness.state().document().unwrap().dossier().clone();
        click(harness, Role::Button, BUTTON);
        harness.get_by_label_contains("In plaats van €\u{a0}15,13 per uur.");
        let lacks = "De reden van het aangepaste tarief ontbreekt.";
        assert!(harness.query_all_by_label_contains(lacks).count() > 0);
        fill(harness, "Tarief of bedrag dat geldt", "20");
        fill(
            harness,
            "Reden van dit tarief",
            "Er is geen andere hulp te vinden.",
        );
        fill(harness, "Goedgekeurd door", "K. Bakker");
        let document = harness.state().document().unwrap();
        let own = &document.dossier().provisions[0].line.own_prices[0];
        assert_eq!(own.price.amount.0.to_string(), "20");
        assert_eq!(own.price.per, Unit::Hour);
        assert_eq!(own.approved_by, "K. Bakker");
        assert_eq!(document.dossier().overrides.len(), 1);
        let aside = "aangepast, in plaats van €\u{a0}15,13 per uur";
        assert!(harness.query_all_by_label_contains(aside).count() > 0);
        // In the list of lines, in the budget and at the field.
        assert!(harness.query_all_by_label("aangepast").count() >= 3);
        harness.get_by_label_contains("Door A. de Wit, op 1 maart 2018.");
        results.add(harness.try_snapshot(format!("own-price-{end}")));
        click(harness, Role::Button, "Terug naar het berekende tarief");
        assert_eq!(*harness.state().document().unwrap().dossier(), before);
    }
}
