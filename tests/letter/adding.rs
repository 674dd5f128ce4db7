//! The tables of hours in a letter: what is printed adds up, and is what was filled in.

use super::program::{dossier, fixtures, shipped, text_of, written};
use maatwerk::dossier::Dossier;
use maatwerk::indication::Hours;
use maatwerk::letter::blocks::{Block, Table};
use maatwerk::norms::NormSets;
use maatwerk::quantity::{Frequency, Unit};
use std::fs;

/// The table of a norm set: what, how much and why.
fn norm_tables(blocks: &[Block]) -> Vec<&Table> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table)
                if table.columns.len() == 3 && table.columns[2].title == "Waarom" =>
            {
                found.push(table);
            }
            Block::Framed(inner) => found.extend(norm_tables(inner)),
            _ => {}
        }
    }
    found
}

/// A printed number in hundredths, and how many decimals it has.
fn hundredths(printed: &str) -> (i64, usize) {
    let plain: String = printed
        .replace('−', "-")
        .chars()
        .filter(|sign| sign.is_ascii_digit() || matches!(sign, '-' | ','))
        .collect();
    let (whole, decimals) = plain.split_once(',').unwrap_or((&plain, ""));
    let digits = format!("{whole}{decimals:0<2}");
    let value = digits.parse().expect("a number with at most two decimals");
    (value, decimals.len())
}

/// Adds the rows of a table up again; gives how many sums it held them against.
fn adds_up(name: &str, table: &Table) -> usize {
    let (mut of_part, mut all, mut sums) = (0, 0, 0);
    let last = table.rows.len().saturating_sub(1);
    let mut decimals = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let (value, after) = hundredths(&row.cells[1].to_string());
        decimals.push(after);
        let told = format!("{name}, {}: {}", row.cells[0], row.cells[1]);
        if !row.total {
            of_part += value;
            all += value;
            continue;
        }
        sums += 1;
        if number == last {
            assert_eq!(value, all, "{told}");
        } else {
            assert_eq!(value, of_part, "{told}");
            of_part = 0;
        }
    }
    decimals.dedup();
    assert_eq!(decimals.len(), 1, "{name}: not below each other");
    sums
}

fn with_norm(dossier: &Dossier) -> bool {
    let lines = dossier.provisions.iter().map(|provision| &provision.line);
    let mut hours = lines.flat_map(|line| &line.hours);
    hours.any(|part| matches!(part.hours, Hours::Norm(_)))
}

#[test]
fn the_rows_that_a_letter_prints_of_a_norm_set_add_up_to_its_sums() {
    let (mut letters, mut sums) = (0, 0);
    for entry in fs::read_dir(fixtures("dossiers")).expect("fixtures") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_none_or(|extension| extension != "ron") {
            continue;
        }
        let dossier = dossier(&name);
        if !with_norm(&dossier) {
            continue;
        }
        let Ok(letter) = written(&dossier, shipped()) else {
            continue;
        };
        letters += 1;
        for table in norm_tables(&letter.content.blocks) {
            sums += adds_up(&name, table);
        }
    }
    assert!(letters > 8 && sums > 15, "{letters} letters, {sums} sums");
}

