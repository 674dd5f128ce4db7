//! What must hold for any catalogue and any line, and inputs that no desk would send.

use crate::cases::{CODE, fresh_library, inputs, line, lines, some, text_of, traced};
use crate::naive::Ratio;
use crate::trace::complaints;
use jiff::civil::{Date, date};
use maatwerk::budget::{Library, LineBudget, evaluate};
use maatwerk::dossier::{Dossier, Outcome, Provision};
use maatwerk::indication::Line;
use maatwerk::quantity::{Euro, Exact, Extent, Frequency, Rounding, RoundingMode, Unit};
use maatwerk::trace::{NodeId, Recorder, Trace};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::cell::Cell;
use std::cmp::Ordering;

/// Conventions, drawn at random; they hold for every product of the test catalogue.
#[derive(Debug, Clone)]
struct Agreements {
    counting: &'static str,
    total: &'static str,
    mixed: &'static str,
    takes: &'static str,
    real_cost: bool,
    roundings: Vec<(&'static str, &'static str, &'static str)>,
}

fn agreements() -> impl Strategy<Value = Agreements> {
    let rule = |at: &'static str| {
        let mode = prop_oneof![Just("HalfUp"), Just("Up"), Just("Down")];
        let step = prop_oneof![
            Just("0.01"),
            Just("0.05"),
            Just("0.5"),
            Just("1"),
            Just("0.001")
        ];
        (mode, step).prop_map(move |(mode, step)| (at, mode, step))
    };
    let maybe = |at| prop::option::of(rule(at));
    (
        prop_oneof![
            Just("PerDay"),
            Just("WeeksTouched"),
            Just("WholePeriods"),
            Just("MonthsProRata")
        ],
        prop_oneof![Just("AtEnd"), Just("PerPeriod")],
        prop_oneof![Just("PerPart"), Just("Heaviest")],
        prop_oneof![Just("Rounded"), Just("Exact")],
        any::<bool>(),
        (
            maybe("Rate"),
            maybe("MinuteRate"),
            maybe("Volume"),
            maybe("Period"),
            rule("View"),
            rule("Total"),
        ),
    )
        .prop_map(|(counting, total, mixed, takes, real_cost, r)| Agreements {
            counting,
            total,
            mixed,
            takes,
            real_cost,
            roundings: [r.0, r.1, r.2, r.3, Some(r.4), Some(r.5)]
                .into_iter()
                .flatten()
                .collect(),
        })
}

/// The test catalogue under these conventions, until 2100.
fn catalogue(agreed: &Agreements) -> String {
    let rules: String = agreed
        .roundings
        .iter()
        .map(|(at, mode, step)| {
            format!("(at: {at}, rounding: (mode: {mode}, step: \"{step}\"), source: \"ons\", status: Example), ")
        })
        .collect();
    let mut text = String::new();
    let mut skipping = false;
    for row in text_of("proef.ron").lines() {
        let trimmed = row.trim_start();
        let replaced = if trimmed.starts_with("totals: (") {
            format!(
                "totals: (value: {}, source: \"ons\", status: Example),",
                agreed.counting
            )
        } else if trimmed.starts_with("total_rounding: (") {
            format!(
                "total_rounding: (value: {}, source: \"ons\", status: Example),",
                agreed.total
            )
        } else if trimmed.starts_with("mixed: (") {
            format!(
                "mixed: (value: {}, source: \"ons\", status: Example),",
                agreed.mixed
            )
        } else if trimmed.starts_with("real_cost_if_lower: (") {
            format!(
                "real_cost_if_lower: (value: {}, source: \"ons\", status: Example),",
                agreed.real_cost
            )
        } else if trimmed.starts_with("roundings: [") {
            skipping = true;
            format!("roundings: [{rules}],")
        } else if skipping {
            skipping = trimmed != "],";
            String::new()
        } else {
            row.replace("takes: Rounded", &format!("takes: {}", agreed.takes))
                .replace("to: \"2019-12-31\"", "to: \"2099-12-31\"")
        };
        text.push_str(&replaced);
        text.push('\n');
    }
    text
}

