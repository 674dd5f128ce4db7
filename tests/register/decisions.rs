//! Definitive decisions, differences between revisions, and unsaved work.

use crate::places::{
    NAME, Place, TODAY, at, based, deciding, example, first_phrase, id, library, named, new_save,
    on_each, phrase, put_back, save,
};
use jiff::tz::TimeZone;
use maatwerk::budget::Library;
use maatwerk::dossier::{Dossier, Evaluation, Outcome};
use maatwerk::register::{
    Asked, Base, Change, Decided, Deciding, DossierId, Effort, Failure, Incoming, Kind, Made,
    Protection, Register, Role, Save, State, blocks, differences,
};
use maatwerk::trace::Status;

fn no_receipt(_: &str, _: &Dossier) -> Result<Vec<u8>, Failure> {
    Ok(Vec::new())
}

/// Makes a dossier definitive, with a receipt that names its number and client; answers the number.
pub fn definitive(register: &mut Register, id: DossierId, base: i64, dossier: &Dossier) -> String {
    let save = new_save(id, based(register, id, base), dossier);
    let receipt = |number: &str, dossier: &Dossier| {
        let surname = &dossier.client.person.surname;
        Ok(format!("bewijs bij {number} {surname}").into_bytes())
    };
    match register.make_definitive(&deciding(save, TODAY), at(20), receipt) {
        Ok(Made::Done { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_definitive_decision_has_a_number_of_its_own_and_never_changes_again() {
    on_each(|place| {
        let mut register = place.found();
        let (one, two) = (id(), id());
        save(&mut register, one, 0, &example());
        assert_eq!(definitive(&mut register, one, 1, &example()), "2026-000001");
        assert_eq!(
            definitive(&mut register, two, 0, &named("Ander")),
            "2026-000002"
        );
        let later = named("Later");
        let change = new_save(one, based(&mut register, one, 2), &later);
        let refused = register.save(&change, at(21)).expect_err("refused");
        assert_eq!(refused.kind, Kind::Refused);
        assert!(refused.to_string().contains("2026-000001"), "{refused}");
        let again = register.make_definitive(&deciding(change, TODAY), at(21), no_receipt);
        assert_eq!(again.expect_err("refused").kind, Kind::Refused);
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(22))
            .expect("unlocks");
        let loaded = register.load(one, None, at(23)).expect("there");
        assert_eq!(loaded.dossier, example());
        let number = "2026-000001".to_owned();
        assert_eq!(loaded.meta.state, State::Definitive { number });
        let receipt = register.receipt(one).expect("there");
        let name = &example().client.person.surname;
        let whole = format!("bewijs bij 2026-000001 {name}");
        assert_eq!(receipt.as_slice(), whole.as_bytes());
        assert_eq!(register.check(None).expect("checked").faults, []);
        let follow = register.follow_up(one).expect("a copy");
        assert_eq!(follow.client, example().client);
        assert_eq!(follow.dates.decision, None);
    });
}

#[test]
fn a_receipt_that_can_not_be_made_leaves_everything_as_it_was() {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    let dossier = example();
    let save = new_save(one, Base::NEW, &dossier);
    let failed = register.make_definitive(&deciding(save, TODAY), at(1), |_, _| {
        Err(Failure::new(Kind::Failed, "geen bewijs", ""))
    });
    assert_eq!(failed.expect_err("failed").problem.message, "geen bewijs");
    assert_eq!(
        register.load(one, None, at(2)).expect_err("not there").kind,
        Kind::Missing
    );
    assert_eq!(definitive(&mut register, one, 0, &dossier), "2026-000001");
}

#[test]
fn the_register_itself_finds_what_is_in_the_way_and_changes_nothing_then() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        definitive(&mut register, one, 1, &example());
        let mut nobody = example();
        nobody.client.bsn = None;
        // A budget that the catalogue does not have: only working it out tells.
        let mut unknown = example();
        unknown.provisions[0].line.product = "bestaat-niet".to_owned();
        // Less than before, from a day before the decision, which only the decision before it tells.
        let mut less = example();
        less.dates.decision = Some(jiff::civil::date(2018, 3, 1));
        less.dates.sending = Some(jiff::civil::date(2018, 3, 2));
        less.provisions[0].outcome = Outcome::Refused {
            ground: "Het kan nu zelf.".to_owned(),
        };
        let lines = register.log().expect("read").len();
        for (dossier, follows, printed, field) in [
            (example(), None, Status::Example, "provisions"),
            (nobody, None, Status::Established, "client.bsn"),
            (
                unknown,
                None,
                Status::Established,
                "provisions[0].line.product",
            ),
            (
                less,
                Some(one),
                Status::Established,
                "provisions[0].line.from",
            ),
        ] {
            let two = id();
            let save = Save {
                follows,
                ..new_save(two, Base::NEW, &dossier)
            };
            let deciding = Deciding {
                printed,
                ..deciding(save, TODAY)
            };
            let told = register.in_the_way(&deciding).expect("looked");
            let fields: Vec<&str> = told.iter().map(|told| told.field.as_str()).collect();
            assert_eq!(fields, [field]);
            let made = register.make_definitive(&deciding, at(21), no_receipt);
            assert_eq!(made, Ok(Made::Blocked(told)));
            assert_eq!(
                register.peek(two, None).expect_err("no").kind,
                Kind::Missing
            );
            assert_eq!(register.log().expect("read").len(), lines);
        }
        // A draft knows by itself what it follows up; who asks later need not say.
        let mut less = example();
        less.dates.decision = Some(jiff::civil::date(2018, 3, 1));
        less.dates.sending = Some(jiff::civil::date(2018, 3, 2));
        let follow = Save {
            follows: Some(one),
            ..new_save(id(), Base::NEW, &less)
        };
        register.save(&follow, at(22)).expect("saved");
        let mut later = less.clone();
        later.provisions[0].outcome = Outcome::Refused {
            ground: "Het kan nu zelf.".to_owned(),
        };
        let again = deciding(
            new_save(follow.id, based(&mut register, follow.id, 1), &later),
            TODAY,
        );
        let made = register.make_definitive(&again, at(23), no_receipt);
        assert!(matches!(made, Ok(Made::Blocked(_))), "{made:?}");
        // The next decision gets the next number: nothing was given out.
        assert_eq!(
            definitive(&mut register, id(), 0, &example()),
            "2026-000002"
        );
    });
}

