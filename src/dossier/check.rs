//! Checks of a dossier that need no amounts: who and when; lines beside one another are checked in `together`.

use super::dates::absurd;
use super::file::Dossier;
use super::together::is_granted;
use crate::budget::Library;
use crate::document::Problem;
use jiff::civil::Date;

impl Dossier {
    /// Problems of the dossier itself, each with its field.
    pub(super) fn check(&self, library: &Library, today: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        if library
            .catalogues
            .municipality(&self.municipality)
            .is_none()
        {
            problems.push(
                Problem::error(format!("gemeente «{}» is niet bekend", self.municipality))
                    .field("municipality")
                    .hint("Kies een gemeente, of zet haar bestanden in de map met catalogi."),
            );
        }
        let person = self.client.person.problems(today);
        problems.extend(person.into_iter().map(|p| p.within("client.person")));
        if let Some(address) = &self.client.address {
            problems.extend(
                address
                    .problems()
                    .into_iter()
                    .map(|p| p.within("client.address")),
            );
        }
        problems.extend(self.check_dates());
        problems.extend(self.check_investigation());
        problems.extend(self.check_review());
        self.check_birth(&mut problems);
        self.check_lines(library, &mut problems);
        problems
    }

    fn check_birth(&self, problems: &mut Vec<Problem>) {
        let dates = &self.dates;
        if let (Some(birth), Some(decision)) = (self.client.person.birth_date, dates.decision)
            && birth > decision
        {
            problems.push(
                Problem::error("de geboortedatum ligt na het besluit")
                    .field("client.person.birth_date")
                    .hint("Pas de geboortedatum aan."),
            );
        }
    }

    fn check_lines(&self, library: &Library, problems: &mut Vec<Problem>) {
        for (place, provision) in self.provisions.iter().enumerate() {
            let path = format!("provisions[{place}].line");
            let line = &provision.line;
            for (field, date) in [("from", Some(line.from)), ("to", line.to)] {
                let wrong = date.and_then(absurd);
                problems.extend(wrong.map(|problem| problem.field(format!("{path}.{field}"))));
            }
            if let Some(moved) = &provision.moved_end
                && moved.reason.trim().is_empty()
                && is_granted(provision)
            {
                problems.push(
                    Problem::error("de reden van de nieuwe einddatum ontbreekt")
                        .field(format!("provisions[{place}].moved_end.reason"))
                        .hint("Schrijf in gewone woorden op waarom de einddatum is veranderd. Het komt in de brief."),
                );
            }
            // Of a granted line the evaluation tells it.
            if !is_granted(provision) {
                let wrong = line.wrong_end();
                problems.extend(wrong.map(|problem| problem.within(&path)));
            }
            if let crate::indication::Delivery::Pgb { providers } = &line.delivery
                && providers.is_empty()
                && is_granted(provision)
            {
                problems.push(
                    Problem::error("bij een pgb hoort ten minste één zorgverlener")
                        .field(format!("{path}.delivery"))
                        .hint("Voeg een zorgverlener toe."),
                );
            }
        }
        self.check_together(library, problems);
    }
}
