//! Answers on a terminal: rows with their context, and what the answer rests on in the last line.

use crate::columns::{Cell, GAP, cell, lay};
use crate::screen::{self, Ink, Screen, clean, count};
use sayso_ledger::{
    Checked, CopyGroup, Correction, Entity, FigureRow, Figures, Note, OutletRow, Searched, StatementRow,
    Statements, Status, StoryRow, Version,
};

/// Columns from which a row's parts stand side by side.
const WIDE: usize = 120;

/// Columns of words at most: longer lines are hard to read back from their end.
const LONGEST_LINE: usize = 84;

/// Columns of a day.
const DAY: usize = 10;

/// Columns of a key.
const KEY: usize = 12;

/// What is written, line by line.
pub(crate) struct Listing {
    screen: Screen,
    lines: Vec<String>,
}

impl Listing {
    pub(crate) fn new(screen: Screen) -> Listing {
        Listing { screen, lines: Vec::new() }
    }

    /// All lines, each with its end; an empty one above them unless they are the first.
    pub(crate) fn finish(self, is_first: bool) -> String {
        let mut lines = self.lines;
        if !is_first {
            lines.insert(0, String::new());
        }
        lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    pub(crate) fn title(&mut self, title: &str) {
        self.say(Ink::Strong, &clean(title));
        self.lines.push(String::new());
    }

    fn say(&mut self, ink: Ink, text: &str) {
        for line in screen::wrap(text, self.screen.width) {
            self.lines.push(self.screen.paint(ink, &line).into_owned());
        }
    }

    pub(crate) fn statements(&mut self, answer: &Statements) {
        let mut was_partial = false;
        for row in &answer.rows {
            if row.partial && !was_partial {
                self.say(Ink::Faint, "Some of the words only:");
                self.lines.push(String::new());
            }
            was_partial = row.partial;
            self.statement(row);
        }
        self.foot(answer);
    }

    pub(crate) fn speaker(&mut self, entities: &[Entity], answer: &Statements) {
        for entity in entities {
            let aliases: Vec<String> = entity.aliases.iter().map(|name| clean(name)).collect();
            let others =
                if aliases.is_empty() { String::new() } else { format!(", also {}", aliases.join(", ")) };
            self.say(Ink::Strong, &format!("{} ({}){others}", clean(&entity.name), entity.kind));
        }
        if entities.len() > 1 {
            self.say(Ink::Faint, "Several are called so; each row tells whose it is.");
        }
        if !entities.is_empty() {
            self.lines.push(String::new());
        }
        self.statements(answer);
    }

    pub(crate) fn story(&mut self, story: &StoryRow, answer: &Statements) {
        let title = story.title.as_deref().map_or_else(|| "(no headline)".to_owned(), clean);
        self.say(Ink::Strong, &title);
        let fields = [
            ("Outlet", story.outlet.clone()),
            ("Byline", story.byline.clone()),
            ("Agency", story.agency.clone()),
            ("Published", story.published.clone()),
            ("Address", story.url.clone()),
            ("Page", Some(story.reference.clone())),
            ("Key", Some(story.key.clone())),
            (
                "Copies",
                (story.copies > 1).then(|| format!("{} stories print this text or most of it", story.copies)),
            ),
            ("Model", Some(story.model.clone())),
        ];
        for (label, value) in fields {
            if let Some(value) = value {
                self.field(label, &value);
            }
        }
        story.notices.iter().for_each(|notice| self.field("Notice", notice));
        self.lines.push(String::new());
        answer.rows.iter().for_each(|row| self.statement(row));
        self.say(
            Ink::Faint,
            &format!("{} (¶ paragraph)", count(answer.rows.len(), "statement", "statements")),
        );
    }

    pub(crate) fn versions(&mut self, versions: &[Version]) {
        for (number, version) in (1..).zip(versions) {
            let story = &version.story;
            let title = story.title.as_deref().map_or_else(|| "(no headline)".to_owned(), clean);
            let when = version.captured.as_deref().or(story.published.as_deref()).unwrap_or("undated");
            self.say(Ink::Strong, &format!("{number}  {title}"));
            self.say(
                Ink::Faint,
                &format!(
                    "{when} · {} · {}",
                    story.key,
                    count(version.came.len(), "statement came", "statements came")
                ),
            );
            self.lines.push(String::new());
            // Of the first all came: they are the story's own.
            let came = if number == 1 { &[][..] } else { &version.came[..] };
            let changes =
                version.went.iter().map(|row| ("went", row)).chain(came.iter().map(|row| ("came", row)));
            for (label, row) in changes {
                let texts = vec![(Ink::Strong, speaker_of(row)), (Ink::Plain, clean(&row.content_text))];
                let width = self.screen.width.saturating_sub(KEY + GAP).min(KEY + LONGEST_LINE);
                let label = vec![(Ink::Cue, label.to_owned()), (Ink::Faint, row.key.clone())];
                lay(
                    &[Cell { width: KEY, texts: label }, Cell { width, texts }],
                    &self.screen,
                    &mut self.lines,
                );
                self.lines.push(String::new());
            }
        }
        self.say(Ink::Faint, &format!("{} at this address", count(versions.len(), "version", "versions")));
    }

    fn field(&mut self, label: &str, value: &str) {
        const LABEL: usize = 12;
        let cells = [
            cell(LABEL - GAP, [(Ink::Faint, &label.to_owned())]),
            cell(self.screen.width.saturating_sub(LABEL), [(Ink::Plain, &clean(value))]),
        ];
        lay(&cells, &self.screen, &mut self.lines);
    }

    /// One statement: who, when and where, the words, and what there is to say of them.
    fn statement(&mut self, row: &StatementRow) {
        let day = row.day.clone().unwrap_or_else(|| "undated".to_owned());
        let cells = if self.screen.width >= WIDE {
            let (speaker, place) = (self.screen.width / 7, self.screen.width / 6);
            let taken = DAY + speaker + place + 3 * GAP;
            let words = self.screen.width.saturating_sub(taken).min(LONGEST_LINE);
            let of = row.day_of.filter(|of| *of == "said").unwrap_or_default().to_owned();
            vec![
                cell(DAY, [(Ink::Plain, &day), (Ink::Faint, &of)]),
                cell(speaker, [(Ink::Strong, &speaker_of(row)), (Ink::Cue, &act(row))]),
                cell(words, [(Ink::Plain, &clean(&row.content_text)), (Ink::Faint, &notes(row))]),
                cell(
                    place,
                    [(Ink::Plain, &outlet(row)), (Ink::Faint, &place_of(row)), (Ink::Faint, &row.key)],
                ),
            ]
        } else {
            let words = self.screen.width.saturating_sub(KEY + GAP);
            let head = format!("{} · {}", speaker_of(row), act(row));
            let foot = [outlet(row), place_of(row), notes(row)];
            let foot: Vec<String> = foot.into_iter().filter(|part| !part.is_empty()).collect();
            vec![
                cell(KEY, [(Ink::Plain, &day), (Ink::Faint, &row.key)]),
                Cell {
                    width: words,
                    texts: vec![
                        (Ink::Strong, head),
                        (Ink::Plain, clean(&row.content_text)),
                        (Ink::Faint, foot.join(" · ")),
                    ],
                },
            ]
        };
        lay(&cells, &self.screen, &mut self.lines);
        self.lines.push(String::new());
    }

    /// What the answer rests on: an answer never says "none".
    fn foot(&mut self, answer: &Statements) {
        let partial = answer.rows.iter().any(|row| row.partial);
        let full = count(answer.statements, "statement", "statements");
        let found = if partial && answer.statements == 0 {
            "No statement has all of the words".to_owned()
        } else if answer.statements == 0 {
            "No statement found".to_owned()
        } else {
            let origins = count(answer.origins, "origin", "origins");
            let undated = if answer.undated > 0 {
                format!(", {} of no known day", answer.undated)
            } else {
                String::new()
            };
            format!("{full}{} from {origins}{undated}", if partial { " with all of the words," } else { "" })
        };
        let next = answer.next.map(|next| format!("; more with --after {next}")).unwrap_or_default();
        self.say(Ink::Faint, &format!("{found}{next}. {}", searched(&answer.searched)));
    }

    pub(crate) fn figures(&mut self, answer: &Figures) {
        self.plot(answer);
        for row in &answer.rows {
            self.figure(row);
        }
        for (label, row) in
            [("Lowest", &answer.lowest), ("Highest", &answer.highest), ("Latest", &answer.latest)]
        {
            if let Some(row) = row {
                let day = row.statement.day.as_deref().unwrap_or("undated");
                let told = format!(
                    "{} by {}, {day} ({})",
                    clean(&row.words),
                    speaker_of(&row.statement),
                    row.statement.key
                );
                self.field(label, &told);
            }
        }
        if answer.lowest.is_some() {
            self.field("Rule", answer.rule);
            self.lines.push(String::new());
        }
        let best = if answer.is_cut { " in the statements that fit best" } else { "" };
        let found = format!("{}{best}", count(answer.figures, "figure", "figures"));
        let others = if answer.others > 0 {
            format!("; {} more in these statements count something else (--all)", answer.others)
        } else {
            String::new()
        };
        let next = answer.next.map(|next| format!("; more with --after {next}")).unwrap_or_default();
        let origins = count(answer.origins, "origin", "origins");
        self.say(Ink::Faint, &format!("{found} of {origins}{others}{next}. {}", searched(&answer.searched)));
    }

    fn figure(&mut self, row: &FigureRow) {
        let statement = &row.statement;
        let day = statement.day.clone().unwrap_or_else(|| "undated".to_owned());
        let of = row.counted.as_deref().map(|of| format!(" {}", clean(of))).unwrap_or_default();
        let change = row.change.as_deref().map(|change| format!(" ({change})")).unwrap_or_default();
        let head = format!("{}{of}{change}", clean(&row.words));
        let who = format!("{} · {}", speaker_of(statement), act(statement));
        let foot = [outlet(statement), notes(statement)];
        let foot: Vec<String> = foot.into_iter().filter(|part| !part.is_empty()).collect();
        let words = self.screen.width.saturating_sub(KEY + GAP).min(KEY + LONGEST_LINE);
        let cells = [
            cell(KEY, [(Ink::Plain, &day), (Ink::Faint, &statement.key)]),
            Cell {
                width: words,
                texts: vec![
                    (Ink::Figure, head),
                    (Ink::Strong, who),
                    (Ink::Plain, clean(&statement.content_text)),
                    (Ink::Faint, foot.join(" · ")),
                ],
            },
        ];
        lay(&cells, &self.screen, &mut self.lines);
        self.lines.push(String::new());
    }

    /// Bars from the lower to the upper bound, a row each, where several figures have one unit: an open side ends
    /// in an arrow.
    fn plot(&mut self, answer: &Figures) {
        /// Rows drawn at most.
        const ROWS: usize = 24;
        let Some(unit) = answer.lowest.as_ref().map(|row| row.unit.clone()) else {
            return;
        };
        let rows: Vec<&FigureRow> =
            answer.rows.iter().filter(|row| row.unit == unit && row.change.is_none()).take(ROWS).collect();
        let top = rows.iter().filter_map(|row| row.max.or(row.min)).fold(0.0, f64::max);
        let is_drawn = rows.len() > 1
            && top > 0.0
            && rows.iter().all(|row| row.min.or(row.max).is_some_and(|v| v >= 0.0));
        if !is_drawn {
            return;
        }
        let (name, words) = (self.screen.width / 5, self.screen.width / 6);
        let width = self.screen.width.saturating_sub(DAY + name + words + 3 * GAP).clamp(10, 60);
        for row in rows {
            let cells = [
                cell(DAY, [(Ink::Faint, &row.statement.day.clone().unwrap_or_default())]),
                cell(name, [(Ink::Strong, &short(&speaker_of(&row.statement), name))]),
                cell(words, [(Ink::Figure, &short(&clean(&row.words), words))]),
                cell(width, [(Ink::Plain, &bar(row, top, width))]),
            ];
            lay(&cells, &self.screen, &mut self.lines);
        }
        self.lines.push(String::new());
    }

    pub(crate) fn copies(&mut self, groups: &[CopyGroup], searched: &Searched) {
        for group in groups {
            let title =
                group.stories.iter().find_map(|story| story.title.as_deref()).unwrap_or("(no headline)");
            let agency =
                group.agency.as_deref().map(|agency| format!(", by {}", clean(agency))).unwrap_or_default();
            let stories = count(group.stories.len(), "story", "stories");
            self.say(Ink::Strong, &clean(title));
            self.say(Ink::Faint, &format!("{stories}{agency}"));
            for story in &group.stories {
                let day =
                    story.published.as_deref().and_then(|day| day.get(..DAY)).unwrap_or("undated").to_owned();
                let named = story.outlet.clone().unwrap_or_else(|| story.reference.clone());
                let width = self.screen.width.saturating_sub(KEY + DAY + 2 * GAP);
                let cells = [
                    cell(KEY, [(Ink::Faint, &story.key)]),
                    cell(DAY, [(Ink::Plain, &day)]),
                    cell(width, [(Ink::Plain, &clean(&named))]),
                ];
                lay(&cells, &self.screen, &mut self.lines);
            }
            self.lines.push(String::new());
        }
        let found =
            count(groups.len(), "text that several stories print", "texts that several stories print");
        self.say(Ink::Faint, &format!("{found}. {}", self::searched(searched)));
    }

    pub(crate) fn outlets(&mut self, outlets: &[OutletRow], searched: &Searched) {
        const COUNT: usize = 8;
        /// Columns that are enough for a name beside its counts; with fewer it stands above them.
        const NAME: usize = 24;
        let counts = 7 * (COUNT + GAP);
        let beside = self.screen.width.saturating_sub(counts);
        let row = |ink, name: String, others: [String; 7]| {
            let right = |text: &String| {
                let blanks = " ".repeat(COUNT.saturating_sub(screen::width(text)));
                cell(COUNT, [(ink, &format!("{blanks}{text}"))])
            };
            let others = others.iter().map(right);
            if beside >= NAME {
                vec![std::iter::once(cell(beside, [(ink, &name)])).chain(others).collect::<Vec<Cell>>()]
            } else {
                vec![vec![cell(self.screen.width, [(ink, &name)])], others.collect()]
            }
        };
        let heads = ["stories", "copied", "said", "named", "official", "unnamed", "document"];
        let mut lines = row(Ink::Faint, "outlet".to_owned(), heads.map(str::to_owned));
        for outlet in outlets {
            let share = |part: i64, of: i64| {
                if of > 0 { format!("{} %", (100 * part + of / 2) / of) } else { String::new() }
            };
            let said = |part| share(part, outlet.statements);
            lines.extend(row(
                Ink::Plain,
                outlet.outlet.as_deref().map_or_else(|| "(not known)".to_owned(), clean),
                [
                    outlet.stories.to_string(),
                    share(outlet.copied, outlet.stories),
                    outlet.statements.to_string(),
                    said(outlet.named),
                    said(outlet.official),
                    said(outlet.unnamed),
                    said(outlet.document),
                ],
            ));
        }
        lines.iter().for_each(|cells| lay(cells, &self.screen, &mut self.lines));
        self.lines.push(String::new());
        let legend = "copied: stories that credit an agency or print what another outlet had printed before. said: \
                      statements. named to document: shares of them by how their source is worded.";
        self.say(Ink::Faint, legend);
        self.say(Ink::Faint, &self::searched(searched));
    }

    pub(crate) fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            let head = format!("{} · {}", clean(&note.by), note.at);
            let width = self.screen.width.saturating_sub(KEY + GAP);
            let texts = vec![(Ink::Plain, clean(&note.words)), (Ink::Faint, head)];
            lay(
                &[cell(KEY, [(Ink::Faint, &note.key)]), Cell { width, texts }],
                &self.screen,
                &mut self.lines,
            );
            self.lines.push(String::new());
        }
        self.say(Ink::Faint, &count(notes.len(), "note", "notes"));
    }

    /// Drawn statements. What the model is unsure of is not told: the check is blind.
    pub(crate) fn sample(&mut self, name: &str, rows: &[StatementRow]) {
        for row in rows {
            self.statement(&StatementRow { confidence: 1.0, ..row.clone() });
        }
        let drawn = count(rows.len(), "statement", "statements");
        self.say(
            Ink::Faint,
            &format!("{drawn} drawn, marked sample={name}; `sayso correct KEY --right` or what is wrong"),
        );
    }

    pub(crate) fn checked(&mut self, checked: &Checked) {
        for share in &checked.shares {
            let percent = |share: f64| format!("{:.0} %", 100.0 * share);
            let part = if share.checked == 0 {
                "-".to_owned()
            } else {
                percent(share.right as f64 / share.checked as f64)
            };
            let told = format!(
                "{part} ({} of {}; {} to {})",
                share.right,
                share.checked,
                percent(share.low),
                percent(share.high)
            );
            self.say(Ink::Plain, &format!("{}{told}", screen::pad(share.field, 16)));
        }
        self.lines.push(String::new());
        let twice = if checked.twice > 0 {
            format!(" {} by two hands or more, who agree on {}.", checked.twice, checked.agreed)
        } else {
            String::new()
        };
        let of = checked.shares.first().map_or(0, |share| share.checked);
        let drawn = checked.drawn;
        let foot = format!("Right, with 95 % intervals; {of} of the {drawn} drawn are checked.{twice}");
        self.say(Ink::Faint, &foot);
    }

    pub(crate) fn corrections(&mut self, corrections: &[Correction]) {
        for c in corrections {
            let what = match c.field.as_str() {
                "right" => "is right".to_owned(),
                "none" => "is no statement".to_owned(),
                "undo" => format!("undoes {}", c.value),
                field if c.value.is_empty() => format!("{field}: nobody"),
                field => format!("{field}: {}", clean(&c.value)),
            };
            let why = c.why.as_deref().map(|why| format!(", {}", clean(why))).unwrap_or_default();
            let state = match (c.undone, c.orphaned) {
                (true, _) => ", undone",
                (_, true) => ", orphaned: no statement of these words any more",
                _ => "",
            };
            let texts = vec![
                (Ink::Strong, format!("{what}{state}")),
                (Ink::Plain, clean(&c.words)),
                (Ink::Faint, format!("{} · {} · {}{why}", c.statement, clean(&c.by), c.at)),
            ];
            let width = self.screen.width.saturating_sub(KEY + GAP);
            lay(&[cell(KEY, [(Ink::Faint, &c.key)]), Cell { width, texts }], &self.screen, &mut self.lines);
            self.lines.push(String::new());
        }
        let orphaned = corrections.iter().filter(|c| c.orphaned).count();
        let all = count(corrections.len(), "correction", "corrections");
        self.say(Ink::Faint, &format!("{all}, {orphaned} orphaned"));
    }

    pub(crate) fn status(&mut self, status: &Status) {
        let models: Vec<String> =
            status.models.iter().map(|(model, texts)| format!("{model} ({texts} texts)")).collect();
        let fields = [
            ("Ledger", status.path.clone()),
            ("Size", format!("{:.1} MB", status.bytes as f64 / 1e6)),
            ("Version", status.version.to_string()),
            ("Stories", format!("{} of {} origins", status.searched.stories, status.searched.origins)),
            ("Texts", format!("{}, {} of them kept", status.texts, status.kept)),
            ("Statements", status.statements.to_string()),
            ("Figures", status.figures.to_string()),
            ("Entities", status.entities.to_string()),
            ("No story", format!("{} pages", status.without_story)),
            ("Models", models.join(", ")),
        ];
        fields.iter().for_each(|(label, value)| self.field(label, value));
        self.lines.push(String::new());
        self.say(Ink::Faint, &searched(&status.searched));
    }
}

