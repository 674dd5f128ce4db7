//! Hours that were filled in where the catalogue has them built with a norm set: that departs from the usual way, and asks why
//! (R63).

use super::file::Dossier;
use super::together::is_granted;
use crate::budget::Library;
use crate::document::Problem;
use crate::indication::Hours;

impl Dossier {
    /// Hours without a norm set and without a reason for it, each at the field of its reason.
    pub(super) fn beside_norm(&self, library: &Library) -> Vec<Problem> {
        let mut found = Vec::new();
        for (place, provision) in self.provisions.iter().enumerate() {
            let line = &provision.line;
            let Ok(answer) = library.catalogues.on(&self.municipality, line.from) else {
                continue;
            };
            if !is_granted(provision) {
                continue;
            }
            for (at, part) in line.hours.iter().enumerate() {
                let typed = match &part.hours {
                    Hours::Typed(extents) => !extents.is_empty(),
                    Hours::Activities(rows) => !rows.is_empty(),
                    Hours::Norm(_) | Hours::Band => false,
                };
                let built = || {
                    answer
                        .catalogue
                        .builds_hours(&line.product, part.part.as_deref())
                };
                if typed && part.reason.trim().is_empty() && built() {
                    found.push(
                        Problem::warning("de uren zijn ingevuld zonder het normenkader, en zonder reden")
                            .field(format!("provisions[{place}].line.hours[{at}].reason"))
                            .hint("Bouw de uren op met het normenkader, of schrijf op waarom dat hier niet past. Zonder reden kan het besluit niet definitief worden."),
                    );
                }
            }
        }
        found
    }
}
