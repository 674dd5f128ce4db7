//! The products: their axes, conventions, parts and scales.

use super::super::file::{Limit, Product, Scale};
use super::Checker;
use crate::quantity::Exact;

impl Checker<'_> {
    pub(super) fn products(&mut self) {
        let file = self.file;
        self.unique(
            "products",
            file.products.iter().map(|product| product.id.as_str()),
        );
        for (place, product) in file.products.iter().enumerate() {
            let path = format!("products[{place}]");
            self.filled(&format!("{path}.label"), &product.label);
            if let Some(code) = &product.category
                && !(code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit()))
            {
                self.problem(
                    format!("{path}.category"),
                    format!("«{code}» is geen productcategorie van iWmo"),
                    "Een categorie heeft twee cijfers, zoals \"01\" voor huishouden of \"08\" voor vervoer.",
                );
            }
            for (at, id) in product.axes.iter().enumerate() {
                let known = file.axes.iter().any(|axis| axis.id == *id);
                if !known && !self.doubt.about_names("axes") {
                    let field = format!("{path}.axes[{at}]");
                    self.problem(
                        field.as_str(),
                        format!("as «{id}» bestaat niet"),
                        "Noem een as uit `axes`.",
                    );
                    self.doubt.wrong(field);
                }
            }
            let known = |set: &super::super::file::Conventions| set.id == product.conventions;
            if !file.conventions.iter().any(known) && !self.doubt.about_names("conventions") {
                self.problem(
                    format!("{path}.conventions"),
                    format!("afspraken «{}» bestaan niet", product.conventions),
                    "Noem een set uit `conventions`.",
                );
            }
            self.agreed(
                &format!("{path}.own_contribution"),
                &product.own_contribution,
            );
            self.parts(&path, product);
            for (at, id) in product.excludes.iter().enumerate() {
                self.product(&format!("{path}.excludes[{at}]"), id);
            }
        }
    }

    fn parts(&mut self, path: &str, product: &Product) {
        let file = self.file;
        self.unique(
            &format!("{path}.parts"),
            product.parts.iter().map(|part| part.id.as_str()),
        );
        for (at, part) in product.parts.iter().enumerate() {
            let path = format!("{path}.parts[{at}]");
            self.filled(&format!("{path}.label"), &part.label);
            let field = format!("{path}.product");
            self.product(&field, &part.product);
            let target = file.products.iter().find(|other| other.id == part.product);
            if target.is_some_and(|target| target.id == product.id || !target.parts.is_empty())
                && !self.doubt.about_names("products")
            {
                self.problem(
                    field,
                    "een deel kan niet zelf uit delen bestaan",
                    "Noem een product zonder delen.",
                );
            }
            self.condition(&format!("{path}.fixed"), &part.fixed);
            if let Some(limit) = &part.at_most {
                self.limit(&format!("{path}.at_most"), limit);
            }
        }
    }

    pub(super) fn limit(&mut self, path: &str, limit: &Limit) {
        self.source(&format!("{path}.source"), &limit.source);
        if limit.volume <= Exact::ZERO {
            self.problem(
                format!("{path}.volume"),
                "de grens moet boven nul liggen",
                "Schrijf bijvoorbeeld \"120\".",
            );
        }
    }

    pub(super) fn scales(&mut self) {
        let mut seen = Vec::new();
        for (place, scale) in self.file.scales.iter().enumerate() {
            let path = format!("scales[{place}]");
            self.source(&format!("{path}.source"), &scale.source);
            self.product(&format!("{path}.product"), &scale.product);
            let told = self.problems.len();
            self.axis_of_scale(&path, scale, &seen);
            seen.push((scale.product.as_str(), scale.axis.as_str()));
            self.steps(&path, scale, self.problems.len() == told);
        }
    }

    /// That the axis of a scale belongs to its product, and has no other scale there.
    fn axis_of_scale(&mut self, path: &str, scale: &Scale, seen: &[(&str, &str)]) {
        let Some(product) = self.sure_product(&scale.product) else {
            return;
        };
        if self.doubt.about(&format!("{path}.product")) {
            return;
        }
        let axis = format!("{path}.axis");
        let double = seen.contains(&(&scale.product, &scale.axis));
        if !self.file.axes.iter().any(|known| known.id == scale.axis) {
            self.unknown_choice(&axis);
        } else if double || !product.axes.contains(&scale.axis) {
            self.problem(
                axis,
                format!(
                    "product «{}» kent deze as niet, of heeft er al grenzen voor",
                    scale.product
                ),
                "Geef elk product per as één reeks grenzen.",
            );
        }
    }

    /// The steps follow on each other, each for a value of its own; `values` says whether the axis is the right one.
    fn steps(&mut self, path: &str, scale: &Scale, values: bool) {
        if scale.steps.is_empty() {
            self.problem(
                format!("{path}.steps"),
                "er staat geen enkele stap",
                "Zet er stappen in.",
            );
        }
        let mut axes = self.file.axes.iter();
        let axis = axes.find(|axis| values && axis.id == scale.axis);
        // A step that could not be read leaves nothing to say about its neighbours.
        let in_doubt = self.doubt.about(&format!("{path}.steps"));
        let mut seen: Vec<&str> = Vec::new();
        let mut before: Option<Option<Exact>> = None;
        for (at, step) in scale.steps.iter().enumerate() {
            let path = format!("{path}.steps[{at}]");
            let known = |value: &super::super::file::AxisValue| value.id == step.value;
            if let Some(axis) = axis.filter(|axis| !axis.values.iter().any(known))
                && !self.choices_in_doubt()
            {
                let values: Vec<&str> = axis.values.iter().map(|value| value.id.as_str()).collect();
                self.problem(
                    format!("{path}.value"),
                    format!("«{}» is geen waarde van as «{}»", step.value, axis.id),
                    &format!("Bekend zijn: {}.", values.join(", ")),
                );
            }
            if step.to.is_some_and(|to| to <= step.over) && !in_doubt {
                self.problem(
                    format!("{path}.to"),
                    "de bovengrens ligt niet boven de ondergrens",
                    "Vul een bovengrens in die hoger is.",
                );
            }
            match before {
                None => {}
                Some(Some(to)) if to == step.over => {}
                _ if in_doubt => {}
                Some(Some(to)) if to < step.over => self.problem(
                    format!("{path}.over"),
                    format!("tussen {to} en {} valt een gat", step.over),
                    "Laat de stappen op elkaar aansluiten.",
                ),
                Some(_) => self.problem(
                    format!("{path}.over"),
                    "deze stap overlapt de vorige",
                    "Laat de vorige stap eindigen waar deze begint; alleen de laatste mag open zijn.",
                ),
            }
            before = Some(step.to);
            if seen.contains(&step.value.as_str()) && !in_doubt {
                self.problem(
                    format!("{path}.value"),
                    format!("«{}» staat er twee keer in", step.value),
                    "Geef elke waarde één stap.",
                );
            }
            seen.push(&step.value);
        }
    }
}