fn library_of(text: String) -> Library {
    fresh_library(&[
        ("proefgemeente.ron".into(), text_of("proefgemeente.ron")),
        ("proef.ron".into(), text),
    ])
    .unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

/// A line of some product with hours that more of never costs less.
#[derive(Debug, Clone)]
struct Wish {
    product: usize,
    volume: u32,
    per: usize,
    from: u32,
    days: u32,
    delivery: usize,
}

/// Product with choices, unit, kinds of provider; in kind is always possible but for the first.
const PRODUCTS: [(&str, &str, &str, &[&str]); 7] = [
    ("weekhulp", "", "Hour", &["informeel", "zzp"]),
    (
        "hulp",
        "\"severity\": (value: \"midden\")",
        "Minute",
        &["informeel", "zzp", "instelling"],
    ),
    (
        "hulp",
        "\"severity\": (value: \"licht\")",
        "Hour",
        &["instelling", "informeel"],
    ),
    ("dagdelen", "", "Dagdeel", &[]),
    ("logeren", "", "Etmaal", &["zzp"]),
    (
        "maandhulp",
        "\"severity\": (value: \"midden\")",
        "Hour",
        &["informeel", "instelling"],
    ),
    (
        "begeleiding",
        "\"kind\": (value: \"speciaal\")",
        "Hour",
        &["zzp", "instelling"],
    ),
];

fn wish() -> impl Strategy<Value = Wish> {
    (
        0..PRODUCTS.len(),
        1u32..80,
        0usize..3,
        0u32..700,
        0u32..800,
        0usize..6,
    )
        .prop_map(|(product, volume, per, from, days, delivery)| Wish {
            product,
            volume,
            per,
            from,
            days,
            delivery,
        })
}

fn day(from: u32) -> Date {
    date(2018, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(from)))
        .unwrap()
}

impl Wish {
    fn from(&self) -> Date {
        day(self.from)
    }

    fn to(&self) -> Date {
        day(self.from + self.days)
    }

    /// Tenths of the unit per period, of minutes whole ones; a unit of time has at most as many as there is time.
    fn extent(&self, tenths: u32) -> String {
        let (_, _, unit, _) = PRODUCTS[self.product];
        let per = ["Week", "FourWeeks", "TwoWeeks"][self.per];
        // Granted time is whole minutes.
        let volume = match unit {
            "Minute" => tenths.to_string(),
            _ => format!("{}.{}", tenths / 10, tenths % 10),
        };
        format!("(volume: \"{volume}\", unit: {unit}, per: {per})")
    }

    fn providers(&self) -> (String, usize) {
        let (_, _, _, kinds) = PRODUCTS[self.product];
        let volume = self.volume * 2;
        match (self.delivery, kinds) {
            (0, _) | (_, []) => ("InKind(provider: \"\")".into(), 1),
            (1, [first, ..]) => (format!("Pgb(providers: [(kind: \"{first}\")])"), 1),
            (2, [.., last]) => (format!("Pgb(providers: [(kind: \"{last}\")])"), 1),
            (3, [first, ..]) => {
                let agreed = "agreed: (amount: \"9.87\", per: Hour)";
                let agreed = if PRODUCTS[self.product].2 == "Etmaal" {
                    ""
                } else {
                    agreed
                };
                (
                    format!("Pgb(providers: [(kind: \"{first}\", {agreed})])"),
                    1,
                )
            }
            (4, [first, .., last]) => {
                let part = volume / 3;
                let (a, b) = (self.extent(part.max(1)), self.extent(volume - part.max(1)));
                (
                    format!(
                        "Pgb(providers: [(kind: \"{first}\", share: [(extent: {a})]), (kind: \"{last}\", share: [(extent: {b})])])"
                    ),
                    2,
                )
            }
            (_, [first, ..]) => {
                let last = kinds[kinds.len() - 1];
                let middle = day(self.from + self.days / 2);
                let next = middle.tomorrow().unwrap();
                (
                    format!(
                        "Pgb(providers: [(kind: \"{first}\", to: \"{middle}\"), (kind: \"{last}\", from: \"{next}\")])"
                    ),
                    1,
                )
            }
        }
    }