/// Everything that is kept of a definitive decision, as it lies in the file.
fn as_it_lies(place: &Place, id: DossierId) -> Vec<Vec<u8>> {
    let file = rusqlite::Connection::open(place.folder.path().join("register.db")).expect("opens");
    let mut rows = file
        .prepare("SELECT person, figures, token FROM revision WHERE dossier = ?1 ORDER BY revision")
        .expect("asked");
    let found = rows.query_map([&id.0[..]], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?])
    });
    let mut lies: Vec<Vec<u8>> = found
        .expect("read")
        .flat_map(|row| row.expect("a row"))
        .collect();
    let receipt = "SELECT receipt FROM decision WHERE dossier = ?1";
    let receipt = file.query_row(receipt, [&id.0[..]], |row| row.get(0));
    lies.push(receipt.expect("a receipt"));
    lies
}

#[test]
fn nothing_that_can_be_asked_of_a_register_overwrites_a_definitive_decision() {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    let draft = example();
    let first = new_save(one, Base::NEW, &draft);
    register.save(&first, at(1)).expect("saved");
    let last = new_save(one, based(&mut register, one, 1), &draft);
    let made = register.make_definitive(&deciding(last, TODAY), at(20), no_receipt);
    assert!(
        matches!(made, Ok(Made::Done { revision: 2, .. })),
        "{made:?}"
    );
    let folder = place.folder.path().join("kopie");
    let backup = register.back_up(&folder, at(21)).expect("made");
    let before = as_it_lies(&place, one);
    let other = named("Anders");
    let tokens = [Base::NEW.token, first.token, last.token];
    let bases = (0..5).flat_map(|revision| tokens.map(|token| Base { revision, token }));
    for base in bases {
        // With a token of its own, and with those that are known.
        for token in [id(), first.token, last.token] {
            for follows in [None, Some(one)] {
                let save = Save {
                    id: one,
                    base,
                    dossier: &other,
                    token,
                    follows,
                };
                let _ = register.save(&save, at(22));
                let _ = register.make_definitive(&deciding(save, TODAY), at(22), no_receipt);
            }
        }
    }
    let follow = register.follow_up(one).expect("a copy");
    let follow = Save {
        follows: Some(one),
        ..new_save(id(), Base::NEW, &follow)
    };
    register
        .save(&follow, at(23))
        .expect("a dossier of its own");
    let mut out = Vec::new();
    register
        .export(None, Protection::PlainConfirmed, &mut out, at(24))
        .expect("written");
    let done = register.import(
        &mut out.as_slice(),
        ("uit.ron", None),
        Incoming::All,
        at(25),
    );
    assert!(!done.expect("read").taken.contains(&one));
    register.lease(one, at(26)).expect("taken");
    register.release(one).expect("given back");
    register.set_setting("iets", b"anders").expect("set");
    register.refresh().expect("looked");
    register
        .access(
            one,
            Protection::PlainConfirmed,
            (&mut Vec::new(), &mut Vec::new()),
            (at(27), &TimeZone::UTC),
        )
        .expect("read");
    register.renew_recovery(at(28)).expect("renewed");
    assert_eq!(as_it_lies(&place, one), before);
    put_back(&mut register, &backup.path, &folder, at(29));
    assert_eq!(as_it_lies(&place, one), before);
    assert_eq!(register.check(None).expect("checked").faults, []);
}

