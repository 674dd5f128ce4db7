//! A catalogue that looks like no shipped one, written at run time: own axes, units, kinds of
//! provider and conventions. It gets a budget, as worked out by hand, and a letter, without a rebuild.

use crate::cases::{line, lines, traced};
use crate::trace::complaints;
use jiff::civil::date;
use maatwerk::budget::{Library, LineBudget};
use maatwerk::catalogue::SourceFile;
use maatwerk::dossier::Dossier;
use maatwerk::letter::grant;
use maatwerk::quantity::Frequency;
use maatwerk::trace::NodeId;

const MUNICIPALITY: &str = r#"(
    format: 1, code: "9999", name: "Vreemdam", sender: "Gemeente Vreemdam",
    college: "het college van Vreemdam", status: Established, source: "bedacht",
    office: (name: "Loket", street: "Kade 1", place: "1000 AA  VREEMDAM"),
    objection: (name: "Bezwaar", street: "Kade 1", place: "1000 AA  VREEMDAM"),
    regulation: "Verordening Vreemdam",
)"#;

/// A convention that everybody confirmed.
fn agreed(value: &str) -> String {
    format!("(value: {value}, source: \"besluit\", status: Established)")
}

fn rounding(at: &str, mode: &str, step: &str) -> String {
    format!(
        "(at: {at}, rounding: (mode: {mode}, step: \"{step}\"), source: \"besluit\", status: Established)"
    )
}

fn value(from: &str, amount: &str) -> String {
    format!("(from: \"{from}\", amount: {amount}, source: \"besluit\", status: Established)")
}

fn view(to: &str, from: &str, factor: &str, takes: &str) -> String {
    format!(
        "(to: {to}, from: {from}, factor: \"{factor}\", name: \"{from} × {factor}\", takes: {takes}, source: \"besluit\", status: Established)"
    )
}

fn conventions(
    id: &str,
    base: &str,
    views: &[String],
    totals: &str,
    total: &str,
    roundings: &[String],
    mixed: &str,
) -> String {
    format!(
        "(id: \"{id}\", base: {}, views: [{}], totals: {}, total_rounding: {}, roundings: [{}], mixed: {}, \
         budget_period: {}, real_cost_if_lower: {}, mix_of_delivery: {})",
        agreed(base),
        views.join(", "),
        agreed(totals),
        agreed(total),
        roundings.join(", "),
        agreed(mixed),
        agreed("WholeTerm"),
        agreed("false"),
        agreed("false"),
    )
}

