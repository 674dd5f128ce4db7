//! `brief` and `onderzoek`: a letter or a report for every dossier, on all cores. A problem in one never stops the others.

use super::batch::{self, Batch};
use super::{Exit, Surroundings, dossiers, report};
use crate::budget::Library;
use crate::document::{Hex, MAX_BYTES, Problem, read_file, write_atomic};
use crate::letter;
use crate::printing::{Handed, Sort};
use crate::quantity::dutch::counted;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// From this many letters on a bar shows how far the work is.
const MANY: usize = 3;

/// What is made of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// The letter. Of a whole folder: the fingerprint of what all its letters are made from.
    Decision(Option<Hex<32>>),
    /// The report of the investigation.
    Report,
}

impl Paper {
    fn one(self) -> &'static str {
        match self {
            Self::Decision(_) => "brief",
            Self::Report => "verslag",
        }
    }

    fn the(self) -> &'static str {
        match self {
            Self::Decision(_) => "de brief",
            Self::Report => "het verslag",
        }
    }

    fn none(self) -> &'static str {
        match self {
            Self::Decision(_) => "Geen brief",
            Self::Report => "Geen verslag",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::Decision(_) => "brieven",
            Self::Report => "verslagen",
        }
    }
}

/// Where letters go: a file or a folder, and whether to the printer.
pub(super) type Targets<'a> = (Option<&'a Path>, bool);

/// What became of one letter.
enum Made {
    /// It is written, here where it has a file, and goes to the printer where it has this; with the warnings.
    Written(Option<PathBuf>, Option<Vec<u8>>, Vec<Problem>),
    /// It was there, made from the same.
    Same,
    Failed(Vec<Problem>),
    /// Somebody stopped before it.
    Stopped,
}

/// Writes the letters. Says which, and at the end every problem.
pub(super) fn run(
    paper: Paper,
    (named, (output, prints)): (&[PathBuf], Targets<'_>),
    library: &Library,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    let planned = plan(paper, named, output, today);
    let (dossiers, targets, batch) = match planned {
        Ok(planned) => planned,
        Err(problem) => {
            report::problems(surroundings.err, &[problem])?;
            return Ok(Exit::WrongUse);
        }
    };
    for (name, file) in library.texts.own_files() {
        writeln!(surroundings.err, "Eigen brieftekst {name}: {file}")?;
    }
    let stop = match &batch {
        Some(_) => (surroundings.stop)(),
        None => std::sync::Arc::default(),
    };
    let stop: &AtomicBool = &stop;
    let bar = bar(paper, dossiers.len(), surroundings.watched);
    let work: Vec<(&PathBuf, Result<Option<PathBuf>, Problem>)> =
        dossiers.iter().zip(targets).collect();
    let made: Vec<Made> = work
        .into_par_iter()
        .map(|(path, target)| {
            let made = if stop.load(Ordering::Relaxed) {
                Made::Stopped
            } else {
                let batch = batch.as_ref();
                target
                    .map_err(|problem| vec![problem])
                    .and_then(|target| {
                        write(paper, (path, (target, prints)), batch, library, today)
                    })
                    .unwrap_or_else(Made::Failed)
            };
            bar.inc(1);
            made
        })
        .collect();
    bar.finish_and_clear();
    let mut found = Vec::new();
    let (mut failed, mut same, mut stopped) = (0usize, 0usize, 0usize);
    for one in made {
        match one {
            Made::Written(target, pdf, warnings) => {
                if let Some(target) = target {
                    writeln!(surroundings.out, "{}", target.display())?;
                }
                found.extend(warnings);
                if let Some(pdf) = pdf
                    && let Err(problem) = printed(&pdf, surroundings)
                {
                    failed = failed.saturating_add(1);
                    found.push(problem);
                }
            }
            Made::Same => same = same.saturating_add(1),
            Made::Stopped => stopped = stopped.saturating_add(1),
            Made::Failed(problems) => {
                failed = failed.saturating_add(1);
                found.extend(problems);
            }
        }
    }
    surroundings.out.flush()?;
    report::problems(surroundings.err, &found)?;
    let of = counted(dossiers.len(), "dossier", "dossiers");
    if failed > 0 {
        let what = if prints {
            "Niet afgedrukt"
        } else {
            paper.none()
        };
        writeln!(surroundings.err, "{what}: {failed} van {of}.")?;
    }
    if same > 0 {
        writeln!(
            surroundings.err,
            "Al klaar en niet veranderd: {same} van {of}."
        )?;
    }
    if stopped > 0 {
        writeln!(
            surroundings.err,
            "Gestopt: {stopped} van {of} nog niet gedaan. Geef dezelfde opdracht opnieuw om verder te gaan."
        )?;
    }
    Ok(if failed > 0 || stopped > 0 {
        Exit::Problems
    } else {
        Exit::Done
    })
}

/// What is to be done: the dossiers, where each letter goes, and for a whole folder what is there already.
#[expect(
    clippy::type_complexity,
    reason = "the three lists of one plan, used in one place"
)]
fn plan(
    paper: Paper,
    named: &[PathBuf],
    output: Option<&Path>,
    today: Date,
) -> Result<
    (
        Vec<PathBuf>,
        Vec<Result<Option<PathBuf>, Problem>>,
        Option<Batch>,
    ),
    Problem,
