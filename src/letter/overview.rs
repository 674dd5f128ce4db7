//! The overview of scenarios on paper: at most two pages in plain Dutch, with the calculation so that it can be redone.
//!
//! Every figure comes from what the scenarios came to, and every step from its trace. Where not all steps fit on two
//! pages, the overview says of which scenarios they are left out.

use super::Letter;
use super::blocks::{Block, CalculationLine, Content, Stamp, Text};
use super::grant::words::filled;
use super::markup::Finished;
use super::sheet::{Sheet, day};
use crate::budget::Library;
use crate::calendar::Period;
use crate::catalogue::MunicipalityFile;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Hired, Scenario};
use crate::quantity::dutch::{date_long, fraction, listed};
use crate::quantity::{Euro, Exact, Rounding};
use crate::scenario::{
    Each, LineOutlook, Outlook, Pot, Value, bought, by_rounding, plain_checks, stretches, tail,
    value,
};
use crate::texts::Sentences;
use crate::trace::{Listing, Measure, NodeId, Status, shown};
use jiff::civil::Date;
use minijinja::context;

/// The most pages.
const MOST_PAGES: usize = 2;

/// Of more scenarios the answers stand in the table, and not in sentences.
const MOST_IN_FULL: usize = 4;

/// How much of the calculation is printed.
#[derive(Clone, Copy)]
struct Amount {
    /// Of so many scenarios, from the first.
    scenarios: usize,
    /// Each step on a line of its own.
    apart: bool,
    /// The stretches of the budget periods that are not worked out.
    stretches: bool,
}

/// The overview of what the scenarios of a dossier came to on a day.
///
/// # Errors
/// All that stands in the way, each with the path of its field in the dossier.
pub fn overview(
    dossier: &Dossier,
    library: &Library,
    (outlooks, today): (&[Outlook], Date),
) -> Result<Letter, Vec<Problem>> {
    let problems = missing(dossier, library, outlooks);
    let municipality = library.catalogues.municipality(&dossier.municipality);
    let (Some(municipality), true) = (municipality, problems.is_empty()) else {
        return Err(problems);
    };
    let all = outlooks.len();
    let whole = Amount {
        scenarios: all,
        apart: true,
        stretches: true,
    };
    let fewer = (0..=all).rev().flat_map(|scenarios| {
        [true, false].map(|stretches| Amount {
            scenarios,
            apart: false,
            stretches,
        })
    });
    for amount in std::iter::once(whole).chain(fewer) {
        let letter = Letter {
            content: content((dossier, municipality, library), (outlooks, amount), today)?,
            date: today,
            changeable: Vec::new(),
            author: municipality.sender.clone(),
        };
        let pages = letter.pages().map_err(|problem| vec![problem])?;
        if pages.pages.len() <= MOST_PAGES {
            return Ok(letter);
        }
    }
    Err(vec![
        Problem::error("dit overzicht past niet op twee pagina's")
            .field("scenarios")
            .hint("Haal scenario's weg, of geef ze een kortere naam."),
    ])
}

