//! Answers as sentences, and figures as they are printed: window, paper and command line say the same.
//!
//! Everything is already worked out; here it only gets its words. This must not know who reads them where.

use super::{
    Check, CheckOutcome, Difference, Lasts, LineOutlook, Outlook, Pot, ProviderOutlook, Row, Rule,
    Scope, Value,
};
use crate::budget::Money;
use crate::quantity::dutch::{
    amount, date_long, date_short, euro, fraction, percentage, signed_euro,
};
use crate::quantity::{Euro, Exact, Frequency, Rounding, Unit};
use crate::trace::{Figure, Measure, NodeId, shown};
use jiff::civil::Date;

/// What stands where a figure would stand that nobody knows.
const NOT_KNOWN: &str = "niet bekend";

fn known(amount: Option<Euro>) -> String {
    amount.map_or_else(|| NOT_KNOWN.to_owned(), |amount| euro(amount.0))
}

fn money(figure: Option<Figure<NodeId>>) -> String {
    known(figure.and_then(|figure| Euro::rounded(figure.value, &Rounding::CENT).ok()))
}

/// A value in a comparison.
pub fn value(value: &Value) -> String {
    match value {
        Value::Money(amount) => euro(amount.0),
        Value::Work(volume, unit) => work(*volume, *unit),
        Value::Words(words) => words.to_string(),
        Value::Day(day) => date_short(*day),
        Value::Never => "geen".to_owned(),
        Value::InKind => "in natura".to_owned(),
        Value::Pgb => "pgb".to_owned(),
        Value::NoPgb => "geen pgb".to_owned(),
        Value::Yes => "ja".to_owned(),
        Value::YesTo(day) => format!("ja, t/m {}", date_short(*day)),
        Value::No => "nee".to_owned(),
        Value::NotKnown => NOT_KNOWN.to_owned(),
        Value::Nothing => "-".to_owned(),
    }
}

/// A difference with its sign.
pub fn difference(one: Difference) -> String {
    match one {
        Difference::Money(amount) => signed_euro(amount.0),
        Difference::Work(volume, unit) => match volume > Exact::ZERO {
            true => format!("+{}", work(volume, unit)),
            false => work(volume, unit),
        },
        Difference::Days(days) => {
            let sign = match days {
                ..0 => "\u{2212}",
                0 => "",
                1.. => "+",
            };
            match days.unsigned_abs() {
                1 => format!("{sign}1 dag"),
                many => format!("{sign}{many} dagen"),
            }
        }
    }
}

/// Hours or another unit with at most two decimals, cut off: what a budget buys is never said too high.
pub fn work(value: Exact, unit: Unit) -> String {
    let text = cut(value, 2);
    let unit = match value == Exact::ONE {
        true => unit.singular(),
        false => unit.plural(),
    };
    format!("{text} {unit}")
}

/// At most so many decimals, the rest cut off.
fn cut(value: Exact, decimals: u32) -> String {
    let (above, below) = value.reduced();
    let text = fraction(above, below, decimals);
    match text.strip_suffix('…') {
        Some(cut) if cut.contains(',') => {
            let cut = cut.trim_end_matches('0').trim_end_matches(',');
            cut.to_owned()
        }
        Some(cut) => cut.to_owned(),
        None => text,
    }
}

/// What a row of a comparison is about, with the days where these are not all.
pub fn label(row: &Row) -> String {
    let name = row.what.dutch();
    match row.scope {
        Scope::Whole => name.to_owned(),
        Scope::Most => format!("{name}, ten hoogste"),
        Scope::Period(from, to) => format!("{name} ({})", short_days(from, to)),
    }
}

/// Days in few letters: a whole year by its number.
fn short_days(from: Date, to: Date) -> String {
    let is_year = (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31);
    match is_year && from.year() == to.year() {
        true => from.year().to_string(),
        false => format!("{} tot en met {}", date_short(from), date_short(to)),
    }
}

