//! The view model in each situation, with the shipped catalogues and their worked figures.

use super::tariffs::{Sheet, Wish, sheet};
use super::view;
use crate::budget::Library;
use crate::catalogue::SourceFile;
use crate::desk::view::{Part, View};
use crate::desk::widgets::figure::{Direction, Figure};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::dossier::{Dossier, Motivation, Outcome, Provision};
use crate::indication::{CareProvider, Choice, Delivery, Hours, Line, PartHours};
use crate::quantity::{Extent, Frequency, Minutes, Unit};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::shipped().unwrap());

fn pgb(kind: &str) -> Delivery {
    Delivery::Pgb {
        providers: vec![CareProvider {
            name: String::new(),
            kind: kind.to_owned(),
            share: Vec::new(),
            from: None,
            to: None,
            agreed: None,
            set_rate: None,
        }],
    }
}

fn in_kind() -> Delivery {
    Delivery::InKind {
        provider: String::new(),
    }
}

fn line(product: &str, choices: &[(&str, &str)], extent: Extent, delivery: Delivery) -> Line {
    Line {
        product: product.to_owned(),
        choices: choices
            .iter()
            .map(|(axis, value)| {
                let choice = Choice {
                    value: (*value).to_owned(),
                    reason: None,
                };
                ((*axis).to_owned(), choice)
            })
            .collect(),
        from: date(2018, 1, 1),
        to: Some(date(2018, 12, 31)),
        hours: vec![PartHours {
            reason: "zo gezien".to_owned(),
            ..PartHours::new(None, Hours::Typed(vec![extent]))
        }],
        delivery,
        first_granted: None,
        reindicated: None,
        offer: None,
        ceiling_reason: None,
        own_prices: Vec::new(),
    }
}

fn household(delivery: Delivery) -> Line {
    line(
        "ho",
        &[("severity", "midden"), ("intensity", "standaard")],
        Extent::minutes(Minutes(174), Frequency::Week),
        delivery,
    )
}

fn hours(count: i64, per: Frequency) -> Extent {
    Extent {
        volume: count.into(),
        unit: Unit::Hour,
        per,
    }
}

fn dossier(municipality: &str, lines: Vec<Line>) -> Dossier {
    let mut dossier = Dossier::new(municipality);
    dossier.provisions = lines
        .into_iter()
        .map(|line| Provision {
            outcome: Outcome::Granted,
            line,
            moved_end: None,
            revised_on: None,
            motivation: Motivation::default(),
        })
        .collect();
    dossier
}

fn shown(dossier: &Dossier, today: Date) -> View {
    view(dossier, &dossier.evaluate(&LIBRARY, today), &LIBRARY, today)
}