/// All that keeps the overview from being made.
fn missing(dossier: &Dossier, library: &Library, outlooks: &[Outlook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let municipality = library.catalogues.municipality(&dossier.municipality);
    if municipality.is_none() {
        problems.push(
            Problem::error("deze gemeente is niet bekend")
                .field("municipality")
                .hint("Kies een gemeente, of zet haar bestanden in de map met catalogi."),
        );
    }
    if outlooks.is_empty() {
        problems.push(
            Problem::error("dit dossier heeft geen scenario's")
                .field("scenarios")
                .hint("Voeg eerst een scenario toe."),
        );
    }
    let wrong = outlooks.iter().flat_map(|outlook| &outlook.problems);
    problems.extend(wrong.filter(|one| one.severity == Severity::Error).cloned());
    problems
}

/// The overview with so much of the calculation.
fn content(
    (dossier, municipality, library): (&Dossier, &MunicipalityFile, &Library),
    (outlooks, amount): (&[Outlook], Amount),
    today: Date,
) -> Result<Content, Vec<Problem>> {
    let sheet = Sheet {
        dossier,
        municipality,
        texts: &library.texts,
        logo: library.logo(&dossier.municipality),
        day: today,
    };
    let say = library.texts.sentences();
    let mut finished = Finished::default();
    let mut worked = Vec::new();
    let numbered = || (1_usize..).zip(outlooks);
    for (number, outlook) in numbered().take(amount.scenarios) {
        let base = outlooks.first().filter(|_| number > 1);
        let scenario = dossier.scenarios.get(number.saturating_sub(1));
        let lines = steps(say, (outlook, base, scenario), amount);
        let lines = match lines.is_empty() {
            true => Vec::new(),
            false => vec![Block::Calculation(lines)],
        };
        worked.push(context! {
            number => number,
            name => outlook.name.as_str(),
            steps => finished.keep(lines),
        });
    }
    let left_out = outlooks.iter().skip(amount.scenarios);
    let left_out: Vec<String> = left_out.map(|one| format!("«{}»", one.name)).collect();
    let scenarios: Vec<_> = outlooks.iter().map(beside).collect();
    let data = context! {
        calculated => day(Some(today)),
        scenarios,
        in_full => outlooks.len() <= MOST_IN_FULL,
        worked,
        without_stretches => !amount.stretches && numbered().take(amount.scenarios).any(|(_, one)| has_others(one)),
        left_out => (!left_out.is_empty()).then(|| listed(&left_out)),
    };
    let is_example = outlooks.iter().any(|one| one.status == Status::Example);
    let stamp = is_example.then(|| Stamp {
        word: say.of("concept").to_owned(),
        reason: say.of("concept_reason").to_owned(),
    });
    sheet.handed_over("overzicht.txt", data, &finished, stamp)
}

/// What the template says of a scenario beside the others.
fn beside(outlook: &Outlook) -> minijinja::Value {
    let all = &outlook.together;
    context! {
        name => outlook.name.as_str(),
        is_pgb => outlook.lines.iter().any(LineOutlook::is_pgb),
        has_month => all.per_month.is_some(),
        month => known(all.per_month),
        when => all.days.map(|(from, to)| format!("van {} tot en met {}", date_long(from), date_long(to))),
        bought => outlook.lines.iter().filter_map(bought).collect::<Vec<_>>(),
        warned => plain_checks(outlook),
        budget => known(all.budget),
        spent => known(all.spent),
        left => known(all.left),
        short => known(all.short),
        by_rounding => by_rounding(outlook),
        is_known => all.is_enough().is_some(),
        is_enough => all.is_enough() == Some(true),
        known_to => all.known_to.map(date_long),
        tail => tail(all.known_to),
        runs_out => all.runs_out.map(|(day, _)| date_long(day)),
    }
}

fn known(amount: Option<Euro>) -> String {
    value(&amount.map_or(Value::NotKnown, Value::Money))
}

fn money(value: Exact) -> String {
    known(Euro::rounded(value, &Rounding::CENT).ok())
}

/// The steps behind the amounts of a scenario; a budget that is that of `base` is not worked out again.
fn steps(
    say: &Sentences,
    (outlook, base, scenario): (&Outlook, Option<&Outlook>, Option<&Scenario>),
    Amount {
        apart, stretches, ..
    }: Amount,
) -> Vec<CalculationLine> {
    let mut lines = Vec::new();
    for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
        let Some(pot) = told(line) else { continue };
        let what = ("what", &*line.label);
        if !base.is_some_and(|base| has_budget(base, (line, pot))) {
            lines.push(budget(say, (outlook, line, pot), apart));
        }
        let mut note = Note::new(apart);
        let (text, amount) = match (pot.left.zip(pot.spent), pot.spent) {
            (Some((left, spent)), _) => {
                let amounts = [
                    ("budget", &*known(pot.budget.euro())),
                    ("spent", &*money(spent.value)),
                ];
                note.steps(say.of("overview_spending"), outlook, spent.node);
                note.add(&filled(say.of("overview_difference"), &amounts));
                match pot.top_up {
                    Some(top_up) => {
                        let short = money(top_up.total.value);
                        note.add(&filled(
                            say.of("overview_top_up"),
                            &[
                                ("short", &*short),
                                ("months", &*months(pot)),
                                ("month", &*money(top_up.month.value)),
                            ],
                        ));
                        (say.of("overview_short"), short)
                    }
                    None => (say.of("overview_left"), money(left.value)),
                }
            }
            (None, Some(spent)) => {
                note.steps(say.of("overview_spending"), outlook, spent.node);
                (say.of("overview_spent"), known(None))
            }
            (None, None) => {
                note.add(say.of("overview_nobody"));
                (say.of("overview_spent"), known(None))
            }
        };
        lines.push(one(filled(text, &[what]), note, amount));
        let mut note = Note::new(apart);
        for other in others(line) {
            note.add(&filled(
                say.of("overview_other"),
                &[
                    ("from", &*date_long(other.from)),
                    ("to", &*date_long(other.to)),
                    ("budget", &*known(other.budget.euro())),
                    (
                        "spent",
                        &*other
                            .spent
                            .map_or_else(|| known(None), |spent| money(spent.value)),
                    ),
                ],
            ));
            if stretches {
                let chosen = scenario.zip(line.chosen);
                let chosen = chosen.and_then(|(scenario, at)| scenario.lines.get(at));
                let hired = chosen.map_or(&[][..], |chosen| &chosen.hired);
                granted_stretches(say, (line, other), &mut note);
                paid_stretches(say, (line, other, hired), &mut note);
            }
        }
        if !note.is_empty() {
            let text = filled(say.of("overview_others"), &[what]);
            lines.push(one(text, note, String::new()));
        }
    }
    lines
}

