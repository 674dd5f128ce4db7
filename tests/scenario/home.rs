//! A file for home and what comes back, found again whatever was renamed, added or put in another order meanwhile.

use super::{helper, scenario, with};
use jiff::civil::{Date, date};
use maatwerk::budget::Library;
use maatwerk::dossier::Dossier;
use maatwerk::quantity::Euro;
use maatwerk::scenario::{
    Changed, Returned, ScenarioFile, answer, at_home, names_going_home, plain_checks,
};

const DAY: Date = date(2018, 1, 15);

fn library() -> Library {
    Library::shipped().expect("the program's own files are sound")
}

fn given(dossier: &Dossier) -> ScenarioFile {
    ScenarioFile::of(dossier, &library(), DAY).unwrap_or_else(|told| panic!("{told:#?}"))
}

fn returned(file: &ScenarioFile, dossier: &Dossier) -> Returned {
    let text = file.to_text().expect("it can be written");
    let file = ScenarioFile::read("terug.ron", text.as_bytes()).expect("it can be read");
    file.returned(dossier, &library(), DAY)
        .unwrap_or_else(|told| panic!("{told:#?}"))
}

fn euro(text: &str) -> Euro {
    Euro(text.parse().unwrap())
}

fn said(changed: &[Changed]) -> Vec<String> {
    let each = changed.iter();
    each.map(|one| format!("{}: {} -> {}", one.place, one.ours, one.theirs))
        .collect()
}

const TWO: &str = r#"(name: "Twee helpers", lines: [(provision: 0, product: "ho", hired: [
    (name: "mevrouw Groen", kind: "informeel", to: Some("2018-06-30"), work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "16", per: Hour))]),
    (name: "meneer Blauw", kind: "informeel", from: Some("2018-07-01"), work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "17", per: Hour))]),
])])"#;

#[test]
fn a_plan_that_is_renamed_at_home_keeps_its_difference() {
    let dossier = with(&[&helper("16.00"), TWO]);
    let mut file = given(&dossier);
    file.scenarios[0].name = "Mijn plan".into();
    file.scenarios[0].lines[0].hired[0].work[0].rate.amount = euro("15.50");
    let returned = returned(&file, &dossier);
    let changed = returned.scenarios[0].changed.as_ref().expect("it is found");
    assert_eq!(
        said(changed),
        [
            "Naam: Zoals nu -> Mijn plan",
            "Huishoudelijke ondersteuning, zorgverlener 1, uren 1, tarief: €\u{a0}16,00 -> €\u{a0}15,50",
        ]
    );
    assert_eq!(returned.scenarios[1].changed, Some(Vec::new()));
    let name = &returned.scenarios[0].scenario.lines[0].hired[0].name;
    assert_eq!(name, "mevrouw A. Yilmaz");
    let all = &returned.scenarios;
    assert!(
        all.iter().all(|one| one.scenario.id.is_empty()),
        "no ids in a dossier"
    );
    assert!(all[0].scenario.lines[0].hired[0].id.is_empty());
}

#[test]
fn scenarios_with_one_name_are_not_taken_for_each_other() {
    let dossier = with(&[&helper("16.00"), &helper("15.50")]);
    let returned = returned(&given(&dossier), &dossier);
    for one in &returned.scenarios {
        assert_eq!(one.changed, Some(Vec::new()));
    }
}

#[test]
fn a_line_that_is_added_before_or_lines_in_another_order_leave_the_proposal_as_it_is() {
    let dossier = with(&[TWO]);
    let mut file = given(&dossier);
    file.scenarios[0].lines[0].hired[1].work[0].extent.volume = 120.into();
    let mut added = dossier.clone();
    let mut other = dossier.provisions[1].clone();
    other.line.from = date(2018, 3, 1);
    added.provisions[1].line.to = Some(date(2018, 2, 28));
    added.insert_provision(0, other);
    let mut turned = dossier.clone();
    turned.provisions.swap(0, 1);
    turned.scenarios[0].lines[0].provision = 1;
    for (dossier, place) in [(&added, 1), (&turned, 1)] {
        let returned = returned(&file, dossier);
        let proposal = &returned.scenarios[0];
        assert_eq!(
            said(proposal.changed.as_ref().unwrap()),
            ["Huishoudelijke ondersteuning, zorgverlener 2, uren 1, hoeveel: 174 -> 120"]
        );
        assert_eq!(proposal.scenario.lines[0].provision, place);
        assert!(!proposal.rows.is_empty());
    }
    let told = said(&returned(&file, &added).grant);
    assert!(
        told.iter()
            .any(|one| one.contains("een regel die er later bij kwam")),
        "{told:#?}"
    );
    assert_eq!(returned(&file, &turned).grant, []);
}

