//! The tables, as steps from one format to the next.
//!
//! A step that was released is never changed: a register made by it must go on to look like one. `BLOB` and `INTEGER`
//! are what SQLite calls them; the PostgreSQL side puts in its own words.

/// The format that this program reads and writes: that of the last step.
pub(in crate::register) const FORMAT: i64 = 4;

/// Statements, each with the format that they lead to.
pub(in crate::register) type Steps = &'static [(i64, &'static str)];

/// The steps of a register.
pub(in crate::register) const REGISTER: Steps = &[(1, FIRST), (2, SECOND), (3, THIRD), (4, FOURTH)];

/// The steps of a journal.
pub(in crate::register) const JOURNAL: Steps = &[
    (
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
    ),
    // Two windows of one person each keep work of their own.
    (
        2,
        "
ALTER TABLE work RENAME TO former;
CREATE TABLE work (
    register BLOB NOT NULL,
    slot INTEGER NOT NULL,
    dossier BLOB NOT NULL,
    window BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (register, slot, dossier, window)
);
INSERT INTO work (register, slot, dossier, window, sealed)
    SELECT register, slot, dossier, zeroblob(16), sealed FROM former;
DROP TABLE former;
",
    ),
];

/// A table: its name, the format in which it came, its columns.
pub(in crate::register) type Table = (&'static str, i64, &'static [&'static str]);

/// All tables, in an order in which they can be copied.
pub(in crate::register) const TABLES: &[Table] = &[
    (
        "register",
        1,
        &["one", "program", "id", "format", "seq", "head"],
    ),
    ("slot", 1, &["id", "name", "role", "sealed"]),
    (
        "dossier",
        1,
        &["id", "revision", "changed", "person", "figures"],
    ),
    (
        "revision",
        1,
        &["dossier", "revision", "token", "person", "figures"],
    ),
    (
        "lease",
        1,
        &["dossier", "session", "since", "beat", "holder"],
    ),
    ("audit", 1, &["seq", "hash", "sealed"]),
    (
        "decision",
        1,
        &["number", "year", "turn", "dossier", "receipt"],
    ),
    ("destruction", 1, &["dossier", "changed", "sealed"]),
    ("setting", 2, &["slot", "name", "sealed"]),
    ("given", 3, &["dossier", "revision"]),
    ("slot_given", 4, &["one", "highest"]),
];

/// The highest number that a slot had before a backup was put back. It also marks from where a program reads a line of the log
/// about a deed that it does not know; one from before took such a line for altered.
const FOURTH: &str = "
CREATE TABLE slot_given (
    one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    highest INTEGER NOT NULL
);
";

/// The numbers of revisions that a backup that was put back does not know.
const THIRD: &str = "
CREATE TABLE given (
    dossier BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL
);
";

/// What a person sets for oneself, such as saved searches.
const SECOND: &str = "
CREATE TABLE setting (
    slot INTEGER NOT NULL,
    name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (slot, name)
);
";

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