#[test]
fn example_data_a_missing_bsn_and_a_day_to_come_block_a_definitive_decision() {
    let mut dossier = example();
    let told = |dossier: &Dossier, printed: Status| -> Vec<String> {
        let evaluation = dossier.evaluate(library(), TODAY);
        let asked = Asked {
            decided: Decided {
                dossier,
                evaluation: &evaluation,
            },
            earlier: None,
            printed,
            today: TODAY,
        };
        blocks(&asked)
            .into_iter()
            .map(|problem| problem.field)
            .collect()
    };
    assert_eq!(told(&dossier, Status::Established), [""; 0]);
    assert_eq!(told(&dossier, Status::Example), ["provisions"]);
    // Hours beside the norm set that the catalogue names: only with a reason.
    let typed = r#"(hours: Typed([(volume: "174", unit: Minute, per: Week)]))"#;
    let line = &mut dossier.provisions[0].line;
    line.hours = vec![ron::from_str(typed).expect("hours")];
    let standard = ron::from_str(r#"(value: "standaard")"#).expect("a choice");
    line.choices.insert("intensity".to_owned(), standard);
    let reason = "provisions[0].line.hours[0].reason";
    assert_eq!(told(&dossier, Status::Established), [reason]);
    dossier.provisions[0].line.hours[0].reason = "Zo bepaalde de rechter het.".to_owned();
    assert_eq!(told(&dossier, Status::Established), [""; 0]);
    dossier.client.bsn = None;
    assert_eq!(told(&dossier, Status::Established), ["client.bsn"]);
    dossier = example();
    dossier.dates.decision = TODAY.tomorrow().ok();
    dossier.dates.sending = dossier.dates.decision;
    assert_eq!(told(&dossier, Status::Established), ["dates.decision"]);
    dossier.dates.decision = None;
    assert_eq!(told(&dossier, Status::Established), ["dates.decision"]);
}

/// The fields that keep a dossier, where nothing is an example, from becoming definitive.
fn blocked(dossier: &Dossier) -> Vec<String> {
    let evaluation = dossier.evaluate(library(), TODAY);
    let asked = Asked {
        decided: Decided {
            dossier,
            evaluation: &evaluation,
        },
        earlier: None,
        printed: Status::Established,
        today: TODAY,
    };
    let problems = blocks(&asked);
    assert!(problems.iter().all(|problem| !problem.hint.is_empty()));
    problems.into_iter().map(|problem| problem.field).collect()
}

#[test]
fn what_a_draft_leaves_for_later_blocks_a_decision_that_nothing_can_be_added_to() {
    let mut dossier = example();
    dossier.number = " ".to_owned();
    assert_eq!(blocked(&dossier), ["number"]);
    dossier = example();
    dossier.dates.sending = None;
    assert_eq!(blocked(&dossier), ["dates.sending"]);
}

#[test]
fn a_rate_below_a_known_floor_blocks_a_decision_until_somebody_says_why() {
    let bytes = std::fs::read("fixtures/dossiers/brief-open-eind.ron").expect("it is there");
    let mut dossier = Dossier::read("brief-open-eind", &bytes).expect("it is a dossier");
    let field = "provisions[0].motivation.below_floor".to_owned();
    // 20,00 an hour; from 16 August 2023 the floor is 22,11.
    assert!(blocked(&dossier).contains(&field));
    dossier.provisions[0].motivation.below_floor = "u wilde dit zelf zo".to_owned();
    assert!(!blocked(&dossier).contains(&field));
}

#[test]
fn a_product_without_an_article_blocks_a_decision_in_every_register() {
    let shipped = Library::shipped().expect("the program's own data");
    let dossier = example();
    on_each(|place| {
        let mut register = place.found();
        let deciding = Deciding {
            library: &shipped,
            ..deciding(new_save(id(), Base::NEW, &dossier), TODAY)
        };
        let told = register.in_the_way(&deciding).expect("looked");
        let fields: Vec<&str> = told.iter().map(|told| told.field.as_str()).collect();
        let products = ["provisions[0].line.product", "provisions[1].line.product"];
        assert_eq!(fields, products);
        for told in &told {
            assert_eq!(
                told.message,
                "de catalogus noemt geen artikel voor deze voorziening"
            );
        }
        let made = register.make_definitive(&deciding, at(21), no_receipt);
        assert_eq!(made, Ok(Made::Blocked(told)));
    });
}

#[test]
fn less_than_before_from_a_day_before_the_decision_is_blocked_unless_its_ground_is_recorded() {
    let earlier = example();
    let before = earlier.evaluate(library(), TODAY);
    let told = |dossier: &Dossier| -> Vec<String> {
        let evaluation: Evaluation = dossier.evaluate(library(), TODAY);
        let asked = Asked {
            decided: Decided {
                dossier,
                evaluation: &evaluation,
            },
            earlier: Some(Decided {
                dossier: &earlier,
                evaluation: &before,
            }),
            printed: Status::Established,
            today: TODAY,
        };
        blocks(&asked)
            .into_iter()
            .map(|problem| problem.field)
            .collect()
    };
    let decision = maatwerk::dossier::Dates {
        decision: Some(jiff::civil::date(2018, 3, 1)),
        sending: Some(jiff::civil::date(2018, 3, 2)),
        ..earlier.dates.clone()
    };
    let mut same = earlier.clone();
    same.dates = decision;
    assert_eq!(told(&same), [""; 0]);
    let mut less = same.clone();
    less.provisions[0].outcome = Outcome::Refused {
        ground: "Het kan nu zelf.".to_owned(),
    };
    assert_eq!(told(&less), ["provisions[0].line.from"]);
    less.revision_ground = "u gaf ons niet de juiste gegevens".to_owned();
    assert_eq!(told(&less), [""; 0]);
    let mut fewer = same.clone();
    if let maatwerk::indication::Hours::Norm(work) = &mut fewer.provisions[0].line.hours[0].hours {
        work.parts[0].factors.pop();
    }
    assert_eq!(told(&fewer), ["provisions[0].line.from"]);
    fewer.provisions[0].line.from = jiff::civil::date(2018, 3, 1);
    assert_eq!(told(&fewer), [""; 0]);
}

#[test]
fn differences_name_hours_rate_budget_dates_and_text_apart() {
    let before = example();
    let mut after = example();
    if let maatwerk::indication::Hours::Norm(work) = &mut after.provisions[0].line.hours[0].hours {
        work.parts[0].factors.pop();
    }
    after.provisions[0].line.to = Some(jiff::civil::date(2018, 6, 30));
    if let maatwerk::indication::Delivery::Pgb { providers } =
        &mut after.provisions[0].line.delivery
    {
        providers[0].kind = "zzp".to_owned();
    }
    after.client.person.surname = "Anders".to_owned();
    let evaluations = [
        before.evaluate(library(), TODAY),
        after.evaluate(library(), TODAY),
    ];
    let told = differences(
        Decided {
            dossier: &before,
            evaluation: &evaluations[0],
        },
        Decided {
            dossier: &after,
            evaluation: &evaluations[1],
        },
    )
    .expect("compared");
    let lines: Vec<String> = told
        .iter()
        .map(|d| {
            format!(
                "{}: {}: {} → {}",
                d.change.dutch(),
                d.field,
                d.before,
                d.after
            )
        })
        .collect();
    for change in [
        Change::Hours,
        Change::Rate,
        Change::Budget,
        Change::Dates,
        Change::Text,
    ] {
        assert!(
            told.iter().any(|d| d.change == change),
            "{change:?}: {lines:#?}"
        );
    }
    assert!(
        lines.contains(&"data: provisions[0].line.to: 2018-12-31 → 2018-06-30".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(&"tekst: client.person.surname: Meer → Anders".to_owned()),
        "{lines:#?}"
    );
    let same = Decided {
        dossier: &before,
        evaluation: &evaluations[0],
    };
    assert_eq!(differences(same, same).expect("compared"), []);
}

#[test]
fn finance_reads_a_receipt_of_its_own_without_a_name_in_it() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        definitive(&mut register, one, 0, &example());
        let other = phrase("woorden voor de finance");
        register
            .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, at(21))
            .expect("added");
        register.lock();
        register.unlock("Finance", &other, at(22)).expect("unlocks");
        let receipt = register.receipt(one).expect("there");
        let text = String::from_utf8_lossy(&receipt).into_owned();
        let number = "bewijs bij 2026-000001 ";
        assert!(text.starts_with(number), "{text}");
        assert!(!text.contains(&example().client.person.surname), "{text}");
        assert_eq!(register.check(None).expect("checked").faults, []);
    });
}
