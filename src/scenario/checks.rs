//! The rules that a pgb must keep to, each with its outcome, its source and words for the reader.
//!
//! A check is a sentence: it never changes an amount (decisions 16). What nobody knows is "niet te toetsen". Wages are in
//! `wages`. This must not know how a check looks.

use super::real::Lower;
use super::wages;
use super::{LineOutlook, Pot};
use crate::budget::{Agreed, Inputs, Money};
use crate::calendar::Period;
use crate::catalogue::Catalogue;
use crate::catalogue::file::Mixed;
use crate::dossier::{Condition, Contract, Contribution, Dossier, Hired, Provision, Scenario};
use crate::indication::Delivery;
use crate::national::{ContributionOutcome, Lookup, Parameter};
use crate::quantity::dutch::{capital, date_long, date_short, euro, listed, month_name};
use crate::quantity::{Euro, QuantityError};
use crate::trace::{Measure, NodeId, Provenance, Trace, shown};
use std::collections::BTreeSet;

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Rule {
    /// The maximum of the catalogue.
    Ceiling,
    /// Several kinds of care provider.
    Mixed,
    /// The price in kind as upper limit (R25).
    InKind,
    /// The real cost, where that is lower (R26).
    RealCost,
    /// Wage floor and minimum wage (R27).
    Wage,
    /// A fixed monthly wage.
    FixedWage,
    /// Informal help without a contract.
    WithoutContract,
    /// The client can manage a pgb.
    Able,
    /// The client says why.
    Motivated,
    /// Quality of what is bought.
    Quality,
    /// Whether the budget plan is complete.
    Plan,
    /// Whether an own contribution is due.
    OwnContribution,
}

impl Rule {
    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Ceiling => "Plafond",
            Self::Mixed => "Soorten zorgverlener",
            Self::InKind => "Niet duurder dan in natura",
            Self::RealCost => "Werkelijke kosten",
            Self::Wage => "Laagste loon",
            Self::FixedWage => "Vast maandloon",
            Self::WithoutContract => "Hulp zonder contract",
            Self::Able => "Kan een pgb beheren",
            Self::Motivated => "Waarom een pgb",
            Self::Quality => "Kwaliteit",
            Self::Plan => "Budgetplan",
            Self::OwnContribution => "Eigen bijdrage",
        }
    }
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum CheckOutcome {
    /// The rule is kept.
    Holds,
    /// It is not.
    Fails,
    /// Nobody can say.
    NotTestable,
    /// There is nothing to test; the words say what holds.
    Says,
}

impl CheckOutcome {
    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Holds => "goed",
            Self::Fails => "niet goed",
            Self::NotTestable => "niet te toetsen",
            Self::Says => "ter informatie",
        }
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is about.
    pub rule: Rule,
    /// How it came out.
    pub outcome: CheckOutcome,
    /// Place of the line in the outlook; absent when it is about the whole.
    pub line: Option<usize>,
    /// What there is to say, in whole sentences.
    pub words: String,
    /// Where the rule comes from, when that is written down.
    pub source: Option<String>,
    /// The field where it can be mended, seen from the scenario; may be empty.
    pub field: String,
    /// Of a wage: of whom, and the days that it is about.
    pub about: Option<(String, Period)>,
}

impl Check {
    pub(super) fn new(rule: Rule, outcome: CheckOutcome, words: impl Into<String>) -> Self {
        Self {
            rule,
            outcome,
            line: None,
            words: words.into(),
            source: None,
            field: String::new(),
            about: None,
        }
    }

    pub(super) fn source(mut self, provenance: &Provenance) -> Self {
        self.source = Some(format!("{} ({})", provenance.source, provenance.file));
        self
    }

    fn law(mut self, article: &str) -> Self {
        self.source = Some(article.to_owned());
        self
    }

    pub(super) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = field.into();
        self
    }
}

/// The first source behind a figure.
fn behind(trace: &Trace, node: NodeId) -> Option<&Provenance> {
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        let node = trace.get(id)?;
        if let Some(found) = node.provenance() {
            return Some(found);
        }
        open.extend(trace.children(node).iter().rev());
    }
    None
}

fn money(value: Euro) -> String {
    euro(value.0)
}