/// The catalogue, put together from pieces when the test runs.
fn catalogue() -> String {
    let night = conventions(
        "nacht",
        "Every(TwoWeeks)",
        &[
            view("Year", "TwoWeeks", "365.25/14", "Rounded"),
            view("Month", "Year", "1/12", "Exact"),
        ],
        "WholePeriods",
        "AtEnd",
        &[
            rounding("Rate", "Up", "0.005"),
            rounding("Volume", "Up", "0.25"),
            rounding("Period", "Down", "0.05"),
            rounding("View", "Up", "0.01"),
            rounding("Total", "HalfUp", "0.5"),
        ],
        "PerPart",
    );
    let talk = conventions(
        "taal",
        "OfExtent",
        &[view("Month", "Week", "4.348", "Exact")],
        "MonthsProRata",
        "PerPeriod",
        &[
            rounding("MinuteRate", "HalfUp", "0.001"),
            rounding("View", "Down", "1"),
            rounding("Total", "Up", "0.01"),
        ],
        "Heaviest",
    );
    format!(
        r#"(
    format: 1, id: "vreemd", title: "Vreemd", version: "zeven", municipalities: ["9999"], from: "2018-01-01",
    sources: {{ "besluit": (title: "Besluit Vreemdam") }},
    axes: [
        (id: "taal", label: "Taal", values: [(id: "nl", label: "Nederlands"), (id: "pap", label: "Papiaments")]),
        (id: "dagsoort", label: "Soort dag", values: [(id: "werkdag", label: "werkdag"), (id: "zondag", label: "zondag")]),
        (id: "erkenning", label: "Erkenning", values: [(id: "a", label: "A"), (id: "b", label: "B"), (id: "c", label: "C")]),
        (id: "drukte", label: "Drukte", values: [(id: "rustig", label: "rustig"), (id: "druk", label: "druk")]),
    ],
    providers: [
        (id: "klooster", label: "klooster", rank: 40, relation: Institution),
        (id: "buurvrouw", label: "buurvrouw", rank: 50, relation: Employment),
    ],
    conventions: [{night}, {talk}],
    products: [
        (id: "nachtwacht", label: "Nachtwacht", axes: ["dagsoort", "erkenning"], conventions: "nacht", own_contribution: {due}),
        (id: "gesprek", label: "Gesprek", axes: ["taal", "drukte"], conventions: "taal", own_contribution: {not_due}, piece_name: "gesprek"),
        (id: "reis", label: "Reis", conventions: "taal", own_contribution: {not_due}, grantable: false),
        (id: "tolk", label: "Tolk aan huis", axes: ["taal", "drukte"], conventions: "taal", own_contribution: {own_regime}, parts: [
            (id: "praten", label: "Praten", product: "gesprek", fixed: {{"taal": "pap"}}),
            (id: "rijden", label: "Rijden", product: "reis"),
        ]),
    ],
    scales: [
        (product: "gesprek", axis: "drukte", measures: Granted, unit: Piece, per: Week, closed: Lower, steps: [
            (value: "rustig", over: "1", to: "4"), (value: "druk", over: "4"),
        ], source: "besluit", status: Established),
    ],
    tariffs: [
        (product: "nachtwacht", provider: "klooster", when: {{"dagsoort": "zondag", "erkenning": "a"}}, strategy: GrantedTimesRate, per: Etmaal, values: [{abbey}]),
        (product: "nachtwacht", provider: "buurvrouw", strategy: GrantedTimesRate, per: Etmaal, values: [{neighbour}]),
        (product: "gesprek", provider: "buurvrouw", when: {{"drukte": "rustig"}}, strategy: GrantedTimesRate, per: Piece, values: [{quiet}]),
        (product: "gesprek", provider: "buurvrouw", when: {{"drukte": "druk"}}, strategy: GrantedTimesRate, per: Piece, values: [{busy}]),
        (product: "reis", provider: "buurvrouw", strategy: GrantedTimesRate, per: Dagdeel, values: [{ride}]),
    ],
    ceilings: [
        (product: "nachtwacht", providers: ["klooster"], when: {{"erkenning": "a"}}, per: TwoWeeks, values: [{most}]),
    ],
)"#,
        due = agreed("Due"),
        not_due = agreed("NotDue"),
        own_regime = agreed("OwnRegime"),
        abbey = value("2018-01-01", "Euro(\"211.375\")"),
        neighbour = value(
            "2018-01-01",
            "Percent(percentage: \"65.5\", provider: \"klooster\", when: {\"erkenning\": \"a\", \"dagsoort\": \"zondag\"})"
        ),
        quiet = value("2018-01-01", "Euro(\"24.10\")"),
        busy = value("2018-01-01", "Euro(\"20\")"),
        ride = value("2018-01-01", "Euro(\"9.99\")"),
        most = value("2018-01-01", "Euro(\"300\")"),
    )
}