    fn line(&self) -> Line {
        let (product, choices, _, _) = PRODUCTS[self.product];
        let (delivery, _) = self.providers();
        line(&format!(
            "(product: \"{product}\", choices: {{{choices}}}, from: \"{}\", to: \"{}\", \
             hours: [(hours: Typed([{}]))], delivery: {delivery}, \
             offer: (amount: \"900.00\", per: FourWeeks, source: \"offerte\"))",
            self.from(),
            self.to(),
            self.extent(self.volume * 2)
        ))
    }
}

fn errors(budget: &LineBudget<NodeId>) -> Vec<String> {
    budget.problems.iter().map(ToString::to_string).collect()
}

fn term(budget: &LineBudget<NodeId>) -> Option<(Euro, Exact)> {
    let term = budget.term.as_ref()?;
    Some((term.money.euro()?, term.exact))
}

fn run(library: &Library, line: &Line) -> (LineBudget<NodeId>, Trace) {
    traced(library, line, date(2018, 1, 1))
}

/// Raises every amount in euros of a catalogue by half.
fn dearer(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("Euro(\"") {
        let (head, tail) = rest.split_at(at + 6);
        let end = tail.find('"').unwrap();
        let amount: rust_decimal::Decimal = tail[..end].parse().unwrap();
        result.push_str(head);
        result.push_str(&(amount * rust_decimal::Decimal::new(15, 1)).to_string());
        rest = &tail[end..];
    }
    result.push_str(rest);
    result
}