/// All checks of a scenario.
pub(super) fn checks(
    inputs: &Inputs<'_>,
    (scenario, dossier): (&Scenario, &Dossier),
    (lines, contributions): (&[LineOutlook], &[Option<Contribution>]),
    trace: &Trace,
) -> Result<Vec<Check>, QuantityError> {
    let mut all = Vec::new();
    for (place, (line, contribution)) in lines.iter().zip(contributions).enumerate() {
        let from = all.len();
        if line.is_pgb() {
            pgb(inputs, (scenario, dossier), line, trace, &mut all)?;
        }
        all.extend(contribution.as_ref().map(|one| own_contribution(line, one)));
        for check in all.iter_mut().skip(from) {
            check.line = Some(place);
        }
    }
    if lines.iter().any(LineOutlook::is_pgb) {
        all.extend(conditions(scenario));
        all.push(plan(scenario, dossier, lines));
    }
    Ok(all)
}

fn pgb(
    inputs: &Inputs<'_>,
    (scenario, dossier): (&Scenario, &Dossier),
    line: &LineOutlook,
    trace: &Trace,
    all: &mut Vec<Check>,
) -> Result<(), QuantityError> {
    all.extend(ceilings(line, trace));
    let chosen = line
        .chosen
        .and_then(|at| Some((at, scenario.lines.get(at)?)));
    let reason = chosen.map_or("", |(_, chosen)| &chosen.lower_reason);
    let mut limits = in_kind(line, reason);
    if let Some((at, _)) = chosen.filter(|_| reason.is_empty()) {
        for check in &mut limits {
            check.field = format!("lines[{at}].lower_reason");
        }
    }
    all.extend(limits);
    let Some((at, chosen)) = chosen else {
        return Ok(());
    };
    let path = format!("lines[{at}]");
    all.extend(mixed(line, &chosen.hired, &path));
    all.extend(real_cost(line, &path));
    let granted = dossier.provisions.get(line.provision);
    for (place, hired) in chosen.hired.iter().enumerate() {
        let path = format!("{path}.hired[{place}]");
        let (from, to) = match line.providers.iter().find(|one| one.place == place) {
            Some(one) => (one.from, one.to),
            None => continue,
        };
        all.extend(wages::wages(
            inputs,
            line,
            (place, hired),
            (from, to),
            &path,
        )?);
        all.extend(fixed_wage(granted, hired, &path));
        all.extend(without_contract(inputs, line, (place, hired), &path)?);
    }
    Ok(())
}

fn ceilings(line: &LineOutlook, trace: &Trace) -> Vec<Check> {
    let mut found: Vec<Check> = Vec::new();
    for segment in &line.budget.segments {
        for part in &segment.parts {
            let label = match part.part {
                Some(_) => format!("{}: h", part.label),
                None => "H".to_owned(),
            };
            let check = if part.ceiling_lifted {
                Check::new(
                    Rule::Ceiling,
                    CheckOutcome::Holds,
                    format!("{label}et plafond vervalt door de reden die is opgeschreven."),
                )
            } else if let Some((ceiling, per)) = &part.ceiling {
                let most = shown(ceiling.value, Measure::EuroPer(*per));
                let cut = part.cut.first().filter(|cut| !cut.value.is_zero());
                let check = match (cut, part.before_ceiling.first()) {
                    (Some(cut), Some(before)) => Check::new(
                        Rule::Ceiling,
                        CheckOutcome::Fails,
                        format!(
                            "{label}et budget is zonder plafond {}, en het plafond is {most}. Er valt {} af.",
                            shown(before.value, Measure::EuroPer(part.per)),
                            shown(cut.value, Measure::EuroPer(part.per)),
                        ),
                    ),
                    _ => Check::new(
                        Rule::Ceiling,
                        CheckOutcome::Holds,
                        format!("{label}et budget blijft onder het plafond van {most}."),
                    ),
                };
                match behind(trace, ceiling.node) {
                    Some(source) => check.source(source),
                    None => check,
                }
            } else {
                Check::new(
                    Rule::Ceiling,
                    CheckOutcome::Says,
                    format!("{label}ier geldt geen plafond van de catalogus."),
                )
            };
            if !found.contains(&check) {
                found.push(check);
            }
        }
    }
    found
}