fn library() -> Library {
    let catalogue = catalogue();
    let files = [
        SourceFile {
            name: "vreemdam.ron",
            text: MUNICIPALITY,
        },
        SourceFile {
            name: "vreemd.ron",
            text: &catalogue,
        },
    ];
    Library::of(&files).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

fn budget(text: &str) -> LineBudget<NodeId> {
    let library = library();
    let line = line(text);
    let (budget, trace) = traced(&library, &line, line.from);
    let wrong = complaints(&budget, &trace);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    budget
}

fn amount(budget: &LineBudget<NodeId>) -> (String, Frequency) {
    let segment = &budget.segments[0];
    let euro = segment.amount.first().unwrap().euro();
    (euro.unwrap().0.to_string(), segment.per)
}

fn view_of(budget: &LineBudget<NodeId>, place: usize) -> Option<String> {
    budget.segments[0].views[place]
        .as_ref()
        .map(|view| view.rounded.0.to_string())
}

fn term(budget: &LineBudget<NodeId>) -> String {
    budget
        .term
        .as_ref()
        .unwrap()
        .money
        .euro()
        .unwrap()
        .0
        .to_string()
}

/// 3,1 etmaal per 4 weeks is 1,55 per two weeks, up to a quarter: 1,75. The rate is
/// 65,5% × 211,375 = 138,450625, up to half a cent: 138,455. 1,75 × 138,455 = 242,29625, down to
/// 5 cents: 242,25. A year is 365,25/14 × 242,25 = 6.320,1295, up: 6.320,13; the exact one ÷ 12 is
/// 526,6775, up: 526,68. From 5 March to 6 May 2018 are 63 days: 5 periods of two weeks touched,
/// 1.211,25, to half euros: 1.211,50.
#[test]
fn etmalen_by_two_weeks_with_recognition_and_kind_of_day_get_a_budget() {
    let budget = budget(
        r#"(product: "nachtwacht", choices: {"dagsoort": (value: "werkdag"), "erkenning": (value: "c")},
        from: "2018-03-05", to: "2018-05-06",
        hours: [(hours: Typed([(volume: "3.1", unit: Etmaal, per: FourWeeks)]))],
        delivery: Pgb(providers: [(kind: "buurvrouw")]))"#,
    );
    assert_eq!(budget.problems, []);
    assert_eq!(amount(&budget), ("242.25".into(), Frequency::TwoWeeks));
    assert_eq!(view_of(&budget, 3).as_deref(), Some("6320.13"));
    assert_eq!(view_of(&budget, 2).as_deref(), Some("526.68"));
    assert_eq!(term(&budget), "1211.5");
}

/// 2 etmalen × 211,375 = 422,75 per two weeks, at most 300; the ceiling is for the abbey only.
#[test]
fn a_ceiling_for_one_kind_of_provider_and_one_recognition_cuts() {
    let budget = budget(
        r#"(product: "nachtwacht", choices: {"dagsoort": (value: "zondag"), "erkenning": (value: "a")},
        from: "2018-03-05", to: "2018-03-18",
        hours: [(hours: Typed([(volume: "4", unit: Etmaal, per: FourWeeks)]))],
        delivery: Pgb(providers: [(kind: "klooster")]))"#,
    );
    assert_eq!(amount(&budget), ("300.00".into(), Frequency::TwoWeeks));
    assert_eq!(
        budget.segments[0].parts[0]
            .cut
            .recurring
            .unwrap()
            .value
            .to_string(),
        "491/4"
    );
    assert_eq!(term(&budget), "300");
}

/// For work days and recognition A the abbey has no price, and no other falls in for it.
#[test]
fn a_combination_that_the_sheet_leaves_out_is_an_error_that_names_it() {
    let budget = budget(
        r#"(product: "nachtwacht", choices: {"dagsoort": (value: "werkdag"), "erkenning": (value: "a")},
        from: "2018-03-05", to: "2018-03-18",
        hours: [(hours: Typed([(volume: "4", unit: Etmaal, per: FourWeeks)]))],
        delivery: Pgb(providers: [(kind: "klooster")]))"#,
    );
    let text = budget.problems[0].to_string();
    assert!(
        text.contains("voor Nachtwacht, werkdag, A is er geen tarief met klooster"),
        "{text}"
    );
    assert!(budget.segments.is_empty());
}

/// Parts of two units. 4 talks a week: 4 belongs to the busy step (lower side closed), × 20,00 =
/// 80,00. 3 dagdelen a week × 9,99: per minute 9,99 ÷ 240 = 0,041625, to 0,042; × 720 = 30,24.
/// Together 110,24 a week. The month is × 4,348 = 479,32352, down to whole euros: 479. From 10
/// January to 28 February: 22/31 + 1 months, each month rounded up per part: 80,00 × 4,348 = 347,84
/// gives 246,8542 → 246,86 and 347,84; 30,24 × 4,348 = 131,48352 gives 93,3109 → 93,32 and
/// 131,48352 → 131,49. Together 819,51.
#[test]
fn a_product_of_talks_and_rides_adds_up_its_parts_of_two_units() {
    let budget = budget(
        r#"(product: "tolk", choices: {}, from: "2018-01-10", to: "2018-02-28",
        hours: [
            (part: "praten", hours: Typed([(volume: "4", unit: Piece, per: Week)])),
            (part: "rijden", hours: Typed([(volume: "3", unit: Dagdeel, per: Week)])),
        ],
        delivery: Pgb(providers: [(kind: "buurvrouw")]))"#,
    );
    assert_eq!(budget.problems, []);
    let segment = &budget.segments[0];
    assert_eq!(
        segment.catalogue.describe(&segment.parts[0].choices),
        "Papiaments, druk"
    );
    let amount = segment.amount.recurring.as_ref().unwrap();
    assert_eq!(amount.figure().unwrap().value.to_string(), "110");
    assert_eq!(view_of(&budget, 2).as_deref(), Some("479"));
    assert_eq!(term(&budget), "819.51");
}

