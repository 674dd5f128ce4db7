//! Bringing the list of dossiers up to what this program writes in it: what was chosen of products is missing where a dossier
//! was saved by an older program, or by one that did not know the catalogues.
//!
//! Nobody waits for it: whoever shows a list asks for one piece after another.

use super::failure::{Failure, Kind};
use super::session::Register;
use super::store::Value;

/// How many dossiers make a piece: a blink of work.
const PIECE: usize = 100;

impl Register {
    /// Renews a piece of the list. Answers how many dossiers were looked at; none when there is nothing more to do, or where
    /// that is for somebody else: who knows the catalogues and has full access.
    pub fn renew(&mut self) -> Result<usize, Failure> {
        let register = self.id;
        let session = self.session()?;
        if !self.knows() || session.keys.person.is_none() {
            return Ok(0);
        }
        let ids: Vec<_> = session.index.older.iter().take(PIECE).copied().collect();
        let mut fresh = Vec::new();
        for id in &ids {
            let session = self.session()?;
            let entry = session.index.entry(*id).filter(|entry| entry.is_older());
            let Some(mut entry) = entry.cloned() else {
                continue;
            };
            let loaded = self.peek(*id, Some(entry.revision));
            match loaded {
                Ok(loaded) => {
                    let chosen = self.chosen(&loaded.dossier, entry.about.meta.at);
                    entry.about.choose(chosen);
                    fresh.push(entry);
                }
                // What is damaged or gone is told by who opens it.
                Err(failure) if matches!(failure.kind, Kind::Damaged | Kind::Missing) => {}
                Err(failure) => return Err(failure),
            }
        }
        let (mut store, session) = self.working()?;
        let keys = &session.keys;
        if !fresh.is_empty() {
            store.write(|database| {
                for entry in &fresh {
                    let records = entry.sealed(&register, keys)?;
                    // What was saved meanwhile has a record of its own.
                    database.execute(
                        "UPDATE dossier SET person = $1, figures = $2 WHERE id = $3 AND revision = $4",
                        &[
                            Value::Bytes(&records.person),
                            Value::Bytes(&records.figures),
                            Value::Bytes(&entry.id.0),
                            Value::Int(entry.revision),
                        ],
                    )?;
                }
                Ok(())
            })?;
        }
        for entry in fresh {
            session.index.put(entry);
        }
        session.index.older.drain(..ids.len());
        Ok(ids.len())
    }
}
