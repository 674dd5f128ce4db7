//! A scenario file in plain words, for the one who lives with it; and what comes back from home.

use super::text::compared;
use crate::cli::numbers::plain;
use crate::cli::page::Page;
use crate::quantity::dutch::date_long;
use crate::scenario::{Outlook, Returned, ScenarioFile, at_home, plain_checks};
use crate::trace::Status;

/// All scenarios of a file.
pub(super) fn text(file: &ScenarioFile, municipality: &str, outlooks: &[Outlook]) -> String {
    let mut page = Page::default();
    page.line("Uw pgb: wat kunt u ermee doen?");
    page.line("");
    page.line(&format!(
        "Dit bestand is van de gemeente {municipality}. Het is gemaakt op {}.",
        date_long(file.calculated())
    ));
    page.line("Wat u heeft gekregen, staat vast. Met uren en tarieven kunt u proberen wat past.");
    if outlooks
        .iter()
        .any(|outlook| outlook.status == Status::Example)
    {
        page.line(
            "Let op: dit is een voorbeeld. De gemeente heeft deze bedragen niet vastgesteld.",
        );
    }
    for (number, outlook) in (1usize..).zip(outlooks) {
        page.line("");
        page.line(&format!("{number}. {}", outlook.name));
        for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
            page.line(&format!("  {}", line.label));
            for said in at_home(line) {
                page.line(&plain(&format!("  {said}")));
            }
        }
        let warnings = plain_checks(outlook);
        if !warnings.is_empty() {
            page.line("  Let op:");
        }
        for words in warnings {
            page.line(&plain(&format!("  * {words}")));
        }
    }
    page.line("");
    page.line("Vragen? Bel de gemeente. Veranderingen die u bedenkt, gelden pas als de gemeente ze goedkeurt.");
    page.into_text()
}

/// What came back.
pub(super) fn returned(returned: &Returned) -> String {
    let mut page = Page::default();
    if returned.grant.is_empty() {
        page.line("Het besluit in het bestand is dat van het dossier.");
    } else {
        page.line(
            "Het bestand rust op een ander besluit of andere tarieven. Het dossier gaat voor:",
        );
    }
    for one in &returned.grant {
        changed(&mut page, one);
    }
    for proposal in &returned.scenarios {
        page.line("");
        page.line(&format!("Voorstel: {}", proposal.scenario.name));
        match &proposal.changed {
            None => page.line("  Dit is een nieuw scenario."),
            Some(none) if none.is_empty() => page.line("  Er is niets veranderd."),
            Some(all) => all.iter().for_each(|one| changed(&mut page, one)),
        }
        if proposal.changed.as_ref().is_some_and(|all| !all.is_empty()) {
            page.line("  Naast elkaar (eerst het dossier, dan het voorstel)");
            let rows = proposal.rows.iter();
            let mut line = None;
            for row in rows.filter(|row| row.cells.iter().any(|cell| cell.changed)) {
                if line != Some(&row.line) {
                    line = Some(&row.line);
                    page.line(&format!(
                        "  {}",
                        row.line.as_deref().unwrap_or("Alles samen")
                    ));
                }
                compared(&mut page, row);
            }
        }
    }
    page.into_text()
}

fn changed(page: &mut Page, one: &crate::scenario::Changed) {
    let text = |value: &str| match value {
        "" => "niets".to_owned(),
        value => value.to_owned(),
    };
    page.line(&plain(&format!(
        "  {}: in het dossier {}, in het bestand {}",
        one.place,
        text(&one.ours),
        text(&one.theirs)
    )));
}