proptest! {
    #![proptest_config(some(64))]

    /// Under every convention: each figure recomputes, parts add up to totals, no day is lost.
    #[test]
    fn under_any_conventions_every_figure_follows_and_parts_add_up(agreed in agreements(), wishes in prop::collection::vec(wish(), 4)) {
        let library = library_of(catalogue(&agreed));
        for wish in wishes {
            let (budget, trace) = run(&library, &wish.line());
            let wrong = complaints(&budget, &trace);
            prop_assert!(wrong.is_empty(), "{wish:?}: {}", wrong.join("\n"));
            if let (Some(first), Some(last)) = (budget.segments.first(), budget.segments.last()) {
                prop_assert_eq!(first.from, wish.from());
                prop_assert_eq!(last.to, wish.to());
            } else {
                prop_assert!(!budget.problems.is_empty());
            }
        }
    }

    /// Hours × rate is what stands beside them, but for the steps of rounding that the conventions ask for: of what a
    /// ceiling cuts, too.
    #[test]
    fn the_amount_beside_hours_and_rate_is_what_they_come_to(agreed in agreements(), wishes in prop::collection::vec(wish(), 4)) {
        let library = library_of(catalogue(&agreed));
        let step = |at: &str| -> Exact {
            let rule = agreed.roundings.iter().find(|(stage, _, _)| *stage == at);
            rule.map_or(Exact::ZERO, |(_, _, step)| step.parse().unwrap())
        };
        for wish in wishes {
            let (budget, _) = run(&library, &wish.line());
            for part in budget.segments.iter().flat_map(|segment| &segment.parts) {
                // The last of several has what the others leave of the sum.
                let steps = step("Period").add(step("View")).unwrap();
                let steps = steps.mul(Exact::from(part.providers.len() as i64)).unwrap();
                for paid in &part.providers {
                    for (money, per) in paid.uncut(part.per) {
                        let (Some(euro), Some((rate, unit)), Some(volume)) =
                            (money.euro(), &paid.rate, paid.volume.of(per))
                        else {
                            continue;
                        };
                        let product = volume.value.mul(rate.value).unwrap();
                        let minutes = Exact::from(unit.minutes().unwrap_or(0));
                        let by_minute = minutes.mul(volume.value).unwrap().mul(step("MinuteRate")).unwrap();
                        let most = steps.add(by_minute).unwrap();
                        let off = euro.exact().sub(product).unwrap();
                        let off = if off.is_negative() { off.negated().unwrap() } else { off };
                        prop_assert!(off <= most, "{wish:?}: {} × {} is not {euro:?}", volume.value, rate.value);
                    }
                }
            }
        }
    }

    /// A new value of the same amount on some day changes nothing that is shown of the whole.
    #[test]
    fn a_tariff_that_changes_into_itself_changes_nothing(wish in wish(), on in 1u32..729) {
        let text = text_of("proef.ron");
        let again = text.replace(
            "(amount: Euro(\"10.75\"), source: \"blad\", status: Established),",
            &format!("(amount: Euro(\"10.75\"), source: \"blad\", status: Established), (from: \"{}\", amount: Euro(\"10.75\"), source: \"blad\", status: Established),", day(on)),
        );
        prop_assert_ne!(&text, &again);
        let wish = Wish { product: 0, delivery: 1, ..wish };
        let (one, _) = run(&library_of(text), &wish.line());
        let (two, _) = run(&library_of(again), &wish.line());
        prop_assert_eq!(term(&one), term(&two));
        let years = |budget: &LineBudget<NodeId>| budget.years.iter().map(|year| year.money.euro()).collect::<Vec<_>>();
        prop_assert_eq!(years(&one), years(&two));
    }

    /// Rate, percentage, volume, ceiling, a change of tariff and the year's end, held against the
    /// same on paper. A rate that a decision set goes before all tariffs and has no ceiling.
    #[test]
    fn a_year_of_help_agrees_with_arithmetic_on_paper(
        before in 1u128..9_999, after in 1u128..9_999, percent in 1u128..130, ceiling in 1_000u128..99_999,
        minutes in 1u128..1_000, from in 0u32..500, days in 0u32..220, change in 1u32..729,
        set in prop::option::of(1u128..9_999),
    ) {
        let euro = |cents: u128| format!("{}.{:02}", cents / 100, cents % 100);
        let text = text_of("proef.ron")
            .replace("27.50", &euro(before))
            .replace("28.10", &euro(after))
            .replace("from: \"2018-07-01\"", &format!("from: \"{}\"", day(change)))
            .replace("percentage: \"55\"", &format!("percentage: \"{percent}\""))
            .replace("385.00", &euro(ceiling));
        let ruling = set.map_or_else(String::new, |cents| {
            format!(", set_rate: Some((amount: \"{}\", per: Hour, decision: \"uitspraak\"))", euro(cents))
        });
        let line = line(&format!(
            "(product: \"hulp\", choices: {{\"severity\": (value: \"midden\")}}, from: \"{}\", to: \"{}\", \
             hours: [(hours: Typed([(volume: \"{minutes}\", unit: Minute, per: Week)]))], \
             delivery: Pgb(providers: [(kind: \"informeel\"{ruling})]))",
            day(from), day(from + days)
        ));
        let (budget, _) = run(&library_of(text), &line);
        let above = |cents: u128| Ratio::new(cents * minutes * 4, 60).half_up(1) > ceiling;
        let warnings = usize::from(set.is_some_and(above));
        prop_assert_eq!(errors(&budget).len(), warnings, "{:?}", errors(&budget));
        // Rate in cents, rounded half up; the amount of 4 weeks in cents, likewise; days ÷ 28.
        let mut total = Ratio::new(0, 1);
        for (cents, count) in [
            (before, (from..=from + days).filter(|day| *day < change).count()),
            (after, (from..=from + days).filter(|day| *day >= change).count()),
        ] {
            let rate = set.unwrap_or_else(|| Ratio::new(cents * percent, 100).half_up(1));
            let amount = Ratio::new(Ratio::new(rate * minutes * 4, 60).half_up(1), 100);
            let period = match set {
                Some(_) => amount,
                None => amount.least(Ratio::new(ceiling, 100)),
            };
            total = total.plus(&period.times(&Ratio::new(count as u128, 28)));
        }
        let cents = total.half_up(100);
        let found = term(&budget).unwrap().0.0;
        prop_assert_eq!(found, rust_decimal::Decimal::from_i128_with_scale(cents as i128, 2));
    }

    #[test]
    fn a_dossier_that_is_written_reads_back_the_same(
        words in prop::collection::vec("[\\PC\n\t\"\\\\]{0,30}", 12), wishes in prop::collection::vec(wish(), 0..4),
        refused in any::<bool>(), bits in 0u8..8,
    ) {
        let mut dossier = Dossier::new(CODE);
        let mut words = words.into_iter().cycle();
        let mut word = || words.next().unwrap();
        dossier.number = word();
        dossier.client.person.surname = word();
        dossier.client.person.initials = word();
        dossier.client.client_number = word();
        dossier.client.neighbourhood = (bits & 1 > 0).then(&mut word);
        dossier.client.person.birth_date = (bits & 2 > 0).then(|| day(17));
        dossier.dates.decision = (bits & 4 > 0).then(|| day(400));
        dossier.contact.name = word();
        dossier.signatory.mandate = word();
        for wish in wishes {
            let outcome = if refused { Outcome::Refused { ground: word() } } else { Outcome::Granted };
            let mut provision = Provision { outcome, line: wish.line(), moved_end: None, revised_on: None, motivation: Default::default() };
            provision.motivation.reasons = word();
            provision.motivation.results = vec![word(), word()];
            provision.line.ceiling_reason = Some(word());
            dossier.provisions.push(provision);
        }
        let text = dossier.to_text().unwrap();
        let read = Dossier::read("dossier.ron", text.as_bytes());
        prop_assert_eq!(read.map_err(|problems| lines(&problems)), Ok(dossier));
    }

    /// Days at the edges of the calendar, volumes and amounts beyond all measure, shares of
    /// anything: an error in words, never a panic, and never a calculation without end.
    #[test]
    fn absurd_lines_give_errors_and_never_a_panic(
        edges in prop::collection::vec(prop_oneof![Just(Date::MIN), Just(Date::MAX), Just(Date::ZERO), (0u32..60_000).prop_map(day), (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))], 6),
        numbers in prop::collection::vec(prop_oneof![Just("79228162514264337593543950335".to_owned()), Just("-1".to_owned()), Just("0".to_owned()), Just("0.0000000000000000000000000001".to_owned()), "[0-9]{1,9}(\\.[0-9]{1,18})?"], 5),
        units in prop::collection::vec((0usize..12, 0usize..7), 4),
        wish in wish(), open in any::<bool>(), kinds in prop::collection::vec(0usize..4, 2), today in 0usize..6,
    ) {
        let unit = |place: usize| {
            use Unit::*;
            [Minute, Hour, Dagdeel, Etmaal, Day, Week, FourWeeks, Month, Year, Once, Piece, Point][place]
        };
        let per = |place: usize| {
            use Frequency::*;
            [Day, Week, TwoWeeks, FourWeeks, Month, Year, Total][place]
        };
        let number = |place: usize| numbers[place].parse::<rust_decimal::Decimal>().unwrap();
        let extent = |place: usize| Extent { volume: number(place), unit: unit(units[place].0), per: per(units[place].1) };
        let mut line = wish.line();
        line.from = edges[0];
        line.to = (!open).then_some(edges[1]);
        line.first_granted = Some(edges[2]);
        for hours in &mut line.hours {
            hours.hours = maatwerk::indication::Hours::Typed(vec![extent(0), extent(1)]);
        }
        if let maatwerk::indication::Delivery::Pgb { providers } = &mut line.delivery {
            for (place, provider) in providers.iter_mut().enumerate() {
                provider.kind = ["informeel", "zzp", "instelling", "bestaat-niet"][kinds[place % 2]].into();
                provider.from = Some(edges[3]);
                provider.to = Some(edges[4]);
                for share in &mut provider.share {
                    share.extent = extent(2);
                }
                provider.agreed = Some(maatwerk::quantity::Rate { amount: Euro(number(3)), per: unit(units[3].0) });
            }
        }
        line.offer = Some(maatwerk::indication::Offer { amount: Euro(number(4)), per: unit(units[3].0), source: String::new() });
        let library = library_of(text_of("proef.ron").replace("    to: \"2019-12-31\",\n", ""));
        let mut recorder = Recorder::default();
        let budget = evaluate(&inputs(&library, edges[today]), &line, &mut recorder);
        prop_assert!(recorder.trace.nodes().count() < 400_000);
        prop_assert!(!budget.segments.is_empty() || !budget.problems.is_empty());
        let wrong = complaints(&budget, &recorder.trace);
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let mut dossier = Dossier::new(CODE);
        dossier.provisions.push(Provision { outcome: Outcome::Granted, line, moved_end: None, revised_on: None, motivation: Default::default() });
        let _ = dossier.evaluate(&library, edges[today]);
    }
}