> {
    let Some(output) = output else {
        let nowhere = named.iter().map(|_| Ok(None));
        return Ok((named.to_vec(), nowhere.collect(), None));
    };
    let some = |targets: Vec<Result<PathBuf, Problem>>| {
        let targets = targets.into_iter();
        targets.map(|target| target.map(Some)).collect()
    };
    let Paper::Decision(Some(shared)) = paper else {
        let targets = targets(paper, named, output)?;
        return Ok((named.to_vec(), some(targets), None));
    };
    let dossiers = batch::dossiers_in(named)?;
    if dossiers.is_empty() {
        return Err(Problem::error("in deze map staan geen dossiers")
            .hint("Noem een map met bestanden die op .ron eindigen.")
            .in_file(
                named
                    .first()
                    .map_or_else(String::new, |path| path.display().to_string()),
            ));
    }
    let targets = targets(paper, &dossiers, output)?;
    if !output.is_dir() {
        return Err(Problem::error("met --alle gaan de brieven naar een map")
            .hint("Noem achter -o een map.")
            .in_file(output.display().to_string()));
    }
    let batch = Batch::open(output, shared, today)?;
    Ok((dossiers, some(targets), Some(batch)))
}

/// One letter. Errors: all that stands in the way, each with file, line and column.
fn write(
    paper: Paper,
    (path, (target, prints)): (&Path, (Option<PathBuf>, bool)),
    batch: Option<&Batch>,
    library: &Library,
    today: Date,
) -> Result<Made, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    if let Some(target) = &target
        && dossiers::is_same_file(path, target)
    {
        dossiers::is_free(target, &[path.to_owned()]).map_err(one)?;
    }
    let bytes = read_file(path, MAX_BYTES).map_err(one)?;
    let noted = batch.zip(target.as_deref());
    let noted = noted.map(|(batch, target)| (batch, target, batch.made_from(&bytes)));
    if noted.is_some_and(|(batch, target, made_from)| batch.has(target, made_from)) {
        return Ok(Made::Same);
    }
    let opened = dossiers::parse(&path.display().to_string(), &bytes)?;
    let evaluation = opened.evaluate(library, today);
    let letter = match paper {
        Paper::Decision(_) => letter::grant(&opened.dossier, &evaluation, library, None),
        Paper::Report => letter::report(&opened.dossier, library),
    };
    let letter = letter.map_err(|problems| opened.located(problems))?;
    let bytes = letter
        .to_pdf()
        .map_err(|problem| opened.located(one(problem)))?;
    if let Some(target) = &target {
        write_atomic(target, &bytes).map_err(one)?;
    }
    if let Some((batch, target, made_from)) = noted {
        batch.note(target, made_from, &bytes).map_err(one)?;
    }
    let pdf = prints.then_some(bytes);
    Ok(Made::Written(target, pdf, evaluation.problems))
}

/// Hands a letter to the printer: a report is only written. Errors: no printer took it.
fn printed(pdf: &[u8], surroundings: &Surroundings<'_>) -> Result<(), Problem> {
    let no_way = || {
        Problem::error("dit systeem heeft geen opdracht om af te drukken (lp of lpr)")
            .hint("Schrijf de brief met -o in een bestand, en druk dat af.")
    };
    let printer = surroundings.printer.as_ref().ok_or_else(no_way)?;
    match printer.print(Sort::Letter, pdf)? {
        Handed::Printed(_) => Ok(()),
        // Nobody is here to print it from a window.
        Handed::File(_) => {
            printer.tidy();
            Err(no_way())
        }
    }
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
    // A slip in the ending would make a folder of that name.
    let ending = output.extension().and_then(|end| end.to_str());
    let open = output.as_os_str().as_encoded_bytes().ends_with(b"/");
    if !output.exists()
        && !open
        && ending.is_some_and(|end| end.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        return Err(
            Problem::error("dit is geen map, en de naam eindigt niet op .pdf")
                .hint("Noem achter -o een bestand dat op .pdf eindigt, of een map. Zet achter een nieuwe map met een punt in de naam een schuine streep.")
                .in_file(named()),
        );
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