/// Every set, and minutes over periods that never come out even in its unit.
#[test]
fn own_minutes_over_any_period_add_up_too_and_stand_as_they_were_filled_in() {
    let sets = NormSets::shipped().expect("the shipped sets");
    for set in sets.iter() {
        for (minutes, per, words) in [
            (31, Frequency::TwoWeeks, "31 minuten per 2 weken"),
            (40, Frequency::Month, "40 minuten per maand"),
            (97, Frequency::FourWeeks, "97 minuten per 4 weken"),
            (1009, Frequency::Year, "1009 minuten per jaar"),
        ] {
            let parts = set.parts.iter().map(|part| {
                let start = format!(
                    r#"Own(minutes: (minutes: {minutes}, per: {per:?}), reason: "Zo gezien.")"#
                );
                let less = r#"reductions: [(ground: Network, minutes: (minutes: 1, per: TwoWeeks), reason: "De buurvrouw.")]"#;
                format!(r#"(part: "{}", start: {start}, {less})"#, part.id)
            });
            let work = format!(
                r#"(set: (id: "{}", version: "{}"), per: Week, parts: [{}])"#,
                set.id,
                set.version,
                parts.collect::<Vec<_>>().join(", ")
            );
            let mut dossier = dossier("ho-drie-onderdelen");
            let work = ron::from_str(&work).expect("work on hours");
            dossier.provisions[0].line.hours[0].hours = Hours::Norm(work);
            let letter = written(&dossier, shipped()).expect("a letter");
            let tables = norm_tables(&letter.content.blocks);
            assert_eq!(tables.len(), 1);
            adds_up(&set.id, tables[0]);
            let text = text_of(&letter.content);
            // What is already in the unit of the column stands there as it is.
            let in_column = (set.unit.unit(), set.unit.per()) == (Unit::Minute, per);
            let said = text.contains(&format!("({words})"));
            assert_eq!(said, !in_column, "{}: {text}", set.id);
        }
    }
}

#[test]
fn activities_over_several_periods_have_one_sum_that_the_band_points_to() {
    let letter = written(&dossier("begeleiding-per-activiteit"), shipped()).expect("a letter");
    let text = text_of(&letter.content);
    assert!(
        text.contains("Samen is dat ongeveer 1,96 uur per week."),
        "{text}"
    );
    assert!(
        text.contains("= Samen |  | ongeveer 1,96 uur per week |"),
        "{text}"
    );
    let measured = "Bij u is dat ongeveer 1,96 uur per week (regel ";
    let of_band = |line: &&str| line.starts_with("- Bandbreedte: 0") && line.contains(measured);
    let band = text.lines().find(of_band);
    let number = band.and_then(|line| line.rsplit_once("(regel ")?.1.split_once(')'));
    let (number, _) = number.expect(&text);
    assert!(
        text.contains(&format!(
            "{number}. Alle tijd samen: begeleiding individueel = 1,955"
        )),
        "{text}"
    );
}

/// Courts ask why: hours that no norm set gave stand under what departs from the usual.
#[test]
fn hours_that_were_filled_in_beside_the_norm_set_are_a_departure_with_its_reason() {
    let mut dossier = dossier("ho-drie-onderdelen");
    let typed = r#"Typed([(volume: "174", unit: Minute, per: Week)])"#;
    let hours = &mut dossier.provisions[0].line.hours[0];
    hours.hours = ron::from_str(typed).expect("hours");
    hours.reason = "wij volgen de uitspraak van de rechter".to_owned();
    let choice = r#"(value: "standaard")"#;
    let choice = ron::from_str(choice).expect("a choice");
    let line = &mut dossier.provisions[0].line;
    line.choices.insert("intensity".to_owned(), choice);
    let text = text_of(&written(&dossier, shipped()).expect("a letter").content);
    assert!(
        text.contains("De tijd hebben wij niet met het normenkader berekend. Wij volgen de uitspraak van de rechter."),
        "{text}"
    );
    assert!(!text.contains("Wij wijken niet af"), "{text}");
}

#[test]
fn a_standard_outcome_says_why_it_is_right_for_this_client() {
    let mut dossier = dossier("ho-drie-onderdelen");
    let Hours::Norm(work) = &mut dossier.provisions[0].line.hours[0].hours else {
        panic!("it is built with a norm set");
    };
    work.parts.truncate(1);
    work.parts[0].factors.clear();
    work.standard_reason = "uw huis is niet groot en u woont alleen".to_owned();
    let text = text_of(&written(&dossier, shipped()).expect("a letter").content);
    assert!(
        text.contains("Wij hebben bekeken of er bij u iets meer of minder tijd kost. Dat is niet zo. Uw huis is niet groot"),
        "{text}"
    );
}
