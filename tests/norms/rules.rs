//! Rules that hold for any work on hours.

use super::{factor, house, per_week, silently};
use maatwerk::norms::{
    FactorUse, HoursWork, NormSets, NormValue, OwnMinutes, PartWork, Reduction, ReductionGround,
    Start, WorkedHours,
};
use maatwerk::quantity::{Exact, Frequency};
use proptest::prelude::*;

/// Work on the HBEL set that can be worked out: some factors, rooms, own minutes and help.
fn any_work() -> impl Strategy<Value = HoursWork> {
    let flags = (any::<bool>(), any::<bool>(), 0..3u8, 0..6u32, 0..6u32);
    let period = prop_oneof![
        Just(Frequency::Week),
        Just(Frequency::TwoWeeks),
        Just(Frequency::FourWeeks),
        Just(Frequency::Month),
        Just(Frequency::Year),
    ];
    let own = prop::collection::vec((0..200i64, 0..40i64), 0..5);
    (flags, period, own).prop_map(|((strength, household, limits, used, unused), per, own)| {
        let mut factors = Vec::new();
        let mut add = |id: &str, count: u32| {
            if count > 0 {
                factors.push(FactorUse {
                    count,
                    ..factor(id)
                });
            }
        };
        add("eigen-kracht", u32::from(strength));
        add("huishouden", u32::from(household));
        add("beperkingen-enig", u32::from(limits == 1));
        add("beperkingen-veel", u32::from(limits == 2));
        add("kamer-in-gebruik", used);
        add("kamer-niet-in-gebruik", unused);
        let mut work = HoursWork {
            per,
            ..house(factors)
        };
        let names = ["was", "maaltijden", "kinderen", "regie", "advies"];
        for (name, (minutes, less)) in names.iter().zip(own) {
            let reduction = Reduction {
                ground: ReductionGround::CustomaryHelp,
                minutes: per_week(less.min(minutes).max(1)),
                reason: "Partner.".into(),
            };
            work.parts.push(PartWork {
                part: (*name).into(),
                start: Start::Own {
                    minutes: per_week(minutes.max(1)),
                    reason: "Nodig.".into(),
                },
                factors: Vec::new(),
                reductions: if less > 0 {
                    vec![reduction]
                } else {
                    Vec::new()
                },
            });
        }
        work
    })
}

