//! What a scenario comes to: one way to spend a pgb over all lines of a dossier, with its answers and checks.
//!
//! The scenario is laid over the lines of the dossier, and the one evaluation of a dossier says what the budget is; here
//! only the spending is added. Everything is exact between two roundings, and behind every answer stands its calculation,
//! in the same trace as that of the budget.
//!
//! * `variant`: the scenario laid over the dossier.
//! * `hire`, `flow`: what a care provider costs over any days.
//! * `pots`: budget periods: is it enough, until when, what closes the gap, how many hours.
//! * `real`: agreed rates below the tariff, where the budget is then what is really paid.
//! * `provider`: one care provider per week, 4 weeks, month and year, and as the SVB keeps it.
//! * `course`: month by month.
//! * `cover`: granted days that a scenario leaves out.
//! * `stretches`: the days of a budget period on which one rate holds, to redo it by hand.
//! * `compare`: scenarios beside each other.
//! * `words`: answers as sentences, and figures as they are printed.
//! * `fresh`: a scenario to begin with.
//! * `home`: a file to take home, and what comes back.
//! * `checks`, `wages`: the rules that a pgb must keep to.
//!
//! This room is a pure function of its inputs: it reads no clock and no file. It must not know screens, letters or the
//! command line.

mod checks;
mod compare;
mod course;
mod cover;
mod flow;
mod fresh;
mod hire;
mod home;
mod pots;
mod provider;
mod real;
mod stretches;
mod variant;
mod wages;
mod words;

use crate::budget::{Inputs, Library, LineBudget, Money, Total};
use crate::catalogue::ConventionSet;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Evaluation, Hired, Scenario, Sum, Summary};
use crate::indication::Line;
use crate::quantity::{Euro, Exact, Percentage, QuantityError};
use crate::trace::{Figure, NodeId, Recorder, Status, Trace};
use flow::Paid;
use jiff::civil::Date;
use real::Lower;
use std::sync::Arc;
use variant::Origin;

pub use checks::{Check, CheckOutcome, Rule};
pub use compare::{Cell, Difference, Row, Scope, Value, What, choices, compare, extent};
pub use course::{Month, MonthTogether};
pub use fresh::as_granted;
pub use home::{Changed, Proposal, Returned, ScenarioFile, names_going_home};
pub use pots::{Bought, Lasts, PaidPerMonth, Pot, TopUp};
pub use provider::ProviderOutlook;
pub use stretches::{Each, Stretch, stretches};
pub use variant::laid;
pub use words::{
    answer, at_home, bought, by_rounding, costs, difference, label, period, plain_checks, tail,
    value, who, work,
};

/// What a scenario comes to.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Its name.
    pub name: String,
    /// Per line of the scenario, in the order of the dossier.
    pub lines: Vec<LineOutlook>,
    /// All lines with a pgb together.
    pub together: Together,
    /// Totals in kind, pgb and together, as for any dossier.
    pub summary: Summary,
    /// Month by month, all lines with a pgb together.
    pub months: Vec<MonthTogether>,
    /// The rules, each with how it came out.
    pub checks: Vec<Check>,
    /// What is wrong or deserves a look, with the path of the field in the dossier.
    pub problems: Vec<Problem>,
    /// The calculation behind every figure.
    pub trace: Trace,
    /// Worst status of all that was touched.
    pub status: Status,
}

impl Outlook {
    /// What the lines in kind come to over all their days, and that with all pgb's; nothing without a line in kind.
    pub fn with_in_kind(&self) -> Option<(Option<Euro>, Option<Euro>)> {
        let in_kind = self.lines.iter().filter(|line| !line.is_pgb()).count();
        let known =
            |sum: &Sum, lines: usize| (sum.unknown == 0 && sum.lines == lines).then_some(sum.known);
        let term = &self.summary.term;
        (in_kind > 0).then(|| {
            (
                known(&term.in_kind, in_kind),
                known(&term.together, self.lines.len()),
            )
        })
    }
}

