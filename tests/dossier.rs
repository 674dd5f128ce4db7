//! What is told about a dossier whose lines exclude each other.

use maatwerk::budget::{Library, intensified};
use maatwerk::document::{Problem, Severity};
use maatwerk::dossier::Dossier;

/// What is told of a dossier in Leiden with lines for household support: each its days and its form of delivery.
fn all_told(lines: &[(&str, &str, &str)]) -> Vec<Problem> {
    let line = |(from, to, delivery): &(&str, &str, &str)| {
        format!(
            r#"(line: (product: "ho", from: "{from}", to: "{to}",
            choices: {{"severity": (value: "midden", reason: "zo gekozen"), "intensity": (value: "standaard", reason: "zo gekozen")}},
            hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]), reason: "zo gezien")], delivery: {delivery}))"#
        )
    };
    let text = format!(
        r#"(format: 1, municipality: "0546", client: (person: (initials: "A.", surname: "Proef")), provisions: [{}])"#,
        lines.iter().map(line).collect::<Vec<_>>().join(", ")
    );
    let library = Library::shipped().expect("the shipped data are sound");
    let dossier = Dossier::read("proef.ron", text.as_bytes()).expect("the test writes a dossier");
    dossier
        .evaluate(&library, jiff::civil::date(2018, 1, 1))
        .problems
}

/// What is told of the second of two lines.
fn told(lines: [(&str, &str, &str); 2]) -> Vec<(Severity, String)> {
    let problems = all_told(&lines).into_iter();
    problems
        .filter(|problem| problem.field.starts_with("provisions[1]"))
        .map(|problem| (problem.severity, problem.to_string()))
        .collect()
}

const IN_KIND: &str = r#"InKind(provider: "")"#;
const PGB: &str = r#"Pgb(providers: [(kind: "informeel")])"#;

#[test]
fn lines_that_exclude_each_other_are_told_by_the_name_of_the_product() {
    let both = told([
        ("2018-01-01", "2018-12-31", IN_KIND),
        ("2018-06-01", "2018-12-31", PGB),
    ]);
    assert_eq!(both.len(), 1, "{both:#?}");
    assert_eq!(both[0].0, Severity::Error);
    assert!(
        both[0].1.starts_with(
            "provisions[1].line.from: Huishoudelijke ondersteuning staat er als zorg in natura en als pgb op dezelfde dagen: regel 1 en regel 2,"
        ),
        "{both:#?}"
    );
    let twice = told([
        ("2018-01-01", "2018-12-31", PGB),
        ("2018-12-31", "2019-12-31", PGB),
    ]);
    assert_eq!(twice.len(), 1, "{twice:#?}");
    assert_eq!(twice[0].0, Severity::Warning);
    assert!(
        twice[0]
            .1
            .contains("Huishoudelijke ondersteuning staat er twee keer in op dezelfde dagen"),
        "{twice:#?}"
    );
}

#[test]
fn lines_that_follow_each_other_exclude_nothing() {
    let after = told([
        ("2018-01-01", "2018-05-31", PGB),
        ("2018-06-01", "2018-12-31", PGB),
    ]);
    assert_eq!(after, []);
}

/// What is told of the second of two lines of a product: each with its choices and its days.
fn told_of(
    municipality: &str,
    product: &str,
    lines: [(&str, &str, &str); 2],
) -> Vec<(Severity, String)> {
    let line = |(choices, from, to): (&str, &str, &str)| {
        format!(
            r#"(line: (product: "{product}", choices: {{{choices}}}, from: "{from}", to: "{to}",
            hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))], delivery: Pgb(providers: [(kind: "informeel")])))"#
        )
    };
    let text = format!(
        r#"(format: 1, municipality: "{municipality}", client: (person: (initials: "A.", surname: "Proef")), provisions: [{}])"#,
        lines.map(line).join(", ")
    );
    let library = Library::shipped().expect("the shipped data are sound");
    let dossier = Dossier::read("proef.ron", text.as_bytes()).expect("the test writes a dossier");
    let problems = dossier.evaluate(&library, jiff::civil::date(2018, 1, 1));
    let second = problems.problems.into_iter();
    second
        .filter(|problem| problem.field == "provisions[1].line.from")
        .map(|problem| (problem.severity, problem.message))
        .collect()
}