proptest! {
    #![proptest_config(some(8))]

    #[test]
    fn rounding_agrees_with_arithmetic_on_paper(above in 0u64.., below in 1u64.., cents in 1u32..100_000, scale in 0u32..6, mode in 0usize..3) {
        let step = Ratio::new(cents.into(), 10u128.pow(scale));
        let (down, up, half) = Ratio::new(above.into(), below.into()).steps(&step);
        let steps = match (mode, half) {
            (0, Ordering::Less) | (1, _) => down,
            _ => up,
        };
        let mode = [RoundingMode::HalfUp, RoundingMode::Down, RoundingMode::Up][mode];
        let step = Exact::new(cents.into(), 10i128.pow(scale)).unwrap();
        let value = Exact::new(above.into(), below.into()).unwrap();
        let rounded = Rounding { mode, step }.apply(value).unwrap();
        let expected = Exact::new(i128::try_from(steps).unwrap(), 1).unwrap().mul(step).unwrap();
        prop_assert_eq!(rounded, expected);
        let mirrored = Rounding { mode, step }.apply(value.negated().unwrap()).unwrap();
        prop_assert_eq!(mirrored, expected.negated().unwrap());
    }
}

/// Tries a property, and sees to it that it was really tried: of what was looked at, at least so many in a hundred had
/// something to hold it against.
fn tried<S: Strategy>(
    strategy: S,
    at_least: u32,
    test: impl Fn(S::Value, &Cell<u32>, &Cell<u32>) -> Result<(), TestCaseError>,
) {
    let (looked_at, held) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(some(64));
    if let Err(error) = runner.run(&strategy, |value| test(value, &looked_at, &held)) {
        panic!("{error}");
    }
    let (looked_at, held) = (looked_at.get(), held.get());
    assert!(
        held * 100 >= looked_at * at_least && held > 0,
        "only {held} of {looked_at} had a total"
    );
}

