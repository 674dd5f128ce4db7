//! Asking for a file: with the dialog of the system, or with a line to type the path on where the system has none.
//!
//! The dialog runs beside the window, so that the window keeps drawing. Nothing is read or written here.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Context, Id, Key, Ui};

use super::editing::{Editing, Place, Rejected};
use super::panels::register::{ForFile, Paper};
use super::theme;
use super::widgets::button::{primary_ui, secondary_ui};
use super::widgets::dialog::sheet_ui;
use super::widgets::field::{Field, Width};
use super::widgets::text::{heading_ui, muted_ui};

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To read a dossier from.
    Open,
    /// To save the dossier in.
    Save,
    /// To write the letter to.
    Letter,
    /// To write the report of the investigation to.
    Report,
    /// To take over answers of the investigation from.
    TakeOver,
    /// To write scenarios for home to.
    GiveHome,
    /// To write what goes back from home to.
    SendBack,
    /// To read what came back from home from.
    Proposal,
    /// To write the overview of the scenarios to.
    Overview,
    /// To write the account of the open dossier to, readable by everybody.
    Account,
    /// To write the data of the program to, as a folder.
    Examples,
    /// What a screen of the register asks for.
    Register(ForFile),
    /// The register to go on with.
    Place,
    /// A backup, to put in the place of the register.
    Spare,
}

impl Purpose {
    fn title(self) -> &'static str {
        match self {
            Self::Open => "Dossier openen",
            Self::Save => "Dossier opslaan als",
            Self::Letter => "Brief opslaan als",
            Self::Report => "Verslag opslaan als",
            Self::TakeOver => "Onderzoek overnemen uit",
            Self::GiveHome => "Bestand voor thuis opslaan als",
            Self::SendBack => "Voorstel opslaan als",
            Self::Proposal => "Voorstel openen",
            Self::Overview => "Overzicht opslaan als",
            Self::Account => ACCOUNT,
            Self::Examples => "Voorbeelden opslaan in een nieuwe map",
            Self::Register(what) => match what {
                ForFile::Export => "Dossiers uitvoeren naar",
                ForFile::Paper {
                    what: Paper::Access,
                    ..
                } => "Inzage opslaan als",
                ForFile::Paper {
                    what: Paper::Account,
                    ..
                } => ACCOUNT,
                ForFile::Import => "Dossiers invoeren uit",
                ForFile::Backup => "Reservekopie kiezen",
                ForFile::Backups => "Map voor reservekopieën kiezen",
            },
            Self::Place => "Register kiezen",
            Self::Spare => "Reservekopie kiezen",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Open => "Open het dossier",
            Self::Register(ForFile::Import | ForFile::Backup) | Self::Place | Self::Spare => {
                "Neem dit bestand"
            }
            Self::Register(ForFile::Backups) => "Neem deze map",
            Self::TakeOver => "Neem dit dossier",
            Self::Proposal => "Open het voorstel",
            Self::Save
            | Self::Letter
            | Self::Report
            | Self::GiveHome
            | Self::SendBack
            | Self::Overview
            | Self::Examples
            | Self::Account
            | Self::Register(ForFile::Export | ForFile::Paper { .. }) => "Sla hier op",
        }
    }

    /// Kind of file and its extension.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Open | Self::Save | Self::TakeOver => ("Dossier", "ron"),
            Self::Letter => ("Brief (pdf)", "pdf"),
            Self::Report => ("Verslag (pdf)", "pdf"),
            Self::Overview => ("Overzicht (pdf)", "pdf"),
            Self::Account => TEXT,
            Self::Examples => ("Map", ANY),
            Self::GiveHome | Self::SendBack => ("Bestand over een pgb", "pgb"),
            // Files of before were called `.ron`.
            Self::Proposal => ("Bestand over een pgb", ANY),
            Self::Register(what) => match what {
                ForFile::Export => ("Dossiers", "maatwerk"),
                ForFile::Paper { plain: true, .. } => TEXT,
                ForFile::Paper { plain: false, .. } => ("Tekst, beveiligd", "age"),
                ForFile::Import => ("Dossiers", ANY),
                ForFile::Backups => ("Map", ANY),
                ForFile::Backup => BACKUP,
            },
            Self::Place => ("Register", ANY),
            Self::Spare => BACKUP,
        }
    }

    /// Whether the file is to be there already.
    pub fn reads(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::TakeOver
                | Self::Proposal
                | Self::Register(ForFile::Import | ForFile::Backup | ForFile::Backups)
                | Self::Place
                | Self::Spare
        )
    }
}