/// What a line comes to in a scenario.
#[derive(Debug, Clone)]
pub struct LineOutlook {
    /// Place of the line among the provisions of the dossier.
    pub provision: usize,
    /// Place among the lines of the scenario; absent for a line that stays as it is granted.
    pub chosen: Option<usize>,
    /// Dutch name of the product.
    pub label: Arc<str>,
    /// The line as the scenario has it.
    pub line: Line,
    /// What is granted for it.
    pub budget: LineBudget<NodeId>,
    /// Its budget periods; none in kind.
    pub pots: Vec<Pot>,
    /// Place of the period that holds the day that is looked at, else the first.
    pub large: usize,
    /// What the same in kind comes to over all periods together; absent when nothing was calculated.
    pub in_kind: Option<Total<()>>,
    /// Rates below the tariff of the budget, where what is really paid counts.
    lower: Vec<Lower>,
    /// Who is paid; nobody while one of them is filled in wrongly.
    pub providers: Vec<ProviderOutlook>,
    /// Whether somebody who is paid is filled in wrongly.
    pub has_wrong_provider: bool,
    /// Month by month.
    pub months: Vec<Month>,
}

impl LineOutlook {
    /// The budget period of the one large figure.
    pub fn pot(&self) -> Option<&Pot> {
        self.pots.get(self.large)
    }

    /// Whether every period has enough; nothing when that cannot be said.
    pub fn is_enough(&self) -> Option<bool> {
        let each: Option<Vec<bool>> = self.pots.iter().map(Pot::is_enough).collect();
        each.filter(|each| !each.is_empty())
            .map(|each| each.into_iter().all(|enough| enough))
    }

    /// Whether it is a pgb in this scenario.
    pub fn is_pgb(&self) -> bool {
        self.line.delivery.is_pgb()
    }

    /// The last day with a known tariff, where the line goes on after it.
    pub fn known_to(&self) -> Option<Date> {
        self.budget.open_from?.yesterday().ok()
    }

    /// The first day of its budget on which none of those who are paid is at work.
    fn first_day_alone(&self) -> Option<Date> {
        let (first, last) = (self.pots.first()?.from, self.pots.last()?.to);
        let mut day = first;
        while day <= last {
            let here = |one: &&ProviderOutlook| one.from <= day && day <= one.to;
            let Some(one) = self.providers.iter().find(here) else {
                return Some(day);
            };
            day = one.to.tomorrow().ok()?;
        }
        None
    }
}

/// All lines with a pgb together, from totals only. What is not known of one line is not known of all.
#[derive(Debug, Clone, Default)]
pub struct Together {
    /// What can be spent per month, in the periods of the day that is looked at.
    pub per_month: Option<Euro>,
    /// The days that `per_month` is about, where these are not all days of the budgets.
    pub days: Option<(Date, Date)>,
    /// All budgets.
    pub budget: Option<Euro>,
    /// All that is spent.
    pub spent: Option<Euro>,
    /// What is left over, of the periods that have something left.
    pub left: Option<Euro>,
    /// What is short, of the periods that are short: what is left of one does not fill another.
    pub short: Option<Euro>,
    /// What must be paid beside the budget per month, in the month in which that is most.
    pub top_up: Option<Euro>,
    /// The first day without budget, with the place of its line in the outlook.
    pub runs_out: Option<(Date, usize)>,
    /// The last day on which the tariff of every pgb is known, where one goes on after it.
    pub known_to: Option<Date>,
    /// What the lines with a pgb cost in kind in the same days.
    pub in_kind: Option<Euro>,
    /// What all lines, those in kind too, cost in kind.
    pub all_in_kind: Option<Euro>,
}

impl Together {
    /// Whether every period has enough; nothing when that cannot be said.
    pub fn is_enough(&self) -> Option<bool> {
        self.short.map(|short| short == Euro::ZERO)
    }