fn worked(work: &HoursWork) -> WorkedHours<()> {
    let sets = NormSets::shipped().unwrap();
    let outcome = silently(sets.set_of(work).unwrap(), work);
    assert!(!outcome.has_errors(), "{:?}", outcome.problems);
    outcome.hours.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn parts_add_up_to_what_is_granted_and_none_is_below_zero(work in any_work()) {
        let hours = worked(&work);
        let mut shown = Exact::ZERO;
        let mut exact = Exact::ZERO;
        for part in &hours.parts {
            prop_assert!(part.shown.value.whole().is_some());
            prop_assert!(!part.shown.value.is_negative());
            let off = part.shown.value.sub(part.exact.value).unwrap();
            prop_assert!(off < Exact::ONE && off > Exact::from(-1));
            shown = shown.add(part.shown.value).unwrap();
            exact = exact.add(part.exact.value).unwrap();
        }
        prop_assert_eq!(shown, hours.granted.value);
        prop_assert_eq!(exact, hours.exact.value);
    }

    #[test]
    fn granted_minutes_are_the_next_whole_minute(work in any_work()) {
        let hours = worked(&work);
        let off = hours.granted.value.sub(hours.exact.value).unwrap();
        prop_assert!(!off.is_negative() && off < Exact::ONE);
    }

    #[test]
    fn one_more_room_is_exactly_its_norm_more(work in any_work()) {
        let before = worked(&work);
        let mut more = work.clone();
        let rooms = more.parts[0].factors.iter_mut().find(|used| used.factor == "kamer-in-gebruik");
        match rooms {
            Some(used) => used.count += 1,
            None => more.parts[0].factors.push(factor("kamer-in-gebruik")),
        }
        let after = worked(&more);
        let step = after.in_own_unit.value.sub(before.in_own_unit.value).unwrap();
        prop_assert_eq!(step, Exact::from(16));
        prop_assert!(after.granted.value >= before.granted.value);
    }

    #[test]
    fn limitations_add_minutes_but_leave_what_severity_follows_from(work in any_work()) {
        let mut with = work.clone();
        with.parts[0].factors.retain(|used| !used.factor.starts_with("beperkingen"));
        let without = worked(&with);
        with.parts[0].factors.push(factor("beperkingen-veel"));
        let with = worked(&with);
        prop_assert!(with.exact.value > without.exact.value);
        prop_assert_eq!(with.before_aggravating.value, without.before_aggravating.value);
        prop_assert!(with.aggravated && !without.aggravated);
    }

    #[test]
    fn own_minutes_mean_the_same_whatever_period_is_granted(work in any_work()) {
        let week = worked(&HoursWork { per: Frequency::Week, ..work.clone() });
        let year = worked(&HoursWork { per: Frequency::Year, ..work });
        prop_assert_eq!(week.exact.value.mul(Exact::from(52)).unwrap(), year.exact.value);
        prop_assert_eq!(week.before_aggravating.value, year.before_aggravating.value);
    }

    #[test]
    fn every_factor_counts_by_its_sign_and_own_minutes_as_they_were_typed(work in any_work()) {
        let sets = NormSets::shipped().unwrap();
        let set = sets.set_of(&work).unwrap();
        let hours = worked(&work);
        let norm = set.part("schoon-huis").unwrap();
        let lines = &hours.parts[0].lines;
        let mut sum = lines[0].value.value;
        for (used, line) in work.parts[0].factors.iter().zip(&lines[1..]) {
            let NormValue::Known(one) = norm.factor(&used.factor).unwrap().norm.value else {
                panic!("a known factor")
            };
            let value = one.mul(Exact::from(i64::from(used.count))).unwrap();
            prop_assert_eq!(line.value.value, value);
            prop_assert_eq!(line.value.value.is_negative(), one.is_negative());
            sum = sum.add(value).unwrap();
        }
        prop_assert_eq!(sum, hours.parts[0].in_own_unit.value);
    }

    #[test]
    fn reductions_beyond_the_part_are_told_there_and_give_no_hours(work in any_work(), more in 1..500i64) {
        let whole = worked(&work);
        let sets = NormSets::shipped().unwrap();
        let set = sets.set_of(&work).unwrap();
        // All of the first part and some minutes besides, per year so that no fraction is lost.
        let hours = whole.parts[0].in_own_unit.value;
        let minutes = i64::try_from(hours.mul(Exact::from(60)).unwrap().whole().unwrap()).unwrap();
        let mut beyond = work.clone();
        beyond.parts[0].reductions.push(Reduction {
            ground: ReductionGround::Network,
            minutes: OwnMinutes { minutes: minutes + more, per: Frequency::Year },
            reason: "De buren.".into(),
        });
        let outcome = silently(set, &beyond);
        prop_assert!(outcome.hours.is_none());
        prop_assert!(outcome.problems.iter().any(|problem| problem.field == "parts[0]"), "{:?}", outcome.problems);
        // Just all of it is possible, as long as another part has time left, and leaves nothing of the part.
        beyond.parts[0].reductions[0].minutes.minutes = minutes;
        let outcome = silently(set, &beyond);
        let told: Vec<_> = outcome.problems.iter().map(|problem| problem.field.as_str()).collect();
        let left = outcome.hours.unwrap();
        prop_assert_eq!(told.contains(&"parts"), left.granted.value <= Exact::ZERO, "{:?}", told);
        prop_assert!(!told.contains(&"parts[0]"), "{:?}", told);
        prop_assert!(left.parts[0].in_own_unit.value.is_zero());
        prop_assert_eq!(left.parts[0].exact.value, Exact::ZERO);
    }
}
