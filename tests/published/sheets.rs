//! Every printed amount, on the days on which it is in force.

use super::program::{Program, fixture, select, shipped};
use jiff::civil::Date;
use maatwerk::catalogue::file::{Amount, OwnContribution, Strategy};
use maatwerk::catalogue::{Catalogues, SourceFile, in_force, shipped_files};
use maatwerk::quantity::{Frequency, Unit};
use maatwerk::trace::Status;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One block of a tariff sheet as printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    source: String,
    municipality: String,
    on: Vec<Date>,
    product: String,
    per: Unit,
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    when: BTreeMap<String, String>,
    amounts: BTreeMap<String, String>,
    #[serde(default)]
    ceiling: Option<Most>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Most {
    per: Frequency,
    amount: String,
}

fn sheets() -> Vec<Sheet> {
    let text = include_str!("../../fixtures/published/tarieven.ron");
    fixture("tarieven.ron", text)
}

fn printed(amount: &Amount) -> String {
    match amount {
        Amount::Euro(euro) => euro.0.to_string(),
        Amount::Percent { percentage, .. } => format!("{}%", percentage.0),
        Amount::Outside { .. } => "landelijk".into(),
        Amount::Offer => "offerte".into(),
        Amount::NotAvailable => "niet beschikbaar".into(),
        Amount::NotKnown(_) => "niet bekend".into(),
        Amount::NoMaximum => "geen maximum".into(),
    }
}

#[test]
fn every_printed_amount_is_the_tariff_in_force_on_its_days() {
    let program = Program::new();
    let mut seen = BTreeSet::new();
    for sheet in sheets() {
        for day in &sheet.on {
            let answer = program.catalogues().on(&sheet.municipality, *day).unwrap();
            let catalogue = answer.catalogue;
            let product = catalogue.product(&sheet.product).unwrap();
            for row in &sheet.rows {
                let choices = select(catalogue, &row.when);
                let place = format!("{}, {day}, {:?}", sheet.source, row.when);
                for (provider, amount) in &row.amounts {
                    let tariff = product.tariff(provider, &choices);
                    let tariff = tariff.unwrap_or_else(|| panic!("{place}: {provider}"));
                    assert_eq!(tariff.per, sheet.per, "{place}: {provider}");
                    let found = in_force(&tariff.values, *day, *day).unwrap();
                    assert_eq!(printed(found.amount), *amount, "{place}: {provider}");
                    assert!(!found.value.provenance.source.is_empty());
                    seen.insert((catalogue.name.to_string(), tariff.label.to_string(), *day));
                }
                let Some(most) = &row.ceiling else { continue };
                for provider in row.amounts.keys().filter(|id| *id != "zin") {
                    let ceiling = product.ceiling(provider, &choices).unwrap();
                    assert_eq!(ceiling.per, most.per, "{place}");
                    let found = in_force(&ceiling.values, *day, *day).unwrap();
                    assert_eq!(printed(found.amount), most.amount, "{place}");
                }
            }
        }
    }
    // Nothing stands in a shipped catalogue that no sheet has.
    let tariffs: BTreeSet<_> = seen.iter().map(|(file, label, _)| (file, label)).collect();
    for catalogue in shipped(&program) {
        for tariff in catalogue.products.iter().flat_map(|p| &p.tariffs) {
            let key = (&catalogue.name.to_string(), &tariff.label.to_string());
            assert!(tariffs.contains(&key), "{key:?} stands in no sheet");
        }
    }
}

#[test]
fn a_printed_amount_wins_over_the_percentage_that_it_mostly_is() {
    let program = Program::new();
    let day = Date::constant(2023, 7, 1);
    let answer = program.catalogues().on("0233", day).unwrap();
    let product = answer.catalogue.product("begeleiding-groep").unwrap();
    let choices = answer
        .catalogue
        .select([("group", "arbeidsmatig")])
        .unwrap();
    let tariff = product.tariff("zzp", &choices).unwrap();
    assert_eq!(printed(&tariff.values[0].amount), "9.00");
}

#[test]
fn everything_in_the_leiden_catalogues_is_marked_as_example() {
    for file in shipped_files()
        .iter()
        .filter(|file| file.name.starts_with("leiden-"))
    {
        assert!(!file.text.contains("Established"), "{}", file.name);
        assert!(file.text.contains("(voorbeeld)"), "{}", file.name);
    }
}

#[test]
fn inferred_units_are_example_and_printed_ones_are_not() {
    let program = Program::new();
    let day = Date::constant(2023, 7, 1);
    let answer = program.catalogues().on("0050", day).unwrap();
    for (product, status) in [
        ("ho", Status::Established),
        ("begeleiding", Status::Established),
        ("begeleiding-groep", Status::Established),
        ("vervoer-9", Status::Example),
        ("vervoer-25", Status::Example),
        ("logeeropvang", Status::Example),
    ] {
        for tariff in &answer.catalogue.product(product).unwrap().tariffs {
            let found = tariff.values[0].provenance.status;
            assert_eq!(found, status, "{}", tariff.label);
        }
    }
}