    /// Makes this of every sum that comes from the periods of the budgets.
    fn set_pots(&mut self, sum: Option<Euro>) {
        self.per_month = sum;
        self.budget = sum;
        self.spent = sum;
        self.left = sum;
        self.short = sum;
        self.top_up = sum;
    }
}

/// What the scenario at `place` of a dossier comes to on a day. Nothing when there is no such scenario. What is wrong is in
/// the problems; a figure that cannot be said is absent, never zero.
pub fn evaluate(
    dossier: &Dossier,
    place: usize,
    library: &Library,
    today: Date,
) -> Option<Outlook> {
    evaluate_seen(dossier, place, library, (today, today))
}

/// The same, calculated on the first of two days and looked at on the second.
pub fn evaluate_seen(
    dossier: &Dossier,
    place: usize,
    library: &Library,
    days: (Date, Date),
) -> Option<Outlook> {
    let scenario = dossier.scenarios.get(place)?;
    let path = format!("scenarios[{place}]");
    let mut outlook = match outlook((place, scenario), dossier, library, days) {
        Ok(outlook) => outlook,
        Err(error) => Outlook {
            name: scenario.name.clone(),
            lines: Vec::new(),
            together: Together::default(),
            summary: Summary::default(),
            months: Vec::new(),
            checks: Vec::new(),
            problems: vec![
                Problem::error(error.to_string()).hint("Controleer de getallen van dit scenario."),
            ],
            trace: Trace::default(),
            status: Status::Established,
        },
    };
    for problem in &mut outlook.problems {
        if !problem.field.starts_with("provisions") {
            *problem = problem.clone().within(&path);
        }
    }
    for check in outlook
        .checks
        .iter_mut()
        .filter(|check| !check.field.is_empty())
    {
        check.field = format!("{path}.{}", check.field);
    }
    Some(outlook)
}

fn outlook(
    (place, scenario): (usize, &Scenario),
    dossier: &Dossier,
    library: &Library,
    (today, seen): (Date, Date),
) -> Result<Outlook, QuantityError> {
    let mut variant = variant::lay(scenario, dossier);
    let mut problems = std::mem::take(&mut variant.problems);
    if scenario.name.trim().is_empty() {
        problems.push(
            Problem::error("dit scenario heeft geen naam")
                .field("name")
                .hint("Geef het scenario een naam."),
        );
    }
    if scenario.lines.is_empty() {
        problems.push(
            Problem::error("dit scenario is leeg")
                .field("lines")
                .hint("Kies voor ten minste één regel hoe u die wilt invullen."),
        );
    }
    let mut others = dossier.scenarios.iter().take(place);
    if let Some(other) = others.position(|other| other.name.trim() == scenario.name.trim()) {
        let number = other.saturating_add(1);
        let message = format!("scenario {number} heet ook «{}»", scenario.name.trim());
        let hint = "Geef elk scenario een eigen naam.";
        problems.push(Problem::warning(message).field("name").hint(hint));
    }
    let sensible =
        |rise: &Percentage| !rise.exact().is_negative() && rise.exact() <= Exact::from(100);
    if scenario.rise.is_some_and(|rise| !sensible(&rise)) {
        let message = "een stijging ligt tussen 0% en 100%";
        let hint = "Vul in hoeveel procent de tarieven kunnen stijgen, zoals 5.";
        problems.push(Problem::error(message).field("rise").hint(hint));
    }
    let (evaluation, mut lower) = evaluated(&mut variant, library, today)?;
    problems.extend(variant.own(evaluation.problems));
    let mut recorder = Recorder::going_on(evaluation.trace);
    let inputs = variant.dossier.inputs(library, today);
    lower.reverse();
    let mut lines = Vec::with_capacity(variant.origins.len());
    let mut contributions = Vec::with_capacity(variant.origins.len());
    let granted = variant.dossier.provisions.iter().zip(evaluation.lines);
    let granted = granted.zip(evaluation.contributions);
    for (((provision, budget), contribution), origin) in granted.zip(&variant.origins) {
        let lower = lower.pop().unwrap_or_default();
        let Some(budget) = budget else { continue };
        contributions.push(contribution);
        let one = line(
            (&inputs, seen),
            scenario,
            (&provision.line, budget, *origin, lower),
            &mut problems,
            &mut recorder,
        )?;
        lines.push(one);
    }
    problems.extend(
        cover::left_out(&lines, dossier)
            .iter()
            .map(cover::LeftOut::problem),
    );
    let pgb = lines.iter().filter(|line| line.is_pgb());
    let months: Vec<&Month> = pgb.flat_map(|line| &line.months).collect();
    let months = course::together(&months)?;
    let checks = checks::checks(
        &inputs,
        (scenario, dossier),
        (&lines, &contributions),
        &recorder.trace,
    )?;
    Ok(Outlook {
        name: scenario.name.clone(),
        checks,
        together: together(&lines, seen)?,
        lines,
        summary: evaluation.summary,
        months,
        problems,
        trace: recorder.trace,
        status: evaluation.status,
    })
}

