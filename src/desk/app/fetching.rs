//! Opening dossiers: from the register, from the journal of unsaved work, or as new ones.

use std::sync::Arc;

use egui::Context;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Desk, Screen, Then};
use crate::budget::Library;
use crate::desk::document::{Document, InRegister, Keeping, Reads, words};
use crate::desk::editing::Editing;
use crate::desk::forms::Change;
use crate::desk::keeper::{Kept, fingerprint};
use crate::desk::showing::moment;
use crate::desk::view::Part;
use crate::desk::widgets::text::Tone;
use crate::dossier::Dossier;
use crate::register::{
    Base, DossierId, Failure, Kind, Lease, Loaded, Register, State, Typed, Work, as_follow_up,
};

/// A dossier that was read and can be shown.
pub(super) struct Fetched {
    document: Document,
    /// What to say about it.
    notice: Option<String>,
    /// What undoing brings back, of work whose steps are not known any more.
    undoing: Option<&'static str>,
    /// The part that was worked in, for work that was not saved.
    part: Option<Part>,
    /// Under which id it stands in the journal, for work that is not in the register.
    loose: Option<DossierId>,
    /// Texts that fields refused, in the work that was not saved.
    typed: Vec<Typed>,
    /// Work that was not saved when the decision became definitive.
    left: Option<Box<Dossier>>,
    /// Whether the journal does not answer, so that work on it is not kept.
    unkept: bool,
    /// The dossier whose decision it follows up.
    follows: Option<DossierId>,
}

impl Fetched {
    /// A dossier about which there is nothing to say.
    pub(super) fn of(document: Document) -> Self {
        Self {
            document,
            notice: None,
            undoing: None,
            part: None,
            loose: None,
            typed: Vec::new(),
            left: None,
            unkept: false,
            follows: None,
        }
    }

    /// The dossier that it holds the lease of.
    pub(super) fn leased(&self) -> Option<DossierId> {
        self.document.leased()
    }

    /// With the decision that it follows up beside its fields, unless it is definitive itself. A decision that is not there
    /// any more or cannot be read leaves nothing there.
    fn beside_its_decision(mut self, kept: &mut Kept) -> Self {
        let now = kept.now();
        let definitive = self.document.reads() == Some(&Reads::Definitive);
        if let Some(follows) = self.follows.filter(|_| !definitive)
            && let Ok(register) = kept.register()
            && let Ok(earlier) = register.load(follows, None, now)
        {
            let begun = as_follow_up(earlier.dossier);
            self.document.compare_with_decision(begun);
        }
        self
    }

    /// The same, with words about whether it can be changed now, which was tried.
    fn tried(mut self) -> Self {
        let said = match self.document.reads() {
            None => "U kunt dit dossier nu bewerken.".to_owned(),
            Some(Reads::Held { name, since, .. }) => format!(
                "{name} heeft dit dossier nog open, sinds {since}. Vraag of het dicht kan, of wacht tot het dicht is."
            ),
            Some(_) => return self,
        };
        self.notice = Some(match self.notice.take() {
            Some(more) => format!("{said} {more}"),
            None => said,
        });
        self
    }

    /// A dossier, and what to say about it.
    pub(super) fn with_words(document: Document, words: String) -> Self {
        Self {
            notice: Some(words),
            ..Self::of(document)
        }
    }
}

/// What is done with a dossier that was read, or with why it was not.
type TakeFetched = fn(&mut Desk, &Context, Result<Fetched, Failure>);

/// How a dossier is taken to write in it.
type TakeLease = fn(&mut Register, DossierId, Timestamp) -> Result<Lease, Failure>;

impl Desk {
    /// Opens a dossier of the register, with the work on it that was not saved.
    pub(super) fn fetch(&mut self, id: DossierId) {
        self.fetch_with(id, Register::lease, Self::take_fetched);
    }

    fn fetch_with(&mut self, id: DossierId, lease: TakeLease, take: TakeFetched) {
        if self.door.is_locking() {
            return;
        }
        let full = self.has_full_access();
        let bench = self.bench();
        self.opens_file = true;
        self.ask_register(
            move |kept| {
                if full {
                    let fetched = bench.fetch_with_work(kept, id, lease)?;
                    Ok(fetched.beside_its_decision(kept))
                } else {
                    bench.fetch(kept, id, None, None)
                }
            },
            take,
        );
    }

    fn take_fetched(&mut self, ctx: &Context, fetched: Result<Fetched, Failure>) {
        self.opens_file = false;
        match fetched {
            Ok(fetched) => self.offer(ctx, fetched),
            Err(failure) => {
                // What was to be let go for this dossier is still open.
                self.let_go = None;
                self.tell_failure(&failure);
                if let Some(returned) = self.door.back.take() {
                    self.go_on_from(returned);
                }
            }
        }
    }