/// The pgb beside the price in kind over the days of each budget period, the worst first.
fn in_kind(line: &LineOutlook, reason: &str) -> Vec<Check> {
    let mut all: Vec<Check> = line
        .pots
        .iter()
        .map(|pot| in_period(line, pot, reason))
        .collect();
    if all.is_empty() {
        all.push(Check::new(
            Rule::InKind,
            CheckOutcome::NotTestable,
            "Er is geen budget berekend om naast de prijs in natura te leggen.",
        ));
    }
    all.sort_by_key(|check| std::cmp::Reverse(wages::weight(check.outcome)));
    all
}

/// The pgb beside the price in kind over the days of a budget period.
fn in_period(line: &LineOutlook, pot: &Pot, reason: &str) -> Check {
    let rule = Rule::InKind;
    let days = match line.pots.len() {
        1 => String::new(),
        _ => format!(
            "Van {} tot en met {}: ",
            date_short(pot.from),
            date_short(pot.to)
        ),
    };
    let law = "Wmo 2015, artikel 2.3.6 lid 5";
    let (budget, price) = match (&pot.budget, &pot.in_kind) {
        (Money::Known { rounded, .. }, Money::Known { rounded: price, .. }) => (*rounded, *price),
        (Money::NotKnown(why), _) => {
            let words = capital(&format!("{days}het budget is niet bekend: {why}."));
            return Check::new(rule, CheckOutcome::NotTestable, words).law(law);
        }
        (_, Money::NotKnown(why)) => {
            let words = capital(&format!("{days}de prijs in natura is niet bekend: {why}."));
            return Check::new(rule, CheckOutcome::NotTestable, words).law(law);
        }
    };
    let both = capital(&format!(
        "{days}het pgb is {}, dezelfde hulp in natura kost {}",
        money(budget),
        money(price)
    ));
    if budget > price {
        let words = format!("{both}. Een pgb kan geweigerd worden voor zover het duurder is.");
        return Check::new(rule, CheckOutcome::Fails, words).law(law);
    }
    if budget == price {
        return Check::new(rule, CheckOutcome::Holds, format!("{both}.")).law(law);
    }
    let why = match (why_lower(line), reason.trim()) {
        (Some(why), "") => why,
        (Some(why), reason) => format!("{why} {reason}"),
        (None, "") => {
            let words = format!("{both}. Schrijf op waarom het pgb lager is.");
            return Check::new(rule, CheckOutcome::NotTestable, words).law(law);
        }
        (None, reason) => reason.to_owned(),
    };
    Check::new(rule, CheckOutcome::Holds, format!("{both}. {why}")).law(law)
}

/// What in the budget makes it lower than the price in kind.
fn why_lower(line: &LineOutlook) -> Option<String> {
    let segments = line.budget.segments.iter();
    let parts: Vec<_> = segments.flat_map(|segment| &segment.parts).collect();
    if parts
        .iter()
        .any(|part| part.cut.first().is_some_and(|cut| !cut.value.is_zero()))
    {
        return Some("Door het hoogste bedrag is het lager.".to_owned());
    }
    let providers = || parts.iter().flat_map(|part| &part.providers);
    if providers().any(|one| one.agreed == Some(Agreed::Lower)) {
        return Some("De afgesproken kosten zijn lager, en die gelden.".to_owned());
    }
    let rates: BTreeSet<String> = providers()
        .filter_map(|one| {
            let (rate, unit) = one.rate.as_ref()?;
            let rate = shown(rate.value, Measure::EuroPerUnit(*unit));
            Some(format!("voor {} {rate}", one.kind))
        })
        .collect();
    let rates: Vec<String> = rates.into_iter().collect();
    (!rates.is_empty()).then(|| format!("Het tarief is {}.", listed(&rates)))
}

/// How several kinds of care provider count, by the rule of each catalogue in force.
fn mixed(line: &LineOutlook, hired: &[Hired], path: &str) -> Vec<Check> {
    let mut all: Vec<Check> = Vec::new();
    for segment in &line.budget.segments {
        let check = mixed_in(line, (hired, path), &segment.catalogue);
        all.extend(check.filter(|check| !all.contains(check)));
    }
    all
}

