//! What the register tells of one dossier on paper: everything, for the person concerned, and the account of a decision
//! for who controls the spending.
//!
//! It must not know where the paper goes.

use std::fmt::Write as _;
use std::io::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::deed::Deed;
use super::definitive::number_of;
use super::dossiers::{DossierId, Loaded, State, Version};
use super::exchange::{Protection, protect, unwritable};
use super::failure::{Failure, Kind};
use super::named::Names;
use super::session::Register;
use crate::dossier::{Outcome, Receipt};
use crate::quantity::dutch::{capital, date_long, date_short};

/// Where what the person concerned gets goes: in words, and as the register keeps it.
pub type Outs<'a> = (&'a mut dyn Write, &'a mut dyn Write);

impl Register {
    /// Writes all that the register knows of a dossier for the person concerned: every revision in full but for a worry about
    /// safety that is not to be shared, what was decided, and who did what with it. To `text` in words, with the names that
    /// the catalogues give where they are known, and times in `zone`; to `source` as the register keeps it.
    pub fn access(
        &mut self,
        id: DossierId,
        protection: Protection<'_>,
        (text, source): Outs<'_>,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Result<(), Failure> {
        self.session()?.keys.person()?;
        let deed = Deed::Accessed {
            dossier: id,
            plain: matches!(protection, Protection::PlainConfirmed),
        };
        self.note(deed, now)?;
        let words = zeroize::Zeroizing::new(self.in_words(id, (now, zone))?);
        let kept = zeroize::Zeroizing::new(self.as_kept(id)?);
        for (out, all) in [(text, words), (source, kept)] {
            protect(out, protection, |out| {
                out.write_all(all.as_bytes()).map_err(unwritable)
            })?;
        }
        Ok(())
    }

