//! What is sound in itself and cannot be used: each is a warning, because the municipality may not need it yet.

use super::super::file::{Base, Conventions, Strategy};
use super::Checker;
use crate::document::Problem;
use crate::quantity::Frequency;

impl Checker<'_> {
    pub(super) fn usable(&mut self) {
        self.prices();
        self.ways_to_a_price();
    }

    fn warning(&mut self, field: String, message: String, hint: String) {
        if !self.doubt.about(&field) {
            let problem = Problem::warning(message).field(field).hint(hint);
            self.problems.push(problem);
        }
    }

    /// That what can be granted has a price, if only one that nobody knows.
    fn prices(&mut self) {
        let file = self.file;
        if self.doubt.about("tariffs") || self.doubt.about_names("products") {
            return;
        }
        for (place, product) in file.products.iter().enumerate() {
            let mut parts = file.products.iter().flat_map(|other| &other.parts);
            let wanted = product.grantable || parts.any(|part| part.product == product.id);
            // What is made of parts has the prices of its parts.
            if wanted
                && product.parts.is_empty()
                && !file.tariffs.iter().any(|line| line.product == product.id)
            {
                self.warning(
                    format!("products[{place}]"),
                    format!("product «{}» heeft geen enkel tarief, en is dus niet toe te kennen", product.id),
                    "Zet er een regel voor onder `tariffs`, zo nodig met NotKnown(\"reden\"). Wordt het nooit los toegekend, zet dan `grantable: false`.".to_owned(),
                );
            }
        }
    }

    /// That an extent per week or month can become one per the period of the price, and per that of a scale.
    fn ways_to_a_price(&mut self) {
        let file = self.file;
        if ["tariffs", "products", "scales"]
            .iter()
            .any(|list| self.doubt.about(list))
        {
            return;
        }
        for (place, set) in file.conventions.iter().enumerate() {
            if self.doubt.about(&format!("conventions[{place}]")) {
                continue;
            }
            let mut missing = Vec::new();
            for product in file.products.iter().filter(|one| one.conventions == set.id) {
                let tariffs = file
                    .tariffs
                    .iter()
                    .filter(|line| line.product == product.id);
                let mut rates = tariffs.filter(|line| line.strategy != Strategy::FixedAmount);
                let price = match set.base.value {
                    Base::Every(period) => rates.next().map(|_| period),
                    Base::OfExtent => None,
                };
                let scales = file
                    .scales
                    .iter()
                    .filter(|scale| scale.product == product.id);
                for goal in price.into_iter().chain(scales.map(|scale| scale.per)) {
                    for from in [Frequency::Week, Frequency::Month] {
                        if !leads(set, from, goal) && !missing.contains(&(from, goal)) {
                            missing.push((from, goal));
                        }
                    }
                }
            }
            for (from, goal) in missing {
                self.warning(
                    format!("conventions[{place}].conversions"),
                    format!(
                        "in de afspraken «{}» staat niet hoe een omvang van {} naar {} gaat; een indicatie {} is dan niet te berekenen",
                        set.id,
                        from.period(),
                        goal.period(),
                        from.dutch()
                    ),
                    format!("Zet onder `conversions` een regel met from: {from:?} en to: {goal:?}."),
                );
            }
        }
    }
}

/// Whether a set says how an extent per one period becomes one per another. Weeks and days go over into each other by
/// definition, and so do months and years.
fn leads(set: &Conventions, from: Frequency, goal: Frequency) -> bool {
    let same = |one: Frequency, other: Frequency| one.per(other).is_some();
    let agreed = |way: &super::super::file::Conversion| same(from, way.from) && same(way.to, goal);
    same(from, goal) || set.conversions.iter().any(agreed)
}
