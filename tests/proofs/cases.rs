//! Fixtures as data: a catalogue, one setting changed, and what changes with it.

use jiff::civil::Date;
use maatwerk::budget::{Amounts, Inputs, Library, LineBudget, Money, evaluate};
use maatwerk::catalogue::SourceFile;
use maatwerk::document::{Problem, read};
use maatwerk::indication::Line;
use maatwerk::quantity::Frequency;
use maatwerk::trace::{NodeId, Op, Recorder, Trace};
use proptest::prelude::ProptestConfig;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The municipality of the test catalogue.
pub const CODE: &str = "9999";

/// All fixtures of one point of domain.md section 6.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointFile {
    /// Number of the point.
    pub point: u8,
    /// What it is about.
    pub title: String,
    /// What changes when a setting changes.
    pub cases: Vec<Case>,
}

/// One setting, changed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// How the figures were published or worked out by hand.
    pub note: String,
    /// More catalogue files beside the test catalogue.
    #[serde(default)]
    pub with: Vec<String>,
    /// Settings that both sides have.
    #[serde(default)]
    pub base: Vec<Change>,
    /// The setting that is changed.
    pub change: Vec<Change>,
    /// What is granted.
    pub line: Line,
    /// Day of calculation; absent: the first day of the line.
    #[serde(default)]
    pub today: Option<Date>,
    /// What is seen before the change.
    pub before: BTreeMap<String, String>,
    /// What is seen after it.
    pub after: BTreeMap<String, String>,
}

/// A text replaced in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// In this file.
    #[serde(default = "proef")]
    pub file: String,
    /// Look only after this text, which stands in the file once.
    #[serde(default)]
    pub after: Option<String>,
    /// This text; without `after` it stands in the file once.
    pub find: String,
    /// Becomes this.
    pub replace: String,
}

fn proef() -> String {
    "proef.ron".into()
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

pub fn text_of(name: &str) -> String {
    let path = fixtures().join("catalogues").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All point files, by number.
pub fn points() -> Vec<PointFile> {
    let folder = fixtures().join("points");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).unwrap();
            read(&path.display().to_string(), &bytes).unwrap_or_else(|problems: Vec<Problem>| {
                panic!("{}", lines(&problems));
            })
        })
        .collect()
}

pub fn lines(problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |mut text, problem| {
        let _ = writeln!(text, "{problem}");
        text
    })
}

/// The files of a case, with or without the change.
pub fn files(case: &Case, changed: bool) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = ["proefgemeente.ron", "proef.ron"]
        .into_iter()
        .map(str::to_owned)
        .chain(case.with.iter().cloned())
        .map(|name| {
            let text = text_of(&name);
            (name, text)
        })
        .collect();
    let changes = case
        .base
        .iter()
        .chain(case.change.iter().filter(|_| changed));
    for change in changes {
        let file = files.iter_mut().find(|(name, _)| *name == change.file);
        let (_, text) = file.unwrap_or_else(|| panic!("{}: geen {}", case.name, change.file));
        *text = patched(text, change, &case.name);
    }
    files
}

/// A text with one replacement; it must be clear which place is meant.
pub fn patched(text: &str, change: &Change, who: &str) -> String {
    let start = match &change.after {
        None => {
            let count = text.matches(&change.find).count();
            assert_eq!(count, 1, "{who}: «{}» staat er {count} keer", change.find);
            0
        }
        Some(anchor) => {
            let count = text.matches(anchor.as_str()).count();
            assert_eq!(count, 1, "{who}: «{anchor}» staat er {count} keer");
            text.find(anchor.as_str()).unwrap() + anchor.len()
        }
    };
    let (head, tail) = text.split_at(start);
    assert!(
        tail.contains(&change.find),
        "{who}: «{}» niet gevonden",
        change.find
    );
    format!("{head}{}", tail.replacen(&change.find, &change.replace, 1))
}

/// A library, or the problems of its files.
pub type Loaded = Result<Arc<Library>, Vec<Problem>>;
/// Files by name and text, with what they load into.
type Shelf = BTreeMap<Vec<(String, String)>, Loaded>;