/// A row of figures as one text: label, amount, unit, note.
fn text(figure: &Figure) -> String {
    let change = figure.change.as_ref().map_or("", |change| &change.text);
    [
        &figure.label,
        &figure.amount,
        &figure.unit,
        &figure.note,
        change,
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .map(|part| part.replace('\u{a0}', " "))
    .collect::<Vec<_>>()
    .join(" | ")
}

fn texts(figures: &[Figure]) -> Vec<String> {
    figures.iter().map(text).collect()
}

#[test]
fn the_worked_example_shows_one_large_figure_and_views_that_name_their_method() {
    let view = shown(
        &dossier("0546", vec![household(pgb("informeel"))]),
        date(2018, 3, 1),
    );
    let line = &view.lines[0];
    assert_eq!(line.title, "Huishoudelijke ondersteuning");
    assert_eq!(
        line.detail,
        "Midden, standaard · 174 minuten per week · pgb, informele hulp"
    );
    assert_eq!(line.period, "1 januari t/m 31 december 2018");
    assert_eq!(line.chips, [Chip::Example, Chip::Busy]);
    let budget = &line.budget;
    assert_eq!(
        text(&budget.figure),
        "Huishoudelijke ondersteuning, pgb, informele hulp | € 175,51 | per 4 weken"
    );
    assert_eq!(
        texts(&budget.made_of),
        [
            "Informele hulp | € 175,51 | per 4 weken | 11,6 uur per 4 weken × € 15,13 per uur",
            "Plafond | € 385,00 | per 4 weken | niet bereikt",
        ]
    );
    assert_eq!(
        texts(&budget.views),
        [
            "Per week | € 43,88 | 4 weken ÷ 4",
            "Per maand | € 190,14 | jaar ÷ 12",
            "Per jaar | € 2.281,63 | 13 × 4 weken",
        ]
    );
    assert_eq!(
        texts(&budget.totals),
        [
            "Kalenderjaar 2018 | € 2.287,90 | 1 januari t/m 31 december 2018",
            "Hele periode | € 2.287,90 | 1 januari t/m 31 december 2018",
        ]
    );
    assert_eq!(budget.sources, ["Bron: leiden-2018, versie 1"]);
    assert!(budget.example);
    assert_eq!(view.chips[1].1, "CONCEPT");
}

#[test]
fn the_same_line_is_compared_in_kind_and_per_kind_of_provider() {
    let view = shown(
        &dossier("0546", vec![household(pgb("informeel"))]),
        date(2018, 3, 1),
    );
    let compare = &view.lines[0].budget.compare;
    assert_eq!(
        texts(compare),
        [
            "Zorg in natura | € 319,00 | per 4 weken | +€ 143,49",
            "Pgb, instelling | € 319,00 | per 4 weken | +€ 143,49",
            "Pgb, zelfstandige (zzp) | € 223,30 | per 4 weken | +€ 47,79",
            "Pgb, informele hulp | € 175,51 | per 4 weken | gekozen",
        ]
    );
    let arrows: Vec<_> = compare
        .iter()
        .filter_map(|row| row.change.as_ref())
        .map(|change| change.direction)
        .collect();
    assert_eq!(arrows[0], Direction::More);
    assert_eq!(arrows[3], Direction::Same);
}

#[test]
fn a_way_that_cannot_be_had_says_so_and_why() {
    let watch = line(
        "begeleiding-waakvlam",
        &[],
        hours(1, Frequency::Week),
        in_kind(),
    );
    let view = shown(&dossier("0546", vec![watch]), date(2018, 3, 1));
    let compare = texts(&view.lines[0].budget.compare);
    assert_eq!(
        compare[1],
        "Pgb, instelling | € 75,00 | per 4 weken | gelijk"
    );
    assert!(
        compare[3].starts_with(
            "Pgb, informele hulp | niet mogelijk | Informele hulp is niet mogelijk voor"
        ),
        "{}",
        compare[3]
    );
}

/// Three hours a week in Someren, over two years and past the last known tariff.
fn someren(delivery: Delivery) -> Line {
    Line {
        from: date(2023, 4, 1),
        to: Some(date(2025, 3, 31)),
        ..line(
            "begeleiding",
            &[("band", "2-4"), ("variant", "regulier")],
            hours(3, Frequency::Week),
            delivery,
        )
    }
}

#[test]
fn a_tariff_change_an_open_tail_and_a_ceiling_are_told_with_their_dates() {
    let view = shown(
        &dossier("0847", vec![someren(pgb("professional"))]),
        date(2024, 2, 1),
    );
    let line = &view.lines[0];
    assert!(line.chips.contains(&Chip::Open));
    let budget = &line.budget;
    assert_eq!(
        text(&budget.figure),
        "Begeleiding individueel, pgb, professionele hulp | € 150,25 | per week | Van 1 januari t/m 31 december 2024."
    );
    assert_eq!(
        texts(&budget.totals),
        [
            "1 april t/m 31 december 2023 | € 5.886,39 | someren-2023, versie 1",
            "1 januari t/m 31 december 2024 | € 7.812,84 | someren-2024, versie 1",
            "Kalenderjaar 2023 | € 5.886,39 | 1 april t/m 31 december 2023",
            "Kalenderjaar 2024 | € 7.812,84 | 1 januari t/m 31 december 2024",
            "Tot zover bekend | € 13.699,23 | 1 april 2023 t/m 31 december 2024",
            "Tarief na 31 december 2024 | nog niet vastgesteld | 1 januari t/m 31 maart 2025",
        ]
    );
    let remarks: Vec<&str> = budget
        .remarks
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(
        &remarks[..2],
        [
            "Het tarief na 31 december 2024 is nog niet vastgesteld.",
            "Het plafond van de gemeente is toegepast.",
        ]
    );
    assert_eq!(
        budget.sources,
        [
            "Bron: someren-2023, versie 1",
            "Bron: someren-2024, versie 1"
        ]
    );
}

#[test]
fn an_amount_that_nobody_knows_is_never_an_empty_cell() {
    let view = shown(
        &dossier("0847", vec![someren(in_kind()), someren(pgb("informeel"))]),
        date(2024, 2, 1),
    );
    let budget = &view.lines[0].budget;
    assert_eq!(
        text(&budget.figure),
        "Begeleiding individueel, zorg in natura | niet bekend | De prijs in natura is niet gepubliceerd."
    );
    assert!(budget.views.is_empty());
    let overview = &view.overview;
    assert_eq!(overview.figure.amount, "niet bekend");
    assert!(overview.figure.note.contains("van 1 van de 2 regels"));
    let all = view.lines.iter().map(|line| &line.budget).chain([overview]);
    for budget in all {
        let rows = [
            &budget.made_of,
            &budget.views,
            &budget.totals,
            &budget.compare,
        ];
        for row in rows.into_iter().flatten().chain([&budget.figure]) {
            assert!(!row.amount.is_empty(), "{row:?}");
            assert!(!row.label.is_empty(), "{row:?}");
        }
    }
}

#[test]
fn a_line_without_an_end_runs_on_and_says_until_where_it_is_counted() {
    let endless = Line {
        to: None,
        ..household(pgb("informeel"))
    };
    let view = shown(&dossier("0546", vec![endless]), date(2018, 3, 1));
    let line = &view.lines[0];
    assert_eq!(line.period, "vanaf 1 januari 2018");
    assert_eq!(
        texts(&line.budget.totals).last().map(String::as_str),
        Some("Vanaf 1 januari 2020 | loopt door | De regel heeft geen einddatum.")
    );
}

#[test]
fn the_overview_adds_totals_in_kind_and_pgb_apart_and_together() {
    let watch = line(
        "begeleiding-waakvlam",
        &[],
        hours(1, Frequency::Week),
        in_kind(),
    );
    let dossier = dossier("0546", vec![household(pgb("informeel")), watch]);
    let view = shown(&dossier, date(2018, 3, 1));
    assert_eq!(
        text(&view.overview.figure),
        "Hele dossier, totaal in 2018 | € 3.265,58 | 1 januari t/m 31 december 2018"
    );
    assert_eq!(
        texts(&view.overview.totals),
        [
            "2018, zorg in natura | € 977,68",
            "2018, pgb | € 2.287,90",
            "2018, samen | € 3.265,58 | 1 januari t/m 31 december 2018",
            "2018, gemiddeld per maand | € 272,13 | totaal ÷ aantal maanden",
            "Hele periode, zorg in natura | € 977,68",
            "Hele periode, pgb | € 2.287,90",
            "Hele periode, samen | € 3.265,58 | van alle regels samen",
        ]
    );
    assert!(view.overview.views.is_empty(), "a dossier has no views");
}

#[test]
fn an_empty_dossier_and_a_refused_line_have_words_for_their_figure() {
    let empty = shown(&dossier("0546", Vec::new()), date(2018, 3, 1));
    assert_eq!(empty.client, "Nieuwe cliënt");
    assert_eq!(empty.about, "Leiden");
    assert_eq!(empty.overview.figure.amount, "niet bekend");
    let mut refused = dossier("0546", vec![household(in_kind())]);
    refused.provisions[0].outcome = Outcome::Refused {
        ground: "u kunt dit zelf".to_owned(),
    };
    let view = shown(&refused, date(2018, 3, 1));
    assert_eq!(view.lines[0].amount, "afgewezen");
    assert_eq!(view.lines[0].budget.figure.note, "U kunt dit zelf.");
}

#[test]
fn problems_are_named_in_dutch_with_errors_first_and_a_part_to_jump_to() {
    let wrong = Line {
        to: Some(date(2017, 12, 31)),
        ..household(pgb("informeel"))
    };
    let dossier = dossier("0546", vec![household(pgb("informeel")), wrong]);
    let view = shown(&dossier, date(2018, 3, 1));
    let problem = view
        .problems
        .iter()
        .find(|problem| problem.part == Part::Line(1))
        .unwrap();
    assert_eq!(problem.tone, Tone::Fault);
    assert_eq!(problem.place_name, "Regel 2, einddatum");
    assert_eq!(
        problem.text,
        "De einddatum 31 december 2017 ligt voor de begindatum 1 januari 2018. Vul een einddatum in op of na 1 januari 2018."
    );
    assert_eq!(view.lines[1].amount, "niet bekend");
    assert_eq!(view.lines[1].chips, [Chip::Fault]);
    let person = view
        .problems
        .iter()
        .find(|problem| problem.part == Part::Client)
        .unwrap();
    assert_eq!(person.place_name, "Cliënt, achternaam");
    let first_warning = view.problems.iter().position(|p| p.tone != Tone::Fault);
    let last_fault = view.problems.iter().rposition(|p| p.tone == Tone::Fault);
    assert!(first_warning.is_none_or(|warning| last_fault < Some(warning)));
}

#[test]
fn the_calculation_unfolds_to_the_source_of_every_figure() {
    let view = shown(
        &dossier("0546", vec![household(pgb("informeel"))]),
        date(2018, 3, 1),
    );
    let rows = &view.lines[0].budget.trace;
    let find = |label: &str| rows.iter().find(|row| row.label == label).unwrap();
    let rate = find("Tarief, afgerond: Huishoudelijke ondersteuning, informele hulp");
    assert_eq!(rate.value.replace('\u{a0}', " "), "€ 15,13 per uur");
    assert_eq!(
        rate.note.replace('\u{a0}', " "),
        "55% × € 27,50 per uur = € 15,125 per uur, afgerond op hele centen"
    );
    assert!(rate.example && rate.has_children);
    let share = rows
        .iter()
        .position(|row| row.label == "Percentage van dit tarief")
        .unwrap();
    assert_eq!(rows[share].note, "uit leiden-2018, versie 1");
    assert_eq!(rows[share + 1].label, "Bron");
    assert!(rows[share + 1].value.contains("artikel 11 lid 6"));
    assert_eq!(rows[share + 1].depth, rows[share].depth + 1);
    assert_eq!(find("Toegekend").note, "getypt");
    assert!(
        find("Dagen, begin en einde meegeteld")
            .note
            .starts_with("geteld: 1 januari")
    );
    let mut keys: Vec<u64> = rows.iter().map(|row| row.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), rows.len(), "every row has a key of its own");
    for pair in rows.windows(2) {
        assert_eq!(
            pair[0].has_children,
            pair[1].depth > pair[0].depth,
            "{:?}",
            pair[0]
        );
    }
}

