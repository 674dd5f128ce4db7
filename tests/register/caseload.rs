//! What is due on a day, and finding: clocks, filters, orders, and a search that is kept.

use crate::places::{NAME, Place, at, deciding, destroy, first_phrase, id, named, new_save, save};
use jiff::civil::{Date, date};
use maatwerk::dossier::{Dates, Dossier, Extension, Ground, Suspension};
use maatwerk::register::{
    About, Base, Made, Order, Query, Register, Save, State, Step, Urgency, due,
};

fn with(name: &str, dates: Dates) -> Dossier {
    let mut dossier = named(name);
    dossier.dates = dates;
    dossier
}

fn reported(report: Date) -> Dates {
    Dates {
        report: Some(report),
        ..Dates::default()
    }
}

fn applied(report: Date, application: Date) -> Dates {
    Dates {
        application: Some(application),
        ..reported(report)
    }
}

/// A register with these dossiers, and what it lists of each.
fn listed(dossiers: &[Dossier]) -> (Place, Register, Vec<About>) {
    let place = Place::file();
    let mut register = place.found();
    let ids: Vec<_> = dossiers
        .iter()
        .map(|dossier| {
            let one = id();
            save(&mut register, one, 0, dossier);
            one
        })
        .collect();
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(2))
        .expect("unlocks");
    let index = register.index().expect("open");
    let abouts = ids
        .iter()
        .map(|id| index.entry(*id).expect("listed").about.clone())
        .collect();
    (place, register, abouts)
}

#[test]
fn the_statutory_clock_that_runs_says_what_is_due_and_how_urgent() {
    let (_, _, abouts) = listed(&[
        with("Melding", reported(date(2018, 1, 8))),
        with("Aanvraag", applied(date(2018, 10, 30), date(2018, 12, 11))),
        with("Leeg", Dates::default()),
        with(
            "Besloten",
            Dates {
                decision: Some(date(2018, 12, 20)),
                ..applied(date(2018, 10, 30), date(2018, 12, 11))
            },
        ),
        with(
            "Zonder aanvraag",
            Dates {
                decision: Some(date(2018, 12, 20)),
                ..reported(date(2018, 10, 30))
            },
        ),
        with(
            "Plan",
            Dates {
                personal_plan: Some(date(2018, 1, 10)),
                ..reported(date(2018, 1, 8))
            },
        ),
    ]);
    // Six weeks from 8 January 2018 is Monday 19 February; two weeks from 11 December is moved past Christmas.
    let rows = [
        (
            0,
            date(2018, 1, 20),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Waiting,
        ),
        (
            0,
            date(2018, 2, 12),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Soon,
        ),
        (
            0,
            date(2018, 2, 19),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Soon,
        ),
        (
            0,
            date(2018, 2, 20),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Late,
        ),
        (
            1,
            date(2018, 12, 12),
            Step::Decide,
            Some(date(2018, 12, 27)),
            Urgency::Waiting,
        ),
        (
            1,
            date(2018, 12, 27),
            Step::Decide,
            Some(date(2018, 12, 27)),
            Urgency::Soon,
        ),
        (
            1,
            date(2018, 12, 28),
            Step::Decide,
            Some(date(2018, 12, 27)),
            Urgency::Late,
        ),
        (2, date(2018, 12, 28), Step::Report, None, Urgency::Waiting),
        (
            3,
            date(2018, 12, 19),
            Step::Decide,
            Some(date(2018, 12, 27)),
            Urgency::Waiting,
        ),
        // The decision is given when it is sent, so its term runs on until then.
        (
            3,
            date(2018, 12, 20),
            Step::Send,
            Some(date(2018, 12, 27)),
            Urgency::Soon,
        ),
        (
            3,
            date(2018, 12, 28),
            Step::Send,
            Some(date(2018, 12, 27)),
            Urgency::Late,
        ),
        (4, date(2018, 12, 28), Step::Send, None, Urgency::Waiting),
        // Seven days from 8 January 2018 is Monday 15 January; the client is never late.
        (
            0,
            date(2018, 1, 9),
            Step::Plan,
            Some(date(2018, 1, 15)),
            Urgency::Waiting,
        ),
        (
            0,
            date(2018, 1, 15),
            Step::Plan,
            Some(date(2018, 1, 15)),
            Urgency::Waiting,
        ),
        (
            0,
            date(2018, 1, 16),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Waiting,
        ),
        (
            5,
            date(2018, 1, 10),
            Step::Investigate,
            Some(date(2018, 2, 19)),
            Urgency::Waiting,
        ),
    ];
    for (row, today, step, last_day, urgency) in rows {
        let due = due(&abouts[row], today);
        assert_eq!(
            (due.step, due.last_day, due.urgency),
            (step, last_day, urgency),
            "{row} {today}"
        );
    }
}