#[test]
fn a_line_that_is_gone_from_the_dossier_is_told_and_its_choice_is_not_lost_silently() {
    let dossier = with(&[TWO]);
    let file = given(&dossier);
    let mut less = dossier.clone();
    less.remove_provision(0);
    less.scenarios = vec![scenario(
        r#"(name: "Twee helpers", lines: [(provision: 0, product: "begeleiding")])"#,
    )];
    let returned = returned(&file, &less);
    let told = said(&returned.grant);
    assert!(
        told.iter()
            .any(|one| one.contains("een regel die er niet meer is")),
        "{told:#?}"
    );
    let told = said(returned.scenarios[0].changed.as_ref().unwrap());
    assert!(
        told.iter()
            .any(|one| one.contains("deze regel is er niet meer")),
        "{told:#?}"
    );
}

#[test]
fn helpers_get_their_own_names_back_in_another_order_and_never_that_of_the_next() {
    let dossier = with(&[TWO]);
    let mut file = given(&dossier);
    file.scenarios[0].lines[0].hired[0].work[0].rate.amount = euro("15.50");
    let mut turned = dossier.clone();
    turned.scenarios[0].lines[0].hired.swap(0, 1);
    let names = |returned: &Returned| -> Vec<String> {
        let hired = returned.scenarios[0].scenario.lines[0].hired.iter();
        hired.map(|one| one.name.clone()).collect()
    };
    let back = returned(&file, &turned);
    assert_eq!(names(&back), ["mevrouw Groen", "meneer Blauw"]);
    assert_eq!(back.scenarios[0].changed.as_ref().unwrap().len(), 1);
    // The first is gone, and somebody else came in her place.
    let mut less = dossier.clone();
    let hired = &mut less.scenarios[0].lines[0].hired;
    hired.remove(0);
    hired[0].from = Some(date(2018, 8, 1));
    assert_eq!(names(&returned(&file, &less)), ["", ""]);
}

#[test]
fn a_new_plan_from_home_gets_names_and_conditions_of_the_plan_that_it_was_copied_from() {
    let text = helper("16.00").replace(
        "lines:",
        "conditions: (able: (met: Some(true), words: \"Haar dochter helpt.\")), lines:",
    );
    let dossier = with(&[&text]);
    let mut file = given(&dossier);
    let mut copy = file.scenarios[0].clone();
    copy.copy_of = std::mem::take(&mut copy.id);
    copy.name = "Mijn plan 2".into();
    copy.lines[0].hired[0].work[0].rate.amount = euro("15.50");
    file.scenarios.push(copy);
    let returned = returned(&file, &dossier);
    let new = &returned.scenarios[1];
    assert_eq!(new.changed, None);
    assert_eq!(new.scenario.lines[0].hired[0].name, "mevrouw A. Yilmaz");
    assert_eq!(new.scenario.conditions, dossier.scenarios[0].conditions);
    assert!(new.scenario.copy_of.is_empty());
}