#[test]
fn an_open_row_stays_open_when_a_figure_changes() {
    let day = date(2018, 3, 1);
    let keys = |minutes: i64| {
        let mut line = household(pgb("informeel"));
        let extent = Extent::minutes(Minutes(minutes), Frequency::Week);
        line.hours[0].hours = Hours::Typed(vec![extent]);
        let view = shown(&dossier("0546", vec![line]), day);
        let rows = &view.lines[0].budget.trace;
        rows.iter().map(|row| row.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(174), keys(180));
}

#[test]
fn years_that_count_a_week_twice_are_labelled_as_maxima() {
    let text = |path: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogues");
        std::fs::read_to_string(folder.join(path)).unwrap()
    };
    let (catalogue, municipality) = (text("weekbedragen.ron"), text("weekgemeente.ron"));
    let files = [
        SourceFile {
            name: "weekbedragen.ron",
            text: &catalogue,
        },
        SourceFile {
            name: "weekgemeente.ron",
            text: &municipality,
        },
    ];
    let library = Library::of(&files).unwrap();
    let line = Line {
        from: date(2018, 12, 1),
        to: Some(date(2019, 1, 31)),
        ..line(
            "per-geraakte-week",
            &[],
            hours(1, Frequency::Week),
            pgb("informeel"),
        )
    };
    let dossier = dossier("9998", vec![line]);
    let day = date(2018, 12, 1);
    let view = view(&dossier, &dossier.evaluate(&library, day), &library, day);
    let budget = &view.lines[0].budget;
    let labels: Vec<&str> = budget.totals.iter().map(|t| t.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Kalenderjaar 2018, ten hoogste",
            "Kalenderjaar 2019, ten hoogste",
            "Hele periode",
        ]
    );
    assert!(
        budget
            .remarks
            .iter()
            .any(|(_, text)| text.contains("tellen niet op"))
    );
    assert!(view.overview.figure.label.ends_with("in 2018, ten hoogste"));
}

