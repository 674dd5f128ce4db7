//! `brief` and `onderzoek`: a letter or a report for every dossier, on all cores. A problem in one never stops the others.

use super::{Exit, Surroundings, dossiers, report};
use crate::budget::Library;
use crate::document::{Problem, write_atomic};
use crate::letter;
use crate::quantity::dutch::counted;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// From this many letters on a bar shows how far the work is.
const MANY: usize = 3;

/// What is made of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// The decision letter.
    Decision,
    /// The report of the investigation.
    Report,
}

impl Paper {
    fn one(self) -> &'static str {
        match self {
            Self::Decision => "brief",
            Self::Report => "verslag",
        }
    }

    fn the(self) -> &'static str {
        match self {
            Self::Decision => "de brief",
            Self::Report => "het verslag",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::Decision => "brieven",
            Self::Report => "verslagen",
        }
    }
}

/// Writes the letters. Says which, and at the end every problem.
pub(super) fn run(
    paper: Paper,
    (dossiers, output): (&[PathBuf], &Path),
    library: &Library,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    let targets = match targets(paper, dossiers, output) {
        Ok(targets) => targets,
        Err(problem) => {
            report::problems(surroundings.err, &[problem])?;
            return Ok(Exit::WrongUse);
        }
    };
    let bar = bar(paper, dossiers.len(), surroundings.watched);
    let work: Vec<(&PathBuf, Result<PathBuf, Problem>)> = dossiers.iter().zip(targets).collect();
    let written: Vec<(Option<PathBuf>, Vec<Problem>)> = work
        .into_par_iter()
        .map(|(path, target)| {
            let result = match target {
                Ok(target) => {
                    write(paper, path, &target, library, today).map(|found| (target, found))
                }
                Err(problem) => Err(vec![problem]),
            };
            bar.inc(1);
            match result {
                Ok((target, warnings)) => (Some(target), warnings),
                Err(problems) => (None, problems),
            }
        })
        .collect();
    bar.finish_and_clear();
    let mut found = Vec::new();
    let mut failed = 0usize;
    for (target, problems) in written {
        match target {
            Some(target) => writeln!(surroundings.out, "{}", target.display())?,
            None => failed = failed.saturating_add(1),
        }
        found.extend(problems);
    }
    surroundings.out.flush()?;
    report::problems(surroundings.err, &found)?;
    if failed > 0 {
        let of = counted(dossiers.len(), "dossier", "dossiers");
        writeln!(surroundings.err, "Geen {}: {failed} van {of}.", paper.one())?;
    }
    Ok(if failed > 0 {
        Exit::Problems
    } else {
        Exit::Done
    })
}

/// One letter. Gives the warnings. Errors: all that stands in the way, each with file, line and column.
fn write(
    paper: Paper,
    path: &Path,
    target: &Path,
    library: &Library,
    today: Date,
) -> Result<Vec<Problem>, Vec<Problem>> {
    let opened = dossiers::open(path)?;
    let evaluation = opened.evaluate(library, today);
    let letter = match paper {
        Paper::Decision => letter::grant(&opened.dossier, &evaluation, library, None),
        Paper::Report => letter::report(&opened.dossier, library),
    };
    let letter = letter.map_err(|problems| opened.located(problems))?;
    let one = |problem: Problem| vec![problem];
    let bytes = letter
        .to_pdf()
        .map_err(|problem| opened.located(one(problem)))?;
    write_atomic(target, &bytes).map_err(one)?;
    Ok(evaluation.problems)
}

/// Where each letter goes. A name that ends in `.pdf` is a file, any other a folder, made when it is not there; there a
/// letter is named after its dossier. Errors: the output as a whole is impossible; within: this one letter is.
fn targets(
    paper: Paper,
    dossiers: &[PathBuf],
    output: &Path,
) -> Result<Vec<Result<PathBuf, Problem>>, Problem> {
    let named = || output.display().to_string();
    let is_pdf = output
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("pdf"));
    if is_pdf && !output.is_dir() {
        if let [_] = dossiers {
            return Ok(vec![Ok(output.to_owned())]);
        }
        return Err(Problem::error(format!(
            "meer dan één {} past niet in één bestand",
            paper.one()
        ))
        .hint("Noem achter -o een map.")
        .in_file(named()));
    }
    if output.exists() && !output.is_dir() {
        return Err(Problem::error(format!(
            "hier staat al een bestand dat geen {} is",
            paper.one()
        ))
        .hint("Noem achter -o een map, of een bestand dat op .pdf eindigt.")
        .in_file(named()));
    }
    fs::create_dir_all(output).map_err(|_| {
        Problem::error("deze map is er niet en is niet te maken")
            .hint("Noem achter -o een map waarin u mag schrijven.")
            .in_file(named())
    })?;
    // Windows and macOS do not tell Jansen.pdf and jansen.pdf apart.
    let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
    let target = |path: &'_ PathBuf| {
        let stem = path.file_stem().unwrap_or(path.as_os_str());
        let mut name = stem.to_owned();
        name.push(".pdf");
        (name.to_string_lossy().to_lowercase(), output.join(name))
    };
    let mut targets = Vec::with_capacity(dossiers.len());
    for path in dossiers {
        let (key, target) = target(path);
        targets.push(match taken.get(&key) {
            Some(other) => Err(Problem::error(format!(
                "{} van {} heeft al deze naam",
                paper.the(),
                other.display()
            ))
            .hint("Geef een van beide dossiers een andere bestandsnaam.")
            .in_file(path.display().to_string())),
            None => {
                taken.insert(key, path);
                Ok(target)
            }
        });
    }
    Ok(targets)
}

fn bar(paper: Paper, count: usize, watched: bool) -> ProgressBar {
    if !watched || count < MANY {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(
        Some(u64::try_from(count).unwrap_or(u64::MAX)),
        ProgressDrawTarget::stderr(),
    );
    // The template is ours; should it be refused, the bar has the look of the library.
    if let Ok(style) = ProgressStyle::with_template(&format!(
        "{{bar:40}} {{pos}} van {{len}} {}, nog {{eta}}",
        paper.many()
    )) {
        bar.set_style(style);
    }
    bar
}
