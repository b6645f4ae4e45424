//! The report: a table for the terminal, the same as Markdown for `eval/report.md`.

use crate::floors::Line;
use std::fmt::Write;

/// The figures with floor and anchor, a line each.
pub(crate) fn table(lines: &[Line]) -> String {
    let mut text = format!("{:32}{:>10}{:>10}      {}\n", "figure", "value", "floor", "others");
    for line in lines {
        let [value, floor, anchor] = cells(line);
        let mark = if line.holds() { "" } else { "FALLS" };
        let row = format!("{:32}{value:>10}{floor:>10} {mark:5}{anchor}", line.name);
        text.push_str(row.trim_end());
        text.push('\n');
    }
    let fallen = lines.iter().filter(|line| !line.holds()).count();
    let _ = writeln!(text, "{} figures, {fallen} below their floor or missing", lines.len());
    text
}

/// The same as a page.
pub(crate) fn markdown(lines: &[Line]) -> String {
    let mut text = String::from(
        "# Last report\n\nWritten by `cargo run --release -p sayso-eval -- CORPORA --report eval/report.md`. \
         Speeds are of the\nmachine it ran on; what has a floor among them is a ratio or a bound.\n\n\
         | figure | value | floor | others |\n|---|--:|--:|---|\n",
    );
    for line in lines {
        let [value, floor, anchor] = cells(line);
        let value = if line.holds() { value } else { format!("**{value}**") };
        let _ = writeln!(text, "| {} | {value} | {floor} | {anchor} |", line.name.replace('|', "\\|"));
    }
    let reasons = lines.iter().filter_map(|line| Some((&line.name, line.floor.reason.as_ref()?)));
    for (name, reason) in reasons {
        let _ = write!(text, "\n- {name}: {reason}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Value, floor and anchor as printed.
fn cells(line: &Line) -> [String; 3] {
    let floor = match (line.floor.least, line.floor.most) {
        (Some(least), _) => format!(">= {}", number(least)),
        (None, Some(most)) => format!("<= {}", number(most)),
        (None, None) => String::new(),
    };
    let value = line.value.map_or("missing".to_owned(), number);
    [value, floor, line.floor.anchor.clone().unwrap_or_default()]
}

/// Shares with four decimals, counts and speeds with at most one.
fn number(value: f64) -> String {
    match value {
        _ if value.abs() <= 10.0 && value.fract() != 0.0 => format!("{value:.4}"),
        _ if value.fract() == 0.0 => format!("{value:.0}"),
        _ => format!("{value:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::floors::Floor;

    #[test]
    fn a_fallen_figure_is_seen() {
        let floor = Floor { least: Some(0.9), anchor: Some("other .8".into()), ..Floor::default() };
        let line = |value| Line { name: "a|b f1".into(), value, floor: floor.clone() };
        let table = table(&[line(Some(0.91)), line(Some(0.5)), line(None)]);
        assert!(
            table.contains("a|b f1                              0.5000 >= 0.9000 FALLSother .8"),
            "{table}"
        );
        assert!(table.contains("missing >= 0.9000 FALLS"), "{table}");
        assert!(table.ends_with("3 figures, 2 below their floor or missing\n"));
        let markdown = markdown(&[line(Some(0.91)), line(Some(0.5))]);
        assert!(markdown.contains("| a\\|b f1 | **0.5000** | >= 0.9000 | other .8 |"), "{markdown}");
    }
}