/// A client is not midden and zwaar on one day, and is paid once.
#[test]
fn lines_that_differ_only_in_how_much_help_it_is_are_of_the_same_help() {
    let standard = r#""severity": (value: "midden"), "intensity": (value: "standaard")"#;
    let intensive =
        r#""severity": (value: "midden"), "intensity": (value: "intensief", reason: "COPD")"#;
    let found = told_of(
        "0546",
        "ho",
        [
            (standard, "2018-01-01", "2018-12-31"),
            (intensive, "2018-03-01", "2018-12-31"),
        ],
    );
    let both = "Huishoudelijke ondersteuning staat er twee keer in op dezelfde dagen: regel 1 en regel 2, van 1 maart 2018 tot en met 31 december 2018, eerst als «standaard» en dan als «intensief»";
    assert_eq!(found, [(Severity::Error, both.to_owned())]);
    let found = told_of(
        "0546",
        "ho",
        [
            (standard, "2018-01-01", "2018-02-01"),
            (intensive, "2018-03-01", "2018-12-31"),
        ],
    );
    let gap = "tussen regel 1 en regel 2 van Huishoudelijke ondersteuning is er niets toegekend van 2 februari 2018 tot en met 28 februari 2018";
    assert_eq!(found, [(Severity::Warning, gap.to_owned())]);
    let (middle, heavy) = (
        r#""severity": (value: "midden")"#,
        r#""severity": (value: "zwaar")"#,
    );
    let found = told_of(
        "0579",
        "ho",
        [
            (middle, "2023-03-15", "2023-12-31"),
            (heavy, "2023-03-15", "2023-12-31"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].0, Severity::Error);
    assert!(
        found[0]
            .1
            .ends_with("eerst als «Midden» en dan als «Zwaar»"),
        "{found:#?}"
    );
    let found = told_of(
        "0579",
        "ho",
        [
            (middle, "2023-03-15", "2023-04-30"),
            (heavy, "2023-08-15", "2023-12-31"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].1.starts_with("tussen regel 1"), "{found:#?}");
}

/// Two variants of one line, from one evaluation.
#[test]
fn the_intensive_variant_says_what_it_changes() {
    let library = Library::shipped().expect("the shipped data are sound");
    let words = |name: &str| {
        let path = format!("fixtures/dossiers/{name}.ron");
        let bytes = std::fs::read(path).expect("the fixture");
        let dossier = Dossier::read(name, &bytes).expect("a dossier");
        let today = jiff::civil::date(2018, 1, 1);
        let evaluation = dossier.evaluate(&library, today);
        let line = evaluation.lines[0].as_ref().expect("a line");
        let inputs = dossier.inputs(&library, today);
        let found = intensified(&inputs, &dossier.provisions[0].line, line);
        found.map(|found| found.words().replace('\u{a0}', " "))
    };
    assert_eq!(words("ho-licht-standaard"), None);
    let said = "standaard → intensief: de tijd gaat van 174 minuten per week naar 280 minuten per week; geen extra bezoeken; het tarief blijft € 27,50 per uur; het plafond gaat van € 385,00 per 4 weken naar € 481,25 per 4 weken; het bedrag gaat van € 385,00 per 4 weken naar € 436,34 per 4 weken.";
    assert_eq!(words("ho-midden-intensief").as_deref(), Some(said));
    let said = "standaard → intensief: de tijd gaat van 174 minuten per week naar 204 minuten per week; geen extra bezoeken; het tarief blijft € 15,13 per uur; het plafond gaat van € 385,00 per 4 weken naar € 481,25 per 4 weken; het bedrag gaat van € 335,51 per 4 weken naar € 365,77 per 4 weken.";
    assert_eq!(
        words("thuisondersteuning-intensief-pgb").as_deref(),
        Some(said)
    );
}

/// Hours that no norm set gave ask why, and keep the decision from becoming definitive until it is there.
#[test]
fn hours_beside_the_norm_set_ask_for_a_reason_which_is_kept_with_who_and_when() {
    let library = Library::shipped().expect("the shipped data are sound");
    let of = |product: &str, reason: &str| {
        let text = format!(
            r#"(format: 1, municipality: "0546", client: (person: (initials: "A.", surname: "Proef")), provisions: [(line: (
                product: "{product}", from: "2018-01-01", to: "2018-12-31",
                choices: {{"intensity": (value: "standaard")}}, delivery: InKind(provider: ""),
                hours: [(part: "ho", hours: Typed([(volume: "174", unit: Minute, per: Week)]){reason}),
                    (part: "begeleiding", hours: Typed([(volume: "60", unit: Minute, per: Week)]))]))])"#
        );
        let text = match product {
            "thuisondersteuning" => text,
            _ => text.replace(r#"part: "ho", "#, "").replace(
                r#"(part: "begeleiding", hours: Typed([(volume: "60", unit: Minute, per: Week)]))"#,
                "",
            ),
        };
        Dossier::read("proef.ron", text.as_bytes()).expect("the test writes a dossier")
    };
    let told = |dossier: &Dossier| -> Vec<String> {
        let evaluation = dossier.evaluate(&library, jiff::civil::date(2018, 1, 1));
        let said = evaluation.problems.iter();
        let said: Vec<_> = said.filter(|p| p.field.ends_with("].reason")).collect();
        assert_eq!(said.len(), evaluation.beside_norm.len());
        assert!(said.iter().all(|p| p.severity == Severity::Warning));
        said.iter().map(|problem| problem.field.clone()).collect()
    };
    let field = "provisions[0].line.hours[0].reason";
    assert_eq!(told(&of("ho", "")), [field]);
    assert_eq!(told(&of("thuisondersteuning", "")), [field]);
    assert_eq!(told(&of("ho", r#", reason: " ""#)), [field]);
    let mut given = of("ho", r#", reason: "De rechter bepaalde het.""#);
    assert_eq!(told(&given), [""; 0]);
    given.sign_overrides(&of("ho", ""), "S. de Wit", jiff::civil::date(2018, 3, 1));
    let made = given.made(field).expect("it was written down");
    assert_eq!(made.by, "S. de Wit");
    let found = given.overridden();
    let value = found.iter().find(|one| one.field == field);
    assert_eq!(
        value.expect("it departs").value.replace('\u{a0}', " "),
        "174 minuten per week"
    );
}

/// Per catalogue which axes tell one help from another; all others say how much of it there is.
#[test]
fn every_shipped_catalogue_says_which_axes_are_how_much() {
    let library = Library::shipped().expect("the shipped data are sound");
    for (municipality, year, kinds) in [
        ("0546", 2015, &["kind", "vehicle"][..]),
        ("0546", 2018, &["kind", "vehicle"]),
        ("0847", 2023, &[]),
        ("0847", 2024, &[]),
        ("0579", 2023, &[]),
        ("0233", 2023, &["kind", "group", "vehicle", "stay"]),
    ] {
        let answer = library
            .catalogues
            .on(municipality, jiff::civil::date(year, 6, 1))
            .expect("a catalogue");
        let axes = answer.catalogue.file.axes.iter();
        let found: Vec<&str> = axes
            .filter(|axis| !axis.how_much)
            .map(|axis| axis.id.as_str())
            .collect();
        assert_eq!(found, kinds, "{municipality} in {year}");
    }
}

/// Every line beside every other would be as many messages as the square of the lines.
#[test]
fn a_thousand_equal_lines_are_told_in_messages_that_fit_in_memory() {
    let found = all_told(&[("2018-01-01", "2018-12-31", PGB); 1000]);
    let twice = |problem: &&Problem| problem.message.contains("twee keer");
    let count = found.iter().filter(twice).count();
    assert!((1000..6000).contains(&count), "{count}");
}

/// What is told about the history of a line, and about the birth date of the client.
fn of_history(birth: &str, history: &str) -> Vec<String> {
    let text = format!(
        r#"(format: 1, municipality: "0546", client: (person: (initials: "A.", surname: "Proef", birth_date: "{birth}")), dates: (decision: "2018-01-15"),
        provisions: [(line: (product: "begeleiding", choices: {{"kind": (value: "basis")}}, from: "2018-02-01", to: "2018-12-31",
            hours: [(hours: Typed([(volume: "3", unit: Hour, per: Week)]))], delivery: InKind(provider: ""), {history}))])"#
    );
    let library = Library::shipped().expect("the shipped data are sound");
    let dossier = Dossier::read("proef.ron", text.as_bytes()).expect("the test writes a dossier");
    let evaluation = dossier.evaluate(&library, jiff::civil::date(2018, 1, 1));
    let problems = evaluation.problems.into_iter();
    problems
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("{}: {}", problem.field, problem.message))
        .collect()
}

#[test]
fn first_granted_indicated_again_and_decided_stand_in_that_order() {
    let line = "provisions[0].line";
    for (history, told) in [
        (
            "first_granted: \"2016-05-01\", reindicated: \"2017-05-01\"",
            None,
        ),
        (
            "first_granted: \"2018-01-15\", reindicated: \"2018-01-15\"",
            None,
        ),
        (
            "first_granted: \"2017-05-02\", reindicated: \"2017-05-01\"",
            Some(format!(
                "{line}.reindicated: de datum van de herindicatie (1 mei 2017) ligt voor die van de eerste toekenning (2 mei 2017)"
            )),
        ),
        (
            "reindicated: \"2018-01-16\"",
            Some(format!(
                "{line}.reindicated: de datum van het besluit (15 januari 2018) ligt voor die van de herindicatie (16 januari 2018)"
            )),
        ),
        (
            "first_granted: \"2018-01-16\"",
            Some(format!(
                "{line}.first_granted: de datum van het besluit (15 januari 2018) ligt voor die van de eerste toekenning (16 januari 2018)"
            )),
        ),
    ] {
        let found = of_history("1950-01-01", history);
        assert_eq!(found, told.into_iter().collect::<Vec<_>>(), "{history}");
    }
    for field in ["first_granted", "reindicated"] {
        let absurd = of_history("1950-01-01", &format!("{field}: \"0217-05-02\""));
        assert_eq!(absurd.len(), 1, "{absurd:?}");
        assert!(
            absurd[0].starts_with(&format!("{line}.{field}: ")),
            "{absurd:?}"
        );
        assert!(
            absurd[0].ends_with("is geen datum die hier kan kloppen"),
            "{absurd:?}"
        );
    }
}

#[test]
fn nobody_is_older_than_120() {
    assert_eq!(of_history("1898-01-16", ""), [""; 0]);
    assert_eq!(
        of_history("1897-12-31", ""),
        [
            "client.person.birth_date: met de geboortedatum 31 december 1897 is de cliënt ouder dan 120 jaar"
        ]
    );
}

mod clocks {
    use super::*;
    use jiff::civil::{Date, date};
    use maatwerk::dossier::{ClockKind, ClockState};

    fn states(dates: &str, today: Date) -> Vec<(ClockKind, ClockState)> {
        let text = format!(
            r#"(format: 1, municipality: "0546", client: (person: (initials: "A.", surname: "Proef")), dates: ({dates}))"#
        );
        let dossier = Dossier::read("proef.ron", text.as_bytes()).expect("the test writes it");
        let clocks = dossier.course().clocks(today).into_iter();
        clocks.map(|clock| (clock.kind, clock.state)).collect()
    }

    #[test]
    fn a_report_of_a_day_to_come_starts_no_clock() {
        let today = date(2018, 5, 1);
        assert_eq!(states(r#"report: "2018-05-02""#, today), []);
        assert_eq!(states(r#"report: "2018-05-01""#, today).len(), 2);
    }

    #[test]
    fn what_is_planned_has_not_happened() {
        let today = date(2018, 5, 1);
        // The investigation is late, also with an application planned for tomorrow.
        let planned = states(r#"report: "2018-01-08", application: "2018-05-02""#, today);
        assert_eq!(planned.len(), 2);
        assert!(matches!(
            planned[1],
            (ClockKind::Investigation, ClockState::Late { .. })
        ));
        let done = states(r#"report: "2018-01-08", application: "2018-05-01""#, today);
        assert_eq!(done[1], (ClockKind::Investigation, ClockState::Unrecorded));
        assert!(matches!(done[2], (ClockKind::Decision, _)));
        // Nobody can object to what is sent tomorrow.
        let sent = |day: &str| {
            let dates = format!(r#"decision: "2018-05-01", sending: "{day}""#);
            states(&dates, today)
        };
        assert_eq!(sent("2018-05-02"), []);
        assert!(matches!(
            sent("2018-05-01")[..],
            [(ClockKind::Objection, ClockState::Running { .. })]
        ));
    }
}

mod over_time {
    use super::*;
    use jiff::civil::{Date, date};
    use maatwerk::dossier::{Changed, Earlier, Effect, LineChange, MovedEnd, Outcome, Wlz};
    use maatwerk::indication::{CareProvider, Delivery, Hours, Line};
    use maatwerk::quantity::{Euro, Exact};

    const TODAY: Date = date(2018, 1, 15);

    fn library() -> Library {
        Library::shipped().expect("the shipped data are sound")
    }

    fn fixture(name: &str) -> Dossier {
        let path = format!(
            "{}/fixtures/dossiers/{name}.ron",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(&path).expect("a fixture of the repository");
        Dossier::read(&path, &bytes).expect("a sound fixture")
    }

    fn effect(library: &Library, before: &Dossier, changed: &Changed) -> Effect {
        let was = before.evaluate(library, TODAY);
        let is = changed.dossier.evaluate(library, TODAY);
        Effect::of((before, &was), 0, changed, &is)
    }

    fn euro(text: &str) -> Option<Euro> {
        Some(Euro(text.parse().expect("an amount")))
    }

    /// What is told at a field.
    fn told(dossier: &Dossier, field: &str) -> Vec<(Severity, String)> {
        let problems = dossier.evaluate(&library(), TODAY).problems.into_iter();
        let problems = problems.filter(|problem| problem.field == field);
        problems
            .map(|problem| (problem.severity, problem.message))
            .collect()
    }

    /// The line a band higher from a day on.
    fn higher(library: &Library, dossier: &Dossier, from: Date) -> Line {
        let next = dossier
            .going_on(library, 0, from)
            .expect("it runs on that day");
        let changed = dossier
            .changed(
                0,
                &LineChange::Scale(Box::new(next.clone())),
                "meer hulp nodig",
            )
            .expect("it can be scaled");
        let evaluation = changed.dossier.evaluate(library, TODAY);
        let budget = evaluation.lines[1].as_ref().expect("granted");
        let [_, higher] = next.steps(budget);
        higher.expect("there is a higher band").line
    }

    #[test]
    fn a_band_is_scaled_up_from_a_day_on_and_the_difference_comes_from_the_evaluation() {
        let library = library();
        let before = fixture("begeleiding-basis-zin");
        let next = higher(&library, &before, date(2019, 1, 1));
        let change = LineChange::Scale(Box::new(next));
        let changed = before
            .changed(0, &change, "na de val is meer hulp nodig")
            .unwrap();
        let [old, new] = changed.dossier.provisions.as_slice() else {
            panic!("two lines")
        };
        assert_eq!(old.line.to, Some(date(2018, 12, 31)));
        let moved = MovedEnd {
            granted: Some(date(2020, 12, 31)),
            reason: "na de val is meer hulp nodig".to_owned(),
            decided: None,
        };
        assert_eq!(old.moved_end, Some(moved));
        assert_eq!(
            (new.line.from, new.line.to),
            (date(2019, 1, 1), Some(date(2020, 12, 31)))
        );
        assert_eq!(new.line.choices["band"].value, "2-4");
        assert!(
            new.motivation
                .reasons
                .ends_with("na de val is meer hulp nodig")
        );
        let effect = effect(&library, &before, &changed);
        assert_eq!(effect.minutes.before, Some(Exact::from(90)));
        assert_eq!(effect.minutes.after, Some(Exact::from(180)));
        assert_eq!(effect.views[1].before, euro("300.00"));
        assert_eq!(effect.views[1].after, euro("600.00"));
        assert_eq!(effect.views[0].difference().unwrap(), euro("75.00"));
        // 300 × 1.096 ÷ 28, against 300 × 365 ÷ 28 + 600 × 731 ÷ 28.
        assert_eq!(effect.term.before, euro("11742.86"));
        assert_eq!(effect.term.after, euro("19575.00"));
        assert_eq!(effect.years[0].1.difference().unwrap(), euro("0.00"));
        assert_eq!(effect.years[1].0, 2019);
    }

    #[test]
    fn a_year_with_days_that_nobody_can_calculate_is_unknown_and_not_a_lower_amount() {
        let library = library();
        let before = fixture("begeleiding-basis-zin");
        let mut next = higher(&library, &before, date(2019, 1, 1));
        next.choices.get_mut("band").unwrap().value = "bestaat-niet".to_owned();
        let change = LineChange::Scale(Box::new(next));
        let changed = before.changed(0, &change, "meer hulp nodig").unwrap();
        let worked = effect(&library, &before, &changed);
        let known: Vec<_> = (worked.years.iter())
            .map(|(year, money)| (*year, money.before.is_some(), money.after.is_some()))
            .collect();
        assert_eq!(
            known,
            [(2018, true, true), (2019, true, false), (2020, true, false)]
        );
        assert_eq!((worked.views[1].after, worked.term.after), (None, None));
    }

    /// 150 points a year: 19,80 a point from January, 20,39 from March, 20,99 from October 2024.
    #[test]
    fn the_effect_of_a_change_starts_from_the_tariff_of_its_own_day() {
        let library = library();
        let before = fixture("someren-drie-tarieven");
        for (last, was) in [
            (date(2024, 2, 15), "2970.00"),
            (date(2024, 4, 30), "3058.50"),
            (date(2024, 11, 30), "3148.50"),
        ] {
            let end = LineChange::End(last);
            let changed = before.changed(0, &end, "verhuisd").expect("it ends");
            let found = effect(&library, &before, &changed);
            let [_, _, _, year] = found.views;
            assert_eq!(
                (year.before, year.after),
                (euro(was), euro("0.00")),
                "{last}"
            );
        }
    }

    #[test]
    fn a_product_of_parts_goes_a_severity_up_and_asks_why_before_it_may() {
        let library = library();
        let dossier = fixture("thuisondersteuning");
        let next = dossier
            .going_on(&library, 0, date(2018, 7, 1))
            .expect("it goes on");
        let budget = dossier.evaluate(&library, TODAY);
        let [lower, higher] = next.steps(budget.lines[0].as_ref().expect("granted"));
        let (lower, higher) = (lower.expect("a step"), higher.expect("a step"));
        assert_eq!(
            (lower.name.as_str(), higher.name.as_str()),
            ("Licht", "Zwaar")
        );
        // Both parts keep their hours.
        assert_eq!(higher.line.hours, next.hours);
        let change = LineChange::Scale(Box::new(higher.line));
        let changed = dossier
            .changed(0, &change, "na de val")
            .expect("it changes");
        let field = "provisions[1].line.choices.severity";
        assert_eq!(told(&changed.dossier, field)[0].0, Severity::Error);
    }

    #[test]
    fn a_line_of_the_system_with_two_bands_proposes_its_place_among_four() {
        let library = library();
        let mut before = fixture("begeleiding-2017-twee-banden");
        before.provisions[0].line.to = Some(date(2018, 6, 30));
        let next = before.going_on(&library, 0, date(2018, 1, 1)).unwrap();
        assert!(!next.choices.contains_key("band"), "{next:?}");
        assert!(matches!(&next.hours[0].hours, Hours::Typed(extents) if extents.len() == 1));
        let change = LineChange::Scale(Box::new(next));
        let changed = before.changed(0, &change, "het nieuwe stelsel").unwrap();
        let evaluation = changed.dossier.evaluate(&library, TODAY);
        assert!(
            evaluation
                .problems
                .iter()
                .all(|problem| problem.severity == Severity::Warning),
            "{:#?}",
            evaluation.problems
        );
        let effect = effect(&library, &before, &changed);
        // The calculation hours of 0 to 4 are 2, which is the band 0 to 2.
        assert_eq!(effect.minutes.after, Some(Exact::from(120)));
        assert_eq!(effect.views[1].before, euro("400.00"));
        assert_eq!(effect.views[1].after, euro("300.00"));
    }

    #[test]
    fn the_care_providers_of_a_pgb_are_cut_to_the_days_of_their_line() {
        let library = library();
        let mut before = fixture("begeleiding-basis-pgb-plafond");
        let to = before.provisions[0].line.to.unwrap();
        let from = before.provisions[0].line.from;
        let day = from.tomorrow().unwrap().tomorrow().unwrap();
        let Delivery::Pgb { providers } = &mut before.provisions[0].line.delivery else {
            panic!("a pgb")
        };
        let first = CareProvider {
            to: from.tomorrow().ok(),
            ..providers[0].clone()
        };
        let second = CareProvider {
            from: Some(day),
            ..providers[0].clone()
        };
        *providers = vec![first, second];
        let next = before.going_on(&library, 0, day).unwrap();
        let Delivery::Pgb { providers } = &next.delivery else {
            panic!("a pgb")
        };
        assert_eq!(providers.len(), 1);
        assert_eq!(
            (providers[0].from, providers[0].to, next.to),
            (None, None, Some(to))
        );
    }

    #[test]
    fn extending_ending_and_withdrawing_keep_the_end_that_was_granted_first() {
        let before = fixture("begeleiding-basis-zin");
        let first = Some(date(2020, 12, 31));
        let longer = LineChange::Extend(Some(date(2021, 6, 30)));
        let longer = before.changed(0, &longer, "nog nodig").unwrap();
        assert_eq!(longer.day, date(2021, 1, 1));
        let one = &longer.dossier.provisions[0];
        assert_eq!(
            (one.line.to, one.moved_end.as_ref().unwrap().granted),
            (Some(date(2021, 6, 30)), first)
        );
        let ended = LineChange::End(date(2019, 3, 31));
        let ended = longer.dossier.changed(0, &ended, "verhuisd").unwrap();
        let one = &ended.dossier.provisions[0];
        assert_eq!(
            (one.line.to, one.moved_end.as_ref().unwrap().granted),
            (Some(date(2019, 3, 31)), first)
        );
        let gone = before
            .changed(0, &LineChange::Withdraw, "nooit begonnen")
            .unwrap();
        let one = &gone.dossier.provisions[0];
        assert_eq!(one.line.to, Some(one.line.from));
        assert_eq!(one.moved_end.as_ref().unwrap().granted, first);
        assert_eq!(
            one.outcome,
            Outcome::Withdrawn {
                reason: "nooit begonnen".to_owned()
            }
        );
        let library = library();
        assert!(gone.dossier.evaluate(&library, TODAY).lines[0].is_none());
        assert_eq!(effect(&library, &before, &gone).term.after, euro("0"));
        let text = gone.dossier.to_text().unwrap();
        assert_eq!(Dossier::read("x", text.as_bytes()).unwrap(), gone.dossier);
    }

    #[test]
    fn starting_earlier_is_an_extra_line_or_a_new_one_in_place_of_the_old() {
        let before = fixture("begeleiding-2017-twee-banden");
        let day = date(2017, 2, 1);
        let extra = LineChange::StartEarlier(day, Earlier::ExtraLine);
        let extra = before.changed(0, &extra, "eerder nodig").unwrap().dossier;
        let days = |at: usize| (extra.provisions[at].line.from, extra.provisions[at].line.to);
        assert_eq!(days(0), (day, Some(date(2017, 2, 28))));
        assert_eq!(days(1), (date(2017, 3, 1), Some(date(2017, 12, 31))));
        let replaced = LineChange::StartEarlier(day, Earlier::Replace);
        let replaced = before
            .changed(0, &replaced, "eerder nodig")
            .unwrap()
            .dossier;
        assert!(matches!(
            replaced.provisions[0].outcome,
            Outcome::Withdrawn { .. }
        ));
        assert_eq!(replaced.provisions[1].line.from, day);
        assert_eq!(replaced.provisions[1].line.to, Some(date(2017, 12, 31)));
        // It takes nothing away: the new line gives as much over all the days of the old one.
        assert_eq!(told(&replaced, "provisions[0].outcome"), []);
        assert_eq!(told(&replaced, "provisions[1].line.from"), []);
    }

    #[test]
    fn a_day_that_does_not_fit_is_refused_with_the_day_that_would() {
        let before = fixture("begeleiding-basis-zin");
        let refused = |change| {
            let problem = before.changed(0, &change, "reden").unwrap_err();
            (problem.field.clone(), problem.to_string())
        };
        for (change, field, words) in [
            (
                LineChange::Extend(Some(date(2020, 1, 1))),
                "to",
                "loopt al tot en met 31 december 2020",
            ),
            (
                LineChange::End(date(2021, 1, 1)),
                "to",
                "eindigt al op 31 december 2020",
            ),
            (
                LineChange::End(date(2017, 1, 1)),
                "to",
                "begint pas op 1 januari 2018",
            ),
            (
                LineChange::StartEarlier(date(2018, 2, 1), Earlier::ExtraLine),
                "from",
                "begint al op 1 januari 2018",
            ),
        ] {
            let (at, text) = refused(change);
            assert_eq!(at, field, "{text}");
            assert!(text.contains(words), "{text}");
        }
        let error = before
            .going_on(&library(), 0, date(2018, 1, 1))
            .unwrap_err();
        assert_eq!(error.field, "from");
    }

    #[test]
    fn less_from_a_day_before_the_decision_is_told_until_its_ground_is_recorded() {
        let mut dossier = fixture("begeleiding-basis-zin");
        dossier.provisions[0]
            .line
            .choices
            .get_mut("band")
            .unwrap()
            .value = "2-4".to_owned();
        dossier.dates.decision = Some(date(2019, 3, 1));
        dossier.dates.sending = None;
        let library = library();
        let mut next = dossier.going_on(&library, 0, date(2019, 1, 1)).unwrap();
        next.choices.get_mut("band").unwrap().value = "0-2".to_owned();
        let scaled = |from: Date, dossier: &Dossier| {
            let line = Line {
                from,
                ..next.clone()
            };
            let change = LineChange::Scale(Box::new(line));
            dossier
                .changed(0, &change, "het gaat beter")
                .unwrap()
                .dossier
        };
        let worse = scaled(date(2019, 1, 1), &dossier);
        let field = "provisions[1].line.from";
        let found = told(&worse, field);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, Severity::Warning);
        assert!(
            found[0]
                .1
                .contains("voor de dag van het besluit (1 maart 2019)")
        );
        assert_eq!(told(&scaled(date(2019, 3, 1), &dossier), field), []);
        let mut grounded = worse.clone();
        grounded.revision_ground = "artikel 2.3.10 lid 1 onder a".to_owned();
        assert_eq!(told(&grounded, field), []);
        // In the client's favour it may reach back.
        let mut better = dossier.clone();
        better.provisions[0]
            .line
            .choices
            .get_mut("band")
            .unwrap()
            .value = "0-2".to_owned();
        let up = Line {
            from: date(2019, 1, 1),
            ..higher(&library, &better, date(2019, 1, 1))
        };
        let up = better
            .changed(0, &LineChange::Scale(Box::new(up)), "meer nodig")
            .unwrap();
        assert_eq!(told(&up.dossier, field), []);
        // An end before the decision, with nothing after it.
        let ended = dossier
            .changed(0, &LineChange::End(date(2019, 1, 31)), "weg")
            .unwrap();
        assert_eq!(told(&ended.dossier, "provisions[0].line.to").len(), 1);
    }

    #[test]
    fn lines_of_the_same_in_two_bands_and_products_that_exclude_each_other_name_both_lines() {
        let mut dossier = fixture("begeleiding-basis-zin");
        let one = dossier.provisions[0].clone();
        let mut other = one.clone();
        other.line.choices.get_mut("band").unwrap().value = "4-8".to_owned();
        other.line.from = date(2018, 6, 1);
        dossier.provisions.push(other.clone());
        let found = told(&dossier, "provisions[1].line.from");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, Severity::Error);
        assert!(
            found[0]
                .1
                .contains("regel 1 en regel 2, van 1 juni 2018 tot en met 31 december 2020")
        );
        // Another kind of it may be beside it.
        dossier.provisions[1]
            .line
            .choices
            .get_mut("kind")
            .unwrap()
            .value = "speciaal".to_owned();
        assert_eq!(told(&dossier, "provisions[1].line.from"), []);
        let mut watch = fixture("waakvlam").provisions[0].clone();
        watch.line.from = date(2018, 6, 1);
        watch.line.to = Some(date(2018, 8, 31));
        dossier.provisions[1] = watch;
        let found = told(&dossier, "provisions[1].line.from");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, Severity::Warning);
        assert!(
            found[0].1.contains("gaan niet samen: regel 1 en regel 2"),
            "{found:?}"
        );
    }

    #[test]
    fn a_gap_a_wlz_indication_and_a_week_without_end_are_told_at_their_fields() {
        let mut dossier = fixture("begeleiding-basis-zin");
        let mut next = dossier.provisions[0].clone();
        dossier.provisions[0].line.to = Some(date(2018, 12, 31));
        next.line.from = date(2019, 2, 1);
        dossier.provisions.push(next);
        let found = told(&dossier, "provisions[1].line.from");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .1
                .ends_with("niets toegekend van 1 januari 2019 tot en met 31 januari 2019"),
            "{found:?}"
        );
        dossier.provisions[1].line.from = date(2019, 1, 1);
        assert_eq!(told(&dossier, "provisions[1].line.from"), []);
        dossier.client.wlz = Some(Wlz {
            from: date(2020, 7, 1),
            to: None,
        });
        assert_eq!(told(&dossier, "provisions[0].line.to"), []);
        let found = told(&dossier, "provisions[1].line.to");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .1
                .contains("(regel 2) loopt samen met de Wlz-indicatie van 1 juli 2020")
        );
        dossier.client.wlz = None;
        dossier.provisions[1].line.to = None;
        let found = told(&dossier, "provisions[1].line.to");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.contains("hoort een einddatum"));
    }

    #[test]
    fn hours_are_built_anew_with_another_norm_set_with_the_difference_per_part() {
        let library = library();
        let before = fixture("ho-licht-standaard");
        let set = maatwerk::norms::NormSetRef {
            id: "kpmg-hhm-tilburg".to_owned(),
            version: "1".to_owned(),
        };
        let (hours, left_out) = before.recalculated(&library, 0, &set).unwrap();
        assert_eq!(left_out, ["eigen-kracht"]);
        let change = LineChange::Recalculate(hours);
        let changed = before.changed(0, &change, "de norm was verkeerd").unwrap();
        let effect = effect(&library, &before, &changed);
        // 108 − 23 = 85 hours a year is 98,08 minutes a week, granted as 99; Tilburg has 125.
        assert_eq!(effect.minutes.before, Some(Exact::from(99)));
        assert_eq!(effect.minutes.after, Some(Exact::from(125)));
        let [(name, part)] = effect.parts.as_slice() else {
            panic!("{:?}", effect.parts)
        };
        assert_eq!(name, "schoon en leefbaar huis");
        assert_eq!(part.before, Exact::new(85 * 60, 52).ok());
        assert_eq!(part.after, Some(Exact::from(125)));
        let typed = fixture("begeleiding-basis-zin");
        assert_eq!(
            typed.recalculated(&library, 0, &set).unwrap_err().field,
            "set"
        );
    }

    #[test]
    fn what_a_line_costs_before_a_change_is_at_the_tariff_of_that_day() {
        let library = library();
        let dossier = fixture("someren-drie-tarieven");
        let evaluation = dossier.evaluate(&library, TODAY);
        let budget = evaluation.lines[0].as_ref().expect("granted");
        assert_eq!(budget.segments.len(), 3, "three tariffs in one year");
        let mut found = Vec::new();
        for last in [date(2024, 1, 31), date(2024, 4, 30), date(2024, 10, 31)] {
            let end = LineChange::End(last);
            let changed = dossier.changed(0, &end, "verhuisd").expect("it runs");
            let worked = effect(&library, &dossier, &changed);
            let mut segments = budget.segments.iter();
            let segment = segments
                .find(|segment| segment.from <= changed.day && changed.day <= segment.to)
                .expect("a stretch of that day");
            let month = segment.views[2].as_ref().expect("a view per month");
            assert_eq!(worked.views[2].before, Some(month.rounded), "{last}");
            found.push(month.rounded);
        }
        assert!(found[0] < found[1] && found[1] < found[2], "{found:?}");
    }

    #[test]
    fn household_support_goes_a_severity_up_with_the_same_hours_and_asks_for_the_reason() {
        let library = library();
        let dossier = fixture("ho-licht-standaard");
        let evaluation = dossier.evaluate(&library, TODAY);
        let line = &dossier.provisions[0].line;
        let [lower, higher] = line.steps(evaluation.lines[0].as_ref().expect("granted"));
        assert_eq!(lower, None, "Licht is the lowest");
        let higher = higher.expect("Midden");
        assert_eq!(higher.name, "Midden");
        assert_eq!(higher.line.hours, line.hours);
        let mut changed = dossier.clone();
        changed.provisions[0].line = higher.line;
        let field = "provisions[0].line.choices.severity";
        let [(Severity::Error, _)] = &told(&changed, field)[..] else {
            panic!("a choice against the hours needs its reason")
        };
        // A step back is what follows from the hours, and needs none.
        let evaluation = changed.evaluate(&library, TODAY);
        let line = &changed.provisions[0].line;
        let [lower, _] = line.steps(evaluation.lines[0].as_ref().expect("granted"));
        changed.provisions[0].line = lower.expect("Licht").line;
        assert_eq!(told(&changed, field), []);
    }
}

/// Every two dates that stand in an order, the wrong way round: told at a field of its own, and then there is no letter.
#[test]
fn dates_that_contradict_each_other_are_told_at_their_field_and_keep_the_letter_from_being_made() {
    use jiff::civil::date;
    use maatwerk::dossier::{Suspension, Wlz};
    use maatwerk::indication::Delivery;
    type Wrong = fn(&mut Dossier);
    let line = |field: &str| format!("provisions[0].line.{field}");
    // Reported 20 November, applied for 18 December, decided 22 December, sent 27 December 2017; granted over 2018.
    let pairs: [(String, Wrong); 17] = [
        ("dates.application".into(), |d| {
            d.dates.report = Some(date(2017, 12, 19))
        }),
        ("dates.decision".into(), |d| {
            d.dates.application = Some(date(2017, 12, 23))
        }),
        ("dates.sending".into(), |d| {
            d.dates.sending = Some(date(2017, 12, 21))
        }),
        ("dates.decision".into(), |d| {
            d.dates.application = None;
            d.dates.report = Some(date(2017, 12, 23));
        }),
        ("dates.personal_plan".into(), |d| {
            d.dates.personal_plan = Some(date(2017, 11, 19))
        }),
        ("dates.personal_plan".into(), |d| {
            d.dates.personal_plan = Some(date(2017, 12, 23))
        }),
        ("dates.investigation".into(), |d| {
            d.dates.investigation = Some(date(2017, 11, 19))
        }),
        ("dates.investigation".into(), |d| {
            d.dates.investigation = Some(date(2017, 12, 23))
        }),
        ("client.person.birth_date".into(), |d| {
            d.client.person.birth_date = Some(date(2017, 12, 23));
        }),
        (line("to"), |d| {
            d.provisions[0].line.to = Some(date(2017, 12, 31))
        }),
        (line("first_granted"), |d| {
            d.provisions[0].line.first_granted = Some(date(2017, 12, 23))
        }),
        (line("reindicated"), |d| {
            d.provisions[0].line.reindicated = Some(date(2017, 12, 23))
        }),
        (line("reindicated"), |d| {
            d.provisions[0].line.first_granted = Some(date(2017, 5, 2));
            d.provisions[0].line.reindicated = Some(date(2017, 5, 1));
        }),
        (line("delivery.providers[0].to"), |d| {
            if let Delivery::Pgb { providers } = &mut d.provisions[0].line.delivery {
                providers[0].to = Some(date(2017, 12, 31));
            }
        }),
        ("client.wlz.to".into(), |d| {
            d.client.wlz = Some(Wlz {
                from: date(2016, 2, 1),
                to: Some(date(2016, 1, 31)),
            });
        }),
        ("dates.suspensions[0].from".into(), |d| {
            d.dates.suspensions = vec![Suspension {
                from: Some(date(2017, 12, 18)),
                to: Some(date(2017, 12, 20)),
                reason: "wij wachtten op stukken".to_owned(),
                ..Suspension::default()
            }];
        }),
        ("dates.suspensions[0].to".into(), |d| {
            d.dates.suspensions = vec![Suspension {
                from: Some(date(2017, 12, 20)),
                to: Some(date(2017, 12, 19)),
                reason: "wij wachtten op stukken".to_owned(),
                ..Suspension::default()
            }];
        }),
    ];
    let bytes = std::fs::read("fixtures/dossiers/brief-pgb.ron").expect("it is there");
    let right = Dossier::read("brief-pgb.ron", &bytes).expect("it is sound");
    let library = Library::shipped().expect("the shipped data are sound");
    let letter = |dossier: &Dossier| {
        let evaluation = dossier.evaluate(&library, date(2018, 1, 15));
        maatwerk::letter::grant(dossier, &evaluation, &library, None)
    };
    assert!(letter(&right).is_ok());
    for (number, (field, wrong)) in pairs.into_iter().enumerate() {
        let mut dossier = right.clone();
        wrong(&mut dossier);
        let told = letter(&dossier).expect_err("it cannot be");
        let fields: Vec<&str> = told.iter().map(|problem| problem.field.as_str()).collect();
        assert!(
            fields.contains(&field.as_str()),
            "{number}, {field}: {fields:?}"
        );
        assert!(
            told.iter()
                .all(|problem| !problem.hint.is_empty() || problem.field != field)
        );
    }
}
