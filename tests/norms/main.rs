//! Hours from norm sets, through the public face: published outcomes, what is refused, and rules
//! that hold for any work.

mod rules;

use maatwerk::document::{Severity, read_text};
use maatwerk::norms::{
    FactorUse, HoursOutcome, HoursWork, NormSet, NormSets, OwnMinutes, PartWork, Reduction,
    ReductionGround, Start, evaluate,
};
use maatwerk::quantity::{Exact, Frequency, Rounding};
use maatwerk::trace::{Recorder, Silent, Status, Trace};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    source: String,
    work: HoursWork,
    in_own_unit: Exact,
    exact: Exact,
    #[serde(default)]
    hours: Option<Exact>,
    granted: i64,
    parts: Vec<i64>,
    before_aggravating: Exact,
    aggravated: bool,
    #[serde(default)]
    extra_visits: i64,
}

fn sets() -> NormSets {
    let mut sets = NormSets::shipped().expect("the shipped norm sets are right");
    for (name, text) in [
        ("proef.ron", include_str!("../../fixtures/norms/proef.ron")),
        (
            "rbobr-2019.ron",
            include_str!("../../fixtures/norms/rbobr-2019.ron"),
        ),
    ] {
        sets.add(name, text)
            .expect("a norm set of the fixtures is right");
    }
    sets
}

fn silently(set: &NormSet, work: &HoursWork) -> HoursOutcome<()> {
    evaluate(set, work, &mut Silent)
}

fn two_decimals(value: Exact) -> Exact {
    Rounding::CENT.apply(value).unwrap()
}

fn rows() -> Vec<Row> {
    read_text(
        "uren.ron",
        include_str!("../../fixtures/published/uren.ron"),
    )
    .unwrap()
}

/// The house of the HBEL set with these factors.
fn house(factors: Vec<FactorUse>) -> HoursWork {
    let sets = NormSets::shipped().unwrap();
    let set = sets.iter().next().unwrap();
    let start = Start::Base("volledige-overname".into());
    let part = PartWork {
        part: "schoon-huis".into(),
        start,
        factors,
        reductions: Vec::new(),
    };
    HoursWork {
        parts: vec![part],
        ..HoursWork::new(set)
    }
}

fn factor(id: &str) -> FactorUse {
    FactorUse {
        factor: id.into(),
        count: 1,
        own: None,
        reason: "Gezien bij het gesprek.".into(),
    }
}

fn per_week(minutes: i64) -> OwnMinutes {
    OwnMinutes {
        minutes,
        per: Frequency::Week,
    }
}

/// The field and message of every problem of HBEL work, warnings marked.
fn problems(work: &HoursWork) -> (bool, Vec<String>) {
    let sets = NormSets::shipped().unwrap();
    let outcome = silently(sets.set_of(work).unwrap(), work);
    let told = outcome.problems.iter().map(|problem| {
        assert!(!problem.hint.is_empty(), "{problem}");
        let mark = if problem.severity == Severity::Warning {
            "?"
        } else {
            ""
        };
        format!("{mark}{}: {}", problem.field, problem.message)
    });
    (outcome.hours.is_some(), told.collect())
}

#[test]
fn every_published_outcome_comes_out() {
    let sets = sets();
    for row in rows() {
        assert!(!row.source.is_empty());
        let outcome = silently(sets.set_of(&row.work).unwrap(), &row.work);
        assert!(
            !outcome.has_errors(),
            "{}: {:?}",
            row.name,
            outcome.problems
        );
        let hours = outcome.hours.unwrap();
        assert_eq!(hours.in_own_unit.value, row.in_own_unit, "{}", row.name);
        assert_eq!(two_decimals(hours.exact.value), row.exact, "{}", row.name);
        if let Some(expected) = row.hours {
            let in_hours = hours.exact.value.div(Exact::from(60)).unwrap();
            assert_eq!(two_decimals(in_hours), expected, "{}", row.name);
        }
        assert_eq!(
            hours.granted.value,
            Exact::from(row.granted),
            "{}",
            row.name
        );
        let shown: Vec<_> = hours.parts.iter().map(|part| part.shown.value).collect();
        let parts: Vec<_> = row
            .parts
            .iter()
            .map(|minutes| Exact::from(*minutes))
            .collect();
        assert_eq!(shown, parts, "{}", row.name);
        let before = two_decimals(hours.before_aggravating.value);
        assert_eq!(before, row.before_aggravating, "{}", row.name);
        assert_eq!(hours.aggravated, row.aggravated, "{}", row.name);
        let visits = hours
            .extra_visits
            .map_or(Exact::ZERO, |visits| visits.value);
        assert_eq!(visits, Exact::from(row.extra_visits), "{}", row.name);
        let extent = hours.extent().unwrap();
        assert_eq!(
            Exact::from(extent.volume),
            Exact::from(row.granted),
            "{}",
            row.name
        );
        assert_eq!(extent.per, row.work.per);
    }
}