fn mixed_in(
    line: &LineOutlook,
    (hired, path): (&[Hired], &str),
    catalogue: &Catalogue,
) -> Option<Check> {
    let product = catalogue.product(&line.line.product)?;
    let set = catalogue.conventions_of(product)?;
    let Delivery::Pgb { providers } = &line.line.delivery else {
        return None;
    };
    let name = |id: &str| catalogue.provider_name(id).to_string();
    let granted: BTreeSet<&str> = providers.iter().map(|one| one.kind.as_str()).collect();
    let paid: BTreeSet<&str> = hired.iter().map(|one| one.kind.as_str()).collect();
    let names =
        |kinds: &BTreeSet<&str>| listed(&kinds.iter().map(|kind| name(kind)).collect::<Vec<_>>());
    let other: BTreeSet<&str> = paid.difference(&granted).copied().collect();
    let check = if !other.is_empty() {
        Check::new(
            Rule::Mixed,
            CheckOutcome::Fails,
            format!(
                "Het budget rekent met {}. Hier staat {}: daarmee kan het budget anders zijn.",
                names(&granted),
                names(&other)
            ),
        )
        .field(format!("{path}.hired"))
    } else if paid.len() > 1 {
        let how = match set.mixed.value {
            Mixed::PerPart => "elk deel telt tegen het eigen tarief",
            Mixed::Heaviest => "alles telt tegen het tarief van de zwaarste soort die dag",
        };
        let words = format!("{}: {how}.", names(&paid));
        Check::new(Rule::Mixed, CheckOutcome::Holds, words)
    } else {
        let words = format!("Het budget rekent met {}.", names(&granted));
        Check::new(Rule::Mixed, CheckOutcome::Holds, words)
    };
    Some(check.source(&set.mixed.provenance))
}

/// Agreed rates below the tariff, where what is really paid counts: whether the budget reckons with each.
fn real_cost(line: &LineOutlook, path: &str) -> Vec<Check> {
    let mut found: Vec<Check> = Vec::new();
    let mut told: Vec<&Lower> = Vec::new();
    let same = |one: &Lower, other: &Lower| {
        let about = |one: &Lower| (one.hired, one.work, one.on_holidays, one.rate);
        (about(one), one.real, one.tariff) == (about(other), other.real, other.tariff)
            && one.counts.is_some() == other.counts.is_some()
    };
    for one in &line.lower {
        if told.iter().any(|other| same(one, other)) {
            continue;
        }
        told.push(one);
        let all = || line.lower.iter().filter(|other| same(one, other));
        let from = all().map(|one| one.from).min().unwrap_or(one.from);
        let to = all().map(|one| one.to).max().unwrap_or(one.to);
        let per_unit = |value| shown(value, Measure::EuroPerUnit(one.tariff.unit));
        let tariff = match one.tariff.fixed {
            Some((amount, per)) => format!(
                "het bedrag van de gemeente: {} {} is {}",
                money(amount),
                per.dutch(),
                per_unit(one.tariff.rate)
            ),
            None => format!("het tarief van {}", per_unit(one.tariff.rate)),
        };
        let real = one.real.map_or_else(String::new, |real| {
            format!(" is met alles wat vast is {}, en dat", per_unit(real))
        });
        let when = match one.on_holidays {
            true => ", op feestdagen",
            false => "",
        };
        let (outcome, budget) = match one.counts {
            Some(_) => (CheckOutcome::Says, "Het budget rekent daarmee."),
            None => (
                CheckOutcome::Fails,
                "Het budget rekent daar hier niet mee, en wordt dan lager.",
            ),
        };
        let words = format!(
            "Van {} tot en met {}{when}: {} per {}{real} is lager dan {tariff}. In deze gemeente is het pgb dan het werkelijke bedrag. {budget}",
            date_short(from),
            date_short(to),
            money(one.rate.amount),
            one.rate.per.singular(),
        );
        let name = match one.on_holidays {
            true => "holidays",
            false => "rate.amount",
        };
        let (hired, work) = (one.hired, one.work);
        found.push(
            Check::new(Rule::RealCost, outcome, words)
                .source(&one.rule)
                .field(format!("{path}.hired[{hired}].work[{work}].{name}")),
        );
    }
    found
}