/// What a scenario's dossier comes to. Where the catalogue grants what is really paid and that is less, the line has the
/// lower rate as agreed; with per line the rates that are below the tariff.
fn evaluated(
    variant: &mut variant::Variant<'_>,
    library: &Library,
    today: Date,
) -> Result<(Evaluation, Vec<Vec<Lower>>), QuantityError> {
    let first = variant.dossier.evaluate(library, today);
    let inputs = variant.dossier.inputs(library, today);
    let mut lower = Vec::with_capacity(variant.origins.len());
    let lines = variant.dossier.provisions.iter().zip(&first.lines);
    for ((provision, budget), origin) in lines.zip(&variant.origins) {
        lower.push(match (budget, origin.chosen) {
            (Some(budget), Some((_, chosen))) => {
                real::lower(&inputs, &provision.line, budget, &chosen.hired)?
            }
            _ => Vec::new(),
        });
    }
    if !lower.iter().flatten().any(|one| one.counts.is_some()) {
        return Ok((first, lower));
    }
    let before = variant.dossier.provisions.clone();
    let lines = variant.dossier.provisions.iter_mut().zip(&first.lines);
    for ((provision, budget), lower) in lines.zip(&lower) {
        let end = budget.as_ref().and_then(|budget| budget.segments.last());
        if let Some(end) = end {
            real::agree(&mut provision.line, lower, end.to);
        }
    }
    let second = variant.dossier.evaluate(library, today);
    let errors = |of: &Evaluation| {
        let all = of.problems.iter();
        all.filter(|one| one.severity == Severity::Error).count()
    };
    if errors(&second) <= errors(&first) {
        return Ok((second, lower));
    }
    variant.dossier.provisions = before;
    for one in lower.iter_mut().flatten() {
        one.counts = None;
    }
    Ok((first, lower))
}

/// The conventions of a line in its first segment, which say how its amounts are restated.
fn conventions<'a>(line: &Line, budget: &'a LineBudget<NodeId>) -> Option<&'a ConventionSet> {
    let catalogue = &budget.segments.first()?.catalogue;
    let product = catalogue.product(&line.product)?;
    catalogue.conventions_of(product)
}