fn long_days(from: Date, to: Date) -> String {
    format!("{} tot en met {}", date_long(from), date_long(to))
}

/// Whom a line pays: the name, else a number.
pub fn who(provider: &ProviderOutlook) -> String {
    match provider.name.trim() {
        "" => format!("Zorgverlener {}", provider.place.saturating_add(1)),
        name => name.to_owned(),
    }
}

/// The answer of a whole scenario, in two sentences.
pub fn answer(outlook: &Outlook) -> String {
    let all = &outlook.together;
    let Some(month) = all.per_month else {
        return match outlook.lines.iter().any(LineOutlook::is_pgb) {
            true => "Het budget is niet bekend.".to_owned(),
            false => "In dit scenario is er geen pgb.".to_owned(),
        };
    };
    let enough = match (all.is_enough(), all.runs_out, all.short) {
        (Some(true), _, _) => match all.known_to {
            Some(day) => format!("Dat is genoeg tot en met {}.", date_long(day)),
            None => "Dat is genoeg voor de hele periode.".to_owned(),
        },
        (_, Some((day, _)), Some(short)) => format!(
            "Dat is niet genoeg: vanaf {} is er geen geld meer. In totaal komt u {} te kort.{}",
            date_long(day),
            euro(short.0),
            by_rounding(outlook).map_or_else(String::new, |why| format!(" {why}"))
        ),
        (Some(false), ..) => "Dat is niet genoeg.".to_owned(),
        (None, ..) => "Of dat genoeg is, is nog niet te zeggen.".to_owned(),
    };
    let when = all.days.map_or_else(String::new, |(from, to)| {
        format!(" van {}", long_days(from, to))
    });
    let tail = tail(all.known_to).map_or_else(String::new, |tail| format!(" {tail}"));
    format!(
        "U kunt{when} {} per maand besteden. {enough}{tail}",
        euro(month.0)
    )
}

/// That nothing is known after the last day with a tariff, if there is such a day.
pub fn tail(known_to: Option<Date>) -> Option<String> {
    known_to.map(|day| {
        format!(
            "Het tarief na {} is nog niet vastgesteld. Wat u daarna krijgt, is nog niet bekend.",
            date_long(day)
        )
    })
}

/// Where all that is short is short by rounding alone: that it is.
pub fn by_rounding(outlook: &Outlook) -> Option<&'static str> {
    let pots = outlook.lines.iter().flat_map(|line| &line.pots);
    let mut short = pots.filter(|pot| pot.top_up.is_some()).peekable();
    let is = short.peek().is_some() && short.all(|pot| pot.is_short_by_rounding);
    is.then_some(BY_ROUNDING)
}

/// Whether the budget of a period is enough, for who lives with it.
fn enough(pot: &Pot, known_to: Option<Date>) -> String {
    let period = long_days(pot.from, pot.to);
    match pot.lasts {
        Some(Lasts::Whole) if known_to == Some(pot.to) => {
            format!("Dat is genoeg van {period}.")
        }
        Some(Lasts::Whole) => format!("Dat is genoeg voor de hele periode: {period}."),
        Some(Lasts::Until(day)) => format!(
            "Dat is niet genoeg. Uw geld is op na {}. De periode is {period}.",
            date_long(day)
        ),
        Some(Lasts::NotADay) => "Dat is niet genoeg voor één dag.".to_owned(),
        None => "Of het genoeg is, is nog niet te zeggen.".to_owned(),
    }
}

fn figure(value: Option<Figure<NodeId>>, measure: Measure) -> String {
    value.map_or_else(|| NOT_KNOWN.to_owned(), |value| shown(value.value, measure))
}

fn money_of<N: Copy>(money: &Money<N>) -> String {
    match money {
        Money::Known { rounded, .. } => euro(rounded.0),
        Money::NotKnown(reason) => format!("{NOT_KNOWN}: {reason}"),
    }
}

