//! Backups: how often, which there are, making one, putting one back, and looking into one.

use egui::Ui;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

use super::log::{Verdict, verdict, verdict_rows_ui};
use super::rows::{Row, rows_ui};
use super::{Around, Asked, ForFile, Made, News, Open, called};
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, segments_ui};
use crate::desk::widgets::dialog::question_ui;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{heading_ui, muted_ui, prose_ui};
use crate::quantity::dutch::counted;
use crate::register::{
    Address, Backup, Damage, DossierId, Failure, Register, Restored, Schedule, backups,
};

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Read which backups there are.
    List,
    /// Make one.
    Make,
    /// Make one in this folder, where they come from now on.
    MakeIn(PathBuf),
    /// Set how often.
    Set(Schedule),
    /// Put this one back, after a backup of the register as it is.
    Restore(PathBuf, Damage),
    /// Read which dossiers are in this one.
    LookInto(PathBuf),
    /// Read a dossier of this one.
    Open(PathBuf, DossierId),
    /// Check the whole register.
    Check,
}

/// What came of it.
#[derive(Debug)]
pub enum Told {
    /// The backups, newest first.
    List(Listed),
    /// The dossiers of one.
    Inside(Inside),
    /// What the check found.
    Checked(Verdict),
    /// This backup was not put back: this is damaged in it.
    Damaged(PathBuf, Verdict),
    /// Nothing to show here.
    Nothing,
}

/// Which backups there are.
#[derive(Debug, Default)]
pub struct Listed {
    rows: Vec<Row>,
    paths: Vec<PathBuf>,
    schedule: Schedule,
    folder: String,
    /// What is damaged in the backup that was put back.
    verdict: Option<Verdict>,
}

/// The dossiers in a backup.
#[derive(Debug)]
pub struct Inside {
    path: PathBuf,
    title: String,
    rows: Vec<Row>,
    ids: Vec<DossierId>,
}

/// What the screen shows.
#[derive(Default)]
pub struct BackupsState {
    listed: Listed,
    chosen: Option<usize>,
    inside: Option<Inside>,
    /// The rows of the dossiers that answer to the filter.
    found: Vec<Row>,
    found_ids: Vec<DossierId>,
    filter: String,
    picked: Option<usize>,
    verdict: Option<Verdict>,
    /// The backup that is about to be put back, and what then is done with damage in it.
    restoring: Option<(PathBuf, Damage)>,
    /// The backup that was not put back, with what is damaged in it.
    damaged: Option<(PathBuf, Verdict)>,
    editing: Editing,
}

