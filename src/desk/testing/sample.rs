//! A dossier as the window shows it, with the worked figures of the example catalogue.

use std::sync::Arc;

use crate::desk::editing::Place;
use crate::desk::view::{BudgetView, LineView, Part, ProblemView, View};
use crate::desk::widgets::figure::{Change, Direction, Figure};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::desk::widgets::tree::Row;

fn figure(label: &str, amount: &str, unit: &str, note: &str) -> Figure {
    Figure {
        label: label.to_owned(),
        amount: amount.to_owned(),
        unit: unit.to_owned(),
        note: note.to_owned(),
        change: None,
    }
}

fn compared(label: &str, amount: &str, direction: Direction, text: &str) -> Figure {
    Figure {
        change: Some(Change {
            direction,
            text: text.to_owned(),
        }),
        ..figure(label, amount, "", "")
    }
}

fn step(key: u64, depth: usize, has_children: bool, label: &str, value: &str, note: &str) -> Row {
    Row {
        key,
        depth,
        has_children,
        label: label.to_owned(),
        value: value.to_owned(),
        note: note.to_owned(),
        example: key % 2 == 1,
    }
}

pub(super) fn budget() -> BudgetView {
    BudgetView {
        figure: figure(
            "Huishoudelijke ondersteuning, pgb informeel",
            "€ 175,51",
            "per 4 weken",
            "",
        ),
        remarks: vec![],
        example: true,
        adjusted: false,
        made_of: vec![figure(
            "Informele hulp",
            "€ 175,51",
            "per 4 weken",
            "11,6 uur per 4 weken × € 15,13 per uur",
        )],
        views: vec![
            figure("Per week", "€ 43,88", "per week", "4 weken ÷ 4"),
            figure("Per maand", "€ 190,14", "per maand", "jaar ÷ 12"),
            figure("Per jaar", "€ 2.281,63", "per jaar", "13 × 4 weken"),
        ],
        totals: vec![
            figure(
                "2018",
                "€ 2.287,90",
                "",
                "1 januari t/m 31 december, 365 dagen ÷ 28",
            ),
            figure("Hele periode", "€ 2.287,90", "", ""),
        ],
        compare: vec![
            compared("Zorg in natura", "€ 319,00", Direction::More, "+ € 143,49"),
            compared("Pgb, instelling", "€ 319,00", Direction::More, "+ € 143,49"),
            compared("Pgb, zzp", "€ 223,30", Direction::More, "+ € 47,79"),
            compared("Pgb, informeel", "€ 175,51", Direction::Same, "gekozen"),
        ],
        trace: vec![
            step(
                1,
                0,
                true,
                "Bedrag per 4 weken",
                "€ 175,51",
                "naar boven vanaf een halve cent",
            ),
            step(2, 1, true, "Uren × tarief", "€ 175,508", ""),
            step(
                3,
                2,
                true,
                "Uren per 4 weken",
                "11,6 uur",
                "174 minuten × 4 ÷ 60",
            ),
            step(
                4,
                3,
                false,
                "Minuten per week",
                "174 minuten",
                "uit de norm",
            ),
            step(
                5,
                2,
                true,
                "Uurtarief informeel",
                "€ 15,13",
                "55% van € 27,50, afgerond op centen",
            ),
            step(
                7,
                3,
                false,
                "Uurtarief in natura",
                "€ 27,50",
                "leiden-2018 (versie 1), voorbeeld",
            ),
            step(
                9,
                0,
                false,
                "Plafond midden",
                "€ 385,00",
                "leiden-2018 (versie 1), voorbeeld",
            ),
        ],
        sources: vec!["Bron: leiden-2018 (versie 1)".to_owned()],
    }
}

pub(super) fn view() -> View {
    let budget = Arc::new(budget());
    View {
        made: std::collections::HashMap::new(),
        intensified: std::collections::HashMap::new(),
        earlier: std::collections::HashMap::new(),
        states: std::collections::HashMap::new(),
        client: "Mevrouw A.B. de Vries-van den Berg".to_owned(),
        about: "Geboren 12 maart 1948 · Leiden · cliëntnummer 2018-0042".to_owned(),
        chips: vec![(Chip::Example, "voorbeeld".to_owned()), (Chip::Neutral, "CONCEPT".to_owned())],
        lines: vec![
            LineView {
                title: "Huishoudelijke ondersteuning".to_owned(),
                detail: "Midden, standaard · 174 minuten per week".to_owned(),
                extent: "174 minuten per week".to_owned(),
                period: "1 januari t/m 31 december 2018".to_owned(),
                amount: "€ 175,51".to_owned(),
                unit: "per 4 weken".to_owned(),
                chips: vec![Chip::Example],
                budget: Arc::clone(&budget),
            },
            LineView {
                title: "Begeleiding individueel".to_owned(),
                detail: "Speciaal · 4 tot en met 8 uur · 6 uur per week".to_owned(),
                extent: "6 uur per week".to_owned(),
                period: "vanaf 1 januari 2018".to_owned(),
                amount: "nog niet vastgesteld".to_owned(),
                unit: String::new(),
                chips: vec![Chip::Fault, Chip::Open],
                budget: Arc::clone(&budget),
            },
        ],
        overview: budget,
        clocks: Vec::new(),
        problems: vec![
            ProblemView {
                tone: Tone::Fault,
                place_name: "Regel 2, einddatum".to_owned(),
                text: "De einddatum ligt voor de begindatum. Vul een datum in die op of na 1 maart 2026 ligt.".to_owned(),
                place: Place::of_path("regels[1].tot"),
                part: Part::Line(1),
            },
            ProblemView {
                tone: Tone::Warning,
                place_name: "Cliënt, BSN".to_owned(),
                text: "Het BSN is nog niet ingevuld. Voor een definitief besluit is het nodig.".to_owned(),
                place: Place::of_path("client.bsn"),
                part: Part::Client,
            },
        ],
    }
}