/// The budget periods of a line that are not worked out.
fn others(line: &LineOutlook) -> impl Iterator<Item = &Pot> {
    let first = told(line).map(|pot| pot.from);
    line.pots.iter().filter(move |pot| Some(pot.from) != first)
}

/// Whether a scenario has budget periods that are not worked out.
fn has_others(outlook: &Outlook) -> bool {
    let mut lines = outlook.lines.iter().filter(|line| line.is_pgb());
    lines.any(|line| others(line).next().is_some())
}

/// What is granted on the stretches of a budget period: hours and rate, else the fixed amount.
fn granted_stretches(say: &Sentences, (line, pot): (&LineOutlook, &Pot), note: &mut Note) {
    for segment in &line.budget.segments {
        let (from, to) = (segment.from.max(pot.from), segment.to.min(pot.to));
        if to < from {
            continue;
        }
        let mut sums = Vec::new();
        for part in &segment.parts {
            for one in &part.providers {
                for (amount, per) in one.uncut(part.per) {
                    let Some(amount) = amount.euro() else {
                        continue;
                    };
                    let amount = shown(amount.exact(), Measure::EuroPer(per));
                    let volume = one.volume.of(per).zip(one.rate.as_ref());
                    sums.push(match volume {
                        Some((volume, (rate, unit))) => format!(
                            "{} × {} = {amount}",
                            shown(volume.value, Measure::VolumePer(*unit, per)),
                            shown(rate.value, Measure::EuroPerUnit(*unit))
                        ),
                        None => amount,
                    });
                }
            }
            for (ceiling, per) in part.ceiling.iter().filter(|_| part.cut.first().is_some()) {
                let most = shown(ceiling.value, Measure::EuroPer(*per));
                sums.push(format!("ten hoogste {most}"));
            }
        }
        let told = [
            ("from", &*date_long(from)),
            ("to", &*date_long(to)),
            ("sum", &*sums.join("; ")),
        ];
        if !sums.is_empty() {
            note.add(&filled(say.of("overview_granted"), &told));
        }
    }
}

/// What is paid on the stretches of a budget period.
fn paid_stretches(
    say: &Sentences,
    (line, pot, hired): (&LineOutlook, &Pot, &[Hired]),
    note: &mut Note,
) {
    for one in stretches(line, pot, hired).unwrap_or_default() {
        let (count, rate) = match one.of {
            Each::Unit(unit) => (Measure::Volume(unit), Measure::EuroPerUnit(unit)),
            Each::Period(per) => (Measure::Periods, Measure::EuroPer(per)),
        };
        // A number and no name: the paper is for whoever reads along.
        let number = one.provider.saturating_add(1).to_string();
        let on_top = shown(one.on_top, Measure::Percent);
        let told = [
            ("number", &*number),
            ("from", &*date_long(one.from)),
            ("to", &*date_long(one.to)),
            ("count", &*shown(one.count, count)),
            ("rate", &*shown(one.rate, rate)),
            ("on_top", &*on_top),
            ("cost", &*shown(one.cost, Measure::Euro)),
        ];
        let text = match one.on_top.is_zero() {
            true => say.of("overview_stretch"),
            false => say.of("overview_stretch_on_top"),
        };
        note.add(&filled(text, &told));
    }
}

/// The steps behind a budget, and what it is per month.
fn budget(
    say: &Sentences,
    (outlook, line, pot): (&Outlook, &LineOutlook, &Pot),
    apart: bool,
) -> CalculationLine {
    let amount = known(pot.budget.euro());
    let text = filled(
        say.of("overview_budget"),
        &[
            ("what", &*line.label),
            ("from", &*date_long(pot.from)),
            ("to", &*date_long(pot.to)),
        ],
    );
    let mut note = Note::new(apart);
    if let Some(figure) = pot.budget.figure() {
        note.steps("", outlook, figure.node);
    } else if let Some(reason) = pot.budget.reason() {
        note.add(reason);
    }
    if let Some(month) = pot.per_month {
        note.add(&filled(
            say.of("overview_per_month"),
            &[
                ("budget", &*amount),
                ("months", &*months(pot)),
                ("month", &*money(month.value)),
            ],
        ));
    }
    one(text, note, amount)
}