fn wish(municipality: &str, day: Date, provider: &str) -> Wish {
    Wish {
        municipality: municipality.to_owned(),
        day,
        product: String::new(),
        provider: provider.to_owned(),
        choices: BTreeMap::new(),
        previews: false,
    }
}

fn fact(sheet: &Sheet, name: &str) -> String {
    let facts = &sheet.answer.facts;
    let found = facts.iter().find(|(known, _)| *known == name);
    found.map(|(_, fact)| fact.clone()).unwrap_or_default()
}

#[test]
fn a_tariff_tells_its_dates_file_article_and_who_keeps_an_older_amount() {
    let sheet = sheet(&LIBRARY, &wish("0579", date(2023, 3, 1), "informeel"));
    assert_eq!(
        text(&sheet.answer.figure),
        "Huishoudelijke ondersteuning, informele hulp | € 150,50 | per maand"
    );
    assert_eq!(fact(&sheet, "Geldig"), "1 januari t/m 31 december 2023");
    assert!(fact(&sheet, "Bestand").starts_with("oegstgeest-2023, versie 1 (oegstgeest-2023.ron"));
    assert!(fact(&sheet, "Bron").contains("Financieel besluit"));
    assert_eq!(fact(&sheet, "Status"), "vastgesteld");
    let transition = fact(&sheet, "Overgang");
    assert!(
        transition.starts_with("Wie voor 1 januari 2023 is geïndiceerd, houdt"),
        "{transition}"
    );
    for entry in &sheet.table {
        assert!(
            !entry.amount.is_empty() && !entry.validity.is_empty(),
            "{entry:?}"
        );
    }
}