    /// All that is known of a dossier, for somebody who reads no files of programs.
    fn in_words(
        &mut self,
        id: DossierId,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Result<String, Failure> {
        let library = self.library.clone();
        let mut lines = vec![
            format!("Inzage in dossier {id}"),
            format!("Gemaakt op {}", moment(now, zone)),
            String::new(),
            "Hier staat alles wat dit register van u weet: elke versie van uw dossier, wat er is besloten, en wie er iets \
             mee deed. Een zorg over veiligheid die niet met u is gedeeld, staat er niet in. Wat niet is ingevuld ook niet. \
             In het bestand met ‘-bron’ in de naam staat hetzelfde zoals het programma het bewaart."
                .to_owned(),
        ];
        for Version { base, meta, .. } in self.revisions(id)? {
            let mut title = vec![format!("\nVersie {}", base.revision)];
            if let Some(meta) = meta {
                if let State::Definitive { number } = &meta.state {
                    title.push(format!("besluit {number}"));
                }
                title.push(meta.state.dutch().to_owned());
                let (at, by) = (moment(meta.at, zone), meta.by);
                title.push(format!("opgeslagen op {at} door {by}"));
            }
            lines.push(title.join(", "));
            lines.push(String::new());
            match self.peek(id, Some(base.revision)) {
                Ok(loaded) => {
                    let told = loaded.dossier.outward().told(library.as_deref());
                    lines.extend(
                        told.into_iter()
                            .map(|(name, text)| format!("{name}: {text}")),
                    );
                }
                Err(failure) if failure.kind == Kind::Damaged => {
                    lines.push("Deze versie is beschadigd en niet meer te lezen.".to_owned());
                }
                Err(failure) => return Err(failure),
            }
        }
        if let Some(number) = self.decision_of(id)? {
            lines.push(format!("\nWat er is besloten, in besluit {number}\n"));
            let receipt = self.receipt(id);
            let receipt = receipt
                .ok()
                .and_then(|bytes| Receipt::read("bewijs", &bytes).ok());
            if receipt.is_none() {
                lines.push(
                    "Het bewijsstuk bij dit besluit is niet te lezen; het besluit zelf geldt."
                        .to_owned(),
                );
            }
            let loaded = self.peek(id, None)?;
            lines.extend(granted(&loaded, receipt.as_ref(), &self.names));
        }
        lines.push("\nWie er iets mee deed\n".to_owned());
        lines.extend(self.who_did(id, zone)?);
        let mut text = lines.join("\n");
        text.push('\n');
        Ok(text)
    }

    /// What the log says of a dossier.
    fn who_did(&mut self, id: DossierId, zone: &TimeZone) -> Result<Vec<String>, Failure> {
        let mut lines = Vec::new();
        for numbered in self.log()? {
            let Some(entry) = numbered.line else {
                let seq = numbered.seq;
                lines.push(format!("regel {seq} van het logboek is beschadigd"));
                continue;
            };
            if entry.deed.dossier() == Some(id) {
                let (at, name, what) = (moment(entry.at, zone), entry.by(), entry.deed.dutch());
                lines.push(format!("{at}  {name}: {what}"));
            }
        }
        Ok(lines)
    }

    /// All that is known of a dossier but for who did what, as the register keeps it.
    fn as_kept(&mut self, id: DossierId) -> Result<String, Failure> {
        let mut text = format!("Dossier {id} zoals het register het bewaart\n");
        let line = |text: &mut String, written: std::fmt::Arguments<'_>| {
            // Writing to a text can not fail.
            let _ = text.write_fmt(written);
        };
        for Version { base, meta, .. } in self.revisions(id)? {
            line(&mut text, format_args!("\nVersie {}", base.revision));
            if let Some(meta) = meta {
                if let State::Definitive { number } = &meta.state {
                    line(&mut text, format_args!(", besluit {number}"));
                }
                let (state, at, by) = (meta.state.dutch(), meta.at, meta.by);
                line(
                    &mut text,
                    format_args!(", {state}, opgeslagen op {at} door {by}"),
                );
            }
            text.push_str("\n\n");
            match self.peek(id, Some(base.revision)) {
                Ok(loaded) => {
                    let document = loaded.dossier.outward().to_text();
                    text.push_str(&document.map_err(|problem| Failure {
                        kind: Kind::Failed,
                        problem,
                    })?);
                }
                Err(failure) if failure.kind == Kind::Damaged => {
                    text.push_str("Deze versie is beschadigd en niet meer te lezen.\n");
                }
                Err(failure) => return Err(failure),
            }
        }
        if let Some(number) = self.decision_of(id)? {
            line(
                &mut text,
                format_args!("\nBewijsstuk bij besluit {number}\n\n"),
            );
            match self.receipt(id) {
                Ok(receipt) => text.push_str(&String::from_utf8_lossy(&receipt)),
                Err(failure) if failure.kind == Kind::Damaged => {
                    text.push_str("Dit bewijsstuk is beschadigd en niet meer te lezen.\n");
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(text)
    }

    /// The number of the decision about a dossier, if it is definitive.
    fn decision_of(&mut self, id: DossierId) -> Result<Option<String>, Failure> {
        let (mut store, _) = self.working()?;
        store.read(|database| number_of(database, id))
    }

    /// Writes the account of a decision to `out`, for who controls the spending: the grant, the confirmation of a budget by
    /// the SVB, the use and the delivery. What the register knows of each, and plain words where another party holds it.
    /// It names no client, so finance may have it made too. Times are told in `zone`.
    pub fn account(
        &mut self,
        id: DossierId,
        protection: Protection<'_>,
        out: &mut dyn Write,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Result<(), Failure> {
        let plain = matches!(protection, Protection::PlainConfirmed);
        self.note(Deed::Accounted { dossier: id, plain }, now)?;
        let text = self.accounted(id, zone)?;
        protect(out, protection, |out| {
            out.write_all(text.as_bytes()).map_err(unwritable)
        })
    }

    fn accounted(&mut self, id: DossierId, zone: &TimeZone) -> Result<String, Failure> {
        let loaded = self.peek(id, None)?;
        let mut lines = vec![heading(&loaded)];
        lines.push("\n1. Toekenning: hoe is het gegaan?\n".to_owned());
        lines.extend(steps(&loaded));
        let mut receipt = None;
        match self.decision_of(id)? {
            Some(number) => match self.receipt(id) {
                Ok(bytes) => {
                    lines.push(format!(
                        "Bewijsstuk bij besluit {number}: bewaard, en het opent. Reken het na met: maatwerk register bewijs {number}"
                    ));
                    receipt = Receipt::read("bewijs", &bytes).ok();
                    if receipt.is_none() {
                        lines.push("De bedragen erin zijn niet te lezen. Neem ze over uit het besluit.".to_owned());
                    }
                }
                Err(_) => lines.push(format!(
                    "Bewijsstuk bij besluit {number}: beschadigd. Controleer het register, en zet zo nodig een reservekopie terug."
                )),
            },
            None => lines.push(
                "Er is nog geen definitief besluit, en dus geen bewijsstuk. Uren en bedragen staan hier pas na het besluit."
                    .to_owned(),
            ),
        }
        lines.extend(granted(&loaded, receipt.as_ref(), &self.names));
        let pgb = loaded.dossier.provisions.iter();
        let pgb = pgb
            .filter(|provision| provision.outcome == Outcome::Granted)
            .any(|provision| provision.line.delivery.is_pgb());
        lines.push("\n2. Is het budget bevestigd bij de SVB?\n".to_owned());
        lines.push(if pgb {
            "Dit programma wisselt niets uit met de SVB, en weet dus niet of het budget daar bevestigd is. Dat staat in het \
             bericht van de SVB aan de gemeente. Leg dat bericht hierbij, en vergelijk het bedrag met dat in het besluit."
                .to_owned()
        } else {
            "Er is geen pgb toegekend. De SVB hoeft hier niets te bevestigen.".to_owned()
        });
        lines.push("\n3. Wat heeft de cliënt gebruikt?\n".to_owned());
        lines.push(if pgb {
            "Wat er van een pgb is uitgegeven, weet de SVB: het staat in het overzicht van de betalingen. Vraag dat daar op. \
             Wat in natura is gebruikt, staat in de declaraties van de aanbieder."
                .to_owned()
        } else {
            "Wat er is gebruikt, staat in de declaraties van de aanbieder. Die zijn bij de administratie van de gemeente."
                .to_owned()
        });
        lines.push("\n4. Is de hulp geleverd?\n".to_owned());
        let review = &loaded.dossier.review;
        let told = [
            ("afgesproken voor", review.agreed),
            ("gehouden op", review.held),
        ];
        for (what, day) in told {
            lines.push(match day {
                Some(day) => format!("Evaluatie met de cliënt {what} {}", date_long(day)),
                None => format!("Evaluatie met de cliënt {what}: niet ingevuld"),
            });
        }
        lines.push(
            "De aanbieder of de hulpverlener houdt bij welke uren zijn geleverd. Dat staat niet in dit programma.".to_owned(),
        );
        lines.push("\nWie er iets mee deed\n".to_owned());
        lines.extend(self.who_did(id, zone)?);
        let mut text = lines.join("\n");
        text.push('\n');
        Ok(text)
    }
}

/// A moment as people write it, to the minute.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{} {}", date_short(at.date()), at.strftime("%H.%M"))
}

/// Which case, and which decision.
fn heading(loaded: &Loaded) -> String {
    let number = match loaded.dossier.number.trim() {
        "" => format!("dossier {}", loaded.id),
        number => format!("zaak {number}"),
    };
    let state = match &loaded.meta.state {
        State::Definitive { number } => format!("besluit {number}"),
        State::Draft => loaded.meta.state.dutch().to_owned(),
    };
    let revision = loaded.revision;
    format!("Verantwoording van {number}, {state}, versie {revision}")
}

/// The days of the procedure.
fn steps(loaded: &Loaded) -> impl Iterator<Item = String> {
    let dates = &loaded.dossier.dates;
    let steps: [(&str, Option<Date>); 6] = [
        ("Melding", dates.report),
        ("Persoonlijk plan ontvangen", dates.personal_plan),
        ("Verslag van het onderzoek gegeven", dates.investigation),
        ("Aanvraag", dates.application),
        ("Besluit", dates.decision),
        ("Brief verzonden", dates.sending),
    ];
    steps.into_iter().map(|(what, day)| {
        let day = day.map_or_else(|| "niet ingevuld".to_owned(), date_long);
        format!("{what}: {day}")
    })
}

/// What was decided about each provision, with hours, rates and amounts as the receipt keeps them.
fn granted(loaded: &Loaded, receipt: Option<&Receipt>, known: &Names) -> Vec<String> {
    let kept = receipt.and_then(|receipt| receipt.library().ok());
    let kept = kept.map(|library| Names::of_library(&library));
    let mut figures = receipt.map(Receipt::told).unwrap_or_default().into_iter();
    let mut lines = Vec::new();
    for provision in &loaded.dossier.provisions {
        let line = &provision.line;
        let outcome = match provision.outcome {
            Outcome::Granted => "toegekend",
            Outcome::Refused { .. } => "afgewezen",
            Outcome::Withdrawn { .. } => "ingetrokken",
        };
        let form = if line.delivery.is_pgb() {
            "pgb"
        } else {
            "zorg in natura"
        };
        let from = date_long(line.from);
        let to = line.to.map_or_else(
            || "zonder einddatum".to_owned(),
            |day| format!("tot en met {}", date_long(day)),
        );
        let called = |names: &Names| {
            let names = names.of(&loaded.dossier.municipality, &line.product);
            names.last().map(|name| capital(name))
        };
        // As it was called then, else as it is called now.
        let name = kept.as_ref().and_then(called).or_else(|| called(known));
        let name = name.unwrap_or_else(|| line.product.clone());
        lines.push(format!("{name}: {outcome}, {form}, vanaf {from}, {to}"));
        let figures = figures.next().unwrap_or_default();
        lines.extend(figures.into_iter().map(|figure| format!("  {figure}")));
    }
    lines
}