fn fixed_wage(granted: Option<&Provision>, hired: &Hired, path: &str) -> Option<Check> {
    let at = hired.work.iter().position(crate::dossier::Work::is_fixed)?;
    let allowed = granted.is_some_and(|one| one.motivation.monthly_wage_allowed);
    let check = match allowed {
        true => Check::new(
            Rule::FixedWage,
            CheckOutcome::Holds,
            "Een vast loon mag bij deze voorziening.",
        ),
        false => Check::new(
            Rule::FixedWage,
            CheckOutcome::Fails,
            "Een vast loon mag alleen als de gemeente dat toestaat. Dat staat niet bij deze voorziening.",
        ),
    };
    Some(
        check
            .law("SVB; de beslissing van de gemeente")
            .field(format!("{path}.work[{at}].rate.per")),
    )
}

/// Informal help without a contract gets at most an amount per month.
fn without_contract(
    inputs: &Inputs<'_>,
    line: &LineOutlook,
    (place, hired): (usize, &Hired),
    path: &str,
) -> Result<Option<Check>, QuantityError> {
    if hired.contract != Some(Contract::Without) {
        return Ok(None);
    }
    let national = inputs.library.national(inputs.municipality);
    let field = format!("{path}.contract");
    let of_month = |day: jiff::civil::Date| format!("{} {}", month_name(day.month()), day.year());
    let mut unknown = None;
    let mut source = None;
    for month in &line.months {
        let Some(paid) = month.by_provider.get(place) else {
            continue;
        };
        if *paid == Euro::ZERO {
            continue;
        }
        match national.lookup(Parameter::InformalMaximum, month.from) {
            Lookup::Known(most, span) => {
                source = Some(&*span.provenance);
                if paid.exact() > most {
                    let words = format!(
                        "Zonder contract mag iemand in {} ten hoogste {} krijgen. Hier is het {}.",
                        of_month(month.from),
                        money(Euro::from_exact(most)?),
                        money(*paid)
                    );
                    let check = Check::new(Rule::WithoutContract, CheckOutcome::Fails, words);
                    return Ok(Some(check.source(&span.provenance).field(field)));
                }
            }
            Lookup::NotKnown(why, _) | Lookup::WithoutAmount(why, _) => {
                unknown = unknown.or(Some((month.from, why.to_owned())));
            }
            Lookup::BeforeFirst(day) | Lookup::AfterLast(day) => {
                let why = format!("de tabel kent {} als grens", date_long(day));
                unknown = unknown.or(Some((month.from, why)));
            }
        }
    }
    let check = match unknown {
        Some((day, why)) => Check::new(
            Rule::WithoutContract,
            CheckOutcome::NotTestable,
            format!(
                "Het hoogste bedrag zonder contract in {} is niet bekend: {why}.",
                of_month(day)
            ),
        ),
        None => Check::new(
            Rule::WithoutContract,
            CheckOutcome::Holds,
            "Elke maand blijft onder het hoogste bedrag zonder contract.",
        ),
    };
    let check = check.field(field);
    Ok(Some(match source {
        Some(source) => check.source(source),
        None => check,
    }))
}

fn own_contribution(line: &LineOutlook, contribution: &Contribution) -> Check {
    let says = |words: String| Check::new(Rule::OwnContribution, CheckOutcome::Says, words);
    let segment = line.budget.segments.first();
    let product = segment.and_then(|first| first.catalogue.product(&line.line.product));
    let of_product = |check: Check| match product {
        Some(product) => check.source(&product.own_contribution.provenance),
        None => check,
    };
    match &contribution.outcome {
        ContributionOutcome::NotDue => of_product(says(
            "Voor deze voorziening is geen eigen bijdrage nodig.".to_owned(),
        )),
        ContributionOutcome::OwnRegime => of_product(says(
            "Voor deze voorziening geldt een eigen regeling. Het Centraal Administratie Kantoor (CAK) zegt hoe hoog de eigen bijdrage is."
                .to_owned(),
        )),
        ContributionOutcome::Maximum {
            amount,
            per,
            source,
        } => says(format!(
            "Er is een eigen bijdrage: ten hoogste {} {} voor het hele huishouden. Het Centraal Administratie Kantoor (CAK) int die, en die gaat niet van het pgb af.",
            money(*amount),
            per.dutch()
        ))
        .source(source),
        ContributionOutcome::IncomeDependent { source, .. } => says(
            "Er is een eigen bijdrage die van het inkomen afhangt. Het Centraal Administratie Kantoor (CAK) rekent die uit en int die."
                .to_owned(),
        )
        .source(source),
        ContributionOutcome::NotKnown { reason } => Check::new(
            Rule::OwnContribution,
            CheckOutcome::NotTestable,
            format!("Er is een eigen bijdrage, maar het bedrag is niet bekend: {reason}."),
        ),
    }
}