/// Easter is 1 April 2018: Good Friday 30 March, Easter Monday 2 April; Whit Monday is 21 May.
#[test]
fn a_term_that_ends_at_easter_ends_on_the_tuesday_after_it() {
    let (tuesday, after_whitsun) = (date(2018, 4, 3), date(2018, 5, 22));
    for (dates, step, last_day) in [
        // Two weeks from Friday 16 March is Good Friday, from Monday 19 March Easter Monday, from Wednesday 14 March the 28th.
        (
            applied(date(2018, 2, 5), date(2018, 3, 16)),
            Step::Decide,
            tuesday,
        ),
        (
            applied(date(2018, 2, 5), date(2018, 3, 19)),
            Step::Decide,
            tuesday,
        ),
        (
            applied(date(2018, 2, 5), date(2018, 3, 14)),
            Step::Decide,
            date(2018, 3, 28),
        ),
        // Six weeks from Friday 16 February is Good Friday, from Saturday the 17th Holy Saturday, from Monday the 19th
        // Easter Monday, from Tuesday the 20th the day after.
        (reported(date(2018, 2, 16)), Step::Investigate, tuesday),
        (reported(date(2018, 2, 17)), Step::Investigate, tuesday),
        (reported(date(2018, 2, 19)), Step::Investigate, tuesday),
        (reported(date(2018, 2, 20)), Step::Investigate, tuesday),
        // Six weeks from Monday 9 April is Whit Monday.
        (reported(date(2018, 4, 9)), Step::Investigate, after_whitsun),
    ] {
        let (_, _, abouts) = listed(&[with("Pasen", dates)]);
        let after = last_day.tomorrow().expect("a day");
        for (today, urgency) in [(last_day, Urgency::Soon), (after, Urgency::Late)] {
            let due = due(&abouts[0], today);
            assert_eq!(
                (due.step, due.last_day, due.urgency),
                (step, Some(last_day), urgency),
                "{today}"
            );
        }
    }
}

#[test]
fn a_term_that_stands_still_or_is_put_off_is_late_only_after_its_own_last_day() {
    let application = applied(date(2018, 2, 1), date(2018, 3, 5));
    let suspension = |to| Suspension {
        complete_by: None,
        from: Some(date(2018, 3, 10)),
        to,
        ground: Ground::Consent,
        reason: "De cliënt vraagt om uitstel.".to_owned(),
    };
    let (_, _, abouts) = listed(&[
        with(
            "Wacht",
            Dates {
                investigation: Some(date(2018, 3, 2)),
                ..reported(date(2018, 2, 1))
            },
        ),
        with(
            "Opgeschort",
            Dates {
                suspensions: vec![suspension(None)],
                ..application.clone()
            },
        ),
        with(
            "Weer",
            Dates {
                suspensions: vec![suspension(Some(date(2018, 3, 14)))],
                ..application.clone()
            },
        ),
        with(
            "Verlengd",
            Dates {
                extension: Some(Extension {
                    last_day: Some(date(2018, 4, 3)),
                    told: None,
                    reason: "Het advies komt later.".to_owned(),
                }),
                ..application
            },
        ),
    ]);
    // Two weeks from 5 March is 19 March; five days later is Saturday 24 March, so Monday.
    let monday = Some(date(2018, 3, 26));
    let told = Some(date(2018, 4, 3));
    let rows = [
        (0, date(2018, 3, 30), Step::Apply, None, Urgency::Waiting),
        (1, date(2018, 3, 9), Step::Decide, None, Urgency::Waiting),
        (1, date(2019, 3, 9), Step::Suspended, None, Urgency::Waiting),
        (
            2,
            date(2018, 3, 14),
            Step::Suspended,
            monday,
            Urgency::Waiting,
        ),
        (2, date(2018, 3, 26), Step::Decide, monday, Urgency::Soon),
        (2, date(2018, 3, 27), Step::Decide, monday, Urgency::Late),
        (3, date(2018, 3, 26), Step::Decide, told, Urgency::Waiting),
        (3, date(2018, 4, 4), Step::Decide, told, Urgency::Late),
    ];
    for (row, today, step, last_day, urgency) in rows {
        let due = due(&abouts[row], today);
        assert_eq!(
            (due.step, due.last_day, due.urgency),
            (step, last_day, urgency),
            "{row} {today}"
        );
    }
}