    /// Shows a dossier that was read, once no work on the open one can be lost by it.
    pub(super) fn offer(&mut self, ctx: &Context, fetched: Fetched) {
        if self.document.is_none() && !self.is_asking() {
            self.show_fetched(fetched);
        } else {
            self.wish(ctx, Then::Show(Box::new(fetched)));
        }
    }

    pub(super) fn bench(&self) -> Bench {
        Bench {
            library: Arc::clone(&self.library),
            today: self.today,
        }
    }

    pub(super) fn show_fetched(&mut self, fetched: Fetched) {
        let Fetched {
            document,
            notice,
            undoing,
            part,
            loose,
            typed,
            left,
            unkept,
            follows: _,
        } = fetched;
        self.show(document);
        self.keeper.loose = loose;
        self.keeper.left = left;
        self.keeper.fails = unkept;
        if let Some(document) = &mut self.document {
            document.put_back(typed, &mut self.editing);
        }
        if let Some(part) = part {
            self.shell.choose(part);
        }
        let mut undoing = undoing;
        if let Some((returned, same)) = self.take_back() {
            undoing = undoing.filter(|_| !same);
            self.go_on_from(returned);
        }
        let notice: Vec<&str> = notice.as_deref().into_iter().chain(undoing).collect();
        if !notice.is_empty() {
            self.tell(Some(Tone::Info), &notice.join(" "));
        }
    }

    /// A dossier that is about to be begun: in the register where there is one that is open, else loose.
    pub(super) fn begin(&mut self, dossier: Dossier) {
        let library = Arc::clone(&self.library);
        let id = if self.has_full_access() {
            match Register::new_id() {
                Ok(id) => Some(id),
                Err(failure) => return self.tell_failure(&failure),
            }
        } else {
            None
        };
        let Some(id) = id else {
            return self.show(Document::new(
                dossier,
                Keeping::Nowhere,
                library,
                self.today,
            ));
        };
        let blank = Dossier::new(&dossier.municipality);
        let keeping = Keeping::Register(InRegister::begun(id));
        let mut document = Document::new(blank, keeping, library, self.today);
        // What was filled in already is work: from here on it is journalled.
        let change = Change {
            what: "Nieuw dossier",
            dossier,
            moved: false,
        };
        document.step(change, &mut Editing::default());
        self.show(document);
    }

    /// Puts the loose dossier that is open in the register.
    pub(super) fn take_in(&mut self) {
        let Some(document) = &mut self.document else {
            return;
        };
        match Register::new_id() {
            Ok(id) => {
                self.keeper.leaves = document.path().map(ToOwned::to_owned);
                document.move_to(Keeping::Register(InRegister::begun(id)));
                // It stands in the journal under its new id before anything else is done with it.
                self.keeper.again();
                self.note_work();
                self.save_in_register();
            }
            Err(failure) => self.tell_failure(&failure),
        }
    }

    /// Goes on with work that was left unsaved.
    pub(super) fn resume(&mut self, id: DossierId) {
        if self.door.is_locking() {
            return;
        }
        let bench = self.bench();
        self.opens_file = true;
        self.ask_register(
            move |kept| bench.fetch_with_work(kept, id, Register::lease),
            Self::take_fetched,
        );
    }

    /// Begins a follow-up of the open decision with the work that was not saved when it became definitive.
    pub(super) fn follow_with_left(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let Some(follows) = place.map(|place| place.id) else {
            return;
        };
        let id = match Register::new_id() {
            Ok(id) => id,
            Err(failure) => return self.tell_failure(&failure),
        };
        let Some(left) = self.keeper.left.take() else {
            return;
        };
        let document = self.following(as_follow_up(*left), id, follows);
        self.show(document);
        // The journal lets go of what was left only when it has this.
        self.keeper.loose = Some(follows);
        self.note_work();
        let text = "Dit is een nieuw dossier, met uw werk dat niet in het besluit staat. Het volgt op dat besluit. Sla het op.";
        self.tell(Some(Tone::Info), text);
    }