/// The library of these files; each set of files is loaded once.
pub fn library(files: &[(String, String)]) -> Loaded {
    static SHELF: Mutex<Shelf> = Mutex::new(BTreeMap::new());
    if let Some(known) = SHELF.lock().unwrap().get(files) {
        return known.clone();
    }
    let loaded = fresh_library(files).map(Arc::new);
    SHELF.lock().unwrap().insert(files.to_vec(), loaded.clone());
    loaded
}

/// The library of these files, loaded now.
pub fn fresh_library(files: &[(String, String)]) -> Result<Library, Vec<Problem>> {
    let files: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, text)| SourceFile { name, text })
        .collect();
    Library::of(&files)
}

/// The library of the unchanged test catalogue.
pub fn proef_library() -> Arc<Library> {
    library(&[
        ("proefgemeente.ron".into(), text_of("proefgemeente.ron")),
        ("proef.ron".into(), text_of("proef.ron")),
    ])
    .unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

/// A line from RON.
pub fn line(text: &str) -> Line {
    read("regel", text.as_bytes())
        .unwrap_or_else(|problems: Vec<Problem>| panic!("{}", lines(&problems)))
}

pub fn inputs<'a>(library: &'a Library, today: Date) -> Inputs<'a> {
    Inputs {
        library,
        municipality: CODE,
        calculation_date: today,
        decision_date: None,
    }
}

/// What a line comes to, with its calculation.
pub fn traced(library: &Library, line: &Line, today: Date) -> (LineBudget<NodeId>, Trace) {
    let mut recorder = Recorder::default();
    let budget = evaluate(&inputs(library, today), line, &mut recorder);
    (budget, recorder.trace)
}

fn money(money: &Money<NodeId>) -> String {
    match money {
        Money::Known { rounded, .. } => rounded.0.to_string(),
        Money::NotKnown(reason) => format!("niet bekend: {reason}"),
    }
}

fn in_total(amount: &Amounts<Money<NodeId>>) -> String {
    amount.once.as_ref().map_or("geen".into(), money)
}

/// All that a case can be held against, by name.
pub fn seen(case: &Case, changed: bool) -> BTreeMap<String, String> {
    match library(&files(case, changed)) {
        Err(problems) => BTreeMap::from([("laden".into(), lines(&problems))]),
        Ok(library) => {
            let today = case.today.unwrap_or(case.line.from);
            let (budget, trace) = traced(&library, &case.line, today);
            let mut seen = observe(&library, &case.line, &budget, &trace);
            let previews: Vec<String> = library
                .catalogues
                .previews(CODE)
                .iter()
                .map(|catalogue| catalogue.name.to_string())
                .collect();
            seen.insert("voorvertoning".into(), previews.join(", "));
            seen
        }
    }
}