#[test]
fn a_file_of_the_first_format_is_read_and_found_again_by_names_and_days() {
    let dossier = with(&[TWO]);
    let mut file = given(&dossier);
    for scenario in &mut file.scenarios {
        scenario.id.clear();
        for hired in scenario.lines.iter_mut().flat_map(|line| &mut line.hired) {
            hired.id.clear();
        }
    }
    let old = file
        .to_text()
        .unwrap()
        .replacen("format: 2", "format: 1", 1);
    let mut file = ScenarioFile::read("oud.ron", old.as_bytes()).expect("it opens");
    file.scenarios[0].lines[0].hired[1].work[0].rate.amount = euro("15.50");
    let returned = file.returned(&dossier, &library(), DAY).unwrap();
    let proposal = &returned.scenarios[0];
    assert_eq!(proposal.changed.as_ref().unwrap().len(), 1);
    assert_eq!(proposal.scenario.lines[0].hired[1].name, "meneer Blauw");
}

#[test]
fn years_that_only_the_file_has_are_told() {
    let mut dossier = with(&[&helper("16.00")]);
    let now = dossier.clone();
    dossier.provisions[0].line.to = Some(date(2019, 12, 31));
    let told = said(&returned(&given(&dossier), &now).grant);
    assert!(
        told.iter()
            .any(|one| one.contains("budget van 2019:  -> €")),
        "{told:#?}"
    );
}

#[test]
fn changes_are_told_in_dutch_without_the_names_of_fields() {
    let dossier = with(&[TWO]);
    let mut file = given(&dossier);
    let theirs = scenario(
        r#"(name: "Twee helpers", rise: Some("7.5"), lines: [(provision: 0, product: "ho",
        choices: {"severity": (value: "zwaar"), "intensity": (value: "intensief")},
        hours: [(hours: Typed([(volume: "260", unit: Minute, per: Week)]))],
        delivery: Some(Pgb(providers: [(kind: "zzp")])),
        hired: [(kind: "informeel", to: Some("2018-06-30"), contract: Some(Without), full_time_week: Some(Hours38),
            work: [(extent: (volume: "3", unit: Hour, per: Week), days: [Monday], every: Some(2), rate: (amount: "1500", per: Month),
                later: [(from: "2018-03-01", amount: "20")], holidays: Rate("18"))],
            away: [(from: "2018-02-01", to: "2018-02-10")],
            costs: [(kind: Employer, amount: OfWork("12")), (kind: Travel, amount: Every((amount: "10", per: Month)))],
            floor: Some(Amount(per_hour: "11", source: "Staatscourant")))],
        )])"#,
    );
    let id = file.scenarios[0].lines[0].hired[0].id.clone();
    file.scenarios[0].lines = theirs.lines;
    file.scenarios[0].lines[0].hired[0].id = id;
    file.scenarios[0].rise = theirs.rise;
    let back = returned(&file, &dossier);
    let told = said(back.scenarios[0].changed.as_ref().unwrap()).join("\n");
    for words in [
        "Stijging van de tarieven:  -> 7,5%",
        "zwaartesoort:  -> Zwaar",
        "intensiteit:  -> intensief",
        "vorm:  -> pgb",
        "soort:  -> zelfstandige (zzp)",
        "zonder zorgovereenkomst",
        "38 uur",
        "maandag",
        "€\u{a0}1.500,00",
        "1 maart 2018",
        "feestdagen:  -> een ander tarief",
        "€\u{a0}18,00",
        "10 februari 2018",
        "werkgeverslasten",
        "12%",
        "zelf opgezocht",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    for raw in [
        "{",
        "[",
        "\"",
        "rate",
        "Hour",
        "hired",
        "een ander",
        "weggelaten",
    ] {
        let told = told.replace("een ander tarief", "");
        assert!(!told.contains(raw), "{raw}\n{told}");
    }
}

#[test]
fn a_number_of_a_person_in_a_name_stays_at_the_office_and_a_name_is_told() {
    let named = helper("16.00").replace("Zoals nu", "Met mevrouw (BSN 999993653)");
    let wrong = ScenarioFile::of(&with(&[&named]), &library(), DAY).expect_err("it is refused");
    assert_eq!(wrong[0].field, "scenarios[0].name");
    let named = with(&[&helper("16.00").replace("Zoals nu", "Met Yilmaz")]);
    let told = names_going_home(&named);
    assert_eq!(told[0].field, "scenarios[0].name");
    assert!(told[0].message.contains("Yilmaz"));
    assert_eq!(names_going_home(&with(&[&helper("16.00")])), []);
}