/// The dossier of somebody who gets the talks and rides of the test before this one.
const DOSSIER: &str = r#"(
    format: 1, number: "V-1", municipality: "9999",
    client: (
        person: (initials: "B.", surname: "Vreemdeling", name_use: Own, sex: Female, birth_date: "1950-02-28"),
        bsn: "999900006", client_number: "77",
        address: (street: "Kade", number: 2, postcode: "1000AA", place: "Vreemdam"),
    ),
    contact: (name: "C. Loket", telephone: "010 000 00 00", mail: "loket@vreemdam.example"),
    signatory: (name: "D. Teken", role: "teamleider", mandate: "mandaatbesluit Vreemdam"),
    dates: (report: "2017-11-20", application: "2017-12-01", decision: "2018-01-05", sending: "2018-01-06"),
    provisions: [(
        line: (product: "tolk", choices: {}, from: "2018-01-10", to: "2018-02-28",
            hours: [
                (part: "praten", hours: Typed([(volume: "4", unit: Piece, per: Week)])),
                (part: "rijden", hours: Typed([(volume: "3", unit: Dagdeel, per: Week)])),
            ],
            delivery: Pgb(providers: [(name: "mevrouw Buur", kind: "buurvrouw")])),
        motivation: (
            limitations: "u spreekt geen Nederlands en kunt niet zelf reizen",
            own_strength: "u schrijft zelf uw brieven",
            customary_help: "u woont alleen",
            prior: "er is geen algemene voorziening voor tolken",
            reasons: "u heeft elke week iemand nodig die vertaalt en rijdt",
            results: ["u verstaat uw arts"],
            activities: ["vertalen bij gesprekken, elke week"],
            purpose: "u koopt hiermee gesprekken en ritten",
            quality: "uw hulp spreekt beide talen en rijdt veilig",
        ),
    )],
)"#;

/// The text of a PDF by `pdftotext`; nothing when that is not installed.
fn read_back(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut tool = std::process::Command::new("pdftotext");
    let run = tool
        .args(["-enc", "UTF-8"])
        .arg(&file)
        .arg("-")
        .output()
        .ok()?;
    assert!(run.status.success());
    let text = String::from_utf8(run.stdout)
        .unwrap()
        .replace('\u{a0}', " ");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn the_written_catalogue_gets_a_letter_with_its_own_words_and_amounts() {
    let library = library();
    let dossier = Dossier::read("vreemd.ron", DOSSIER.as_bytes())
        .unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let evaluation = dossier.evaluate(&library, date(2018, 1, 5));
    let letter = grant(&dossier, &evaluation, &library, None)
        .unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let pdf = letter.to_pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let Some(text) = read_back(&pdf) else {
        println!("pdftotext is not here: the text of the PDF was not read back");
        return;
    };
    for wanted in [
        "Gemeente Vreemdam",
        "Tolk aan huis",
        "buurvrouw",
        "3 dagdelen",
        "€ 9,99 per dagdeel",
        "€ 479,00 per maand",
        "€ 131,48352 per maand",
        // What comes back every week is shown in whole euros, and the calculation says so.
        "€ 110,24 per week",
        "€ 110,00 per week regel 9, naar beneden afgerond op hele euro's",
        "€ 819,51",
        "Verordening Vreemdam",
        "Kade 1",
        "“arbeidsovereenkomst” voor mevrouw Buur",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}
