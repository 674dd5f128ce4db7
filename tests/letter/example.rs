//! One figure or convention that nobody published keeps the letter a CONCEPT, whichever kind it is (decisions 17).

use super::program::{confirmed_dossier, dossier, fixtures};
use jiff::civil::date;
use maatwerk::budget::{Library, Money};
use maatwerk::catalogue::SourceFile;
use maatwerk::document::{Severity, read};
use maatwerk::dossier::{Dossier, Evaluation};
use maatwerk::indication::Line;
use maatwerk::letter::printed;
use maatwerk::trace::{Listing, Provenance, Status};
use std::fs;

const HULP: &str = r#"(product: "hulp", choices: {"severity": (value: "midden")}, from: "2018-01-01", to: "2018-12-31",
    hours: [(hours: Typed([(volume: "280", unit: Minute, per: Week)]))], delivery: Pgb(providers: [(kind: "zzp")]))"#;

/// The test catalogue and its municipality with nothing left that is an example, and these texts changed.
fn library(changes: &[(&str, &str)], national: Option<&str>) -> Library {
    let text = |name: &str| {
        fs::read_to_string(fixtures(&format!("catalogues/{name}"))).expect("the fixture is there")
    };
    let municipality = text("proefgemeente.ron");
    let start = municipality
        .find("    confirmations: [")
        .expect("it confirms");
    let municipality = format!("{})", &municipality[..start]);
    let mut catalogue = text("proef.ron").replace("status: Example", "status: Established");
    for (find, replace) in changes {
        assert_eq!(catalogue.matches(find).count(), 1, "{find}");
        catalogue = catalogue.replace(find, replace);
    }
    let files = [
        ("proefgemeente.ron", municipality.as_str()),
        ("proef.ron", &catalogue),
        ("landelijk.ron", national.unwrap_or_default()),
    ];
    let files = files.into_iter().filter(|(_, text)| !text.is_empty());
    let files: Vec<_> = files
        .map(|(name, text)| SourceFile { name, text })
        .collect();
    Library::of(&files).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn dossier_of(line: &str) -> Dossier {
    let mut dossier = confirmed_dossier();
    let line = read::<Line>("regel", line.as_bytes());
    dossier.provisions[0].line = line.unwrap_or_else(|problems| panic!("{problems:?}"));
    dossier
}

fn evaluated(line: &str, library: &Library) -> (Dossier, Evaluation) {
    let dossier = dossier_of(line);
    let evaluation = dossier.evaluate(library, jiff::civil::date(2018, 1, 1));
    let problems = evaluation.problems.iter();
    let errors: Vec<_> = problems
        .filter(|one| one.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    (dossier, evaluation)
}

/// What the letter of a line prints, under these changes of the catalogue.
fn status(line: &str, changes: &[(&str, &str)]) -> Status {
    let library = library(changes, None);
    let (dossier, evaluation) = evaluated(line, &library);
    printed(&dossier, &evaluation, &library).expect("the letter can be made")
}

/// The line is established, until the one thing is an example; then that thing stands among the sources of the figures.
fn only_this(line: &str, base: &[(&str, &str)], find: &str, replace: &str) {
    let example = [base, &[(find, replace)]].concat();
    let established = replace.replace("status: Example", "status: Established");
    let known = [base, &[(find, established.as_str())]].concat();
    assert_eq!(status(line, &known), Status::Established, "{replace}");
    assert_eq!(status(line, &example), Status::Example, "{replace}");
    let (_, evaluation) = evaluated(line, &library(&example, None));
    let nodes = evaluation.trace.nodes();
    let sources: Vec<&Provenance> = nodes.filter_map(|(_, node)| node.provenance()).collect();
    assert!(
        sources.iter().any(|one| one.status == Status::Example),
        "{replace}: no step leans on it"
    );
}

/// The money of the first segment, or what is granted, is marked as an example: the reader of the calculation sees why.
fn is_marked(line: &str, changes: &[(&str, &str)]) {
    let (_, evaluation) = evaluated(line, &library(changes, None));
    let budget = evaluation.lines[0].as_ref().expect("it is granted");
    let amount = budget.segments[0].amount.first().expect("it has an amount");
    let figure = amount.figure().expect("it is known");
    let listing = Listing::new(&evaluation.trace, &[vec![figure.node]]);
    assert!(
        listing
            .sources
            .iter()
            .any(|source| source.status == Status::Example),
        "{:#?}",
        listing.groups
    );
}

const MIDDEN: &str = r#"(amount: Euro("385.00"), source: "blad", status: Established),
        ]),"#;