#[test]
fn work_on_hours_survives_writing_and_reading() {
    for row in rows() {
        let text = ron::to_string(&row.work).unwrap();
        assert_eq!(
            ron::from_str::<HoursWork>(&text).unwrap(),
            row.work,
            "{}",
            row.name
        );
    }
}

#[test]
fn every_step_of_the_trace_follows_from_its_children_and_the_same_figures_come_out() {
    let sets = sets();
    for row in rows() {
        let mut recorder = Recorder::default();
        let set = sets.set_of(&row.work).unwrap();
        let traced = evaluate(set, &row.work, &mut recorder);
        let (traced, silent) = (
            traced.hours.unwrap(),
            silently(set, &row.work).hours.unwrap(),
        );
        assert_eq!(traced.granted.value, silent.granted.value);
        let trace: Trace = recorder.trace;
        for (_, node) in trace.nodes() {
            assert_eq!(
                trace.recompute(node).unwrap(),
                node.value,
                "{}: {}",
                row.name,
                node.label
            );
        }
        assert_eq!(
            trace.get(traced.granted.node).unwrap().value,
            traced.granted.value
        );
        // The rounding is our own convention, so nothing granted is established before a
        // municipality confirms it; the exact outcome of HBEL touches published figures only.
        assert_eq!(traced.granted.status, Status::Example, "{}", row.name);
        if row.work.set.id == "kpmg-hhm-hbel-2021" {
            assert_eq!(traced.exact.status, Status::Established, "{}", row.name);
        }
    }
}

#[test]
fn a_confirmed_rounding_is_established() {
    let mut sets = NormSets::shipped().unwrap();
    let work = house(vec![factor("huishouden")]);
    let by = "het college (besluit 12)";
    assert_eq!(sets.confirm(|_, place| place == "bestaat niet", by), 0);
    let rounding =
        |set: &str, place: &str| set == "kpmg-hhm-hbel-2021" && place.starts_with("afronding op");
    assert_eq!(sets.confirm(rounding, by), 1);
    let set = sets.set_of(&work).unwrap();
    let hours = silently(set, &work).hours.unwrap();
    assert_eq!(hours.granted.status, Status::Established);
    assert!(
        set.rounding
            .provenance
            .source
            .ends_with("bevestigd door het college (besluit 12)")
    );
    // Nothing is left of it to confirm.
    assert_eq!(sets.confirm(rounding, by), 0);
}

#[test]
fn every_place_with_a_source_in_a_shipped_set_has_its_own_name() {
    for set in NormSets::shipped().unwrap().iter() {
        let mut places: Vec<_> = set.provenances().map(|one| one.place.as_str()).collect();
        let all = places.len();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), all, "{}", set.id);
    }
}

#[test]
fn a_standard_outcome_without_anything_of_the_client_gets_a_warning() {
    let (worked, told) = problems(&house(vec![]));
    assert!(worked);
    assert_eq!(
        told,
        ["?standard_reason: dit is een standaarduitkomst zonder iets van deze cliënt"]
    );
    assert_eq!(problems(&house(vec![factor("huishouden")])), (true, vec![]));
    // That there is nothing can be confirmed, with why.
    let confirmed = |reason: &str| HoursWork {
        standard_reason: reason.to_owned(),
        ..house(vec![])
    };
    assert_eq!(problems(&confirmed("Het huis is gewoon.")), (true, vec![]));
    assert_eq!(problems(&confirmed(" . ")).1.len(), 1);
}