    /// Throws away work that was left unsaved.
    pub(super) fn discard(&mut self, id: DossierId) {
        self.ask_register(
            move |kept| kept.discard(id),
            |desk, _, discarded| match discarded {
                // Another window may have left work on the same dossier.
                Ok(()) => desk.read_unsaved(),
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Tries to get a dossier for writing that was open elsewhere; where that is with the person's own name, in a program
    /// that stopped perhaps, it is taken over.
    pub(super) fn try_to_write(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let Some((id, reads)) = place.map(|place| (place.id, place.reads.clone())) else {
            return;
        };
        let lease: TakeLease = match reads {
            Some(Reads::Held {
                by_oneself: true, ..
            }) => Register::take_over,
            Some(Reads::Held { .. }) => Register::lease,
            _ => return,
        };
        self.fetch_with(id, lease, |desk, ctx, fetched| {
            desk.take_fetched(ctx, fetched.map(Fetched::tried));
        });
    }

    /// Goes to a screen once the open dossier may be replaced.
    pub(super) fn open_from_list(&mut self, ctx: &Context, id: DossierId) {
        let open = self.document.as_ref();
        let is_open = open.is_some_and(|document| {
            document.is_dossier(id) && document.reads() != Some(&Reads::Earlier)
        });
        if is_open {
            self.screen = Screen::Dossier;
        } else {
            self.wish(ctx, Then::Fetch(id));
        }
        ctx.request_repaint();
    }
}

/// With what a dossier is worked out, on the thread of the register.
pub(super) struct Bench {
    pub(super) library: Arc<Library>,
    pub(super) today: Date,
}

impl Bench {
    fn document(&self, dossier: Dossier, keeping: Keeping) -> Document {
        Document::new(dossier, keeping, Arc::clone(&self.library), self.today)
    }

    /// The data and the day with which a definitive decision was calculated, so that its figures stay those of then; where
    /// its receipt cannot be read, those of now, with words that say so.
    fn as_then(&self, register: &mut Register, id: DossierId) -> (Self, Option<&'static str>) {
        match register.data_of(id) {
            Some((library, today)) => {
                let library = Arc::new(library);
                (Self { library, today }, None)
            }
            None => (
                Self {
                    library: Arc::clone(&self.library),
                    today: self.today,
                },
                Some(
                    "Het bewijs van dit besluit is niet te lezen. De bedragen zijn berekend met de gegevens van nu en kunnen \
                     anders zijn dan in het besluit. Controleer het register.",
                ),
            ),
        }
    }

    /// Work on a dossier that is not in the register yet.
    fn begun_again(&self, work: Work) -> Fetched {
        let blank = || Dossier::new(&work.dossier.municipality);
        let loose = work.file.is_some().then_some(work.dossier_id);
        let document = match work.file {
            Some(path) => {
                let there = Document::open(&path, Arc::clone(&self.library), self.today);
                let mut document =
                    there.unwrap_or_else(|_| self.document(blank(), Keeping::File(path)));
                if work.saved.is_none() || work.saved != fingerprint(document.dossier()) {
                    // Somebody put something else there since: saving asks first.
                    document.forget_saved();
                }
                document
            }
            None => {
                let place = InRegister {
                    follows: work.follows,
                    ..InRegister::begun(work.dossier_id)
                };
                self.document(blank(), Keeping::Register(place))
            }
        };
        Fetched {
            part: Some(Part::of_path(&work.field)),
            loose,
            follows: work.follows,
            typed: work.typed,
            ..Fetched::of(again(document, work.dossier))
        }
    }

    /// Reads a dossier with the unsaved work on it; without, and with words that say so, where the journal does not answer.
    fn fetch_with_work(
        &self,
        kept: &mut Kept,
        id: DossierId,
        lease: TakeLease,
    ) -> Result<Fetched, Failure> {
        let failure = match kept.take_up(id) {
            Ok(Some(work)) if work.base == Base::NEW => return Ok(self.begun_again(work)),
            Ok(work) => return self.fetch(kept, id, work, Some(lease)),
            Err(failure) => failure,
        };
        let fetched = match self.fetch(kept, id, None, Some(lease)) {
            // What only the journal has, is not there without it.
            Err(other) if other.kind == Kind::Missing => return Err(failure),
            fetched => fetched?,
        };
        let why = words(&failure.problem);
        Ok(Fetched {
            notice: Some(match &fetched.notice {
                Some(more) => format!("{why} {more}"),
                None => why,
            }),
            unkept: true,
            ..fetched
        })
    }

    /// Reads a dossier to write in it if that is possible, with the unsaved work on it.
    fn fetch(
        &self,
        kept: &mut Kept,
        id: DossierId,
        work: Option<Work>,
        lease: Option<TakeLease>,
    ) -> Result<Fetched, Failure> {
        let (now, zone) = (kept.now(), kept.home().zone.clone());
        let register = kept.register()?;
        let lease = match lease {
            Some(take) => Some(take(register, id, now)?),
            None => None,
        };
        let loaded = match (register.load(id, None, now), work.as_ref()) {
            // Put back to a state in which it did not stand yet. Of what was destroyed no work is kept.
            (Err(failure), Some(work)) if failure.kind == Kind::Missing => {
                let text = "Dit is uw werk dat nog niet was opgeslagen. Het dossier staat niet meer in het register, want dat is teruggezet. Sla op om het er weer in te zetten.";
                return Ok(Fetched {
                    notice: Some(text.to_owned()),
                    ..self.begun_again(work.clone())
                });
            }
            (loaded, _) => loaded?,
        };
        let reads = match (lease, &loaded.meta.state) {
            (None, _) => Some(Reads::Finance),
            (Some(_), State::Definitive { .. }) => Some(Reads::Definitive),
            (Some(Lease::Theirs(holder)), State::Draft) => Some(Reads::Held {
                by_oneself: register.slot().is_some_and(|slot| slot.name == holder.name),
                name: holder.name,
                since: moment(holder.since, &zone),
                is_free: false,
            }),
            (Some(Lease::Ours), State::Draft) => None,
        };
        if reads == Some(Reads::Definitive) {
            register.release(id)?;
        }
        let current = loaded.base();
        let Loaded { dossier, meta, .. } = loaded;
        let follows = meta.follows;
        let place = |base, reads| {
            Keeping::Register(InRegister {
                id,
                base,
                follows: None,
                state: meta.state.clone(),
                reads,
            })
        };
        let told = work.as_ref().and_then(|_| left_out(reads.as_ref()));
        let (work, left) = match &reads {
            None => (work, None),
            Some(Reads::Definitive) => (None, work),
            Some(_) => (None, None),
        };
        let Some(work) = work else {
            let definitive = matches!(meta.state, State::Definitive { .. });
            let keeping = place(current, reads);
            let (document, notice) = if definitive {
                let (then, notice) = self.as_then(register, id);
                (then.document(dossier, keeping), notice)
            } else {
                (self.document(dossier, keeping), None)
            };
            let words: Vec<&str> = told.into_iter().chain(notice).collect();
            return Ok(Fetched {
                notice: (!words.is_empty()).then(|| words.join(" ")),
                left: left.map(|work| Box::new(work.dossier)),
                follows,
                ..Fetched::of(document)
            });
        };
        let part = Some(Part::of_path(&work.field));
        let before = if work.base == current {
            None
        } else {
            // Whatever is there now, a save on what it began from shows the difference first.
            let began = register.load(id, Some(work.base.revision), now).ok();
            Some(began.filter(|began| began.base() == work.base))
        };
        let mut undoing = None;
        let (saved, notice) = match before {
            None if work.dossier == dossier => (
                dossier,
                "In een veld staat nog een tekst die niet klopt. Verbeter die, of haal die weg.",
            ),
            None => {
                undoing = Some("Ongedaan maken brengt de opgeslagen versie terug.");
                (dossier, "Dit is uw werk dat nog niet was opgeslagen.")
            }
            Some(Some(began)) => (
                began.dossier,
                "Dit is uw werk dat nog niet was opgeslagen. Intussen is er een nieuwe versie opgeslagen: sla op om de verschillen te zien.",
            ),
            // The revision that it began from is in no register any more, or cannot be read.
            Some(None) => {
                undoing = Some("Ongedaan maken laat dat zien.");
                (
                    dossier,
                    "Dit is uw werk dat nog niet was opgeslagen. De versie waarmee het begon, staat niet meer in het register, want dat is teruggezet. Sla op om de verschillen te zien met wat er nu staat.",
                )
            }
        };
        let keeping = place(work.base, None);
        Ok(Fetched {
            notice: Some(notice.to_owned()),
            undoing,
            part,
            follows,
            typed: work.typed,
            ..Fetched::of(again(self.document(saved, keeping), work.dossier))
        })
    }
}

/// What is said about unsaved work on a dossier that can only be read.
fn left_out(reads: Option<&Reads>) -> Option<&'static str> {
    match reads? {
        Reads::Held { .. } => Some(
            "U hebt ook werk aan dit dossier dat nog niet is opgeslagen. Het blijft bewaard, en u ziet het weer als u het dossier kunt bewerken.",
        ),
        Reads::Definitive => Some(
            "U had werk aan dit dossier dat niet was opgeslagen. Het staat niet in het besluit. U kunt er een vervolg van maken. Tot dan blijft het bewaard in uw werkvoorraad.",
        ),
        Reads::Finance | Reads::Earlier => None,
    }
}

/// The document with unsaved work as its last step.
fn again(mut document: Document, dossier: Dossier) -> Document {
    let change = Change {
        what: "Niet opgeslagen werk terughalen",
        dossier,
        moved: true,
    };
    document.step(change, &mut Editing::default());
    document
}