/// Every kind of sentence that is said at home: each warning, a budget that is short, and one that is short by rounding.
#[test]
fn what_is_said_at_home_of_every_rule_is_plain_dutch() {
    let kind = |text: String, kind: &str| {
        text.replace("kind: \"informeel\"", &format!("kind: \"{kind}\""))
    };
    let fixed = |rate: &str| helper(rate).replace("per: Hour", "per: Month");
    let without = |text: String| text.replace("Assignment", "Without");
    let dear = helper("30.00").replace("product: \"ho\",", r#"product: "ho", delivery: Some(Pgb(providers: [(kind: "informeel", set_rate: Some((amount: "30.00", per: Hour, decision: "Rechtbank")))])),"#);
    let cut = kind(helper("27.50"), "instelling").replace("product: \"ho\",", r#"product: "ho", delivery: Some(Pgb(providers: [(kind: "instelling")])), hours: [(hours: Typed([(volume: "230", unit: Minute, per: Week)]))], choices: {"severity": (value: "midden", reason: Some("proef")), "intensity": (value: "standaard")},"#);
    let rises = helper("16.00").replace("lines:", "rise: Some(\"5\"), lines:");
    let costs = helper("12.00").replace(
        "work: [",
        "costs: [(kind: Employer, amount: OfWork(\"1\"))], work: [",
    );
    let all = [
        (rises, "Dat is niet genoeg"),
        (helper("14.99"), "alleen door afronden"),
        (helper("14.00"), "Dan krijgt u ook minder"),
        (helper("10.00"), "dit loon is te laag"),
        (costs, "Dan kan uw pgb lager worden"),
        (kind(helper("19.25"), "zzp"), "een ander soort hulp"),
        (fixed("200"), "Een vast loon mag hier niet"),
        (without(helper("15.13")), "zonder contract"),
        (dear, "duurder dan dezelfde hulp"),
        (cut, "niet meer dan een vast bedrag"),
    ];
    let words = maatwerk::plain::PlainWords::shipped().expect("the words are sound");
    for (text, told) in all {
        let dossier = with(&[&text]);
        let outlook = super::outlook(&dossier, 0, DAY);
        let mut said = vec![answer(&outlook)];
        said.extend(
            outlook
                .lines
                .iter()
                .filter(|line| line.is_pgb())
                .flat_map(at_home),
        );
        said.extend(plain_checks(&outlook));
        let said = said.join("\n").replace('\u{a0}', " ");
        assert!(said.contains(told), "{told}\n{said}");
        let found = words.check(&said, &["Pgb"]);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{found:#?}\n{said}");
    }
}

#[test]
fn activities_with_their_goals_and_reasons_of_own_prices_stay_at_the_office() {
    let mut dossier = with(&[TWO]);
    let extent = r#"[(part: None, hours: Activities([(goal: "Weer zelf koken", activity: "Oefenen met mevrouw", extent: (volume: "174", unit: Minute, per: Week))]))]"#;
    dossier.provisions[0].line.hours =
        maatwerk::document::read_text("hours", extent).unwrap_or_else(|told| panic!("{told:#?}"));
    dossier.provisions[0].line.choices = maatwerk::document::read_text(
        "choices",
        r#"{"severity": (value: "midden"), "intensity": (value: "standaard")}"#,
    )
    .unwrap_or_else(|told| panic!("{told:#?}"));
    let own = r#"[(kind: Some("informeel"), price: (amount: "16.00", per: Hour), reason: "Omdat haar buurvrouw", approved_by: "K. Bakker")]"#;
    dossier.provisions[0].line.own_prices =
        maatwerk::document::read_text("prices", own).unwrap_or_else(|told| panic!("{told:#?}"));
    let text = given(&dossier).to_text().unwrap();
    for personal in ["zelf koken", "Oefenen", "buurvrouw", "Bakker"] {
        assert!(!text.contains(personal), "{personal}");
    }
}