fn one_more(count: &Cell<u32>) {
    count.set(count.get() + 1);
}

#[test]
fn a_longer_line_more_hours_and_higher_prices_never_come_to_less() {
    let cases = (agreements(), prop::collection::vec(wish(), 3), 1u32..60);
    tried(cases, 60, |(agreed, wishes, more), looked_at, held| {
        let text = catalogue(&agreed);
        let library = library_of(text.clone());
        let dear = library_of(dearer(&text));
        for wish in wishes {
            let (budget, _) = run(&library, &wish.line());
            let longer = Wish {
                days: wish.days + more,
                ..wish.clone()
            };
            let hours = Wish {
                volume: wish.volume + more,
                ..wish.clone()
            };
            let mut others = vec![("hoger tarief", run(&dear, &wish.line()).0)];
            // With two at a time, whole tenths of an hour shift who does what part of a fixed amount.
            if wish.delivery != 4 {
                others.push(("meer uren", run(&library, &hours.line()).0));
            }
            // A change of provider moves with the length.
            if wish.delivery < 5 {
                others.push(("langer", run(&library, &longer.line()).0));
            }
            for (what, other) in others {
                one_more(looked_at);
                let (Some((euro, exact)), Some((more_euro, more_exact))) =
                    (term(&budget), term(&other))
                else {
                    continue;
                };
                one_more(held);
                // Two kinds that round apart may lose a cent where a ceiling starts to cut.
                let steps_off = agreed
                    .roundings
                    .iter()
                    .any(|(at, _, step)| *at == "Total" && *step != "0.01" && *step != "0.001");
                prop_assert!(
                    more_exact >= exact || agreed.total == "PerPeriod",
                    "{what}: {exact} → {more_exact}, {wish:?}"
                );
                if wish.providers().1 == 1 && !steps_off {
                    prop_assert!(
                        more_euro >= euro,
                        "{what}: {euro:?} → {more_euro:?}, {wish:?}"
                    );
                }
            }
        }
        Ok(())
    });
}