#[test]
fn in_leiden_each_product_says_whether_an_own_contribution_is_due() {
    use OwnContribution::{Due, NotDue, OwnRegime};
    let program = Program::new();
    let answer = program.catalogues().on("0546", Date::constant(2018, 1, 1));
    let catalogue = answer.unwrap().catalogue;
    for (product, own) in [
        ("ho", Due),
        ("thuisondersteuning", Due),
        ("begeleiding", Due),
        ("begeleiding-waakvlam", NotDue),
        ("dagbesteding", Due),
        ("kortdurend-verblijf", NotDue),
        ("beschermd-wonen", OwnRegime),
        ("opvang", OwnRegime),
        ("vervoer", NotDue),
    ] {
        let found = catalogue.product(product).unwrap().own_contribution.value;
        assert_eq!(found, own, "{product}");
    }
}

#[test]
fn every_fixed_amount_of_a_catalogue_has_a_period() {
    let program = Program::new();
    for catalogue in shipped(&program) {
        for tariff in catalogue.products.iter().flat_map(|p| &p.tariffs) {
            let fixed = tariff.strategy == Strategy::FixedAmount;
            assert!(
                !fixed || tariff.per.frequency().is_some(),
                "{}",
                tariff.label
            );
        }
    }
}

#[test]
fn the_example_of_the_explanation_can_be_loaded() {
    let explained = include_str!("../../assets/catalogues/LEESMIJ.md");
    let examples = explained.split("```ron\n").skip(1);
    let mut whole = examples
        .filter_map(|rest| rest.split("```").next())
        .filter(|text| text.starts_with("(\n"));
    let (text, municipality) = (whole.next().unwrap(), whole.next().unwrap());
    let files = [
        SourceFile {
            name: "voorbeeldstad-2024.ron",
            text,
        },
        SourceFile {
            name: "gemeente-voorbeeldstad.ron",
            text: municipality,
        },
    ];
    let catalogues =
        Catalogues::load(&files, Some(&[])).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(catalogues.of("9997").len(), 1);
    assert_eq!(catalogues.warnings(), []);
}

#[test]
fn the_explanation_names_every_field_and_choice_of_the_format() {
    let explained = include_str!("../../assets/catalogues/LEESMIJ.md");
    // What a file takes from others stands before its first item.
    let format = [
        include_str!("../../src/catalogue/file/mod.rs"),
        include_str!("../../src/catalogue/file/conventions.rs"),
        include_str!("../../src/catalogue/file/prices.rs"),
    ]
    .map(|file| file.split_at(file.find("\n/// ").expect("an item")).1)
    .concat();
    // Of a municipality the fields alone: the rest of that file is what is done with them.
    let municipality = include_str!("../../src/catalogue/municipality.rs").lines();
    let municipality =
        municipality.filter(|line| line.starts_with("    pub ") && !line.contains(" fn "));
    let words = format.lines().chain(municipality).filter_map(|line| {
        let line = line.trim();
        let (word, plain): (&str, fn(u8) -> bool) = match line.strip_prefix("pub ") {
            Some(field) => (field.split_once(':')?.0, |b| {
                b.is_ascii_lowercase() || b == b'_'
            }),
            None if line.starts_with(|c: char| c.is_ascii_uppercase()) => {
                (line.split([',', '(', ' ']).next()?, |b| {
                    b.is_ascii_alphabetic()
                })
            }
            None => return None,
        };
        word.bytes().all(plain).then_some(word)
    });
    let named: BTreeSet<&str> = explained
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    let missing: BTreeSet<&str> = words.filter(|word| !named.contains(word)).collect();
    assert!(missing.is_empty(), "not explained: {missing:?}");
}

/// A municipality file with one more confirmation.
fn confirming(file: &str, catalogue: &str, what: &str) -> String {
    let body = file.trim_end().strip_suffix(')').unwrap();
    format!(
        "{body}    confirmations: [(catalogue: \"{catalogue}\", what: \"{what}\", by: \"hoofd financiën\", \
         on: \"2023-01-02\", decision: \"besluit 7\")],\n)"
    )
}

#[test]
fn what_a_municipality_confirms_counts_as_established_there_and_nowhere_else() {
    let ermelo = include_str!("../../assets/catalogues/gemeente-ermelo.ron");
    let text = confirming(ermelo, "meerinzicht-2023", "tarief vervoer-9");
    let mut files = shipped_files().to_vec();
    files.push(SourceFile {
        name: "eigen.ron",
        text: &text,
    });
    let catalogues =
        Catalogues::load(&files, Some(&[])).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let day = Date::constant(2023, 7, 1);
    for (code, product, status) in [
        ("0233", "vervoer-9", Status::Established),
        ("0233", "vervoer-25", Status::Example),
        ("0243", "vervoer-9", Status::Example),
    ] {
        let answer = catalogues.on(code, day).unwrap();
        for tariff in &answer.catalogue.product(product).unwrap().tariffs {
            let provenance = &tariff.values[0].provenance;
            assert_eq!(provenance.status, status, "{code}: {}", tariff.label);
            let told = provenance.source.contains("hoofd financiën (besluit 7)");
            assert_eq!(told, status == Status::Established, "{}", provenance.source);
        }
    }
}
