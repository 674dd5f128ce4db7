//! One harness for all tests of the window: our theme, a fixed size, and pictures compared in one way.

mod changing;
mod columns;
mod files;
mod forms;
mod gallery;
mod home;
mod investigation;
mod job;
mod keyboard;
mod names;
mod norm_problems;
mod preview;
mod own_price;
mod program;
mod register;
mod register_deeds;
mod register_door;
mod register_kept;
mod register_left;
mod register_locked;
mod register_refusals;
mod register_pictures;
mod register_screens;
#[cfg(unix)]
mod register_server;
mod register_silent;
mod register_slow;
mod register_unfit;
mod register_withdrawn;
mod register_work;
mod sample;
mod scenarios;
mod screens;
mod steps;
mod tariffs;
mod undo;
#[path = "../../../tests/register/unchecked.rs"]
mod unchecked;

use egui::accesskit::Role;
use egui::{Rect, Shape, Theme, Ui, UiBuilder, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};

use super::sight::InSight;
use super::theme;

/// How far a picture may differ. The software renderers of Mesa 22 to 25 give the same pictures to within rounding of one
/// colour step; 0.6 is that, per pixel, and no pixel may differ more.
fn picture_options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(0.6_f32)
}

/// A window of `size` points that draws `contents` in our theme.
pub(super) fn window<'a, State: 'a>(
    size: Vec2,
    look: Theme,
    state: State,
    mut contents: impl FnMut(&mut Ui, &mut State) + 'a,
) -> Harness<'a, State> {
    Harness::builder()
        .with_size(size)
        .with_theme(look)
        .with_options(picture_options())
        .with_context_setup(move |ctx| {
            theme::install(ctx);
            ctx.add_plugin(InSight::default());
            ctx.set_theme(look);
        })
        .build_ui_state(
            move |ui, state| {
                // The harness leaves a margin around its contents; a window has none.
                let whole = ui.ctx().content_rect();
                contents(&mut ui.new_child(UiBuilder::new().max_rect(whole)), state);
            },
            state,
        )
}

/// Everything in these roles lies between the left and the right of a window of this size.
pub(super) fn assert_nothing_is_cut_off<State>(
    harness: &Harness<'_, State>,
    roles: &[Role],
    size: Vec2,
) {
    for role in roles {
        for node in harness.query_all_by_role(*role) {
            let rect = node.rect();
            assert!(
                rect.left() >= -0.5 && rect.right() <= size.x + 0.5,
                "{role:?} {:?} at {rect:?} in {size:?}",
                node.accesskit_node()
                    .label()
                    .or_else(|| node.accesskit_node().value())
            );
        }
    }
}

/// The usual size of a window.
pub(super) const USUAL: Vec2 = vec2(1280.0, 800.0);

/// The same at twice the size: so many points are left.
pub(super) const LOW: Vec2 = vec2(640.0, 400.0);

/// Whether a ring of two points in the colour of the focus is drawn around `rect`, not cut off.
pub(super) fn has_ring<State>(harness: &Harness<'_, State>, rect: Rect) -> bool {
    let dark = harness.ctx.theme() == Theme::Dark;
    let palette = if dark { &theme::DARK } else { &theme::LIGHT };
    harness.output().shapes.iter().any(|drawn| {
        let Shape::Rect(drawn_rect) = &drawn.shape else {
            return false;
        };
        let stroke = drawn_rect.stroke;
        let around = rect.expand(5.0).contains_rect(drawn_rect.rect)
            && drawn_rect.rect.expand(5.0).contains_rect(rect);
        let is_whole = drawn
            .clip_rect
            .expand(1.0)
            .contains_rect(drawn_rect.visual_bounding_rect());
        stroke.width >= 2.0 && stroke.color == palette.accent.strong && around && is_whole
    })
}

/// Both looks, with the end of the name of their pictures.
pub(super) const LOOKS: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];