/// Where days are counted, one line is as much as the same line in two.
#[test]
fn splitting_a_line_on_any_day_changes_nothing_in_the_exact_amount() {
    let cases = (agreements(), prop::collection::vec(wish(), 3), 0u32..800);
    tried(cases, 60, |(mut agreed, wishes, at), looked_at, held| {
        agreed.total = "AtEnd";
        if !["PerDay", "MonthsProRata"].contains(&agreed.counting) {
            agreed.counting = "PerDay";
        }
        let library = library_of(catalogue(&agreed));
        let splits = |wish: &Wish| wish.days > 0 && wish.delivery < 5;
        for wish in wishes.into_iter().filter(splits) {
            let first_days = at % wish.days;
            let first = Wish {
                days: first_days,
                ..wish.clone()
            };
            let second = Wish {
                from: wish.from + first_days + 1,
                days: wish.days - first_days - 1,
                ..wish.clone()
            };
            let sums = [&wish, &first, &second].map(|wish| {
                let (budget, _) = run(&library, &wish.line());
                term(&budget).map(|(_, exact)| exact)
            });
            one_more(looked_at);
            let [Some(whole), Some(a), Some(b)] = sums else {
                continue;
            };
            one_more(held);
            prop_assert_eq!(a.add(b).unwrap(), whole, "{:?} op dag {}", wish, first_days);
        }
        Ok(())
    });
}

/// Two hundred years, and until the last day of the calendar, under the slowest conventions.
#[test]
fn a_line_of_centuries_stays_small_and_without_end_stops() {
    let slow = Agreements {
        counting: "PerDay",
        total: "PerPeriod",
        mixed: "PerPart",
        takes: "Rounded",
        real_cost: true,
        roundings: vec![("View", "HalfUp", "0.01"), ("Total", "HalfUp", "0.01")],
    };
    let text = catalogue(&slow).replace("    to: \"2099-12-31\",\n", "");
    let library = library_of(text);
    for (to, most) in [
        ("to: \"2218-01-01\",", 200_000),
        ("", 10_000),
        ("to: \"9999-12-31\",", 3_000_000),
    ] {
        let line = line(&format!(
            "(product: \"weekhulp\", from: \"2018-01-02\", {to} hours: [(hours: Typed([(volume: \"5\", unit: Hour, per: Week)]))], \
             delivery: Pgb(providers: [(kind: \"informeel\")]))"
        ));
        let mut recorder = Recorder::default();
        let budget = evaluate(&inputs(&library, date(2018, 1, 1)), &line, &mut recorder);
        let count = recorder.trace.nodes().count();
        assert!(count < most, "{to}: {count} stappen");
        assert!(!budget.segments.is_empty() || !budget.problems.is_empty());
    }
}
