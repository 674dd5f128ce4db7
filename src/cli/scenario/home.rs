//! A scenario file in plain words, for the one who lives with it; and what comes back from home.

use super::text::{compared, known};
use crate::cli::numbers::{euro, plain};
use crate::cli::page::Page;
use crate::quantity::dutch::{date_long, fraction};
use crate::quantity::{Euro, Exact, Rounding, Unit};
use crate::scenario::{CheckOutcome, Lasts, LineOutlook, Outlook, Pot, Returned, ScenarioFile};
use crate::trace::{Figure, NodeId, Status};

fn money(figure: Option<Figure<NodeId>>) -> String {
    known(figure.and_then(|figure| Euro::rounded(figure.value, &Rounding::CENT).ok()))
}

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
            self::line(&mut page, line);
        }
        let mut warned = false;
        for check in &outlook.checks {
            let serious = matches!(
                check.outcome,
                CheckOutcome::Fails | CheckOutcome::NotTestable
            );
            if serious && check.rule.is_about_spending() {
                if !warned {
                    page.line("  Let op:");
                    warned = true;
                }
                page.line(&plain(&format!("  * {}", check.words)));
            }
        }
    }
    page.line("");
    page.line("Vragen? Bel de gemeente. Veranderingen die u bedenkt, gelden pas als de gemeente ze goedkeurt.");
    page.into_text()
}

fn line(page: &mut Page, line: &LineOutlook) {
    page.line(&format!("  {}", line.label));
    let Some(pot) = line.pot() else {
        page.line("  Voor deze hulp is nog geen bedrag bekend.");
        return;
    };
    page.line(&format!(
        "  U kunt {} per maand uitgeven.",
        money(pot.per_month)
    ));
    page.line(&format!("  {}", enough(pot)));
    if let Some(top_up) = &pot.top_up {
        page.line(&format!(
            "  U komt {} te kort. Dat is {} per maand. Wilt u dit toch, dan betaalt u dat zelf.",
            money(Some(top_up.total)),
            money(Some(top_up.month))
        ));
    } else if let Some(left) = pot.left {
        page.line(&format!("  U houdt {} over.", money(Some(left))));
    }
    if let Some(work) = &pot.work {
        let (chosen, bought, risen) = work.per_week;
        page.line(&format!(
            "  U koos {} per week. Met dit geld kunt u {} per week kopen.",
            hours(chosen, work.unit),
            hours(bought, work.unit)
        ));
        if let (Some(risen), Some((rise, _))) = (risen, work.after_rise) {
            page.line(&plain(&format!(
                "  Worden de tarieven {} hoger, dan is dat {} per week.",
                crate::quantity::dutch::percentage(rise.0),
                hours(risen, work.unit)
            )));
        }
    }
    for provider in &line.providers {
        let number = provider.place.saturating_add(1);
        let month = provider.views.get(2).and_then(Option::as_ref);
        if let Some(month) = month {
            page.line(&format!(
                "  Zorgverlener {number} ({}) kost {} per maand.",
                provider.kind,
                euro(month.rounded)
            ));
        }
    }
}

fn enough(pot: &Pot) -> String {
    let period = format!("{} tot en met {}", date_long(pot.from), date_long(pot.to));
    match pot.lasts {
        Some(Lasts::Whole) => format!("Dat is genoeg voor de hele periode: {period}."),
        Some(Lasts::Until(day)) => format!(
            "Dat is niet genoeg. Uw geld is op na {}. De periode is {period}.",
            date_long(day)
        ),
        Some(Lasts::NotADay) => "Dat is niet genoeg voor één dag.".to_owned(),
        None => "Of het genoeg is, is nog niet te zeggen.".to_owned(),
    }
}

/// Hours with at most two decimals, cut off.
fn hours(value: Exact, unit: Unit) -> String {
    let (above, below) = value.reduced();
    let text = fraction(above, below, 2);
    let text = text.trim_end_matches('…');
    format!(
        "{text} {}",
        if value == Exact::ONE {
            unit.singular()
        } else {
            unit.plural()
        }
    )
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
            None => page.line("  Dit scenario staat niet in het dossier."),
            Some(none) if none.is_empty() => page.line("  Er is niets veranderd."),
            Some(all) => all.iter().for_each(|one| changed(&mut page, one)),
        }
        if proposal.changed.as_ref().is_some_and(|all| !all.is_empty()) {
            page.line("  Naast elkaar (eerst het dossier, dan het voorstel)");
            let rows = proposal.rows.iter();
            for row in rows.filter(|row| row.cells.iter().any(|cell| cell.changed)) {
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
    page.line(&format!(
        "  {}: in het dossier {}, in het bestand {}",
        one.field,
        text(&one.ours),
        text(&one.theirs)
    ));
}