#[test]
fn a_missing_reason_is_an_error_but_the_minutes_stay_visible() {
    let silent = FactorUse {
        reason: " . ".into(),
        ..factor("huishouden")
    };
    let mut work = house(vec![silent]);
    work.parts[0].reductions.push(Reduction {
        ground: ReductionGround::CustomaryHelp,
        minutes: per_week(10),
        reason: String::new(),
    });
    work.parts.push(PartWork {
        part: "was".into(),
        start: Start::Own {
            minutes: per_week(20),
            reason: "".into(),
        },
        factors: vec![],
        reductions: vec![],
    });
    let (worked, told) = problems(&work);
    assert!(worked);
    assert_eq!(
        told,
        [
            "parts[0].factors[0].reason: de reden van «samenstelling van het huishouden» ontbreekt",
            "parts[0].reductions[0].reason: de reden van gebruikelijke hulp ontbreekt",
            "parts[1].start.reason: de reden van de eigen minuten ontbreekt",
        ]
    );
}

#[test]
fn what_cannot_be_worked_out_is_refused_at_its_field() {
    let one = |change: &dyn Fn(&mut HoursWork)| {
        let mut work = house(vec![factor("huishouden")]);
        change(&mut work);
        let (worked, told) = problems(&work);
        assert!(!worked, "{told:?}");
        told.join(" | ")
    };
    let start = |work: &mut HoursWork, start| work.parts[0].start = start;
    let add = |work: &mut HoursWork, used| work.parts[0].factors.push(used);
    let less = |work: &mut HoursWork, minutes| {
        work.parts[0].reductions.push(Reduction {
            ground: ReductionGround::InformalCare,
            minutes,
            reason: "De dochter stofzuigt.".into(),
        });
    };
    for (change, expected) in [
        (
            &(|work: &mut HoursWork| work.parts.clear()) as &dyn Fn(&mut HoursWork),
            "parts: er is nog geen onderdeel gekozen",
        ),
        (
            &|work| work.per = Frequency::Total,
            "per: uren in totaal kan hier niet",
        ),
        (
            &|work| work.parts[0].part = "tuin".into(),
            "parts[0].part: het normenkader heeft geen onderdeel «tuin»",
        ),
        (
            &|work| work.parts.push(work.parts[0].clone()),
            "parts[1].part: onderdeel «schoon-huis» staat er twee keer",
        ),
        (
            &|work| start(work, Start::Base("half".into())),
            "parts[0].start: «schoon en leefbaar huis» heeft geen basis «half»",
        ),
        (
            &|work| {
                work.parts[0].part = "was".into();
                work.parts[0].factors.clear();
            },
            "parts[0].start: «de was» heeft geen basis «volledige-overname» | ?standard_reason: dit is een standaarduitkomst zonder iets van deze cliënt",
        ),
        (
            &|work| {
                start(
                    work,
                    Start::Own {
                        minutes: per_week(-1),
                        reason: "Zo.".into(),
                    },
                )
            },
            "parts[0].start.minutes.minutes: -1 minuten per week kan niet",
        ),
        (
            &|work| {
                start(
                    work,
                    Start::Own {
                        minutes: per_week(i64::MAX),
                        reason: "Zo.".into(),
                    },
                )
            },
            "parts[0].start.minutes.minutes: 9223372036854775807 minuten per week kan niet",
        ),
        (
            &|work| {
                let minutes = OwnMinutes {
                    minutes: 10,
                    per: Frequency::Day,
                };
                start(
                    work,
                    Start::Own {
                        minutes,
                        reason: "Zo.".into(),
                    },
                );
            },
            "parts[0].start.minutes.per: uren per dag kan hier niet",
        ),
        (
            &|work| add(work, factor("tuin")),
            "parts[0].factors[1].factor: «schoon en leefbaar huis» heeft geen factor «tuin»",
        ),
        (
            &|work| add(work, factor("huishouden")),
            "parts[0].factors[1].factor: factor «samenstelling van het huishouden» staat er twee keer",
        ),
        (
            &|work| {
                add(work, factor("beperkingen-enig"));
                add(work, factor("beperkingen-veel"));
            },
            "parts[0].factors[2].factor: «beperkingen: veel extra inzet» en «beperkingen: enig extra inzet» sluiten elkaar uit",
        ),
        (
            &|work| {
                add(
                    work,
                    FactorUse {
                        count: 0,
                        ..factor("kamer-in-gebruik")
                    },
                )
            },
            "parts[0].factors[1].count: het aantal 0 bij «extra kamer in gebruik» kan niet",
        ),
        (
            &|work| {
                add(
                    work,
                    FactorUse {
                        count: 51,
                        ..factor("kamer-in-gebruik")
                    },
                )
            },
            "parts[0].factors[1].count: het aantal 51 bij «extra kamer in gebruik» kan niet",
        ),
        (
            &|work| {
                add(
                    work,
                    FactorUse {
                        count: 2,
                        ..factor("eigen-kracht")
                    },
                )
            },
            "parts[0].factors[1].count: het aantal 2 bij «eigen mogelijkheden of netwerk» kan niet",
        ),
        (
            &|work| add(work, factor("extra-vervuiling")),
            "parts[0].factors[1].own: van «extra vervuiling» is geen waarde bekend: de waarde is niet gepubliceerd",
        ),
        (
            &|work| {
                add(
                    work,
                    FactorUse {
                        own: Some(per_week(-5)),
                        ..factor("extra-vervuiling")
                    },
                )
            },
            "parts[0].factors[1].own.minutes: -5 minuten per week kan niet",
        ),
        (
            &|work| {
                add(
                    work,
                    FactorUse {
                        own: Some(per_week(5)),
                        ..factor("vaker-bezoek")
                    },
                )
            },
            "parts[0].factors[1].own: «beperkingen: vaker een bezoek nodig» telt alleen bezoeken, geen minuten",
        ),
        (
            &|work| less(work, per_week(0)),
            "parts[0].reductions[0].minutes.minutes: 0 minuten per week kan niet",
        ),
        (
            &|work| less(work, per_week(400)),
            "parts[0]: onderdeel «schoon en leefbaar huis» komt onder nul",
        ),
        (
            &|work| {
                start(
                    work,
                    Start::Own {
                        minutes: per_week(10_080),
                        reason: "Altijd.".into(),
                    },
                );
            },
            "parts: dit zijn meer minuten dan er per week zijn",
        ),
    ] {
        assert_eq!(one(change), expected);
    }
}

