//! How far a run has come, on standard error.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A bar of this template; hidden where nobody watches.
pub(crate) fn bar(is_watched: bool, template: &str) -> ProgressBar {
    if !is_watched {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