#[test]
fn a_ceiling_that_there_is_not() {
    let none = MIDDEN.replace("Euro(\"385.00\")", "NoMaximum");
    let none = none.replace("status: Established", "status: Example");
    only_this(HULP, &[], MIDDEN, &none);
    is_marked(HULP, &[(MIDDEN, &none)]);
}

fn lifted_above(minutes: u32) -> String {
    let limit = format!(
        "lifted_above: (volume: \"{minutes}\", unit: Minute, per: Week, source: \"ons\", status: Example)),"
    );
    MIDDEN.replace("]),", &format!("], {limit}"))
}

#[test]
fn an_extent_above_which_a_reason_takes_the_ceiling_away() {
    let line = HULP.replace(
        "delivery:",
        "ceiling_reason: \"elke dag hulp nodig\", delivery:",
    );
    only_this(&line, &[], MIDDEN, &lifted_above(240));
    is_marked(&line, &[(MIDDEN, &lifted_above(240))]);
    // The ceiling that was taken away is a figure of the calculation too.
    let lifted = lifted_above(240).replace("status: Example", "status: Established");
    let (_, evaluation) = evaluated(&line, &library(&[(MIDDEN, &lifted)], None));
    let budget = evaluation.lines[0].as_ref().expect("it is granted");
    let amount = budget.segments[0].amount.first().and_then(Money::figure);
    let node = amount.expect("it is known").node;
    let listing = Listing::new(&evaluation.trace, &[vec![node]]);
    let formulas = listing
        .groups
        .iter()
        .flatten()
        .map(|line| line.formula.as_str());
    let text = formulas
        .collect::<Vec<_>>()
        .join("\n")
        .replace('\u{a0}', " ");
    for wanted in [
        "het plafond vervalt met een reden, want het is meer dan 240 minuten per week [",
        "zonder het plafond van € 385,00 per 4 weken [",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn an_extent_up_to_which_the_ceiling_holds() {
    only_this(HULP, &[], MIDDEN, &lifted_above(300));
    is_marked(HULP, &[(MIDDEN, &lifted_above(300))]);
}

#[test]
fn an_agreement_that_a_lower_agreed_rate_does_not_count() {
    let line = HULP.replace(
        "(kind: \"zzp\")",
        "(kind: \"zzp\", agreed: (amount: \"15.00\", per: Hour))",
    );
    let find = "real_cost_if_lower: (value: true, source: \"ons\", status: Established),
            mix_of_delivery: (value: true, source: \"ons\", status: Established),
        ),
        (
            id: \"per-week\",";
    let replace = find.replacen("true", "false", 1);
    let replace = replace.replacen("status: Established", "status: Example", 1);
    only_this(&line, &[], find, &replace);
    is_marked(&line, &[(find, &replace)]);
    // Without an agreed rate nothing leans on it.
    assert_eq!(status(HULP, &[(find, &replace)]), Status::Established);
}

#[test]
fn a_price_on_offer() {
    let line = r#"(product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "6", unit: Hour, per: Week)]))], delivery: Pgb(providers: [(kind: "instelling")]),
        offer: (amount: "900.00", per: FourWeeks, source: "offerte van Wegwijzer, 4 december 2017"))"#;
    let find = "(amount: NoMaximum, source: \"blad\", status: Established)";
    let replace = "(amount: Offer, source: \"blad\", status: Example)";
    only_this(line, &[], find, replace);
    is_marked(line, &[(find, replace)]);
}

#[test]
fn the_most_that_a_part_of_a_product_may_be() {
    let line = r#"(product: "thuis", choices: {"severity": (value: "midden")}, from: "2018-01-01", to: "2018-12-31",
        hours: [(part: "huis", hours: Typed([(volume: "90", unit: Minute, per: Week)])), (part: "steun", hours: Typed([(volume: "60", unit: Minute, per: Week)]))],
        delivery: InKind(provider: "Schoon Thuis BV"))"#;
    let find = "at_most: (volume: \"120\", unit: Minute, per: Week, source: \"blad\", status: Established)";
    let replace = find.replace("Established", "Example");
    only_this(line, &[], find, &replace);
}

/// Until July there is a tariff of 27,50, from then on one of 28,10.
#[test]
fn what_the_old_line_of_a_change_was() {
    let mut dossier = dossier("brief-wijziging-meer");
    dossier.municipality = "9999".to_owned();
    for provision in &mut dossier.provisions {
        provision.line.product = "hulp".to_owned();
        provision.line.choices.remove("intensity");
    }
    dossier.provisions[0].line.to = Some(date(2018, 6, 30));
    dossier.provisions[1].line.from = date(2018, 7, 1);
    let of = |amount: &str, status: &str| {
        let amount = format!("Euro(\"{amount}\"), source: \"blad\", status: ");
        let find = format!("{amount}Established");
        let library = library(&[(&find, &format!("{amount}{status}"))], None);
        let evaluation = dossier.evaluate(&library, date(2018, 5, 22));
        printed(&dossier, &evaluation, &library)
    };
    assert_eq!(of("27.50", "Established"), Some(Status::Established));
    assert_eq!(of("27.50", "Example"), Some(Status::Example));
}

#[test]
fn whether_an_own_contribution_is_due() {
    let line = HULP.replace(
        "Pgb(providers: [(kind: \"zzp\")])",
        "InKind(provider: \"Schoon Thuis BV\")",
    );
    let find = "id: \"hulp\",
            label: \"Hulp\",
            axes: [\"severity\"],
            hours: NormSet,
            conventions: \"gewoon\",
            own_contribution: (value: Due, source: \"blad\", status: Established)";
    only_this(&line, &[], find, &find.replace("Established", "Example"));
}

/// A national table of one's own for the own contribution, in which one year has this status.
fn contribution(year: &str, status: &str) -> String {
    let of = |other: &str| if other == year { status } else { "Established" };
    format!(
        r#"(format: 1, id: "eigen", version: "1", name: "Eigen bijdrage", parameters: [(
            id: "eigen-bijdrage-per-4-weken", name: "hoogste eigen bijdrage", unit: EuroPer(FourWeeks), supersedes_from: "2018-01-01",
            values: [
                (from: "2018-01-01", to: "2018-12-31", value: WithoutAmount("die hangt af van inkomen"), source: "CAK 2018", status: {}),
                (from: "2019-01-01", to: "2019-12-31", value: Known("17.50"), source: "CAK 2019", status: {}),
            ],
        )])"#,
        of("2018"),
        of("2019")
    )
}

#[test]
fn the_own_contribution_of_a_year_and_its_figure_stands_in_the_calculation_of_the_letter() {
    for (year, sum) in [("2018", None), ("2019", Some("€ 17,50 per 4 weken"))] {
        let line = HULP.replace("2018-", &format!("{year}-")).replace(
            "Pgb(providers: [(kind: \"zzp\")])",
            "InKind(provider: \"Schoon Thuis BV\")",
        );
        for wanted in [Status::Established, Status::Example] {
            let national = contribution(year, &format!("{wanted:?}"));
            let library = library(&[], Some(&national));
            let (dossier, evaluation) = evaluated(&line, &library);
            let printed = printed(&dossier, &evaluation, &library);
            assert_eq!(printed, Some(wanted), "{year}");
            let letter = maatwerk::letter::grant(&dossier, &evaluation, &library, None);
            let text = super::program::text_of(&letter.expect("it can be written").content);
            if let Some(sum) = sum {
                let title = "Eigen bijdrage van het hele huishouden, ten hoogste";
                assert!(text.contains(&format!("{title} = {sum}")), "{text}");
                assert!(text.contains("CAK 2019 ("), "{text}");
            }
        }
    }
}