/// All of a budget period, each figure with what it is.
pub fn period(line: &LineOutlook, pot: &Pot) -> Vec<(&'static str, String)> {
    let month = Measure::EuroPer(Frequency::Month);
    let open = line.known_to().filter(|day| *day == pot.to);
    let enough = match pot.is_enough() {
        Some(true) if open.is_some() => "ja, voor zover het tarief bekend is",
        Some(true) => "ja",
        Some(false) => "nee",
        None => "niet te zeggen",
    };
    let until = match pot.lasts {
        Some(Lasts::Whole) if open.is_some() => format!("tot en met {}", date_long(pot.to)),
        Some(Lasts::Whole) => format!("de hele periode, tot en met {}", date_long(pot.to)),
        Some(Lasts::Until(day)) => format!("tot en met {}", date_long(day)),
        Some(Lasts::NotADay) => "geen dag".to_owned(),
        None => "niet te zeggen".to_owned(),
    };
    let mut rows = vec![
        ("te besteden", figure(pot.per_month, month)),
        ("genoeg", enough.to_owned()),
        ("toereikend", until),
        ("budget", money_of(&pot.budget)),
        ("uitgaven", figure(pot.spent, Measure::Euro)),
    ];
    if let Some(used) = pot.used() {
        rows.push(("gebruik", format!("{}%", cut(used, 1))));
    }
    match pot.left {
        Some(left) if left.value.is_negative() => {}
        left => rows.push(("over", figure(left, Measure::Euro))),
    }
    if let Some(top_up) = &pot.top_up {
        let short = figure(Some(top_up.total), Measure::Euro);
        rows.push(match pot.is_short_by_rounding {
            true => ("te kort", format!("{short}, alleen door afronden")),
            false => ("te kort", short),
        });
        let text = format!(
            "{}, {} of {}",
            figure(Some(top_up.week), Measure::EuroPer(Frequency::Week)),
            figure(Some(top_up.month), month),
            figure(Some(top_up.year), Measure::EuroPer(Frequency::Year))
        );
        rows.push(("zelf bijbetalen", text));
    }
    if let Some(work) = &pot.work {
        let per_week = |value| format!("{} per week", self::work(value, work.unit));
        let (chosen, bought, risen) = work.per_week;
        rows.push(("gekozen", per_week(chosen)));
        rows.push(("te koop", per_week(bought)));
        if let (Some(risen), Some((rise, _))) = (risen, work.after_rise) {
            let rise = percentage(rise.0);
            let text = format!("{} als tarieven {rise} stijgen", per_week(risen));
            rows.push(("na een stijging", text));
        }
    }
    rows.push(("in natura", money_of(&pot.in_kind)));
    if let Some(day) = open {
        let text = format!("tarief na {} nog niet vastgesteld", date_long(day));
        rows.push(("let op", text));
    }
    rows
}

