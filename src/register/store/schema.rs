//! The tables, as steps from one format to the next.
//!
//! A step that was released is never changed: a register made by it must go on to look like one. `BLOB` and `INTEGER`
//! are what SQLite calls them; the PostgreSQL side puts in its own words.

/// The format that this program reads and writes: that of the last step.
pub(in crate::register) const FORMAT: i64 = 1;

/// Statements, each with the format that they lead to.
pub(in crate::register) type Steps = &'static [(i64, &'static str)];

/// The steps of a register.
pub(in crate::register) const REGISTER: Steps = &[(1, FIRST)];

/// The steps of a journal.
pub(in crate::register) const JOURNAL: Steps = &[(
    1,
    "
CREATE TABLE work (
    register BLOB NOT NULL,
    slot INTEGER NOT NULL,
    dossier BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (register, slot, dossier)
);
",
)];

/// All tables with their columns, in an order in which they can be copied.
pub(in crate::register) const TABLES: &[(&str, &[&str])] = &[
    (
        "register",
        &["one", "program", "id", "format", "seq", "head"],
    ),
    ("slot", &["id", "name", "role", "sealed"]),
    (
        "dossier",
        &["id", "revision", "changed", "person", "figures"],
    ),
    (
        "revision",
        &["dossier", "revision", "token", "person", "figures"],
    ),
    ("lease", &["dossier", "session", "since", "beat", "holder"]),
    ("audit", &["seq", "hash", "sealed"]),
    (
        "decision",
        &["number", "year", "turn", "dossier", "receipt"],
    ),
    ("destruction", &["dossier", "changed", "sealed"]),
];

const FIRST: &str = "
CREATE TABLE register (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    program TEXT NOT NULL,
    id BLOB NOT NULL,
    format INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL
);
CREATE TABLE slot (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    sealed BLOB NOT NULL
);
CREATE TABLE dossier (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    person BLOB NOT NULL,
    figures BLOB NOT NULL
);
CREATE INDEX dossier_changed ON dossier (changed);
CREATE TABLE revision (
    dossier BLOB NOT NULL,
    revision INTEGER NOT NULL,
    token BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL,
    figures BLOB NOT NULL,
    PRIMARY KEY (dossier, revision)
);
CREATE TABLE lease (
    dossier BLOB PRIMARY KEY NOT NULL,
    session BLOB NOT NULL,
    since INTEGER NOT NULL,
    beat INTEGER NOT NULL,
    holder BLOB NOT NULL
);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    sealed BLOB NOT NULL
);
CREATE TABLE decision (
    number TEXT PRIMARY KEY NOT NULL,
    year INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    dossier BLOB NOT NULL UNIQUE,
    receipt BLOB NOT NULL,
    UNIQUE (year, turn)
);
CREATE TABLE destruction (
    dossier BLOB PRIMARY KEY NOT NULL,
    changed INTEGER NOT NULL,
    sealed BLOB NOT NULL
);
";
