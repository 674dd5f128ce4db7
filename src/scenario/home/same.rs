//! What of a file for home is what of a dossier: found by what it was when the file was made, not by its place.
//!
//! * A scenario keeps the name that it had, as an id; scenarios of one name count up.
//! * A granted line is found by its product and days, then by its place and product, then by its product alone.
//! * A care provider has a fingerprint of all that was filled in, without the name. Where that is gone, the one of the same
//!   kind, contract and days is meant, if there is only one.
//!
//! An older file has no ids: its scenarios are found by their names, its care providers by kind, contract and days.

use super::Granted;
use super::bare::LEFT_OUT;
use crate::document::Hex;
use crate::dossier::{Hired, OwnFloor, Scenario, ScenarioLine};
use sha2::{Digest, Sha256};

/// How many letters of a fingerprint are kept: enough to tell the helpers of one line apart.
const LETTERS: usize = 16;

/// Gives scenarios and care providers the ids by which they are found again.
pub(super) fn mark(scenarios: &mut [Scenario]) {
    let mut taken: Vec<String> = Vec::with_capacity(scenarios.len());
    for scenario in scenarios {
        let name = scenario.name.trim();
        let mut id = name.to_owned();
        let mut number = 2_usize;
        while taken.contains(&id) {
            id = format!("{name} ({number})");
            number = number.saturating_add(1);
        }
        taken.push(id.clone());
        scenario.id = id;
        scenario.copy_of.clear();
        for hired in scenario.lines.iter_mut().flat_map(|line| &mut line.hired) {
            hired.id = fingerprint(hired);
        }
    }
}

/// Takes the ids away: in a dossier a scenario is known by its name.
pub(super) fn forget(scenario: &mut Scenario) {
    scenario.id.clear();
    scenario.copy_of.clear();
    for hired in scenario.lines.iter_mut().flat_map(|line| &mut line.hired) {
        hired.id.clear();
    }
}

/// All that was filled in of a care provider, without words about a person.
fn fingerprint(hired: &Hired) -> String {
    let mut bare = hired.clone();
    bare.name.clear();
    bare.id.clear();
    if let Some(OwnFloor::Reason(reason)) = &mut bare.floor {
        LEFT_OUT.clone_into(reason);
    }
    let text = ron::to_string(&bare).unwrap_or_default();
    let letters = Hex::<32>(Sha256::digest(text.as_bytes()).into()).to_string();
    letters.chars().take(LETTERS).collect()
}

/// Pairs what has the same key and is not paired yet: in their order, where both sides have as many of it, and at most so
/// many. Something without a key is left.
fn pair<T, K: PartialEq>(
    pairs: &mut [Option<usize>],
    (ours, theirs): (&[T], &[T]),
    most: usize,
    key: impl Fn(&T) -> Option<K>,
) {
    for at in 0..theirs.len() {
        let wanted = theirs.get(at).and_then(&key);
        let is_free = pairs.get(at).is_some_and(Option::is_none);
        let Some(wanted) = wanted.filter(|_| is_free) else {
            continue;
        };
        let is_it = |one: &T| key(one).is_some_and(|key| key == wanted);
        let open = theirs.iter().zip(&*pairs).enumerate();
        let open = open.filter(|(_, (one, pair))| pair.is_none() && is_it(one));
        let open: Vec<usize> = open.map(|(at, _)| at).collect();
        let mine = ours.iter().enumerate();
        let mine = mine.filter(|(at, one)| !pairs.contains(&Some(*at)) && is_it(one));
        let mine: Vec<usize> = mine.map(|(at, _)| at).collect();
        if open.len() == mine.len() && mine.len() <= most {
            for (at, mine) in open.into_iter().zip(mine) {
                if let Some(pair) = pairs.get_mut(at) {
                    *pair = Some(mine);
                }
            }
        }
    }
}

/// Per granted line of a file the one of the dossier that it is.
pub(super) fn lines(ours: &[Granted], theirs: &[Granted]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; theirs.len()];
    let both = (ours, theirs);
    pair(&mut pairs, both, usize::MAX, |one| {
        Some((one.line.product.clone(), one.line.from, one.line.to))
    });
    pair(&mut pairs, both, 1, |one| {
        Some((one.line.product.clone(), one.provision))
    });
    pair(&mut pairs, both, 1, |one| Some(one.line.product.clone()));
    pairs
}

/// Per line of a scenario the one of another that is about the same.
pub(super) fn chosen(ours: &[ScenarioLine], theirs: &[ScenarioLine]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; theirs.len()];
    let both = (ours, theirs);
    pair(&mut pairs, both, usize::MAX, |one| {
        Some((one.provision, one.from, one.to))
    });
    pair(&mut pairs, both, 1, |one| Some(one.provision));
    pairs
}

/// Per care provider the one of others that it is.
pub(super) fn hired(ours: &[Hired], theirs: &[Hired]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; theirs.len()];
    let both = (ours, theirs);
    pair(&mut pairs, both, usize::MAX, |one| {
        (!one.id.is_empty()).then(|| one.id.clone())
    });
    pair(&mut pairs, both, 1, |one| {
        Some((one.kind.clone(), one.contract, one.from, one.to))
    });
    pairs
}