/// What a care provider costs: per week, 4 weeks, month and year with the way to it, as the SVB keeps it, and in all.
pub fn costs(provider: &ProviderOutlook) -> Vec<(&'static str, String)> {
    let views = Frequency::VIEWS.iter().zip(&provider.views);
    let views = views.zip(&provider.methods);
    let mut rows: Vec<(&'static str, String)> = views
        .map(|((per, view), method)| {
            let text = match view.as_ref().zip(method.as_ref()) {
                Some((view, method)) => format!("{} ({method})", euro(view.rounded.0)),
                None if provider.views.iter().all(Option::is_none) => NOT_KNOWN.to_owned(),
                None => format!("{NOT_KNOWN}: de catalogus noemt geen manier om dit om te rekenen"),
            };
            (per.dutch(), text)
        })
        .collect();
    for rate in &provider.svb {
        let text = match rate {
            Ok(rate) => format!("€\u{a0}{} per uur", five(rate.value)),
            Err(why) => why.clone(),
        };
        rows.push(("bij de SVB", text));
    }
    rows.push(("in alle perioden", figure(provider.total, Measure::Euro)));
    rows
}

/// A rate with five decimals.
fn five(value: Exact) -> String {
    let Some(mut decimal) = value.finite_decimal() else {
        return String::new();
    };
    decimal.rescale(5);
    let text = decimal.to_string();
    let (_, below) = text.split_once('.').unwrap_or((&text, "00000"));
    let whole = amount(decimal.trunc());
    let whole = whole.split(',').next().unwrap_or_default();
    format!("{whole},{below}")
}

/// Why a budget that would be enough to the part of a cent is not (decisions 7).
const BY_ROUNDING: &str =
    "Dit komt alleen door afronden: de gemeente rondt haar bedragen af voordat zij verder rekent.";

/// Of so many periods that are short all is said.
const MOST_SHORT: usize = 3;

/// What there is to say of a line for who lives with it, a sentence or two at a time: the periods that are short first,
/// then the one of today.
pub fn at_home(line: &LineOutlook) -> Vec<String> {
    let Some(now) = line.pot() else {
        return vec!["Voor deze hulp is nog geen bedrag bekend.".to_owned()];
    };
    let mut said = Vec::new();
    let short: Vec<&Pot> = line
        .pots
        .iter()
        .filter(|pot| pot.top_up.is_some())
        .collect();
    for pot in short.iter().take(MOST_SHORT) {
        said.extend(of_period(line, pot));
    }
    match short.len().saturating_sub(MOST_SHORT) {
        0 => {}
        1 => said.push("In nog één periode komt u geld te kort.".to_owned()),
        more => said.push(format!("In nog {more} perioden komt u geld te kort.")),
    }
    if now.top_up.is_none() {
        said.extend(of_period(line, now));
    }
    let others = line.pots.iter().filter(|pot| pot.from != now.from);
    let mut others = others.filter(|pot| pot.top_up.is_none()).peekable();
    if others.peek().is_some() {
        said.push(match others.all(|pot| pot.is_enough() == Some(true)) {
            true => "In de andere perioden is het genoeg.".to_owned(),
            false => "Of het in de andere perioden genoeg is, is nog niet te zeggen.".to_owned(),
        });
    }
    said.extend(tail(line.known_to()));
    said.extend(of_hours(now));
    for (provider, paid) in line.providers.iter().zip(&now.by_provider) {
        let Some(paid) = paid else { continue };
        let when = match (paid.from, paid.to) == (now.from, now.to) {
            true => String::new(),
            false => format!(" van {}", long_days(paid.from, paid.to)),
        };
        said.push(format!(
            "{}, {}, kost{when} gemiddeld {} per maand.",
            who(provider),
            provider.kind,
            money(Some(paid.month))
        ));
    }
    said
}

/// How much work the budget of a line buys in the period of today, with the name of the line.
pub fn bought(line: &LineOutlook) -> Option<String> {
    let said = of_hours(line.pot()?);
    (!said.is_empty()).then(|| format!("{}: {}", line.label, said.join(" ")))
}

/// How much work the budget of a period buys, beside what was chosen.
fn of_hours(pot: &Pot) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(bought) = &pot.work {
        let (chosen, buys, risen) = bought.per_week;
        said.push(format!(
            "U koos {} per week. Met dit geld kunt u {} per week kopen.",
            work(chosen, bought.unit),
            work(buys, bought.unit)
        ));
        if let (Some(risen), Some((rise, _))) = (risen, bought.after_rise) {
            said.push(format!(
                "Worden de tarieven {} hoger, dan is dat {} per week.",
                percentage(rise.0),
                work(risen, bought.unit)
            ));
        }
    }
    said
}

