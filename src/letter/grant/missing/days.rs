//! The days of a letter against each other: what is told as done cannot still have to come, and what is announced cannot be over.

use crate::document::Problem;
use crate::dossier::{Dossier, Ground, LetterKind};
use crate::quantity::dutch::date_long;
use jiff::civil::Date;

/// A day with the words that name it, and its field.
struct Named<'a> {
    day: Option<Date>,
    what: &'a str,
    field: &'a str,
}

/// What of the days of this kind of letter cannot be.
pub(super) fn of_kind(dossier: &Dossier) -> Vec<Problem> {
    use LetterKind as Kind;
    let (dates, occasion) = (&dossier.dates, &dossier.occasion);
    let named = |day, what, field| Named { day, what, field };
    let sent = named(occasion.sent, "de brief", "occasion.sent");
    let earlier = named(occasion.earlier, "het eerdere besluit", "occasion.earlier");
    let received = named(occasion.received, "het bezwaar", "occasion.received");
    let heard = named(occasion.heard, "de hoorzitting", "occasion.heard");
    let decision = named(dates.decision, "het besluit", "dates.decision");
    let report = named(dates.report, "de melding", "dates.report");
    let application = named(dates.application, "de aanvraag", "dates.application");
    let from = named(occasion.from, "de nieuwe regels", "occasion.from");
    let review = named(dossier.review.agreed, "het gesprek", "review.agreed");
    let mut problems = Vec::new();
    match occasion.kind {
        Kind::Objection => {
            not_before(&received, &earlier, &mut problems);
            not_before(&heard, &received, &mut problems);
            not_before(&decision, &received, &mut problems);
            not_before(&decision, &heard, &mut problems);
        }
        Kind::Receipt => not_before(&sent, &report, &mut problems),
        Kind::Review => after(&review, &sent, &mut problems),
        Kind::System => after(&from, &sent, &mut problems),
        Kind::Term => {
            not_before(&sent, &application, &mut problems);
            promises(dossier, &sent, &mut problems);
        }
        Kind::Application
        | Kind::Change
        | Kind::Extension
        | Kind::Ending
        | Kind::Tariff
        | Kind::Conversion
        | Kind::Temporary => {}
    }
    problems
}

/// What the letter about the term promises lies after the letter.
fn promises(dossier: &Dossier, sent: &Named<'_>, problems: &mut Vec<Problem>) {
    let dates = &dossier.dates;
    if let Some(extension) = &dates.extension {
        let promised = Named {
            day: extension.last_day,
            what: "de nieuwe laatste dag",
            field: "dates.extension.last_day",
        };
        after(&promised, sent, problems);
        return;
    }
    let Some((place, pause)) = dates.suspensions.iter().enumerate().next_back() else {
        return;
    };
    if pause.ground != Ground::Incomplete {
        return;
    }
    // The term stands still from the day after the letter (Awb 4:15 lid 1 a).
    for (day, what, name) in [
        (pause.from, "de opschorting", "from"),
        (
            pause.complete_by,
            "de laatste dag om aan te vullen",
            "complete_by",
        ),
    ] {
        let field = format!("dates.suspensions[{place}].{name}");
        let field = field.as_str();
        after(&Named { day, what, field }, sent, problems);
    }
}

fn not_before(one: &Named<'_>, other: &Named<'_>, problems: &mut Vec<Problem>) {
    if let Some((day, first)) = one.day.zip(other.day)
        && day < first
    {
        problems.push(wrong(one, day, "voor", other, first));
    }
}

fn after(one: &Named<'_>, other: &Named<'_>, problems: &mut Vec<Problem>) {
    if let Some((day, first)) = one.day.zip(other.day)
        && day <= first
    {
        problems.push(wrong(one, day, "niet na", other, first));
    }
}

fn wrong(one: &Named<'_>, day: Date, how: &str, other: &Named<'_>, first: Date) -> Problem {
    Problem::error(format!(
        "de datum van {} ({}) ligt {how} die van {} ({})",
        one.what,
        date_long(day),
        other.what,
        date_long(first)
    ))
    .field(one.field)
    .hint("Pas een van beide data aan.")
}