fn line(
    (inputs, seen): (&Inputs<'_>, Date),
    scenario: &Scenario,
    (line, budget, origin, lower): (&Line, LineBudget<NodeId>, Origin<'_>, Vec<Lower>),
    problems: &mut Vec<Problem>,
    recorder: &mut Recorder,
) -> Result<LineOutlook, QuantityError> {
    let catalogue = inputs.library.catalogues.on(inputs.municipality, line.from);
    let catalogue = catalogue.ok().map(|answer| answer.catalogue);
    let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
    let label = product.map_or_else(
        || Arc::from(line.product.as_str()),
        |product| Arc::clone(&product.label),
    );
    let period = conventions(line, &budget).map(|set| set.budget_period.value);
    let alone = pots::kind_alone(inputs, line);
    let in_kind = match period {
        Some(period) => pots::in_kind(inputs, line, &alone, period)?,
        None => Vec::new(),
    };
    let mut outlook = LineOutlook {
        provision: origin.provision,
        chosen: origin.chosen.map(|(at, _)| at),
        label,
        line: line.clone(),
        pots: Vec::new(),
        large: 0,
        in_kind: pots::kind_together(&alone, &in_kind)?,
        lower,
        providers: Vec::new(),
        has_wrong_provider: false,
        months: Vec::new(),
        budget,
    };
    let (Some(period), true) = (period, line.delivery.is_pgb()) else {
        return Ok(outlook);
    };
    let shares = pots::shares(inputs, line, &outlook.budget, period, recorder)?;
    let Some(last) = shares.last().map(|share| share.to) else {
        return Ok(outlook);
    };
    let people = people(origin, (line.from, last), problems);
    let hires = origin
        .chosen
        .is_some_and(|(_, chosen)| !chosen.hired.is_empty());
    outlook.has_wrong_provider = hires && people.is_none();
    let question = pots::Question {
        paid: people.as_ref().map(|(_, paid)| paid.as_slice()),
        rise: scenario.rise,
    };
    for share in shares {
        let days = (share.from, share.to);
        let mut same = in_kind.iter();
        let same = same.find(|other| (other.from, other.to) == days);
        let unknown = || Money::NotKnown(Arc::from("over deze dagen is er geen prijs in natura"));
        let same = same.map_or_else(unknown, |other| other.money.clone());
        outlook
            .pots
            .push(pots::pot(share, same, &question, recorder)?);
    }
    let now = |pot: &Pot| pot.from <= seen && seen <= pot.to;
    outlook.large = outlook.pots.iter().position(now).unwrap_or(0);
    let inputs = &Inputs {
        calculation_date: seen,
        ..*inputs
    };
    if let Some((hired, paid)) = &people {
        let set = conventions(line, &outlook.budget);
        for ((place, hired), paid) in hired.iter().enumerate().zip(paid) {
            let kind = catalogue.map_or_else(
                || Arc::from(hired.kind.as_str()),
                |catalogue| catalogue.provider_name(&hired.kind),
            );
            let who = (place, hired, kind);
            let one = provider::outlook(inputs, set, who, paid, last, recorder)?;
            outlook.providers.push(one);
        }
    }
    outlook.months = course::months(&outlook.budget, &outlook.pots, question.paid)?;
    Ok(outlook)
}

/// Who is paid for a line, with what each costs; nothing when nobody is, or somebody is filled in wrongly.
fn people<'a>(
    origin: Origin<'a>,
    days: (Date, Date),
    problems: &mut Vec<Problem>,
) -> Option<(&'a [Hired], Vec<Paid>)> {
    let Some((at, chosen)) = origin.chosen else {
        let number = origin.provision.saturating_add(1);
        problems.push(
            Problem::warning(format!(
                "voor regel {number} is in dit scenario niets gekozen"
            ))
            .field("lines")
            .hint("Kies wie er met dit pgb betaald wordt."),
        );
        return None;
    };
    let path = format!("lines[{at}].hired");
    if chosen.hired.is_empty() {
        problems.push(
            Problem::error("er is nog niemand gekozen die met dit pgb betaald wordt")
                .field(path)
                .hint("Voeg een zorgverlener toe."),
        );
        return None;
    }
    let mut all = Vec::with_capacity(chosen.hired.len());
    for (place, hired) in chosen.hired.iter().enumerate() {
        let (paid, found) = hire::hire(hired, days);
        let path = format!("{path}[{place}]");
        problems.extend(found.into_iter().map(|problem| problem.within(&path)));
        all.extend(paid);
    }
    (all.len() == chosen.hired.len()).then_some((&chosen.hired, all))
}

/// The budget period of a line that holds a day.
fn pot_on(line: &LineOutlook, day: Date) -> Option<&Pot> {
    line.pots
        .iter()
        .find(|pot| pot.from <= day && day <= pot.to)
}

fn together(lines: &[LineOutlook], seen: Date) -> Result<Together, QuantityError> {
    let plus = |sum: &mut Option<Euro>, next: Option<Euro>| -> Result<(), QuantityError> {
        *sum = match (*sum, next) {
            (Some(sum), Some(next)) => Some(sum.plus(next)?),
            _ => None,
        };
        Ok(())
    };
    let kind = |line: &LineOutlook| line.in_kind.as_ref().and_then(|all| all.money.euro());
    let mut all = Together {
        all_in_kind: Some(Euro::ZERO),
        ..Together::default()
    };
    for line in lines {
        plus(&mut all.all_in_kind, kind(line))?;
    }
    let pgb = || lines.iter().enumerate().filter(|(_, line)| line.is_pgb());
    if pgb().next().is_none() {
        return Ok(all);
    }
    all.set_pots(Some(Euro::ZERO));
    all.in_kind = Some(Euro::ZERO);
    all.known_to = pgb().filter_map(|(_, line)| line.known_to()).min();
    for (place, line) in pgb() {
        plus(&mut all.in_kind, kind(line))?;
        if line.pots.is_empty() {
            all.set_pots(None);
        }
        for pot in &line.pots {
            plus(&mut all.budget, pot.budget.euro())?;
            plus(&mut all.spent, euro(pot.spent)?)?;
            let left = euro(pot.left)?;
            plus(&mut all.left, left.map(|left| left.max(Euro::ZERO)))?;
            let short = left.map(|left| Euro::ZERO.minus(left)).transpose()?;
            plus(&mut all.short, short.map(|short| short.max(Euro::ZERO)))?;
            let out = match pot.lasts {
                Some(Lasts::Until(day)) => day.tomorrow().ok(),
                Some(Lasts::NotADay) => Some(pot.from),
                Some(Lasts::Whole) | None => None,
            };
            if let Some(day) = out
                && all.runs_out.is_none_or(|(first, _)| day < first)
            {
                all.runs_out = Some((day, place));
            }
        }
    }
    let pots = || pgb().flat_map(|(_, line)| &line.pots);
    let first = pots().map(|pot| pot.from).min();
    let holds = pgb().any(|(_, line)| pot_on(line, seen).is_some());
    let day = if holds { Some(seen) } else { first };
    let Some(day) = day else { return Ok(all) };
    let here = || pgb().filter_map(|(_, line)| pot_on(line, day));
    for pot in here() {
        plus(&mut all.per_month, euro(pot.per_month)?)?;
    }
    let span = |pots: &mut dyn Iterator<Item = &Pot>| {
        let spans = pots.map(|pot| (pot.from, pot.to));
        spans.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1)))
    };
    let whole = pots().map(|pot| pot.to).max().zip(first);
    let now = span(&mut here());
    all.days = now.filter(|(from, to)| Some((*to, *from)) != whole);
    for start in pots().map(|pot| pot.from) {
        let mut most = Some(Euro::ZERO);
        for (_, line) in pgb() {
            let pot = pot_on(line, start);
            plus(&mut most, pot.map_or(Some(Euro::ZERO), Pot::top_up_month))?;
        }
        all.top_up = match (all.top_up, most) {
            (Some(top_up), Some(most)) => Some(top_up.max(most)),
            _ => None,
        };
    }
    Ok(all)
}

fn euro(figure: Option<Figure<NodeId>>) -> Result<Option<Euro>, QuantityError> {
    figure
        .map(|figure| Euro::from_exact(figure.value))
        .transpose()
}