impl BackupsState {
    pub(super) fn take(&mut self, told: Told) {
        match told {
            Told::List(mut listed) => {
                self.chosen = (!listed.rows.is_empty()).then_some(0);
                self.verdict = listed.verdict.take();
                self.listed = listed;
                self.inside = None;
                self.damaged = None;
            }
            Told::Inside(inside) => {
                self.filter.clear();
                self.inside = Some(inside);
                self.narrow();
            }
            Told::Checked(verdict) => self.verdict = Some(verdict),
            Told::Damaged(path, verdict) => self.damaged = Some((path, verdict)),
            Told::Nothing => {}
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.restoring.is_some()
    }

    #[cfg(test)]
    pub(super) fn show_at(&mut self, folder: &str, name: &str) {
        self.listed.folder = folder_words(folder);
        for row in &mut self.listed.rows {
            name.clone_into(&mut row.detail);
        }
    }

    /// Keeps the dossiers that answer to the filter.
    fn narrow(&mut self) {
        self.picked = None;
        let words = self.filter.to_lowercase();
        let fits = |row: &Row| {
            let text = row.title.to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        };
        let inside = self.inside.iter();
        let all = inside.flat_map(|inside| inside.rows.iter().zip(&inside.ids));
        (self.found, self.found_ids) = all
            .filter(|(row, _)| fits(row))
            .take(MOST)
            .map(|(row, id)| (row.clone(), *id))
            .unzip();
    }
}

fn folder_words(folder: &str) -> String {
    format!("De kopieën staan in {folder}.")
}

/// How many dossiers of a backup are shown at most; a filter brings the others.
const MOST: usize = 200;

fn place(name: &str) -> Place {
    Place::root().field("reservekopie").field(name)
}

/// Draws the screen; gives what it asks.
pub fn backups_ui(
    ui: &mut Ui,
    state: &mut BackupsState,
    open: Option<&Open>,
    full: bool,
) -> Option<Asked> {
    let mut asked = None;
    let mut ask = |job: Job| asked = Some(Asked::Job(super::Job::Backups(job)));
    let choices = [Schedule::Daily, Schedule::Weekly, Schedule::Off];
    let choices = choices.map(|schedule| Choice::new(schedule, schedule.dutch()));
    let at = (place("hoe vaak"), "Hoe vaak vanzelf een reservekopie");
    let schedule = state.listed.schedule;
    if let Some(set) = segments_ui(ui, &mut state.editing, at, Some(&schedule), &choices, None) {
        state.listed.schedule = set;
        ask(Job::Set(set));
    }
    muted_ui(ui, &state.listed.folder);
    muted_ui(
        ui,
        "De kopie wordt gemaakt als u het register opent. Elke kopie is even goed beveiligd als het register.",
    );
    muted_ui(
        ui,
        "Bewaard blijven: alle kopieën van de laatste dag, van twee weken één per dag, van twaalf weken één per week.",
    );
    muted_ui(
        ui,
        "Kopieën in een andere map en op andere computers ruimt het programma niet op. Doe dat zelf.",
    );
    ui.add_space(theme::GAP);
    let mut file = None;
    ui.horizontal_wrapped(|ui| {
        if primary_ui(ui, "Maak nu een reservekopie").clicked() {
            ask(Job::Make);
        }
        if secondary_ui(ui, "Kies een kopie op een andere plaats…").clicked() {
            file = Some(ForFile::Backup);
        }
        if secondary_ui(ui, "Andere map voor de kopieën…").clicked() {
            file = Some(ForFile::Backups);
        }
        if secondary_ui(ui, "Controleer het register").clicked() {
            ask(Job::Check);
        }
    });
    if let Some(verdict) = &state.verdict {
        verdict_rows_ui(ui, verdict);
    }
    ui.add_space(theme::LARGE);
    heading_ui(ui, "De kopieën");
    if state.listed.rows.is_empty() {
        muted_ui(ui, "Er is nog geen reservekopie.");
    }
    let chosen = state.chosen;
    if let Some(pressed) = rows_ui(ui, "Reservekopieën", &state.listed.rows, |index| {
        chosen == Some(index)
    }) {
        state.chosen = Some(pressed);
        state.inside = None;
        state.damaged = None;
    }
    let path = state
        .chosen
        .and_then(|chosen| state.listed.paths.get(chosen));
    if let Some(path) = path {
        ui.add_space(theme::GAP);
        ui.horizontal_wrapped(|ui| {
            if secondary_ui(ui, "Bekijk wat erin staat").clicked() {
                ask(Job::LookInto(path.clone()));
            }
            if full && secondary_ui(ui, "Zet deze kopie terug…").clicked() {
                state.restoring = Some((path.clone(), Damage::Refused));
            }
        });
    }
    if !full {
        muted_ui(
            ui,
            "Een kopie terugzetten kan alleen een collega met volledige toegang.",
        );
    }
    damaged_ui(ui, state);
    if let Some(job) = inside_ui(ui, state, full) {
        ask(job);
    }
    if let Some(job) = question(ui, state, open) {
        ask(job);
    }
    file.map(Asked::ChooseFile).or(asked)
}

/// What is damaged in the backup that was not put back, and the way to do that all the same.
fn damaged_ui(ui: &mut Ui, state: &mut BackupsState) {
    let Some((path, verdict)) = &state.damaged else {
        return;
    };
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Deze kopie is beschadigd");
    verdict_rows_ui(ui, verdict);
    prose_ui(
        ui,
        "Er is niets teruggezet. Kies een andere kopie. Of zet deze terug zonder wat hierboven staat: dat blijft onleesbaar.",
    );
    if secondary_ui(ui, "Zet deze beschadigde kopie toch terug…").clicked() {
        state.restoring = Some((path.clone(), Damage::Accepted));
    }
}

/// The dossiers in the backup that is looked into.
fn inside_ui(ui: &mut Ui, state: &mut BackupsState, full: bool) -> Option<Job> {
    let inside = state.inside.as_ref()?;
    let mut job = None;
    let mut restores = false;
    ui.add_space(theme::LARGE);
    heading_ui(ui, &inside.title);
    let filter = Field::new(place("zoeken"), "Zoeken in deze kopie")
        .width(Width::Name)
        .hint("naam of zaaknummer")
        .text_ui(ui, &mut state.editing, &state.filter);
    let picked = state.picked;
    let pressed = rows_ui(ui, "Dossiers in deze kopie", &state.found, |index| {
        picked == Some(index)
    });
    ui.horizontal_wrapped(|ui| {
        let id = state.picked.and_then(|picked| state.found_ids.get(picked));
        if let Some(id) = id
            && primary_ui(ui, "Open om te lezen").clicked()
        {
            job = Some(Job::Open(inside.path.clone(), *id));
        }
        if full
            && !state.listed.paths.contains(&inside.path)
            && secondary_ui(ui, "Zet deze kopie terug…").clicked()
        {
            restores = true;
        }
    });
    if restores {
        state.restoring = Some((inside.path.clone(), Damage::Refused));
    }
    if let Some(filter) = filter {
        state.filter = filter;
        state.narrow();
    } else if pressed.is_some() {
        state.picked = pressed;
    }
    job
}

/// The question before a backup is put back.
fn question(ui: &Ui, state: &mut BackupsState, open: Option<&Open>) -> Option<Job> {
    let (path, damage) = state.restoring.take()?;
    let about = "Het hele register wordt weer zoals het toen was. Wat daarna is opgeslagen, staat er dan niet meer in. \
                Van het register zoals het nu is, wordt eerst een kopie gemaakt.";
    let closes = match open {
        Some(open) if open.writes && open.changed => {
            " Het open dossier gaat dicht. Uw werk daaraan is nog niet opgeslagen: het blijft bewaard, en staat daarna in uw werkvoorraad."
        }
        Some(_) => " Het open dossier gaat dicht.",
        None => "",
    };
    let (which, lost, verb) = match damage {
        Damage::Refused => ("", "", "Zet de kopie terug"),
        Damage::Accepted => (
            "beschadigde ",
            " Wat in deze kopie beschadigd is, is daarna niet te lezen.",
            "Zet de beschadigde kopie terug",
        ),
    };
    let text = &format!("{about}{lost}{closes}");
    let listed = &state.listed;
    let known = listed.paths.iter().position(|known| *known == path);
    let title = match known.and_then(|known| listed.rows.get(known)) {
        Some(row) => format!("Wilt u de {which}kopie van {} terugzetten?", row.title),
        None => format!("Wilt u deze {which}kopie terugzetten?"),
    };
    match question_ui(ui.ctx(), "restore", &title, text, &[verb, "Annuleren"]) {
        None => state.restoring = Some((path, damage)),
        Some(0) => return Some(Job::Restore(path, damage)),
        Some(_) => {}
    }
    None
}

impl Job {
    pub(super) fn carry_out(
        self,
        register: &mut Register,
        around: &Around,
        now: Timestamp,
    ) -> Made<Told> {
        match self {
            Self::List => Ok((list(register, around)?, None)),
            Self::Make => {
                register.back_up(&around.backups, now)?;
                register.note_copy(now)?;
                let news = News::Done("De reservekopie is gemaakt.".to_owned());
                Ok((list(register, around)?, Some(news)))
            }
            Self::MakeIn(folder) => {
                // What cannot be written there is told now, and not when a backup is due.
                register.back_up(&folder, now)?;
                register.note_copy(now)?;
                Ok((Told::Nothing, Some(News::BackupsIn(folder))))
            }
            Self::Set(schedule) => {
                register.set_schedule(schedule)?;
                Ok((Told::Nothing, None))
            }
            Self::Restore(path, damage) => {
                let checked = match register.restore(&path, &around.backups, damage, now)? {
                    Restored::Done { checked, .. } => checked,
                    Restored::Damaged(checked) => {
                        let verdict = verdict(register, &checked);
                        return Ok((Told::Damaged(path, verdict), None));
                    }
                };
                let mut said = "De reservekopie is teruggezet.".to_owned();
                let mut listed = listed(register, around)?;
                if !checked.faults.is_empty() {
                    said.push_str(" Wat erin beschadigd is, staat bij Reservekopieën.");
                    listed.verdict = Some(verdict(register, &checked));
                }
                Ok((Told::List(listed), Some(News::Replaced(said))))
            }
            Self::LookInto(path) => Ok((Told::Inside(inside(register, around, path)?), None)),
            Self::Open(path, id) => {
                let loaded = register.load_of(&path, id, now)?;
                let what = "Dit dossier komt uit een reservekopie, om te lezen.".to_owned();
                Ok((Told::Nothing, Some(News::Read(Box::new(loaded), what))))
            }
            Self::Check => {
                let checked = register.check(None)?;
                Ok((Told::Checked(verdict(register, &checked)), None))
            }
        }
    }
}

/// Makes a backup if the schedule asks for one, with a line of its own to the register, so that nobody waits for it.
/// Nothing if none is due. They come in the first of the folders; what has passed its term goes from that and from the
/// program's own, the second, whatever the schedule.
pub fn make_if_due(
    address: &Address,
    schedule: Schedule,
    (folder, own): (&Path, &Path),
    now: Timestamp,
) -> Result<Option<Backup>, Failure> {
    let mut register = Register::open(address)?;
    if let Address::File(path) = address {
        Register::drop_put_aside(path, now);
    }
    if own != folder {
        register.thin_out(own, now);
    }
    let newest = backups(folder, register.id()).pop();
    if schedule.is_due(newest.map(|backup| backup.at), now) {
        register.back_up(folder, now).map(Some)
    } else {
        register.thin_out(folder, now);
        Ok(None)
    }
}

fn list(register: &mut Register, around: &Around) -> Result<Told, Failure> {
    listed(register, around).map(Told::List)
}

fn listed(register: &mut Register, around: &Around) -> Result<Listed, Failure> {
    let schedule = register.schedule()?;
    let mut there = backups(&around.backups, register.id());
    there.reverse();
    let rows = there.iter().map(|backup| Row {
        title: around.moment(backup.at),
        detail: backup
            .path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        ..Row::default()
    });
    Ok(Listed {
        rows: rows.collect(),
        paths: there.iter().map(|backup| backup.path.clone()).collect(),
        schedule,
        folder: folder_words(&around.backups.display().to_string()),
        verdict: None,
    })
}

fn inside(register: &mut Register, around: &Around, path: PathBuf) -> Result<Inside, Failure> {
    let mut entries = register.entries_of(&path)?;
    entries.sort_by(|a, b| {
        let order = |entry: &crate::register::Entry| {
            let who = entry.who.as_ref().map(|who| who.order.to_lowercase());
            (who, entry.about.number.clone())
        };
        order(a).cmp(&order(b))
    });
    let rows = entries.iter().map(|entry| {
        let about = &entry.about;
        Row {
            title: called(entry),
            detail: format!("versie {}, {}", entry.revision, about.meta.state.dutch()),
            aside: around.moment(about.meta.at),
            tone: None,
        }
    });
    Ok(Inside {
        title: format!(
            "In deze kopie: {}",
            counted(entries.len(), "dossier", "dossiers")
        ),
        rows: rows.collect(),
        ids: entries.iter().map(|entry| entry.id).collect(),
        path,
    })
}
