//! Each row of the table of what a decision letter states (Awb 3:45 to 3:49, Wmo 2015): without its data the letter
//! refuses and names the field, or says in words why it is absent.

use super::program::{dossier, shipped, shipped_with, text_of, written};
use jiff::civil::date;
use maatwerk::dossier::{Dossier, Outcome, Wording};
use maatwerk::indication::{CareProvider, Choice, Delivery, Hours};
use maatwerk::quantity::{Extent, Frequency, Unit};

/// What happens without the data of a row.
enum Then {
    /// The letter is refused, with this field.
    Refused(&'static str),
    /// The letter says this, which it did not say before.
    Says(&'static str),
    /// The letter says this all the same, because the law wants it there.
    SaysStill(&'static str),
}
use Then::{Refused, Says, SaysStill};

struct Row {
    what: &'static str,
    /// The dossier that has the data.
    of: &'static str,
    /// Gives it the data, where no dossier has them as it stands.
    with: fn(&mut Dossier),
    /// Takes the data away.
    without: fn(&mut Dossier),
    /// Takes them away from a file of the program: its name, what stands there, and what stands there then.
    data: Option<[&'static str; 3]>,
    then: Then,
}

fn row(what: &'static str, of: &'static str, without: fn(&mut Dossier), then: Then) -> Row {
    Row {
        what,
        of,
        with: |_| (),
        without,
        data: None,
        then,
    }
}

impl Row {
    fn with(mut self, with: fn(&mut Dossier)) -> Self {
        self.with = with;
        self
    }

    fn of_file(mut self, name: &'static str, from: &'static str, to: &'static str) -> Self {
        self.data = Some([name, from, to]);
        self
    }
}

fn providers(dossier: &mut Dossier) -> &mut Vec<CareProvider> {
    match &mut dossier.provisions[0].line.delivery {
        Delivery::Pgb { providers } => providers,
        Delivery::InKind { .. } => panic!("it is a pgb"),
    }
}

fn provider_name(dossier: &mut Dossier, place: usize) {
    match &mut dossier.provisions[0].line.delivery {
        Delivery::Pgb { providers } => providers[place].name.clear(),
        Delivery::InKind { provider } => provider.clear(),
    }
}

/// So many minutes a week that no norm set gave, with the choice that a norm set makes.
fn typed(dossier: &mut Dossier, minutes: i64) {
    let extent = Extent {
        volume: minutes.into(),
        unit: Unit::Minute,
        per: Frequency::Week,
    };
    let line = &mut dossier.provisions[0].line;
    line.hours[0].hours = Hours::Typed(vec![extent]);
    let standard = Choice {
        value: "standaard".to_owned(),
        reason: None,
    };
    line.choices.insert("intensity".to_owned(), standard);
}

fn rows() -> Vec<Row> {
    const ZIN: &str = "brief-zin";
    const PGB: &str = "brief-pgb";
    vec![
        // Granted or refused, for each provision apart.
        row(
            "voorzieningen",
            ZIN,
            |d| d.provisions.clear(),
            Refused("provisions"),
        ),
        row(
            "grond van de afwijzing",
            "brief-afwijzing",
            |d| d.provisions[1].outcome = Outcome::Refused { ground: " ".into() },
            Refused("provisions[1].outcome.ground"),
        ),
        // Result, provision, severity or band.
        row(
            "resultaat",
            ZIN,
            |d| d.provisions[0].motivation.results.clear(),
            Refused("provisions[0].motivation.results"),
        ),
        row(
            "resultaat",
            PGB,
            |d| d.provisions[0].motivation.results = vec![" ".into()],
            Refused("provisions[0].motivation.results"),
        ),
        row(
            "voorziening",
            ZIN,
            |d| d.provisions[0].line.product.clear(),
            Refused("provisions[0].line.product"),
        ),
        row(
            "zwaartesoort",
            "brief-gemengd",
            |d| {
                d.provisions[0].line.choices.remove("severity");
            },
            Refused("provisions[0].line.choices.severity"),
        ),
        row(
            "bandbreedte",
            "brief-beide",
            |d| {
                d.provisions[0].line.choices.remove("band");
            },
            Refused("provisions[0].line.hours[0].hours"),
        ),
        // Hours with frequency, activities.
        row(
            "omvang",
            ZIN,
            |d| d.provisions[0].line.hours.clear(),
            Refused("provisions[0].line.hours"),
        ),
        row(
            "omvang",
            PGB,
            |d| d.provisions[0].line.hours.clear(),
            Refused("provisions[0].line.hours"),
        ),
        row(
            "activiteiten",
            ZIN,
            |d| d.provisions[0].motivation.activities.clear(),
            Refused("provisions[0].motivation.activities"),
        ),
        row(
            "activiteiten",
            PGB,
            |d| d.provisions[0].motivation.activities.clear(),
            Refused("provisions[0].motivation.activities"),
        ),
        // Choices.
        row(
            "intensiteit",
            "brief-gemengd",
            |d| {
                d.provisions[0].line.choices.remove("intensity");
            },
            Refused("provisions[0].line.choices.intensity"),
        ),
        // Start and end.
        row(
            "einde",
            ZIN,
            |d| d.provisions[0].line.to = None,
            Says("vanaf 1 januari 2018, zonder einddatum"),
        ),
        row(
            "einde",
            PGB,
            |d| d.provisions[0].line.to = None,
            Says("Uw pgb heeft geen einddatum. Daarom staat hier geen totaal."),
        ),
        // Provider in kind.
        row(
            "zorgaanbieder",
            ZIN,
            |d| provider_name(d, 0),
            Says("Het is nog niet bekend welke zorgaanbieder u gaat helpen."),
        ),
        // Purpose and quality.
        row(
            "bestedingsdoel",
            PGB,
            |d| d.provisions[0].motivation.purpose.clear(),
            Refused("provisions[0].motivation.purpose"),
        ),
        row(
            "kwaliteit",
            PGB,
            |d| d.provisions[0].motivation.quality.clear(),
            Refused("provisions[0].motivation.quality"),
        ),
        // Rates, amounts, how computed.
        row(
            "uurtarief",
            PGB,
            |d| providers(d)[0].kind.clear(),
            Refused("provisions[0].line.delivery.providers[0].kind"),
        ),
        row(
            "uurtarief, waar de gemeente er geen heeft",
            PGB,
            |d| *d = dossier("brief-maandbedrag"),
            Says(
                "Dit is een vast bedrag per maand. Er is geen uurtarief. U krijgt het bedrag voor 150 minuten per week",
            ),
        ),
        row(
            "bedrag",
            "brief-maandbedrag",
            |d| d.provisions[0].line.reindicated = Some(date(2022, 6, 1)),
            Refused("provisions[0].line.delivery"),
        ),
        row(
            "prijs op offerte",
            "brief-beide",
            |d| {
                let line = &mut d.provisions[0].line;
                let ten = Extent {
                    volume: 10.into(),
                    unit: Unit::Hour,
                    per: Frequency::Week,
                };
                line.hours[0].hours = Hours::Typed(vec![ten]);
                line.choices.remove("band");
            },
            Says("De prijs die de gemeente hiervoor betaalt, is nog niet bekend."),
        ),
        row(
            "tarief na de laatste dag",
            "brief-open-eind",
            |d| d.provisions[0].line.to = Some(date(2025, 2, 28)),
            Says("tarief na 31 december 2023 nog niet vastgesteld"),
        )
        .with(|d| d.provisions[0].line.to = Some(date(2023, 12, 31))),
        row(
            "prijs in natura",
            ZIN,
            |d| *d = dossier("brief-prijs-onbekend"),
            Says("De prijs die de gemeente hiervoor betaalt, is nog niet bekend."),
        ),
        row(
            "uren die niemand doet",
            "brief-gemengd",
            |d| {
                let Delivery::Pgb { providers } = &mut d.provisions[0].line.delivery else {
                    panic!("it is a pgb");
                };
                providers[0].share[0].extent.volume = 100.into();
            },
            Refused("provisions[0].line.delivery"),
        ),
        // Accounting.
        row(
            "naam van de zorgverlener",
            PGB,
            |d| provider_name(d, 0),
            Says("informele hulp, naam nog niet bekend"),
        ),
        row(
            "vrij bedrag",
            PGB,
            |d| d.provisions[0].motivation.free_amount.clear(),
            Says("Er is geen bedrag dat u mag besteden zonder uit te leggen waaraan."),
        )
        .with(|d| d.provisions[0].motivation.free_amount = "€ 250 per jaar".to_owned()),
        row(
            "maandloon",
            PGB,
            |d| d.provisions[0].motivation.monthly_wage_allowed = false,
            Says("U mag met uw zorgverlener geen vast loon per maand afspreken."),
        )
        .with(|d| d.provisions[0].motivation.monthly_wage_allowed = true),
        row(
            "SVB en contract",
            PGB,
            |d| providers(d).clear(),
            Refused("provisions[0].line.delivery"),
        ),
        // Own contribution.
        row(
            "eigen bijdrage, geen bedrag",
            ZIN,
            |d| d.provisions[0].line.from = date(2018, 1, 1),
            Says(
                "Hoeveel u in 2018 betaalt, hangt af van uw inkomen. Daarom staat er in deze brief geen bedrag.",
            ),
        )
        .with(|d| {
            let line = &mut d.provisions[0].line;
            (line.from, line.to) = (date(2021, 1, 1), Some(date(2021, 12, 31)));
        }),
        row(
            "wie de eigen bijdrage vaststelt",
            ZIN,
            |d| d.provisions[0].line.to = None,
            SaysStill("Het CAK (Centraal Administratie Kantoor) stelt uw bijdrage vast"),
        ),
        row(
            "eigen bijdrage, niet verschuldigd",
            ZIN,
            |d| *d = dossier("brief-afwijzing"),
            Says("Voor begeleiding waakvlam betaalt u geen eigen bijdrage."),
        ),
        row(
            "eigen bijdrage, jaar niet bekend",
            ZIN,
            |d| {
                let line = &mut d.provisions[0].line;
                (line.from, line.to) = (date(2027, 1, 1), Some(date(2027, 12, 31)));
            },
            Says("Hoeveel u in 2027 ten hoogste betaalt, is nog niet bekend: wetsvoorstel 36713"),
        ),
        row(
            "eigen bijdrage, alles afgewezen",
            "brief-afwijzing",
            |d| {
                d.provisions.remove(0);
            },
            Says("Voor wat wij in deze brief afwijzen, betaalt u geen eigen bijdrage."),
        ),
        // Reasons.
        row(
            "melding",
            ZIN,
            |d| d.dates.report = None,
            Refused("dates.report"),
        ),
        row(
            "aanvraag",
            ZIN,
            |d| d.dates.application = None,
            Refused("dates.application"),
        ),
        row(
            "beperkingen",
            ZIN,
            |d| d.provisions[0].motivation.limitations.clear(),
            Refused("provisions[0].motivation.limitations"),
        ),
        row(
            "eigen kracht",
            ZIN,
            |d| d.provisions[0].motivation.own_strength.clear(),
            Refused("provisions[0].motivation.own_strength"),
        ),
        row(
            "gebruikelijke hulp",
            PGB,
            |d| d.provisions[0].motivation.customary_help.clear(),
            Refused("provisions[0].motivation.customary_help"),
        ),
        row(
            "wat voorgaat",
            PGB,
            |d| d.provisions[0].motivation.prior.clear(),
            Refused("provisions[0].motivation.prior"),
        ),
        row(
            "redenen",
            PGB,
            |d| d.provisions[0].motivation.reasons.clear(),
            Refused("provisions[0].motivation.reasons"),
        ),
        row(
            "beperkingen, bij een afwijzing",
            "brief-afwijzing",
            |d| d.provisions[1].motivation.limitations.clear(),
            Refused("provisions[1].motivation.limitations"),
        ),
        row(
            "eigen kracht, bij een afwijzing",
            "brief-afwijzing",
            |d| d.provisions[1].motivation.own_strength.clear(),
            Refused("provisions[1].motivation.own_strength"),
        ),
        row(
            "gebruikelijke hulp, bij een afwijzing",
            "brief-afwijzing",
            |d| d.provisions[1].motivation.customary_help.clear(),
            Refused("provisions[1].motivation.customary_help"),
        ),
        row(
            "wat voorgaat, bij een afwijzing",
            "brief-afwijzing",
            |d| d.provisions[1].motivation.prior.clear(),
            Refused("provisions[1].motivation.prior"),
        ),
        row(
            "norm",
            PGB,
            |d| typed(d, 174),
            Says(
                "Dit is niet met een normenkader berekend. Het volgt uit ons onderzoek naar uw situatie.",
            ),
        ),
        row(
            "afwijkingen",
            PGB,
            |d| {
                d.provisions[0].line.choices.remove("severity");
            },
            Says("Wij wijken niet af van de norm en niet van onze gewone regels."),
        )
        .with(|d| {
            let heavier = Choice {
                value: "zwaar".to_owned(),
                reason: Some("u heeft nu meer hulp nodig".to_owned()),
            };
            let choices = &mut d.provisions[0].line.choices;
            choices.insert("severity".to_owned(), heavier);
        }),
        // Legal articles.
        row(
            "datum van het besluit",
            ZIN,
            |d| d.dates.decision = None,
            Refused("dates.decision"),
        ),
        row(
            "artikel van de verordening",
            "brief-maandbedrag",
            |_| (),
            Says(
                "voor huishoudelijke ondersteuning: de verordening die hierboven staat. Het nummer van het artikel ontbreekt hier nog",
            ),
        )
        .of_file(
            "oegstgeest-2023.ron",
            "[\"artikel 1 van het Financieel besluit maatschappelijke ondersteuning Oegstgeest 2023\"]",
            "[]",
        ),
        // The duty to report changes, which no person can leave out.
        row(
            "meldplicht",
            ZIN,
            |d| {
                let nothing = Wording {
                    text: " \n ".to_owned(),
                    instead_of: String::new(),
                };
                d.wordings.insert("veranderingen".to_owned(), nothing);
            },
            SaysStill("Dat bent u verplicht (artikel 2.3.8 van de Wmo 2015)."),
        ),
        // The appendix: the same calculation as on the screen.
        row(
            "bijlage",
            PGB,
            |d| d.provisions[0].line.hours.clear(),
            Refused("provisions[0].line.hours"),
        ),
        row(
            "bijlage, zonder normenkader",
            PGB,
            |d| typed(d, 150),
            SaysStill("Bijlage: hoe wij hebben gerekend"),
        ),
        // Objection and signature.
        row(
            "verzending",
            ZIN,
            |d| d.dates.sending = None,
            Says("binnen zes weken na de dag van verzending"),
        ),
        row(
            "ondertekenaar",
            ZIN,
            |d| d.signatory.name.clear(),
            Refused("signatory.name"),
        ),
        row(
            "functie",
            PGB,
            |d| d.signatory.role.clear(),
            Refused("signatory.role"),
        ),
        row(
            "mandaat",
            PGB,
            |d| d.signatory.mandate.clear(),
            Refused("signatory.mandate"),
        ),
        row(
            "kenmerk voor het bezwaar",
            ZIN,
            |d| d.number.clear(),
            Says("over welk besluit het gaat: de datum van deze brief;"),
        ),
        // To whom, and from whom.
        row(
            "adres",
            ZIN,
            |d| d.client.address = None,
            Refused("client.address"),
        ),
        row(
            "achternaam",
            ZIN,
            |d| d.client.person.surname.clear(),
            Refused("client.person.surname"),
        ),
        row(
            "cliëntnummer",
            ZIN,
            |d| d.client.client_number.clear(),
            Says("Cliëntnummer: nog niet bekend"),
        ),
        row(
            "kenmerk",
            ZIN,
            |d| d.number.clear(),
            Says("Ons kenmerk: nog zonder kenmerk"),
        ),
        row(
            "telefoon van de consulent",
            ZIN,
            |d| d.contact.telephone.clear(),
            Says("Bel A. de Wit, telefoon 000 000 00 00"),
        ),
        row(
            "naam van de consulent",
            ZIN,
            |d| d.contact.name.clear(),
            Says("Bel Loket Wmo (voorbeeld), telefoon 071 000 00 01"),
        ),
    ]
}

#[test]
fn a_row_without_its_data_is_refused_with_its_field_or_says_so() {
    let mut wrong = Vec::new();
    for row in rows() {
        let mut dossier = dossier(row.of);
        (row.with)(&mut dossier);
        let before = match written(&dossier, shipped()) {
            Ok(letter) => text_of(&letter.content),
            Err(problems) => {
                wrong.push(format!("{}: met de gegevens: {problems:?}", row.what));
                continue;
            }
        };
        let whole = dossier.clone();
        (row.without)(&mut dossier);
        let library = row
            .data
            .map(|[name, from, to]| shipped_with(name, from, to));
        let same = dossier == whole && library.is_none();
        if same && !matches!(row.then, SaysStill(_)) {
            wrong.push(format!("{}: er is niets weggehaald", row.what));
        }
        match (
            written(&dossier, library.as_ref().unwrap_or(shipped())),
            row.then,
        ) {
            (Ok(letter), Says(words)) => {
                if !text_of(&letter.content).contains(words) {
                    wrong.push(format!("{}: zegt niet «{words}»", row.what));
                }
                if before.contains(words) {
                    wrong.push(format!("{}: zegt met gegevens ook «{words}»", row.what));
                }
            }
            (Ok(letter), SaysStill(words)) => {
                if !text_of(&letter.content).contains(words) {
                    wrong.push(format!("{}: zegt niet meer «{words}»", row.what));
                }
            }
            (Err(problems), Refused(field)) => {
                if !problems.iter().any(|problem| problem.field == field) {
                    wrong.push(format!(
                        "{}: {field} niet genoemd in {problems:?}",
                        row.what
                    ));
                }
                for problem in problems {
                    if problem.hint.is_empty() {
                        wrong.push(format!("{}: geen raad bij {problem}", row.what));
                    }
                }
            }
            (Ok(_), Refused(field)) => {
                wrong.push(format!("{}: niet geweigerd ({field})", row.what))
            }
            (Err(problems), Says(_) | SaysStill(_)) => {
                wrong.push(format!("{}: {problems:?}", row.what))
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_municipality_left_out_is_refused_too() {
    let leiden = |from: &str, to: &str| shipped_with("gemeente-leiden.ron", from, to);
    let library = leiden("Postbus 1", "");
    let problems = written(&dossier("brief-zin"), &library).expect_err("no place to object to");
    assert!(
        problems
            .iter()
            .any(|problem| problem.field == "municipality"),
        "{problems:?}"
    );
    let library = leiden("telephone: \"000 000 00 00\",", "");
    let mut nobody = dossier("brief-zin");
    nobody.contact.telephone.clear();
    let problems = written(&nobody, &library).expect_err("nobody to call");
    assert!(
        problems
            .iter()
            .any(|problem| problem.field == "contact.telephone"),
        "{problems:?}"
    );
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let mut empty = dossier("brief-pgb");
    let why = &mut empty.provisions[0].motivation;
    why.purpose.clear();
    why.results.clear();
    empty.signatory.mandate.clear();
    let problems = written(&empty, shipped()).expect_err("three things are missing");
    assert_eq!(problems.len(), 3, "{problems:?}");
}