/// What the dialog for an account is called.
const ACCOUNT: &str = "Verantwoording opslaan als";
/// A text, as a kind with its extension.
const TEXT: (&str, &str) = ("Tekst", "txt");
/// The extension of a kind that may have any.
const ANY: &str = "*";
/// A backup, as a kind with its extension.
const BACKUP: (&str, &str) = ("Reservekopie", "reservekopie");

/// Hardly anyone closes a dialog sooner; an answer of "nothing" within this time is taken to mean that there was no dialog.
const FASTEST_ANSWER: Duration = Duration::from_secs(1);

/// A file that is being asked for.
pub struct Asking {
    /// What for.
    pub purpose: Purpose,
    proposal: PathBuf,
    way: Way,
}

enum Way {
    /// The dialog of the system is open.
    System(Receiver<Option<PathBuf>>, Instant),
    /// The path is typed in our own window.
    Typed(Editing, String),
}

/// How far the asking is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Still asking.
    Waiting,
    /// This file.
    File {
        /// Where it is or will be.
        path: PathBuf,
        /// Whether the dialog of the system asked itself, if it was to be replaced.
        agreed: bool,
    },
    /// No file after all.
    Nothing,
}

impl Asking {
    /// Opens the dialog of the system, with `proposal` as the file or folder to begin at.
    pub fn begin(ctx: &Context, purpose: Purpose, proposal: PathBuf) -> Self {
        // A test has no system that could show a dialog.
        if cfg!(test) || !has_dialog(|name| std::env::var_os(name)) {
            let way = typed(&proposal);
            return Self {
                purpose,
                proposal,
                way,
            };
        }
        let (answer, receiver) = channel();
        let dialog = system_dialog(purpose, &proposal);
        let ctx = ctx.clone();
        // A dialog that cannot be started answers "nothing" at once, and the path can then be typed.
        std::thread::spawn(move || {
            let file = if purpose == Purpose::Register(ForFile::Backups) {
                dialog.pick_folder()
            } else if purpose.reads() {
                dialog.pick_file()
            } else {
                dialog.save_file()
            };
            if answer.send(file).is_ok() {
                ctx.request_repaint();
            }
        });
        Self {
            purpose,
            proposal,
            way: Way::System(receiver, Instant::now()),
        }
    }

    /// Looks for an answer, and draws the line to type the path on if that is how it is asked.
    pub fn poll_ui(&mut self, ctx: &Context) -> Answer {
        let typed = match &mut self.way {
            Way::System(receiver, since) => match receiver.try_recv() {
                Ok(Some(file)) => {
                    let path = with_extension(file.clone(), self.purpose);
                    let agreed = path == file;
                    return Answer::File { path, agreed };
                }
                Err(TryRecvError::Empty) => return Answer::Waiting,
                Ok(None) if since.elapsed() > FASTEST_ANSWER => return Answer::Nothing,
                Ok(None) | Err(TryRecvError::Disconnected) => typed(&self.proposal),
            },
            Way::Typed(editing, path) => return typed_ui(ctx, self.purpose, editing, path),
        };
        self.way = typed;
        ctx.request_repaint();
        Answer::Waiting
    }
}

/// Whether the system may have a dialog: on Linux a session bus to ask it on, or the program that stands in for one.
/// `variable` reads the environment.
fn has_dialog(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let filled = |name| variable(name).filter(|value| !value.is_empty());
    let bus = || {
        PathBuf::from(filled("XDG_RUNTIME_DIR")?)
            .join("bus")
            .exists()
            .then_some(())
    };
    let zenity = || {
        let path = filled("PATH")?;
        std::env::split_paths(&path)
            .any(|folder| folder.join("zenity").is_file())
            .then_some(())
    };
    !cfg!(all(unix, not(target_os = "macos")))
        || filled("DBUS_SESSION_BUS_ADDRESS").is_some()
        || bus().or_else(zenity).is_some()
}

fn system_dialog(purpose: Purpose, proposal: &Path) -> rfd::FileDialog {
    let (kind, extension) = purpose.kind();
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
    if extension != ANY {
        dialog = dialog.add_filter(kind, &[extension]);
    }
    let folder = if proposal.is_dir() {
        Some(proposal)
    } else {
        proposal.parent()
    };
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match proposal.file_name() {
        Some(name) if !purpose.reads() => dialog.set_file_name(name.to_string_lossy()),
        _ => dialog,
    }
}

