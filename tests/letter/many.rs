//! Letters of dossiers that nobody has: the longest names in every letter of Latin Extended-A, many lines, tables that go on
//! over the page. The sum in each letter is that of its evaluation, and an outside tool reads it back.
//!
//! Ten, five hundred with `MAATWERK_LONG`; `MAATWERK_MADE_LETTERS` names a folder that gets them all, for veraPDF.

use super::outside::{kept, said_of};
use super::program::{dossier, shipped};
use jiff::Span;
use jiff::civil::date;
use maatwerk::budget::Money;
use maatwerk::dossier::Dossier;
use maatwerk::indication::{Delivery, Hours};
use maatwerk::letter::grant;
use maatwerk::letter::pages::{Page, Role};
use maatwerk::quantity::dutch::euro;
use std::collections::BTreeSet;

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A name of many letters of Latin Extended-A; ten names hold them all.
fn name(number: usize, most: usize) -> String {
    let letters = (0..most).map(|place| {
        let code = 0x100 + (number * 13 + place) % 0x80;
        let letter = u32::try_from(code).ok().and_then(char::from_u32);
        letter.expect("a letter of Latin Extended-A")
    });
    // A place to break at, as in a name of several parts.
    let letters: Vec<char> = letters.collect();
    let parts = letters
        .chunks(20)
        .map(|part| part.iter().collect::<String>());
    parts.collect::<Vec<_>>().join("-")
}

/// A dossier with up to so many provisions, each with its own days, hours and reasons.
fn made(dice: &mut Dice, number: usize, most: usize) -> Dossier {
    let kinds = [
        "brief-pgb",
        "brief-gemengd",
        "brief-zin",
        "brief-thuisondersteuning",
    ];
    let mut dossier = dossier(kinds[number % kinds.len()]);
    dossier.client.person.surname = name(number, 80);
    let first = dossier.provisions[0].clone();
    for turn in 0..dice.below(most) {
        let mut provision = first.clone();
        let line = &mut provision.line;
        let days = i64::try_from(1 + dice.below(20)).expect("few") * 28;
        line.from = date(2018, 1, 1);
        let end = line.from.checked_add(Span::new().days(days - 1));
        line.to = Some(end.expect("a day"));
        // What several care providers divide stays what they divided.
        let alone = match &line.delivery {
            Delivery::Pgb { providers } => providers.len() == 1,
            Delivery::InKind { .. } => true,
        };
        if alone
            && let Some(part) = line.hours.first_mut()
            && let Hours::Typed(extents) = &mut part.hours
            && let Some(extent) = extents.first_mut()
        {
            extent.volume = i64::try_from(130 + dice.below(80)).expect("few").into();
        }
        let why = &mut provision.motivation;
        why.reasons = format!("Dit is reden {turn} voor {}.", name(number + turn, 40));
        let many = 1 + dice.below(30);
        why.activities = (0..many)
            .map(|one| format!("taak {one} van {}", name(one, 12)))
            .collect();
        dossier.provisions.push(provision);
    }
    for provision in &mut dossier.provisions {
        if let Delivery::Pgb { providers } = &mut provision.line.delivery
            && let Some(provider) = providers.first_mut()
        {
            provider.name = name(number + 3, 60);
        }
    }
    dossier
}

/// The blocks of tables and calculations that stand on a page.
fn tables(page: &Page) -> BTreeSet<usize> {
    let items = page.items.iter();
    let cells =
        items.filter(|item| matches!(item.role, Role::Cell { .. } | Role::CalculationText(_)));
    cells.filter_map(|item| item.block).collect()
}

#[test]
fn the_sum_in_a_letter_is_that_of_its_evaluation_whatever_its_size() {
    let count = match std::env::var_os("MAATWERK_LONG") {
        Some(_) => 500,
        None => 10,
    };
    let mut dice = Dice(61);
    let (mut sums, mut broken, mut pages_of_all) = (0, 0, 0);
    let mut seen: BTreeSet<char> = BTreeSet::new();
    for number in 0..count {
        let dossier = made(&mut dice, number, if number == 0 { 40 } else { 8 });
        let today = dossier.dates.decision.expect("the day of the decision");
        let evaluation = dossier.evaluate(shipped(), today);
        let letter = grant(&dossier, &evaluation, shipped(), None);
        let letter = letter.unwrap_or_else(|problems| panic!("letter {number}: {problems:?}"));
        let pages = letter.pages().expect("it can be laid out");
        pages_of_all += pages.pages.len();
        let pairs = pages.pages.windows(2);
        broken += pairs
            .filter(|pair| !tables(&pair[0]).is_disjoint(&tables(&pair[1])))
            .count();
        let pdf = letter.to_pdf().expect("it can be written");
        kept(&format!("besluit-{number}"), &pdf);
        said_of(&pdf, "qpdf", &["--check", "FILE"]);
        let Some(text) = said_of(&pdf, "pdftotext", &["-raw", "FILE", "-"]) else {
            return;
        };
        seen.extend(
            text.chars()
                .filter(|letter| ('\u{100}'..='\u{17f}').contains(letter)),
        );
        let text: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        for (place, provision) in dossier.provisions.iter().enumerate() {
            let line = evaluation.lines[place].as_ref().expect("it is worked out");
            let total = line.term.as_ref().map(|total| &total.money);
            let Some(Money::Known { rounded, .. }) = total else {
                continue;
            };
            if provision.line.delivery.is_pgb() {
                let sum: String = euro(rounded.0)
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect();
                let told = format!("intotaal{sum}");
                assert!(
                    text.contains(&told),
                    "letter {number}, provision {place}: {told}"
                );
                sums += 1;
            }
        }
    }
    assert_eq!(
        seen.len(),
        0x80,
        "every letter of Latin Extended-A is read back"
    );
    assert!(
        sums > 5 && broken > 5,
        "{sums} sums, {broken} tables over {pages_of_all} pages"
    );
}
