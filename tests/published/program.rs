//! The program under test: the shipped data with one test catalogue beside it.

use jiff::civil::Date;
use maatwerk::budget::{Inputs, Library, Money};
use maatwerk::catalogue::{Catalogue, Catalogues, DatedValue, Selection, SourceFile};
use maatwerk::document::read;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The municipality of the test catalogue.
pub const TEST: &str = "9998";

pub fn fixture<T: DeserializeOwned>(name: &str, text: &str) -> T {
    read(name, text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub struct Program {
    library: Library,
}

impl Program {
    pub fn new() -> Self {
        let mut files = Vec::new();
        for (name, text) in [
            (
                "weekgemeente.ron",
                include_str!("../../fixtures/catalogues/weekgemeente.ron"),
            ),
            (
                "weekbedragen.ron",
                include_str!("../../fixtures/catalogues/weekbedragen.ron"),
            ),
        ] {
            files.push(SourceFile { name, text });
        }
        let library = Library::with(&files).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"))
        });
        Self { library }
    }

    pub fn catalogues(&self) -> &Catalogues {
        &self.library.catalogues
    }

    pub fn inputs<'a>(
        &'a self,
        municipality: &'a str,
        calculated: Date,
        decided: Option<Date>,
    ) -> Inputs<'a> {
        Inputs {
            library: &self.library,
            municipality,
            calculation_date: calculated,
            decision_date: decided,
        }
    }
}

/// Euro in two decimals, or the words of the fixtures.
pub fn euro<N: Copy>(money: &Money<N>) -> String {
    match money {
        Money::Known { rounded, .. } => format!("{:.2}", rounded.0),
        Money::NotKnown(reason) => format!("niet bekend: {reason}"),
    }
}

pub fn select(catalogue: &Catalogue, when: &BTreeMap<String, String>) -> Selection {
    let pairs = when
        .iter()
        .map(|(axis, value)| (axis.as_str(), value.as_str()));
    catalogue.select(pairs).unwrap()
}

pub fn shipped(program: &Program) -> Vec<&Catalogue> {
    let all = program.catalogues().municipalities();
    all.filter(|municipality| municipality.code != TEST)
        .flat_map(|municipality| program.catalogues().of(&municipality.code))
        .map(AsRef::as_ref)
        .collect()
}

pub fn dated(catalogue: &Catalogue) -> impl Iterator<Item = &[DatedValue]> {
    catalogue.products.iter().flat_map(|product| {
        let tariffs = product.tariffs.iter().map(|t| t.values.as_slice());
        tariffs.chain(product.ceilings.iter().map(|c| c.values.as_slice()))
    })
}
