//! From files to one set of national figures: which file answers when.

use super::check::check;
use super::file::NationalFile;
use super::{FORMAT, National, NationalSource, Parameter, RoundingName, Series};
use crate::document::{Outline, Problem, read_as_far};
use crate::quantity::dutch::date_long;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The files inside the program.
pub(super) const SHIPPED: [(&str, &str); 5] = [
    (
        "minimumloon.ron",
        include_str!("../../assets/national/minimumloon.ron"),
    ),
    (
        "informele-hulp.ron",
        include_str!("../../assets/national/informele-hulp.ron"),
    ),
    (
        "eigen-bijdrage.ron",
        include_str!("../../assets/national/eigen-bijdrage.ron"),
    ),
    ("svb.ron", include_str!("../../assets/national/svb.ron")),
    (
        "grenzen.ron",
        include_str!("../../assets/national/grenzen.ron"),
    ),
];

/// A series of one file, and from which day it takes over from an older one.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
    /// Path of its field in the file.
    path: String,
    supersedes_from: Option<Date>,
    series: Series,
}

/// Reads and joins files; of a `whole` set nothing may be missing.
pub(super) fn read<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
    whole: bool,
) -> Result<National, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut sources: BTreeMap<Parameter, Vec<Source<'a>>> = BTreeMap::new();
    let mut roundings = BTreeMap::new();
    let mut read = Vec::new();
    // Files with mistakes of their own: what they hold is not known well enough to compare with the others.
    let mut unsound = Vec::new();
    for (name, text) in files {
        let (as_far, mut found) = read_as_far::<NationalFile>(name, text.as_bytes(), FORMAT);
        let Some((file, doubt)) = as_far else {
            problems.extend(found);
            unsound.push(name);
            continue;
        };
        let (id, version) = (file.id.clone(), file.version.clone());
        let canonical = match ron::to_string(&file) {
            Ok(canonical) => canonical,
            Err(error) => {
                let message = format!("dit bestand is niet over te nemen: {error}");
                problems.push(
                    Problem::error(message)
                        .hint("Meld dit bij de beheerder.")
                        .in_file(name),
                );
                continue;
            }
        };
        let checked = check(file, doubt);
        read.push(NationalSource {
            name: name.to_owned(),
            id,
            version,
            text: canonical.into(),
            parameters: checked
                .series
                .iter()
                .map(|(parameter, ..)| *parameter)
                .collect(),
        });
        if !checked.problems.is_empty() {
            let outline = Outline::new(text);
            let meaning = checked.problems.into_iter();
            found.extend(meaning.map(|problem| outline.positioned(problem.in_file(name))));
        }
        found.sort_by_key(|problem| (problem.line, problem.column));
        if !found.is_empty() {
            unsound.push(name);
        }
        problems.extend(found);
        for (parameter, path, supersedes_from, series) in checked.series {
            sources.entry(parameter).or_default().push(Source {
                file: name,
                text,
                path,
                supersedes_from,
                series,
            });
        }
        for (rounding, value) in checked.roundings {
            if roundings.insert(rounding, value).is_some() {
                problems.push(twice(rounding.id()).in_file(name));
            }
        }
    }
    let whole = whole && unsound.is_empty();
    for name in RoundingName::ALL {
        if whole && !roundings.contains_key(&name) {
            problems.push(missing(name.id()));
        }
    }
    let mut series = BTreeMap::new();
    for parameter in Parameter::ALL {
        let found = sources.remove(&parameter);
        let sound = |source: &Source<'_>| !unsound.contains(&source.file);
        match found
            .filter(|sources| sources.iter().all(sound))
            .map(|sources| join(parameter, sources))
        {
            None if whole => problems.push(missing(parameter.id())),
            None => {}
            Some(Err(problem)) => problems.push(problem),
            Some(Ok(joined)) => {
                series.insert(parameter, joined);
            }
        }
    }
    if problems.is_empty() {
        Ok(National {
            series,
            roundings,
            files: read,
        })
    } else {
        Err(problems)
    }
}

fn missing(id: &str) -> Problem {
    Problem::error(format!(
        "landelijk gegeven «{id}» staat in geen enkel bestand"
    ))
    .hint("Haal de bestanden van dit programma niet weg.")
}

fn twice(id: &str) -> Problem {
    Problem::error(format!(
        "landelijk gegeven «{id}» staat in meer dan één bestand"
    ))
    .hint("Haal een van beide weg, of zeg met supersedes_from vanaf welke dag dit bestand geldt.")
}

impl Source<'_> {
    /// The problem at the place of this series in its file.
    fn at(&self, problem: Problem) -> Problem {
        let problem = problem.field(self.path.clone()).in_file(self.file);
        Outline::new(self.text).positioned(problem)
    }
}

/// One series out of several: each later one cuts the earlier off the day before it begins.
fn join(parameter: Parameter, mut sources: Vec<Source<'_>>) -> Result<Series, Problem> {
    let id = parameter.id();
    sources.sort_by_key(|source| source.supersedes_from);
    let mut sources = sources.into_iter();
    let Some(first) = sources.next() else {
        return Err(missing(id));
    };
    if first.supersedes_from.is_some() {
        let message = format!("«{id}» vervangt waarden die in geen enkel bestand staan");
        return Err(first.at(Problem::error(message).hint("Haal supersedes_from weg.")));
    }
    let mut joined = first.series;
    let mut taken_over: Option<Date> = None;
    for source in sources {
        let Some(day) = source
            .supersedes_from
            .filter(|day| taken_over != Some(*day))
        else {
            return Err(source.at(twice(id)));
        };
        taken_over = Some(day);
        joined.spans.retain(|span| span.from < day);
        let before = day.yesterday().ok();
        let reaches = joined.spans.last_mut().is_some_and(|last| {
            let reaches = last.to.is_none_or(|to| Some(to) >= before);
            if reaches {
                last.to = before;
            }
            reaches
        });
        if !reaches {
            let message = format!("«{id}» heeft geen waarde vlak voor {}", date_long(day));
            let hint = "Laat supersedes_from aansluiten op de waarden die er al zijn.";
            return Err(source.at(Problem::error(message).hint(hint)));
        }
        joined.spans.extend(source.series.spans);
    }
    Ok(joined)
}
