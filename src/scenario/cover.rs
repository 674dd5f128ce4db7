//! Granted days that a scenario leaves out: a plan for a part of the grant is no plan for all of it.
//!
//! This must not know money.

use super::LineOutlook;
use crate::document::Problem;
use crate::dossier::Dossier;
use crate::quantity::dutch::date_long;
use jiff::civil::Date;
use std::sync::Arc;

/// Days of a granted line that are in no line of the scenario.
pub(super) struct LeftOut {
    /// Dutch name of the product.
    pub(super) label: Arc<str>,
    /// Where the days are chosen, within the scenario.
    pub(super) field: String,
    from: Date,
    /// Absent where the line has no end.
    to: Option<Date>,
}

impl LeftOut {
    /// The days in words.
    pub(super) fn days(&self) -> String {
        let to = self
            .to
            .map_or_else(String::new, |to| format!(" tot en met {}", date_long(to)));
        format!("van {}{to}", date_long(self.from))
    }

    /// What there is to say of it at its field.
    pub(super) fn problem(&self) -> Problem {
        let message = format!(
            "{} is ook toegekend {}, maar dit scenario rekent daar niet mee",
            self.label,
            self.days()
        );
        Problem::warning(message)
            .field(self.field.clone())
            .hint("Laat de dag leeg voor de hele toekenning, of voeg voor die dagen een regel toe.")
    }
}

/// The granted days before and after each line that no line of the same provision has.
pub(super) fn left_out(lines: &[LineOutlook], dossier: &Dossier) -> Vec<LeftOut> {
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let granted = dossier.provisions.get(line.provision);
        let Some((granted, at)) = granted.map(|one| &one.line).zip(line.chosen) else {
            continue;
        };
        let mut others = lines.iter().enumerate();
        let own: Vec<_> = others
            .by_ref()
            .filter(|(other, one)| *other != place && one.provision == line.provision)
            .map(|(_, one)| (one.line.from, one.line.to))
            .collect();
        let (from, to) = (line.line.from, line.line.to);
        let mut add = |field: &str, from: Date, to: Option<Date>| {
            found.push(LeftOut {
                label: Arc::clone(&line.label),
                field: format!("lines[{at}].{field}"),
                from,
                to,
            });
        };
        // Only the first line has days before it; every line has those up to the next.
        if granted.from < from
            && own.iter().all(|(other, _)| *other > from)
            && let Ok(before) = from.yesterday()
        {
            add("from", granted.from, Some(before));
        }
        let Some(next) = to.and_then(|to| to.tomorrow().ok()) else {
            continue;
        };
        let is_granted = granted.to.is_none_or(|last| next <= last);
        let goes_on =
            |(from, to): &(Date, Option<Date>)| *from <= next && to.is_none_or(|to| next <= to);
        if is_granted && !own.iter().any(goes_on) {
            let later = own
                .iter()
                .map(|(from, _)| *from)
                .filter(|from| *from > next);
            let later = later.min().and_then(|from| from.yesterday().ok());
            add("to", next, later.or(granted.to));
        }
    }
    found
}