/// A file to write gets the extension of its kind when it has none; a letter, report or overview always is a `.pdf`.
fn with_extension(mut file: PathBuf, purpose: Purpose) -> PathBuf {
    let wanted = purpose.kind().1;
    if purpose.reads() || wanted == ANY {
        return file;
    }
    let is_wanted = |has: &OsStr| has.eq_ignore_ascii_case(wanted);
    let right = match purpose {
        Purpose::Letter | Purpose::Report | Purpose::Overview => {
            file.extension().is_some_and(is_wanted)
        }
        _ => file.extension().is_some(),
    };
    if !right {
        // `jansen.ron` becomes `jansen.ron.pdf`: the name that was typed stays.
        file.as_mut_os_string().push(".");
        file.as_mut_os_string().push(wanted);
    }
    file
}

fn path_place() -> Place {
    Place::root().field("bestandskeuze").field("pad")
}

/// Asking for the path in our own window.
fn typed(proposal: &Path) -> Way {
    let mut editing = Editing::default();
    editing.jump_to(path_place());
    Way::Typed(editing, proposal.display().to_string())
}

/// Our own question for a path.
fn typed_ui(ctx: &Context, purpose: Purpose, editing: &mut Editing, path: &mut String) -> Answer {
    let name = (Id::unique("bestandskeuze"), purpose.title());
    let (answer, leaves) = sheet_ui(ctx, name, |ui: &mut Ui| {
        ui.set_width(520.0_f32.min(ctx.content_rect().width() - theme::PART));
        heading_ui(ui, purpose.title());
        muted_ui(
            ui,
            "Dit systeem heeft geen venster om een bestand te kiezen. Typ het pad.",
        );
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let field = Field::new(path_place(), "Pad van het bestand").width(Width::Full);
        let committed = field.show_ui(ui, editing, path, |text| match text.trim() {
            "" => Err(Rejected::new("Typ het pad van een bestand.")),
            text => Ok(text.to_owned()),
        });
        if let Some(text) = committed {
            *path = text;
        }
        ui.add_space(theme::SMALL);
        ui.horizontal(|ui| {
            let done = primary_ui(ui, purpose.verb()).clicked() || enter;
            if secondary_ui(ui, "Ga terug").clicked() {
                Answer::Nothing
            } else if done && !path.trim().is_empty() && editing.rejected().next().is_none() {
                let path = with_extension(PathBuf::from(path.trim()), purpose);
                Answer::File {
                    path,
                    agreed: false,
                }
            } else {
                Answer::Waiting
            }
        })
        .inner
    });
    match answer {
        Answer::Waiting if leaves => Answer::Nothing,
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_to_write_gets_its_extension_and_a_file_to_read_keeps_its_name() {
        let file = |name: &str, purpose| {
            with_extension(PathBuf::from(name), purpose)
                .display()
                .to_string()
        };
        assert_eq!(file("jansen", Purpose::Save), "jansen.ron");
        assert_eq!(file("jansen.txt", Purpose::Save), "jansen.txt");
        assert_eq!(file("brief", Purpose::Letter), "brief.pdf");
        assert_eq!(file("brief.PDF", Purpose::Letter), "brief.PDF");
        assert_eq!(file("jansen.ron", Purpose::Letter), "jansen.ron.pdf");
        assert_eq!(file("jansen", Purpose::Open), "jansen");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_system_without_a_session_has_no_dialog_to_wait_for() {
        let folder = tempfile::tempdir().unwrap();
        let with = |name: &'static str, value: OsString| {
            has_dialog(move |asked| (asked == name).then(|| value.clone()))
        };
        assert!(!has_dialog(|_| None));
        assert!(with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/bus".into()));
        assert!(!with("PATH", folder.path().into()));
        std::fs::write(folder.path().join("zenity"), "").unwrap();
        assert!(with("PATH", folder.path().into()));
        assert!(!with("XDG_RUNTIME_DIR", folder.path().into()));
        std::fs::write(folder.path().join("bus"), "").unwrap();
        assert!(with("XDG_RUNTIME_DIR", folder.path().into()));
    }

    #[test]
    fn the_path_can_be_typed_where_the_system_has_no_dialog() {
        let state = (
            Editing::default(),
            String::from("/dossiers/"),
            Answer::Waiting,
        );
        let mut harness = crate::desk::testing::window(
            crate::desk::testing::USUAL,
            egui::Theme::Light,
            state,
            |ui, (editing, path, answer): &mut (Editing, String, Answer)| {
                if *answer == Answer::Waiting {
                    editing.jump_to(path_place());
                    *answer = typed_ui(ui.ctx(), Purpose::Save, editing, path);
                }
            },
        );
        harness.run();
        use egui_kittest::kittest::Queryable as _;
        harness
            .get_by_label("Pad van het bestand")
            .type_text("/dossiers/jansen");
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(
            harness.state().2,
            Answer::File {
                path: PathBuf::from("/dossiers/jansen.ron"),
                agreed: false,
            }
        );
    }
}
