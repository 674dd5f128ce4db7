//! The few pictures of the window, drawn with lines so that no icon font is needed and every zoom is sharp.
//!
//! An icon never stands alone: a word or an accessible name goes with it.

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

/// A picture in a square of 16 by 16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A sub-tree that is closed.
    ChevronRight,
    /// A sub-tree or list that is open.
    ChevronDown,
    /// An error: a circle with an exclamation mark.
    Fault,
    /// A warning: a triangle with an exclamation mark.
    Warning,
    /// Information: a circle with an i.
    Info,
    /// In order, done.
    Check,
    /// Example data: a flask.
    Flask,
    /// Typed by a person: a pencil.
    Pencil,
    /// Computed: an equals sign in a box.
    Equals,
    /// From the norm set: a ruler.
    Ruler,
    /// Taken over from elsewhere: an arrow into a tray.
    Tray,
    /// Adjusted with a reason: sliders.
    Sliders,
    /// Add.
    Plus,
    /// Remove or close.
    Cross,
    /// Twice.
    Copy,
    /// More than before.
    ArrowUp,
    /// Less than before.
    ArrowDown,
    /// A source: an open book.
    Book,
    /// A page with lines: a letter.
    Letter,
}

/// Lines from point to point, in units of the 16-square.
type Lines = &'static [&'static [(f32, f32)]];

impl Icon {
    fn lines(self) -> Lines {
        match self {
            Self::ChevronRight => &[&[(6.0, 3.5), (10.5, 8.0), (6.0, 12.5)]],
            Self::ChevronDown => &[&[(3.5, 6.0), (8.0, 10.5), (12.5, 6.0)]],
            Self::Fault => &[&[(8.0, 4.5), (8.0, 8.8)], &[(8.0, 11.0), (8.0, 11.6)]],
            Self::Warning => &[
                &[(8.0, 2.0), (14.5, 13.5), (1.5, 13.5), (8.0, 2.0)],
                &[(8.0, 6.2), (8.0, 9.6)],
                &[(8.0, 11.2), (8.0, 11.8)],
            ],
            Self::Info => &[&[(8.0, 7.2), (8.0, 11.6)], &[(8.0, 4.4), (8.0, 5.0)]],
            Self::Check => &[&[(3.0, 8.5), (6.5, 12.0), (13.0, 4.5)]],
            Self::Flask => &[
                &[(5.5, 2.0), (10.5, 2.0)],
                &[
                    (6.5, 2.0),
                    (6.5, 6.5),
                    (2.8, 13.2),
                    (3.4, 14.0),
                    (12.6, 14.0),
                    (13.2, 13.2),
                    (9.5, 6.5),
                    (9.5, 2.0),
                ],
                &[(4.8, 10.0), (11.2, 10.0)],
            ],
            Self::Pencil => &[
                &[
                    (3.0, 13.0),
                    (3.6, 10.2),
                    (11.0, 2.8),
                    (13.2, 5.0),
                    (5.8, 12.4),
                    (3.0, 13.0),
                ],
                &[(9.4, 4.4), (11.6, 6.6)],
            ],
            Self::Equals => &[
                &[
                    (2.5, 2.5),
                    (13.5, 2.5),
                    (13.5, 13.5),
                    (2.5, 13.5),
                    (2.5, 2.5),
                ],
                &[(5.2, 6.4), (10.8, 6.4)],
                &[(5.2, 9.6), (10.8, 9.6)],
            ],
            Self::Ruler => &[
                &[
                    (1.5, 5.0),
                    (14.5, 5.0),
                    (14.5, 11.0),
                    (1.5, 11.0),
                    (1.5, 5.0),
                ],
                &[(4.5, 5.0), (4.5, 7.6)],
                &[(8.0, 5.0), (8.0, 8.6)],
                &[(11.5, 5.0), (11.5, 7.6)],
            ],
            Self::Tray => &[
                &[(8.0, 2.0), (8.0, 9.0)],
                &[(5.2, 6.4), (8.0, 9.2), (10.8, 6.4)],
                &[(2.5, 9.5), (2.5, 13.5), (13.5, 13.5), (13.5, 9.5)],
            ],
            Self::Sliders => &[
                &[(2.0, 5.0), (8.4, 5.0)],
                &[(11.6, 5.0), (14.0, 5.0)],
                &[(2.0, 11.0), (4.4, 11.0)],
                &[(7.6, 11.0), (14.0, 11.0)],
            ],
            Self::Plus => &[&[(8.0, 3.0), (8.0, 13.0)], &[(3.0, 8.0), (13.0, 8.0)]],
            Self::Cross => &[&[(4.0, 4.0), (12.0, 12.0)], &[(12.0, 4.0), (4.0, 12.0)]],
            Self::Copy => &[
                &[
                    (5.5, 5.5),
                    (13.5, 5.5),
                    (13.5, 13.5),
                    (5.5, 13.5),
                    (5.5, 5.5),
                ],
                &[
                    (3.0, 10.5),
                    (2.5, 10.5),
                    (2.5, 2.5),
                    (10.5, 2.5),
                    (10.5, 3.0),
                ],
            ],
            Self::ArrowUp => &[
                &[(8.0, 13.0), (8.0, 3.0)],
                &[(4.0, 7.0), (8.0, 3.0), (12.0, 7.0)],
            ],
            Self::ArrowDown => &[
                &[(8.0, 3.0), (8.0, 13.0)],
                &[(4.0, 9.0), (8.0, 13.0), (12.0, 9.0)],
            ],
            Self::Book => &[
                &[
                    (8.0, 4.0),
                    (6.0, 2.8),
                    (2.0, 2.8),
                    (2.0, 12.6),
                    (6.0, 12.6),
                    (8.0, 13.8),
                ],
                &[
                    (8.0, 4.0),
                    (10.0, 2.8),
                    (14.0, 2.8),
                    (14.0, 12.6),
                    (10.0, 12.6),
                    (8.0, 13.8),
                ],
                &[(8.0, 4.0), (8.0, 13.8)],
            ],
            Self::Letter => &[
                &[
                    (3.5, 1.8),
                    (12.5, 1.8),
                    (12.5, 14.2),
                    (3.5, 14.2),
                    (3.5, 1.8),
                ],
                &[(5.8, 5.2), (10.2, 5.2)],
                &[(5.8, 8.0), (10.2, 8.0)],
                &[(5.8, 10.8), (8.6, 10.8)],
            ],
        }
    }