/// What was searched, in a sentence.
fn searched(searched: &Searched) -> String {
    let stories = count(searched.stories, "story", "stories");
    let origins = count(searched.origins, "origin", "origins");
    let days = match (&searched.from, &searched.to) {
        (Some(from), Some(to)) if from == to => format!(", {from}"),
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        _ => String::new(),
    };
    let undated =
        if searched.undated > 0 { format!(", {} undated", searched.undated) } else { String::new() };
    let foreign = if searched.not_english > 0 {
        format!(", {} not in English and without statements", searched.not_english)
    } else {
        String::new()
    };
    format!("Searched: {stories} of {origins}{days}{undated}{foreign}.")
}

fn speaker_of(row: &StatementRow) -> String {
    row.speaker.as_deref().map_or_else(|| "(nobody named)".to_owned(), clean)
}

fn act(row: &StatementRow) -> String {
    if row.negated { format!("{}, negated", row.act) } else { row.act.clone() }
}

fn outlet(row: &StatementRow) -> String {
    let outlet = row.outlet.as_deref().or(row.title.as_deref()).unwrap_or("(outlet not known)");
    let copies =
        if row.copied > 0 { format!(" and {}", count(row.copied, "copy", "copies")) } else { String::new() };
    format!("{}{copies}", clean(outlet))
}