#[test]
fn an_old_case_keeps_its_version_and_never_gets_another_by_itself() {
    let sets = NormSets::shipped().unwrap();
    let mut work = house(vec![factor("huishouden")]);
    work.set.version = "9".into();
    let problem = sets.set_of(&work).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "set: normenkader kpmg-hhm-hbel-2021 versie 9 is er niet. Wel aanwezig: versie 1. Voeg het bestand toe, of kies zelf een andere versie."
    );
    let outcome = silently(sets.iter().next().unwrap(), &work);
    assert!(outcome.hours.is_none());
    assert_eq!(outcome.problems[0].field, "set");
}

#[test]
fn own_minutes_for_a_known_factor_are_a_deviation() {
    let own = FactorUse {
        own: Some(per_week(-13)),
        ..factor("eigen-kracht")
    };
    let sets = NormSets::shipped().unwrap();
    let work = house(vec![own, factor("huishouden")]);
    let hours = silently(sets.set_of(&work).unwrap(), &work).hours.unwrap();
    let lines = &hours.parts[0].lines;
    assert_eq!(
        lines.iter().map(|line| line.deviates).collect::<Vec<_>>(),
        [false, true, false]
    );
    // −13 minutes a week is −13 × 52/60 hours a year.
    assert_eq!(lines[1].value.value, Exact::new(-13 * 52, 60).unwrap());
}

