//! `controleer`: every problem of every file, and what each file is.

use super::arguments::Check;
use super::sources::{self, Given, Kind};
use super::{Exit, Surroundings, dossiers, folder, report, scenario};
use crate::budget::Library;
use crate::document::{Problem, Severity};
use crate::letter::unprintable;
use crate::plain::PlainWords;
use crate::quantity::dutch::counted;
use crate::texts::prose;
use jiff::civil::Date;
use std::io;

/// Checks the files together: dossiers with the program's data and all data that is named.
pub(super) fn run(
    wanted: &Check,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    let mut all = Vec::new();
    let mut dossiers: Vec<Given> = Vec::new();
    let mut data: Vec<Given> = Vec::new();
    for path in &wanted.files {
        match sources::open(path) {
            Ok(file) if matches!(file.kind, Kind::Dossier | Kind::Home) => dossiers.push(file),
            Ok(file) => data.push(file),
            Err(problems) => all.extend(problems),
        }
    }
    let around = folder(&wanted.given, surroundings).and_then(|folder| {
        let around = sources::around(&wanted.given.catalogus, folder.as_deref())?;
        Ok((around, folder))
    });
    let library = match around {
        Ok((mut around, folder)) => {
            let checked: Vec<(String, Kind)> = data
                .iter()
                .map(|file| (file.name.clone(), file.kind))
                .collect();
            around.append(&mut data);
            let library = sources::library(&around, folder.as_deref());
            if let Ok(library) = &library {
                for (name, kind) in checked {
                    let warnings = library.catalogues.warnings().iter();
                    let about: Vec<Problem> = warnings
                        .filter(|problem| problem.file == name)
                        .cloned()
                        .collect();
                    if about.is_empty() {
                        writeln!(surroundings.out, "{name}: {}, in orde", kind.dutch())?;
                    }
                    all.extend(about);
                }
            }
            library
        }
        Err(problems) => Err(problems),
    };
    let own = match &library {
        Ok(_) => None,
        Err(problems) => {
            all.extend(problems.iter().cloned());
            // Dossiers are checked all the same, with what the program brings along.
            Library::shipped().ok()
        }
    };
    if let Some(library) = library.as_ref().ok().or(own.as_ref()) {
        for file in &dossiers {
            let problems = match file.kind {
                Kind::Home => scenario::check_home(&file.name, &file.text, today),
                Kind::Dossier | Kind::Data(_) => dossier(file, library, today),
            };
            if problems.is_empty() {
                writeln!(
                    surroundings.out,
                    "{}: {}, in orde",
                    file.name,
                    file.kind.dutch()
                )?;
            }
            all.extend(problems);
        }
    }
    if let Ok(library) = &library {
        all.extend(hard_to_read(library));
    }
    report::problems(surroundings.out, &all)?;
    let files = counted(wanted.files.len(), "bestand", "bestanden");
    let of = |severity| {
        all.iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    writeln!(
        surroundings.out,
        "{files} gecontroleerd: {}, {}",
        counted(of(Severity::Error), "fout", "fouten"),
        counted(of(Severity::Warning), "waarschuwing", "waarschuwingen"),
    )?;
    Ok(report::exit(&all))
}

/// What is hard to read in the municipality's own texts of letters. Hard words are no fault there: each letter explains
/// those that it uses.
fn hard_to_read(library: &Library) -> Vec<Problem> {
    let Ok(words) = PlainWords::shipped() else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for (file, text) in library.texts.own_texts() {
        for (line, said) in prose(&text) {
            let explained: Vec<&str> = words
                .meanings_in(&said)
                .iter()
                .map(|one| one.word)
                .collect();
            let findings = words.check(&said, &explained).into_iter();
            problems.extend(findings.map(|finding| {
                Problem::warning(format!("moeilijk te lezen: {finding}"))
                    .hint("De brief kan zo wel; hij leest beter met kortere en gewonere zinnen.")
                    .in_file(file)
                    .at(line, 1)
            }));
        }
    }
    problems
}

fn dossier(file: &Given, library: &Library, today: Date) -> Vec<Problem> {
    match dossiers::parse(&file.name, file.text.as_bytes()) {
        Ok(opened) => {
            let mut problems = opened.evaluate(library, today).problems;
            problems.extend(opened.located(unprintable(&opened.dossier)));
            let outlooks = scenario::outlooks(&opened.dossier, library, today);
            problems.extend(scenario::problems(&opened, &outlooks));
            problems
        }
        Err(problems) => problems,
    }
}
