//! (filled in the first slice)