/// How many months a budget period has.
fn months(pot: &Pot) -> String {
    let period = Period::new(pot.from, pot.to);
    period.map_or_else(
        |_| known(None),
        |period| {
            let (above, below) = period.month_count().as_fraction();
            fraction(above.into(), below.into(), 4)
        },
    )
}

/// The budget period that is worked out: the first that is short, else the one of the day.
fn told(line: &LineOutlook) -> Option<&Pot> {
    let short = line.pots.iter().find(|pot| pot.top_up.is_some());
    short.or(line.pot())
}

/// Whether another scenario has the same budget for the same line in the same days.
fn has_budget(base: &Outlook, (line, pot): (&LineOutlook, &Pot)) -> bool {
    let same = |other: &&LineOutlook| other.provision == line.provision && other.is_pgb();
    let Some(other) = base.lines.iter().find(same) else {
        return false;
    };
    let same = |one: &&Pot| (one.from, one.to) == (pot.from, pot.to);
    let is_told = told(other).is_some_and(|one| same(&one));
    let one = other.pots.iter().find(same);
    is_told && one.is_some_and(|one| one.budget.euro() == pot.budget.euro())
}

fn one(text: String, note: Note, amount: String) -> CalculationLine {
    CalculationLine {
        text: text.into(),
        note: Text::plain(note.text),
        amount,
        ..CalculationLine::default()
    }
}

/// What stands under a line of the calculation.
struct Note {
    text: String,
    /// Whether each sentence and each step begins a new line.
    apart: bool,
}

impl Note {
    fn new(apart: bool) -> Self {
        Self {
            text: String::new(),
            apart,
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn add(&mut self, words: &str) {
        if !self.is_empty() {
            self.text.push(if self.apart { '\n' } else { ' ' });
        }
        self.text.push_str(words);
    }

    /// All steps behind a figure, one behind the other; figures alone, without where they come from.
    fn steps(&mut self, before: &str, outlook: &Outlook, node: NodeId) {
        let listing = Listing::new(&outlook.trace, &[vec![node]]);
        let lines: Vec<_> = listing.groups.iter().flatten().collect();
        let several = lines.len() > 1;
        if !before.is_empty() {
            self.add(before);
        }
        let steps = lines.iter().map(|line| {
            let formula = bare(&line.formula);
            match several {
                true => format!("[{}] {formula} = {}", line.number, line.result),
                false => format!("{formula} = {}", line.result),
            }
        });
        let between = if self.apart { "\n" } else { "; " };
        self.add(&steps.collect::<Vec<_>>().join(between));
        if !self.apart && !self.text.ends_with('…') {
            self.text.push('.');
        }
    }
}

/// A formula without its remarks: what stands between brackets and is no part of the sum, the marks of sources, and the
/// names of conventions.
fn bare(formula: &str) -> String {
    let pieces = formula.split("; ");
    let said = pieces.filter(|piece| !piece.starts_with("volgens de afspraak"));
    let formula = said.collect::<Vec<_>>().join("; ");
    // The pieces between brackets that are still open, with the whole at the bottom.
    let mut open = vec![String::new()];
    for letter in formula.chars() {
        match letter {
            '(' | '[' => open.push(letter.to_string()),
            ')' | ']' if open.len() > 1 => {
                let piece = open.pop().unwrap_or_default();
                if let Some(around) = open.last_mut() {
                    if is_sum(&piece) {
                        around.push_str(&piece);
                        around.push(letter);
                    } else {
                        around.truncate(around.trim_end().len());
                    }
                }
            }
            letter => {
                if let Some(inside) = open.last_mut() {
                    inside.push(letter);
                }
            }
        }
    }
    open.concat()
}

/// Whether a piece between brackets is reckoned with: there is a figure on both sides of a sign.
fn is_sum(piece: &str) -> bool {
    let mut sides = vec![piece];
    for sign in [" × ", " ÷ ", " + ", " − "] {
        sides = sides.iter().flat_map(|side| side.split(sign)).collect();
    }
    let has_figure = |side: &&str| side.contains(|letter: char| letter.is_ascii_digit());
    piece.starts_with('(') && sides.len() > 1 && sides.iter().all(has_figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_keeps_its_sums_and_loses_its_remarks() {
        assert_eq!(
            bare(
                "174 minuten per week (afgesproken omvang) ÷ 60 [a] × (365 dagen (1-1-2018 tot en met 31-12-2018) ÷ 7 dagen (dagen in de periode))"
            ),
            "174 minuten per week ÷ 60 × (365 dagen ÷ 7 dagen)"
        );
        let formula = "regel 1 × 4 (4 × week); volgens de afspraak over rekenperiode";
        assert_eq!(bare(formula), "regel 1 × 4");
    }
}