#[test]
fn next_years_figures_answer_only_when_they_are_asked_for() {
    let shipped = crate::catalogue::shipped_files();
    let now = shipped
        .iter()
        .find(|file| file.name.ends_with("leiden-2018.ron"))
        .unwrap();
    let ahead = now
        .text
        .replacen(
            "id: \"leiden-2018\"",
            "id: \"leiden-2027\", preview: true",
            1,
        )
        .replacen("from: \"2018-01-01\"", "from: \"2027-01-01\"", 1);
    // What came before is no part of a preview.
    let added = [SourceFile {
        name: "leiden-2027.ron",
        text: &ahead,
    }];
    let library = Library::with(&added).unwrap();
    let mut wish = wish("0546", date(2027, 3, 1), "zin");
    assert!(fact(&sheet(&library, &wish), "Bestand").starts_with("leiden-2018"));
    wish.previews = true;
    let found = sheet(&library, &wish);
    assert!(fact(&found, "Bestand").starts_with("leiden-2027"));
    assert_eq!(found.answer.chips[0].0, Chip::Warning);
    wish.day = date(2026, 3, 1);
    let found = sheet(&library, &wish);
    assert!(fact(&found, "Bestand").starts_with("leiden-2018"));
    assert_eq!(
        found.remarks,
        [(
            Tone::Info,
            "De voorlopige tarieven beginnen op 1 januari 2027.".to_owned()
        )]
    );
}