fn place_of(row: &StatementRow) -> String {
    format!("¶{}", row.paragraph)
}

/// Below this a row is more likely wrong than right.
const UNSURE: f64 = 0.5;

fn notes(row: &StatementRow) -> String {
    let word = row.on_whose_word.as_deref().map(|name| format!("on the word of {}", clean(name)));
    let answer = row.answers.as_deref().zip(row.stance.as_deref());
    let answer = answer.map(|(key, stance)| {
        let does = match stance {
            "deny" => "denies",
            "confirm" => "confirms",
            _ => "declines to comment on",
        };
        format!("{does} {key}")
    });
    let other = row.entity.as_deref().filter(|name| row.speaker.as_deref() != Some(*name));
    let other = other.map(|name| format!("that is {}", clean(name)));
    let unsure = (row.confidence < UNSURE && !row.checked).then(|| "unsure".to_owned());
    let checked = row.checked.then(|| "checked".to_owned());
    [word, answer, other, unsure, checked].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn short(text: &str, width: usize) -> String {
    if screen::width(text) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if screen::width(&cut) >= width {
            cut.pop();
            break;
        }
    }
    format!("{cut}…")
}

/// A bar from the lower to the upper bound on a scale from nought to `top`.
fn bar(row: &FigureRow, top: f64, width: usize) -> String {
    // Within the width, as no value is below nought or above the top.
    let column = |value: f64| ((value / top) * (width - 1) as f64).round().max(0.0) as usize;
    let (low, high) = (row.min.map(column), row.max.map(column));
    match (low, high) {
        (Some(low), Some(high)) if low == high => {
            format!("{}{}", " ".repeat(low), if row.approx { "○" } else { "●" })
        }
        (Some(low), Some(high)) => {
            format!("{}├{}┤", " ".repeat(low), "─".repeat((high - low).saturating_sub(1)))
        }
        (Some(low), None) => {
            format!("{}├{}▶", " ".repeat(low), "─".repeat((width - low).saturating_sub(2).min(6)))
        }
        (None, Some(high)) => format!("◀{}┤", "─".repeat(high.saturating_sub(1))),
        (None, None) => String::new(),
    }
}