#[test]
fn a_definitive_decision_rests_between_the_term_for_objections_and_the_end_of_its_grant() {
    let place = Place::file();
    let mut register = place.found();
    let mut dossier = named("Klaar");
    dossier.dates.sending = Some(date(2018, 3, 1));
    let save = new_save(id(), Base::NEW, &dossier);
    let made = register.make_definitive(&deciding(save, date(2018, 3, 1)), at(1), |_, _| {
        Ok(Vec::new())
    });
    assert!(matches!(made, Ok(Made::Done { .. })));
    let about = register
        .index()
        .expect("open")
        .entry(save.id)
        .expect("listed")
        .about
        .clone();
    assert_eq!(about.ends, Some(date(2018, 12, 31)));
    for (today, step, urgency) in [
        // Six weeks from sending on 1 March is Thursday 12 April.
        (date(2018, 3, 1), Step::Objection, Urgency::Waiting),
        (date(2018, 4, 12), Step::Objection, Urgency::Waiting),
        (date(2018, 4, 13), Step::Nothing, Urgency::Done),
        (date(2018, 11, 4), Step::Nothing, Urgency::Done),
        (date(2018, 11, 5), Step::Ending, Urgency::Waiting),
        (date(2018, 12, 24), Step::Ending, Urgency::Soon),
        (date(2018, 12, 31), Step::Ending, Urgency::Soon),
        // A grant that ended and that nothing follows is never done; after eight weeks it is in nobody's way.
        (date(2019, 1, 1), Step::Ended, Urgency::Late),
        (date(2019, 2, 25), Step::Ended, Urgency::Late),
        (date(2019, 2, 26), Step::Ended, Urgency::Waiting),
    ] {
        let due = due(&about, today);
        assert_eq!((due.step, due.urgency), (step, urgency), "{today}");
    }
    let last_day = |today| due(&about, today).last_day;
    assert_eq!(last_day(date(2018, 3, 1)), Some(date(2018, 4, 12)));
    assert_eq!(last_day(date(2019, 1, 1)), Some(date(2018, 12, 31)));
    assert_eq!(due(&about, date(2018, 3, 1)).must_by(), None);
    let followed = About {
        is_followed: true,
        ..about
    };
    let after = due(&followed, date(2019, 1, 1));
    assert_eq!(after.step, Step::Nothing);
}

#[test]
fn what_is_late_stands_before_a_term_that_is_the_clients() {
    let (_, _, mut abouts) = listed(&[with("Bezwaar", Dates::default())]);
    let mut about = abouts.remove(0);
    about.meta.state = State::Definitive {
        number: "2018-0001".to_owned(),
    };
    about.course.sending = Some(date(2018, 3, 1));
    about.course.review = Some(date(2018, 6, 1));
    assert_eq!(due(&about, date(2018, 3, 20)).step, Step::Objection);
    about.course.review = Some(date(2018, 3, 15));
    let late = due(&about, date(2018, 3, 20));
    assert_eq!((late.step, late.urgency), (Step::Review, Urgency::Late));
}

#[test]
fn the_caseload_counts_by_consultant_and_neighbourhood() {
    let today = date(2018, 2, 20);
    let mut late = with("Laat", reported(date(2018, 1, 8)));
    late.contact.name = "Karim".to_owned();
    let mut soon = with("Bijna", reported(date(2018, 1, 15)));
    soon.client.neighbourhood = None;
    let (_, register, _) = listed(&[late, soon, with("Leeg", Dates::default())]);
    let caseload = register.index().expect("open").caseload(today);
    let all = caseload.all;
    assert_eq!((all.late, all.soon, all.waiting, all.done), (1, 1, 1, 0));
    assert_eq!(caseload.consultants["Karim"].late, 1);
    assert_eq!(caseload.consultants["Sanne de Wit"].soon, 1);
    assert_eq!(caseload.neighbourhoods["Slaaghwijk"].waiting, 1);
    assert_eq!(caseload.neighbourhoods[""].soon, 1);
}