/// A budget as names and texts.
pub fn observe(
    library: &Library,
    line: &Line,
    budget: &LineBudget<NodeId>,
    trace: &Trace,
) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    let mut put = |key: String, text: String| {
        seen.insert(key, text);
    };
    for (place, segment) in budget.segments.iter().enumerate() {
        let n = place + 1;
        put(
            format!("dagen {n}"),
            format!("{} t/m {}", segment.from, segment.to),
        );
        put(
            format!("bedrag {n}"),
            segment.amount.first().map_or("geen".into(), |amount| {
                format!("{} {}", money(amount), segment.per.dutch())
            }),
        );
        put(format!("ineens {n}"), in_total(&segment.amount));
        put(format!("totaal {n}"), money(&segment.total));
        put(format!("catalogus {n}"), segment.catalogue.name.to_string());
        for (view, per) in segment.views.iter().zip(Frequency::VIEWS) {
            let text = view
                .as_ref()
                .map_or("geen".into(), |view| view.rounded.0.to_string());
            put(format!("{} {n}", per.dutch()), text);
            if let (Some(_), Some(method)) = (view, segment.method(per)) {
                put(format!("methode {} {n}", per.dutch()), method.to_string());
            }
        }
        for (at, part) in segment.parts.iter().enumerate() {
            let name = format!("{n}.{}", at + 1);
            put(
                format!("deel {name}"),
                part.amount.first().map_or("geen".into(), money),
            );
            put(format!("ineens {name}"), in_total(&part.amount));
            put(
                format!("keuzes {name}"),
                segment.catalogue.describe(&part.choices),
            );
            if let Some((ceiling, per)) = part.ceiling {
                put(
                    format!("plafond {name}"),
                    format!("{} {}", ceiling.value, per.dutch()),
                );
            }
            if let Some(cut) = part.cut.first() {
                put(format!("boven plafond {name}"), cut.value.to_string());
            }
            if part.ceiling_lifted {
                put(format!("plafond {name}"), "vervallen".into());
            }
            for (who, provider) in part.providers.iter().enumerate() {
                let name = format!("{name}.{}", who + 1);
                put(
                    format!("zorgverlener {name}"),
                    provider.amount.first().map_or("geen".into(), money),
                );
                put(format!("ineens {name}"), in_total(&provider.amount));
                put(format!("totaal {name}"), money(&provider.total));
                put(format!("soort {name}"), provider.kind.to_string());
                if let Some((rate, unit)) = provider.rate {
                    put(
                        format!("tarief {name}"),
                        format!("{} per {}", rate.value, unit.singular()),
                    );
                }
                if let Some(volume) = provider.volume.first() {
                    put(format!("omvang {name}"), volume.value.to_string());
                }
                if let Some(agreed) = provider.agreed {
                    put(format!("afspraak {name}"), format!("{agreed:?}"));
                }
            }
        }
    }
    put("delen".into(), budget.segments.len().to_string());
    for total in &budget.years {
        put(format!("jaar {}", total.from.year()), money(&total.money));
        put(
            format!("dagen {}", total.from.year()),
            format!("{} t/m {}", total.from, total.to),
        );
    }
    put(
        "termijn".into(),
        budget
            .term
            .as_ref()
            .map_or("geen".into(), |term| money(&term.money)),
    );
    if let Some(term) = &budget.term {
        put(
            "termijn dagen".into(),
            format!("{} t/m {}", term.from, term.to),
        );
        put("termijn precies".into(), term.exact.to_string());
    }
    put("status".into(), format!("{:?}", budget.status));
    put("maxima".into(), budget.years_are_maxima.to_string());
    put(
        "open vanaf".into(),
        budget
            .open_from
            .map_or("niet".into(), |day| day.to_string()),
    );
    put(
        "zonder einde vanaf".into(),
        budget
            .endless_from
            .map_or("niet".into(), |day| day.to_string()),
    );
    put(
        "budgetperiode".into(),
        budget
            .budget_period
            .map_or("geen".into(), |period| format!("{period:?}")),
    );
    let problems: Vec<String> = budget.problems.iter().map(ToString::to_string).collect();
    put("problemen".into(), problems.join(" | "));
    let granted: Vec<String> = budget
        .granted
        .iter()
        .flat_map(|part| &part.volumes)
        .map(|volume| {
            format!(
                "{} {} {}",
                volume.figure.value,
                volume.unit.plural(),
                volume.per.dutch()
            )
        })
        .collect();
    put("toegekend".into(), granted.join(" + "));
    let sources: BTreeSet<&str> = trace
        .nodes()
        .filter(|(_, node)| matches!(node.op, Op::Figure(_)))
        .filter_map(|(_, node)| Some(node.provenance()?.source.as_str()))
        .collect();
    put(
        "bronnen".into(),
        sources.into_iter().collect::<Vec<_>>().join(" | "),
    );
    if let Ok(answer) = library.catalogues.on(CODE, line.from)
        && let Some(product) = answer.catalogue.product(&line.product)
    {
        let file = &answer.catalogue.file;
        put(
            "bekendgemaakt".into(),
            file.published.map_or("niet".into(), |day| day.to_string()),
        );
        put(
            "inwerking".into(),
            file.in_force.map_or("niet".into(), |day| day.to_string()),
        );
        put(
            "eigen bijdrage".into(),
            format!("{:?}", product.own_contribution.value),
        );
        put(
            "bijdrage status".into(),
            format!("{:?}", product.own_contribution.provenance.status),
        );
    }
    seen
}

/// One in so many of the random inputs that are asked for, where each loads a catalogue anew.
pub fn some(one_in: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: (asked.cases / one_in).max(8),
        failure_persistence: None,
        ..asked
    }
}