#[test]
fn a_norm_set_file_that_is_not_right_is_refused_at_its_field() {
    let good = include_str!("../../fixtures/norms/proef.ron");
    for (from, to, field, message) in [
        ("format: 1", "format: 2", "format", "nieuwere versie"),
        ("format: 1", "format: 0", "format", "formaat 0"),
        ("id: \"proef\"", "id: \"Proef kader\"", "id", "korte naam"),
        (
            "source: \"bedacht\",\n    unit",
            "source: \" \",\n    unit",
            "source",
            "leeg",
        ),
        (
            "value: \"365/7\"",
            "value: \"12\"",
            "weeks_per_year.value",
            "52 tot 53",
        ),
        (
            "step: \"5\"",
            "step: \"0\"",
            "rounding.value.step",
            "heel aantal minuten",
        ),
        (
            "step: \"5\"",
            "step: \"2.5\"",
            "rounding.value.step",
            "heel aantal minuten",
        ),
        ("id: \"zwaar\"", "id: \"licht\"", "parts[1].id", "twee keer"),
        (
            "Known(\"90\")",
            "Known(\"90000\")",
            "parts[1].bases[0].value",
            "past niet",
        ),
        (
            "Known(\"90\")",
            "Known(\"-1\")",
            "parts[1].bases[0].value",
            "past niet",
        ),
        (
            "Known(\"7/2\")",
            "Known(\"0\")",
            "parts[0].factors[0].value",
            "doet niets",
        ),
        (
            "Known(\"2\")",
            "Known(\"1.5\")",
            "parts[0].factors[1].value",
            "heel getal",
        ),
        ("nog niet onderzocht", "", "parts[1].bases[1].value", "leeg"),
        (
            "id: \"vaker\"",
            "id: \"dier\"",
            "parts[0].factors[1].id",
            "twee keer",
        ),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let problems = NormSets::read([("proef.ron", text.as_str())]).unwrap_err();
        let [problem] = problems.as_slice() else {
            panic!("{from}: {problems:?}")
        };
        assert_eq!(problem.field, field, "{problem}");
        assert!(problem.message.contains(message), "{problem}");
        assert_eq!(problem.file, "proef.ron");
        assert!(problem.line.is_some(), "{problem}");
        // A mistake in writing elsewhere is told beside it.
        if field == "format" {
            continue;
        }
        let written = (
            "status: Example),\n    parts",
            "status: Voorbeeld),\n    parts",
        );
        let both = text.replacen(written.0, written.1, 1);
        let mut problems = NormSets::read([("proef.ron", both.as_str())]).unwrap_err();
        problems.retain(|problem| problem.field != "rounding.status");
        let [problem] = problems.as_slice() else {
            panic!("{from}: {problems:?}")
        };
        assert_eq!(problem.field, field, "{problem}");
    }
    // Of a unit that could not be read nobody can say whether a value fits in it.
    let hours = good
        .replacen("unit: MinutesPerWeek", "unit: Minuten", 1)
        .replacen("Known(\"90\")", "Known(\"90000\")", 1);
    let problems = NormSets::read([("proef.ron", hours.as_str())]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    // What is missing, and a unit that nobody knows, is told where it should stand.
    for (from, to, field) in [
        ("unit: MinutesPerWeek", "unit: MinutesPerMonth", "unit"),
        ("    unit: MinutesPerWeek,\n", "", "unit"),
        ("id: \"zwaar\", name", "name", "parts[1].id"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let problems = NormSets::read([("proef.ron", text.as_str())]).unwrap_err();
        let problem = problems.first().unwrap();
        assert!(
            problem.field == field || problem.message.contains(field.rsplit('.').next().unwrap()),
            "{problem}"
        );
        assert!(
            problem.line.is_some() && problem.file == "proef.ron",
            "{problem}"
        );
    }
    let (head, _) = good.split_once("    parts: [").unwrap();
    let without = format!("{head}    parts: [],\n)");
    let problems = NormSets::read([("proef.ron", without.as_str())]).unwrap_err();
    assert_eq!(problems[0].field, "parts");
    assert!(problems[0].line.is_some());
    let unknown = good.replacen("unit:", "eenheid:", 1);
    let problem = &NormSets::read([("proef.ron", unknown.as_str())]).unwrap_err()[0];
    assert!(problem.line.is_some(), "{problem}");
    // A letter-for-letter copy counts once; other figures under the same name and version do not.
    let copied = NormSets::read([("a.ron", good), ("b.ron", good)]).unwrap();
    assert_eq!(copied.iter().count(), 1);
    let other = good.replacen("Known(\"30\")", "Known(\"31\")", 1);
    assert_ne!(other, good);
    let twice = NormSets::read([("a.ron", good), ("b.ron", other.as_str())]).unwrap_err();
    assert_eq!(twice[0].file, "b.ron");
    assert_eq!(
        twice[0].message,
        "normenkader proef versie 2 staat ook in a.ron"
    );
}

#[test]
fn the_set_to_fill_in_takes_own_minutes_and_says_at_each_field_what_is_still_open() {
    let sets = sets();
    let set = sets
        .iter()
        .find(|set| set.id == "zelf-in-te-vullen")
        .unwrap();
    let mut work = HoursWork::new(set);
    work.parts = set
        .parts
        .iter()
        .map(|part| PartWork {
            part: part.id.clone(),
            start: part.start(),
            factors: part
                .factors
                .iter()
                .take(2)
                .map(|one| factor(&one.id))
                .collect(),
            reductions: Vec::new(),
        })
        .collect();
    // No value is known, so every part begins with own minutes and every factor asks for them.
    assert!(
        work.parts
            .iter()
            .all(|part| matches!(part.start, Start::Own { .. }))
    );
    let outcome = silently(set, &work);
    let at = |field: &str| {
        outcome
            .problems
            .iter()
            .any(|problem| problem.field == field)
    };
    assert!(at("parts[0].factors[0].own") && at("parts[0].factors[1].own"));
    for part in &mut work.parts {
        part.start = Start::Own {
            minutes: per_week(20),
            reason: "Gemeten bij een huisbezoek.".into(),
        };
        for used in &mut part.factors {
            used.own = Some(per_week(-3));
        }
    }
    // An aggravating factor can not give less time.
    work.parts[0].factors[1].own = Some(per_week(5));
    let hours = silently(set, &work).hours.unwrap();
    assert_eq!(hours.granted.value, Exact::from(6 * 20 - 3 + 5));
}

#[test]
fn another_set_keeps_every_part_and_factor_that_it_knows_too() {
    let sets = sets();
    let open = sets
        .iter()
        .find(|set| set.id == "zelf-in-te-vullen")
        .unwrap();
    let mut work = house(vec![factor("beperkingen-veel"), factor("kamer-in-gebruik")]);
    work.parts[0].reductions.push(maatwerk::norms::Reduction {
        ground: maatwerk::norms::ReductionGround::Network,
        minutes: per_week(10),
        reason: "De buurvrouw stofzuigt.".into(),
    });
    let (anew, left_out) = work.with_set(open);
    assert_eq!(anew.parts[0].factors, work.parts[0].factors);
    assert_eq!(anew.parts[0].reductions, work.parts[0].reductions);
    // Only the value of the base is not known there, so that minutes are to be filled in.
    assert_eq!(left_out, ["volledige-overname"]);
    assert!(matches!(anew.parts[0].start, Start::Own { .. }));
}

#[test]
fn what_a_set_leans_on_is_open_until_the_municipality_says_that_it_chose_the_same() {
    let mut sets = sets();
    let assumes = |sets: &NormSets| {
        let set = sets
            .iter()
            .find(|set| set.id == "kpmg-hhm-hbel-2021")
            .unwrap();
        let open = set.assumes.iter().filter(|one| !one.is_confirmed());
        open.map(|one| one.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(assumes(&sets).len(), 6);
    let kamers =
        |id: &str, place: &str| id == "kpmg-hhm-hbel-2021" && place == "uitgangspunt: kamers";
    assert_eq!(sets.confirm(kamers, "college"), 1);
    assert_eq!(assumes(&sets).len(), 5);
    assert!(!assumes(&sets).contains(&"kamers".to_owned()));
    // It tells nothing about a figure.
    let work = house(Vec::new());
    let hours = silently(sets.set_of(&work).unwrap(), &work).hours.unwrap();
    assert_eq!(
        hours.in_own_unit.status,
        maatwerk::trace::Status::Established
    );
    let good = include_str!("../../fixtures/norms/ander.ron");
    let empty = good.replacen("Ramen aan de buitenkant horen er niet bij.", " ", 1);
    let problems = NormSets::read([("ander.ron", empty.as_str())]).unwrap_err();
    assert_eq!(problems[0].field, "assumes[0].choice");
}