    /// Circles of the picture: centre and radius, in units of the 16-square.
    fn circles(self) -> &'static [(f32, f32, f32)] {
        match self {
            Self::Fault | Self::Info => &[(8.0, 8.0, 6.2)],
            Self::Sliders => &[(10.0, 5.0, 1.6), (6.0, 11.0, 1.6)],
            _ => &[],
        }
    }

    /// Draws the picture in the middle of `rect`, as large as fits in it.
    pub fn paint(self, painter: &Painter, rect: Rect, colour: Color32) {
        let unit = rect.width().min(rect.height()) / 16.0;
        let origin = rect.center() - vec2(8.0, 8.0) * unit;
        let at = |x: f32, y: f32| -> Pos2 { origin + vec2(x, y) * unit };
        let stroke = Stroke::new((1.5 * unit).max(1.0), colour);
        for line in self.lines() {
            painter.add(Shape::line(
                line.iter().map(|&(x, y)| at(x, y)).collect(),
                stroke,
            ));
        }
        for &(x, y, radius) in self.circles() {
            painter.circle_stroke(at(x, y), radius * unit, stroke);
        }
    }

    /// Places the picture as a thing of `size` points that is only looked at.
    pub fn show_ui(self, ui: &mut Ui, size: f32, colour: Color32) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
        self.paint(ui.painter(), rect, colour);
        response
    }
}

/// The rectangle of an icon of `size` points at the left of `row`, in its middle.
pub(super) fn left_of(row: Rect, size: f32) -> Rect {
    Rect::from_center_size(
        pos2(row.left() + size / 2.0, row.center().y),
        vec2(size, size),
    )
}
