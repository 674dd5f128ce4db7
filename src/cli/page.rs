//! A text for a terminal that grows line by line.

/// How wide the names in front of the figures are.
const NAMES: usize = 26;

/// A text that grows line by line.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// A line of text.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    /// A name with its figure, one under the other.
    pub(super) fn row(&mut self, depth: usize, name: &str, value: &str) {
        let room = NAMES.saturating_sub(depth.saturating_mul(2));
        let indent = depth.saturating_add(1).saturating_mul(2);
        self.line(&format!("{:indent$}{name:<room$}  {value}", ""));
    }

    /// A name with several figures, each at the right side of a column.
    pub(super) fn cells(&mut self, depth: usize, name: &str, values: &[String], width: usize) {
        let cells: String = values
            .iter()
            .map(|value| format!("{value:>width$}"))
            .collect::<Vec<_>>()
            .join("  ");
        self.row(depth, name, &cells);
    }

    /// All of it.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}
