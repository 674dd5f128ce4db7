//! A letter with every kind of block, for tests and for looking at.

use super::blocks::{
    Block, CalculationLine, Column, Content, Labelled, Level, List, Sender, Signature, Stamp,
    Table, TableRow, Text,
};

/// A grant letter of four pages about an invented person.
pub(super) fn letter() -> Content {
    let mut blocks = first_page();
    blocks.extend(reasons());
    blocks.extend(appendix());
    Content {
        headings: None,
        title: "Besluit hulp bij het huishouden en persoonsgebonden budget".to_owned(),
        language: "nl-NL".to_owned(),
        stamp: Some(Stamp {
            word: "CONCEPT".to_owned(),
            reason: "met voorbeeldgegevens".to_owned(),
        }),
        footer: "Besluit Wmo 2015, kenmerk Z/26/004512".to_owned(),
        blocks,
    }
}

fn first_page() -> Vec<Block> {
    let sender = Sender {
        logo: None,
        name: "Gemeente Leiden".to_owned(),
        department: "Maatschappelijke ondersteuning".to_owned(),
        lines: [
            "Bezoekadres",
            "Bargelaan 190, Leiden",
            "",
            "Postadres",
            "Postbus 9100, 2300 PC Leiden",
            "",
            "Telefoon 14 071",
            "www.leiden.nl/wmo",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let address = [
        "Mevrouw J.M. van den Bergh-Šimková",
        "Langegracht 128 B",
        "2312 NV  LEIDEN",
    ];
    vec![
        Block::Sender(sender),
        Block::Address(address.map(str::to_owned).to_vec()),
        Block::Reference(vec![
            Labelled::new("Datum", "2 maart 2026"),
            Labelled::new("Ons kenmerk", "Z/26/004512"),
            Labelled::new("Cliëntnummer", "100234"),
            Labelled::new("Contactpersoon", "A. de Wit, 14 071"),
        ]),
        Block::Heading(Level::Title, "U krijgt hulp bij het huishouden en een pgb voor begeleiding".into()),
        Block::Paragraph("Beste mevrouw Van den Bergh-Šimková,".into()),
        Block::Paragraph(
            Text::plain("Op 12 januari 2026 hebt u ons gevraagd om hulp. Wij hebben op 22 januari met u gesproken. Daarna \
                         hebt u op 9 februari een aanvraag ingediend. ")
                .strong("Wij geven u wat u hebt gevraagd.")
                .then(" In deze brief leest u wat u krijgt, vanaf wanneer, en waarom wij dit besluit nemen."),
        ),
        Block::Framed(vec![
            Block::Heading(Level::Section, "Ons besluit".into()),
            Block::KeyValue(vec![
                Labelled::new("Hulp bij het huishouden", Text::default().strong("3 uur en 20 minuten per week").then(", van Thuiszorg De Rijn")),
                Labelled::new("Begeleiding (pgb)", Text::default().strong("€\u{a0}812,40 per maand").then(", in te kopen bij uw dochter")),
                Labelled::new("Ingangsdatum", "1 maart 2026"),
                Labelled::new("Einddatum", "31 december 2027"),
                Labelled::new("Vragen?", "Bel mevrouw A. de Wit, telefoon 14 071, op werkdagen van 9 tot 17 uur"),
            ]),
        ]),
        Block::Heading(Level::Section, "Wat u met de hulp bereikt".into()),
        Block::Paragraph("Uw huis is schoon en leefbaar. U kunt zelf bepalen hoe uw week eruitziet. De hulp doet deze taken:".into()),
        Block::List(List {
            numbered: false,
            items: vec![
                "stofzuigen en dweilen van de woonkamer, de keuken, de slaapkamer en de gang, elke week".into(),
                "de badkamer en het toilet schoonmaken, elke week".into(),
                "het bed verschonen, om de week, en de was doen: sorteren, wassen, drogen, vouwen en opruimen, elke week zoals wij met u hebben afgesproken".into(),
            ],
        }),
    ]
}

fn reasons() -> Vec<Block> {
    vec![
        Block::Heading(Level::Section, "Waarom wij dit besluit nemen".into()),
        Block::Paragraph(
            "U kunt door reuma en vermoeidheid het zware huishoudelijke werk niet meer doen. Uw dochter helpt u met de \
             boodschappen en de administratie; dat blijft zij doen. Meer kan zij naast haar werk niet. Er is geen algemene \
             voorziening die u genoeg helpt. Daarom geven wij u een maatwerkvoorziening. Bij het bepalen van de uren hebben \
             wij de norm gebruikt die op 2 maart 2026 geldt. U krijgt 20 minuten per week meer dan de norm, omdat u door uw \
             huisdier en uw ademhaling vaker moet laten stofzuigen."
                .into(),
        ),
        Block::Heading(Level::Section, "Uw pgb".into()),
        Block::Paragraph("Met uw pgb koopt u begeleiding in. In de tabel staat hoeveel geld u krijgt en hoe wij dat hebben berekend. Elke regel verwijst naar een nummer in de bijlage.".into()),
        Block::Table(Table {
            columns: vec![
                Column::words("Periode"),
                Column::words("Zorgverlener"),
                Column::amounts("Uren per week"),
                Column::amounts("Tarief per uur"),
                Column::amounts("Bedrag"),
            ],
            rows: vec![
                TableRow::new(["1 maart 2026 tot en met 31 december 2026", "uit uw netwerk", "7,5", "€ 25,00", "€ 8.196,43"]),
                TableRow::new(["1 januari 2027 tot en met 31 december 2027", "uit uw netwerk", "7,5", "€ 25,75", "€ 10.069,71"]),
                TableRow::new(["Correctie eerdere periode", "", "", "", "− € 120,00"]),
                TableRow::total(["Totaal", "", "", "", "€ 18.146,14"]),
            ],
        }),
        Block::Paragraph("De Sociale Verzekeringsbank (SVB) betaalt uw zorgverlener. U krijgt het geld dus niet zelf. U sluit een zorgovereenkomst af en stuurt die naar de SVB. U declareert elke maand de uren die zijn gewerkt. Er is geen bedrag dat u vrij mag besteden.".into()),
        Block::Heading(Level::Section, "Geef veranderingen door".into()),
        Block::Paragraph("Verandert er iets in uw situatie, zoals uw gezondheid, uw adres of wie er bij u woont? Geef dat dan binnen 2 weken aan ons door. Dat bent u verplicht (artikel 2.3.8 van de Wmo 2015).".into()),
        Block::Heading(Level::Section, "Bent u het niet eens met dit besluit?".into()),
        Block::Paragraph(
            Text::plain("Dan kunt u bezwaar maken. Doe dat ").strong("uiterlijk op maandag 13 april 2026").then(". In uw brief zet u:"),
        ),
        Block::List(List {
            numbered: true,
            items: vec![
                "uw naam, uw adres en uw telefoonnummer;".into(),
                "de datum en het kenmerk van dit besluit;".into(),
                "waarom u het niet eens bent met dit besluit;".into(),
                "uw handtekening.".into(),
            ],
        }),
        Block::Signature(Signature {
            closing: "Met vriendelijke groet,".to_owned(),
            on_behalf: vec!["namens het college van burgemeester en wethouders van Leiden,".to_owned()],
            signatory: vec!["drs. P.A. Jansen".to_owned(), "teamleider Maatschappelijke ondersteuning".to_owned()],
        }),
    ]
}

fn appendix() -> Vec<Block> {
    let line = |number: &str, depth, text: &str, note: &str, amount: &str| CalculationLine {
        number: number.to_owned(),
        depth,
        text: text.into(),
        note: if note.is_empty() {
            Text::default()
        } else {
            note.into()
        },
        amount: amount.to_owned(),
        strong: depth == 0,
    };
    vec![
        Block::PageBreak,
        Block::Heading(Level::Title, "Bijlage: hoe wij hebben gerekend".into()),
        Block::Paragraph(
            "U kunt elke regel narekenen. Wij ronden alleen af waar dat staat.".into(),
        ),
        Block::Heading(Level::Subsection, "Hulp bij het huishouden".into()),
        Block::Calculation(vec![
            line(
                "1",
                0,
                "Toegekende tijd per week",
                "naar boven afgerond op 5 minuten",
                "200 minuten",
            ),
            line(
                "1.1",
                1,
                "Licht en zwaar huishoudelijk werk",
                "norm HO 2019, tabel 3: 125 minuten",
                "125 minuten",
            ),
            line(
                "1.2",
                1,
                "Wasverzorging",
                "norm HO 2019, tabel 3: 39 minuten; uw dochter strijkt (− 10 minuten)",
                "29 minuten",
            ),
            line(
                "1.3",
                1,
                "Meer werk door een huisdier",
                "norm HO 2019, paragraaf 4.2",
                "+ 18 minuten",
            ),
            line(
                "1.4",
                1,
                "Meer stofzuigen door klachten aan de luchtwegen",
                "verslag van het onderzoek van 22 januari 2026; 2 × 12 minuten",
                "+ 24 minuten",
            ),
        ]),
        Block::Heading(Level::Subsection, "Persoonsgebonden budget".into()),
        Block::Calculation(vec![
            line(
                "2",
                0,
                "Budget over de hele periode",
                "2.1 + 2.2 − 2.3",
                "€ 18.146,14",
            ),
            line(
                "2.1",
                1,
                "1 maart 2026 tot en met 31 december 2026",
                "306 dagen ÷ 7 × 7,5 uur × € 25,00, afgerond op centen",
                "€ 8.196,43",
            ),
            line(
                "2.1.1",
                2,
                "Uurtarief uit het netwerk",
                "Besluit maatschappelijke ondersteuning Leiden 2026, artikel 5 lid 2",
                "€ 25,00",
            ),
            line(
                "2.2",
                1,
                "1 januari 2027 tot en met 31 december 2027",
                "365 dagen ÷ 7 × 7,5 uur × € 25,75, afgerond op centen",
                "€ 10.069,71",
            ),
            line("2.3", 1, "Correctie eerdere periode", "", "− € 120,00"),
        ]),
    ]
}