/// What can be spent in a period, and how far that goes.
fn of_period(line: &LineOutlook, pot: &Pot) -> Vec<String> {
    let when = match line.pots.len() > 1 {
        true => format!(" van {}", long_days(pot.from, pot.to)),
        false => String::new(),
    };
    let mut said = vec![
        format!(
            "U kunt{when} gemiddeld {} per maand uitgeven.",
            money(pot.per_month)
        ),
        enough(pot, line.known_to()),
    ];
    if let Some(top_up) = &pot.top_up {
        said.push(format!(
            "U komt {} te kort. Dat is {} per maand. Wilt u dit toch, dan betaalt u dat zelf.",
            money(Some(top_up.total)),
            money(Some(top_up.month))
        ));
        if pot.is_short_by_rounding {
            said.push(BY_ROUNDING.to_owned());
        }
    } else if let Some(left) = pot.left {
        said.push(format!("U houdt {} over.", money(Some(left))));
    }
    said
}

/// What the rules mean for who lives with the budget, each once; of several lines each with the name of its line.
pub fn plain_checks(outlook: &Outlook) -> Vec<String> {
    let several = outlook.lines.iter().filter(|line| line.is_pgb()).count() > 1;
    let mut said: Vec<String> = Vec::new();
    for check in &outlook.checks {
        let Some(mut words) = plain_check(check) else {
            continue;
        };
        let line = check.line.and_then(|at| outlook.lines.get(at));
        let is_of_line = several && check.rule != Rule::OwnContribution;
        if let Some(line) = line.filter(|_| is_of_line) {
            words = format!("{}: {words}", line.label);
        }
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said
}

/// What a rule means for who lives with the budget; nothing where all is well, or the rule is not theirs.
fn plain_check(check: &Check) -> Option<String> {
    use CheckOutcome::{Fails, Holds, NotTestable, Says};
    let words = match (check.rule, check.outcome) {
        (Rule::RealCost, Says) => {
            "U betaalt minder dan het tarief van de gemeente. Dan krijgt u ook minder: wat de hulp echt kost."
                .to_owned()
        }
        (Rule::RealCost, Fails) => {
            "U betaalt minder dan het tarief van de gemeente. Dan kan uw pgb lager worden. Vraag het de gemeente."
                .to_owned()
        }
        (_, Holds | Says) => return None,
        (Rule::InKind, Fails) => {
            "Uw pgb is duurder dan dezelfde hulp van de gemeente. De gemeente kan dat weigeren."
                .to_owned()
        }
        (Rule::Ceiling, _) => {
            "De gemeente geeft niet meer dan een vast bedrag. Daardoor is uw pgb lager.".to_owned()
        }
        (Rule::Mixed, _) => {
            "De gemeente rekende met een ander soort hulp. Vraag de gemeente of dit mag.".to_owned()
        }
        (Rule::Wage, Fails) => {
            let (who, _) = check.about.as_ref()?;
            format!("{who}: dit loon is te laag. {}", check.words)
        }
        (Rule::Wage, NotTestable) => {
            let (who, days) = check.about.as_ref()?;
            format!(
                "{who}, van {}: wij weten niet of dit loon hoog genoeg is. Vraag het de gemeente.",
                long_days(days.from(), days.to())
            )
        }
        (Rule::FixedWage, _) => {
            "Een vast loon mag hier niet. Kies een bedrag per uur, of vraag het de gemeente."
                .to_owned()
        }
        (Rule::WithoutContract, Fails) => check.words.clone(),
        (Rule::WithoutContract, NotTestable) => {
            "Wij weten niet hoeveel iemand zonder contract mag krijgen. Vraag het de gemeente."
                .to_owned()
        }
        (Rule::OwnContribution, _) => {
            "Er is een eigen bijdrage. Bel de gemeente als u wilt weten hoe hoog die is.".to_owned()
        }
        (
            Rule::InKind
            | Rule::RealCost
            | Rule::Able
            | Rule::Motivated
            | Rule::Quality
            | Rule::Plan,
            _,
        ) => return None,
    };
    Some(words)
}