fn conditions(scenario: &Scenario) -> [Check; 3] {
    let conditions = &scenario.conditions;
    let one = |rule, condition: &Condition, name: &str, letter: &str, refused: &str| {
        let words = condition.words.trim();
        let (outcome, words) = match (condition.met, words) {
            (Some(true), "") => (
                CheckOutcome::NotTestable,
                "Schrijf op waarom aan deze voorwaarde is voldaan.".to_owned(),
            ),
            (Some(true), words) => (CheckOutcome::Holds, words.to_owned()),
            (Some(false), "") => (CheckOutcome::Fails, format!("{refused} Schrijf op waarom.")),
            (Some(false), words) => (CheckOutcome::Fails, format!("{refused} {words}")),
            (None, _) => (CheckOutcome::NotTestable, "Nog niet ingevuld.".to_owned()),
        };
        Check::new(rule, outcome, words)
            .law(&format!("Wmo 2015, artikel 2.3.6 lid 2 onder {letter}"))
            .field(format!("conditions.{name}"))
    };
    [
        one(
            Rule::Able,
            &conditions.able,
            "able",
            "a",
            "De cliënt kan een pgb niet beheren, ook niet met hulp.",
        ),
        one(
            Rule::Motivated,
            &conditions.motivated,
            "motivated",
            "b",
            "De cliënt zegt niet waarom een pgb nodig is.",
        ),
        one(
            Rule::Quality,
            &conditions.quality,
            "quality",
            "c",
            "De hulp is niet veilig, doeltreffend en cliëntgericht.",
        ),
    ]
}

/// Whether all is there that a budget plan needs.
fn plan(scenario: &Scenario, dossier: &Dossier, lines: &[LineOutlook]) -> Check {
    let mut missing = Vec::new();
    let mut field = String::new();
    let mut add = |at: String, what: String| {
        if missing.is_empty() {
            field = at;
        }
        missing.push(what);
    };
    for line in lines.iter().filter(|line| line.is_pgb()) {
        let label = &line.label;
        let Some((at, chosen)) = line
            .chosen
            .and_then(|at| Some((at, scenario.lines.get(at)?)))
        else {
            add("lines".to_owned(), format!("wie {label} geeft"));
            continue;
        };
        let path = format!("lines[{at}].hired");
        if let Some(granted) = dossier.provisions.get(line.provision) {
            let motivation = &granted.motivation;
            if motivation.purpose.trim().is_empty() {
                add(String::new(), format!("waar het pgb voor {label} voor is"));
            }
            if motivation.quality.trim().is_empty() {
                add(
                    String::new(),
                    format!("de eisen aan de kwaliteit van {label}"),
                );
            }
        }
        if chosen.hired.is_empty() {
            add(path.clone(), format!("wie {label} geeft"));
        }
        for (place, hired) in chosen.hired.iter().enumerate() {
            let number = place.saturating_add(1);
            if hired.name.trim().is_empty() {
                add(
                    format!("{path}[{place}].name"),
                    format!("de naam van zorgverlener {number} bij {label}"),
                );
            }
            if hired.contract.is_none() {
                add(
                    format!("{path}[{place}].contract"),
                    format!("het contract van zorgverlener {number} bij {label}"),
                );
            }
        }
        if line.has_wrong_provider {
            add(path, format!("de juiste gegevens van wie {label} geeft"));
        } else if let Some(day) = line.first_day_alone() {
            add(path, format!("wie {label} geeft vanaf {}", date_long(day)));
        }
    }
    for days in super::cover::left_out(lines, dossier) {
        let what = format!("wie {} geeft {}", days.label, days.days());
        add(days.field, what);
    }
    if missing.is_empty() {
        return Check::new(
            Rule::Plan,
            CheckOutcome::Holds,
            "Het budgetplan is compleet.",
        );
    }
    let words = format!("In het budgetplan ontbreekt: {}.", missing.join("; "));
    Check::new(Rule::Plan, CheckOutcome::Fails, words).field(field)
}