#[test]
fn a_search_filters_and_sorts_and_can_be_kept() {
    let today = date(2018, 2, 20);
    let mut other = with("Aalders", reported(date(2018, 1, 15)));
    other.client.neighbourhood = Some("Stevenshof".to_owned());
    other.number = "2018-2".to_owned();
    let mut product = with("Cohen", reported(date(2018, 1, 8)));
    product.provisions.truncate(1);
    product.number = "2018-1".to_owned();
    let (_place, mut register, _) = listed(&[with("Bakker", Dates::default()), other, product]);
    let found = |register: &mut Register, query: &Query| -> Vec<String> {
        let entries = register.find(query, today).expect("open").into_iter();
        entries
            .map(|entry| {
                let order = &entry.who.as_ref().expect("full access").order;
                order.split(' ').next().unwrap_or_default().to_owned()
            })
            .collect()
    };
    let all = Query::default();
    assert_eq!(found(&mut register, &all), ["Cohen", "Aalders", "Bakker"]);
    let by = |order, descending| Query {
        order,
        descending,
        ..Query::default()
    };
    assert_eq!(
        found(&mut register, &by(Order::Name, false)),
        ["Aalders", "Bakker", "Cohen"]
    );
    assert_eq!(
        found(&mut register, &by(Order::Name, true)),
        ["Cohen", "Bakker", "Aalders"]
    );
    assert_eq!(
        found(&mut register, &by(Order::Number, false)),
        ["Bakker", "Cohen", "Aalders"]
    );
    assert_eq!(
        found(&mut register, &by(Order::Neighbourhood, false)),
        ["Cohen", "Bakker", "Aalders"]
    );
    let query = Query {
        neighbourhood: Some("Stevenshof".to_owned()),
        ..Query::default()
    };
    assert_eq!(found(&mut register, &query), ["Aalders"]);
    let query = Query {
        product: Some("begeleiding".to_owned()),
        urgency: Some(Urgency::Soon),
        ..Query::default()
    };
    assert_eq!(found(&mut register, &query), ["Aalders"]);
    let query = Query {
        definitive: Some(true),
        ..Query::default()
    };
    assert_eq!(found(&mut register, &query), [""; 0]);

    let text = ron::to_string(&by(Order::Name, true)).expect("written");
    register
        .set_setting("zoekopdrachten", text.as_bytes())
        .expect("kept");
    let kept = register
        .setting("zoekopdrachten")
        .expect("read")
        .expect("set");
    let kept: Query = ron::de::from_bytes(&kept).expect("a search");
    assert_eq!(found(&mut register, &kept), ["Cohen", "Bakker", "Aalders"]);
}

#[test]
fn a_dossier_is_found_by_what_it_says_now_and_not_by_what_it_said() {
    let (_place, mut register, _) = listed(&[named("Aalders"), named("Bakker"), named("Cohen")]);
    let count = |register: &mut Register, words: &str| {
        let today = date(2018, 2, 20);
        register
            .find(&Query::words(words), today)
            .expect("open")
            .len()
    };
    let of = |register: &Register, name: &str| {
        let entries = register.index().expect("open").entries().iter();
        let mut found = entries.filter(|entry| {
            let who = entry.who.as_ref().expect("full access");
            who.order.starts_with(name)
        });
        found.next().expect("there").id
    };
    let bakker = of(&register, "Bakker");
    save(&mut register, bakker, 1, &named("Dekker"));
    for (words, found) in [
        ("bakker", 0),
        ("dekker", 1),
        ("a", 3),
        ("cohen slaaghwijk", 1),
        ("ohe", 1),
        ("n c", 1),
    ] {
        assert_eq!(count(&mut register, words), found, "{words}");
    }
    let first = of(&register, "Aalders");
    destroy(&mut register, first, at(5));
    for (words, found) in [("aalders", 0), ("dekker", 1), ("cohen", 1), ("", 2)] {
        assert_eq!(count(&mut register, words), found, "{words}");
    }
}

#[test]
fn an_agreed_evaluation_is_due_until_it_was_held_or_a_follow_up_took_it_along() {
    let place = Place::file();
    let mut register = place.found();
    let mut dossier = named("Evaluatie");
    dossier.dates.decision = Some(date(2018, 3, 5));
    dossier.dates.sending = Some(date(2018, 3, 5));
    dossier.review.agreed = Some(date(2018, 9, 3));
    let decided = new_save(id(), Base::NEW, &dossier);
    let made = register.make_definitive(&deciding(decided, date(2018, 3, 5)), at(1), |_, _| {
        Ok(Vec::new())
    });
    assert!(matches!(made, Ok(Made::Done { .. })));
    let due_on = |register: &mut Register, id, today| {
        let index = register.index().expect("open");
        let due = due(&index.entry(id).expect("listed").about, today);
        (due.step, due.last_day, due.urgency)
    };
    let agreed = Some(date(2018, 9, 3));
    for (today, urgency) in [
        (date(2018, 4, 17), Urgency::Waiting),
        (date(2018, 9, 1), Urgency::Soon),
        (date(2018, 9, 4), Urgency::Late),
    ] {
        assert_eq!(
            due_on(&mut register, decided.id, today),
            (Step::Review, agreed, urgency)
        );
    }
    let mut next = register.follow_up(decided.id).expect("there");
    assert_eq!(next.review.agreed, agreed);
    next.review.held = Some(date(2018, 9, 3));
    let follow = id();
    let save = Save {
        follows: Some(decided.id),
        ..new_save(follow, Base::NEW, &next)
    };
    register.save(&save, at(2)).expect("saved");
    let today = date(2018, 9, 4);
    let done = (Step::Nothing, None, Urgency::Done);
    assert_eq!(due_on(&mut register, decided.id, today), done);
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(3))
        .expect("unlocks");
    assert_eq!(due_on(&mut register, decided.id, today), done);
}
