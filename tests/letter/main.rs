//! The grant letter: what it says for every kind of grant, and what it refuses to leave unsaid.
//!
//! `kinds` holds every kind of letter against what is its own, `program` loads the dossiers, `said` holds the text
//! against what was read and approved, `rows` takes the data of each row of a decision letter away, `printed` reads the
//! text of the PDF back, `adding` adds the rows of its tables up, `tagged` its structure against what `expected` tells from the blocks; `made_up` does so for
//! letters of all lengths and names. `standards` reads the objects of the file. `example` makes one thing at a time an example.

#[cfg(test)]
mod adding;
#[cfg(test)]
mod expected;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod made_up;
mod many;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod overview;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod example;
mod printed;
#[cfg(test)]
mod program;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod report;
mod rows;
#[cfg(test)]
mod said;
#[cfg(test)]
mod standards;
mod style;
#[cfg(test)]
mod tagged;
