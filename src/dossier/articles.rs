//! Whether a decision rests on the municipality's own regulation (R68): each product that its catalogue knows has to name its
//! articles there. A draft may leave that for later; a decision that becomes definitive may not.

use super::file::Dossier;
use crate::budget::Library;
use crate::document::Problem;

impl Dossier {
    /// What this decides about on no article of the regulation, each at its product.
    pub(super) fn without_articles(&self, library: &Library) -> Vec<Problem> {
        let mut problems = Vec::new();
        for subject in self.subject() {
            let Some(line) = self.provisions.get(subject.place).map(|one| &one.line) else {
                continue;
            };
            let answer = library.catalogues.on(&self.municipality, line.from);
            let catalogue = answer.ok().map(|answer| answer.catalogue);
            let product = catalogue.and_then(|catalogue| catalogue.product_file(&line.product));
            if product.is_some_and(|product| product.articles.is_empty()) {
                problems.push(
                    Problem::error("de catalogus noemt geen artikel voor deze voorziening")
                        .field(format!("provisions[{}].line.product", subject.place))
                        .hint("Laat in de catalogus bij het product onder «articles» zetten op welk artikel van de verordening het rust."),
                );
            }
        }
        problems
    }
}
