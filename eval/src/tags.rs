//! Sentences, parts of speech and entities.

use crate::Figure;
use crate::tagged::{self, Tagged};
use sayso::analysis::{Analysis, analyse};
use sayso::mention::Kind;
use sayso::model::Model;
use sayso::model::tag;
use sayso::page::Page;
use std::collections::HashSet;
use std::error::Error;
use std::hash::Hash;
use std::ops::Range;
use std::path::Path;

/// What was found, what is marked, what is both.
#[derive(Default)]
struct Counts {
    found: usize,
    marked: usize,
    both: usize,
}

impl Counts {
    fn add<T: Eq + Hash>(&mut self, found: &HashSet<T>, marked: &HashSet<T>) {
        self.found += found.len();
        self.marked += marked.len();
        self.both += found.intersection(marked).count();
    }

    /// F1, or the share of the right ones where as many were found as are marked.
    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.found + self.marked).max(1) as f64
    }
}

/// Scores the dev halves of the treebanks and of the newswire set.
pub(crate) fn measure(corpora: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let corpora = corpora.join("corpora");
    let treebanks = [
        ("ewt", tagged::treebank(&corpora.join("treebanks/ewt-dev.conllu.gz"))?),
        ("gum", tagged::treebank(&corpora.join("treebanks/gum-dev.conllu.gz"))?),
    ];
    let newswire = tagged::newswire(&corpora.join("ner/worldwide-dev.tsv.gz"))?;
    let mut figures = Vec::new();
    for (name, model) in [("fast", Model::fast()), ("accurate", Model::accurate())] {
        for (set, texts) in &treebanks {
            figures.extend(of_treebank(&format!("{name}: {set}"), texts, model));
        }
        figures.extend(of_newswire(name, &newswire, model));
    }
    Ok(figures)
}

fn of_treebank(name: &str, texts: &[Tagged], model: &Model) -> Vec<Figure> {
    let (mut sentences, mut parts) = (Counts::default(), Counts::default());
    for text in texts {
        let analysis = read(text, model);
        let ends = analysis.sentences.iter().map(|s| s.end as usize).collect();
        let marked = text.sentences.iter().map(|s| tokens(&analysis, s).end).collect();
        sentences.add(&ends, &marked);
        let known: Vec<_> =
            (0..analysis.tokens.len()).filter_map(|t| Some((t, part(&analysis, text, t)?))).collect();
        let found = known.iter().map(|(t, _)| (*t, analysis.tags[*t].part)).collect();
        parts.add(&found, &known.iter().copied().collect());
    }
    vec![
        Figure::new(format!("{name} sentence"), sentences.f1()),
        Figure::new(format!("{name} part of speech"), parts.f1()),
    ]
}

fn of_newswire(name: &str, texts: &[Tagged], model: &Model) -> Vec<Figure> {
    let (mut all, mut names, mut mentions) = (Counts::default(), Counts::default(), Counts::default());
    let is_name = |kind: Kind| matches!(kind, Kind::Person | Kind::Organization | Kind::Place);
    for text in texts {
        let analysis = read(text, model);
        let found: HashSet<_> = tag::entities(&analysis.tags).into_iter().collect();
        let of = |(range, kind): &(Range<usize>, Kind)| {
            let tokens = tokens(&analysis, range);
            (tokens.start, tokens.end, *kind)
        };
        let marked: HashSet<_> = text.entities.iter().map(of).collect();
        all.add(&found, &marked);
        let keep =
            |set: &HashSet<(usize, usize, Kind)>| set.iter().filter(|e| is_name(e.2)).copied().collect();
        names.add(&keep(&found), &keep(&marked));
        mentions.add(&mentioned(&analysis), &keep(&marked));
    }
    vec![
        Figure::new(format!("{name}: newswire entity"), all.f1()),
        Figure::new(format!("{name}: newswire person, organization, location"), names.f1()),
        Figure::new(format!("{name}: newswire mention"), mentions.f1()),
    ]
}

/// The mentions of people, bodies and places that the analysis joins into clusters.
fn mentioned(analysis: &Analysis) -> HashSet<(usize, usize, Kind)> {
    let mentions = analysis.clusters.iter().flat_map(|c| c.mentions.iter().map(|m| (*m, c.kind)));
    let of = |(span, kind): (sayso::text::Span, Kind)| {
        let tokens = tokens(analysis, &(span.start as usize..span.end as usize));
        (tokens.start, tokens.end, kind)
    };
    mentions.map(of).collect()
}

fn read(text: &Tagged, model: &Model) -> Analysis {
    analyse(&Page::exact(text.text.as_str()), model)
}

/// The tokens that a range of bytes touches.
fn tokens(analysis: &Analysis, range: &Range<usize>) -> Range<usize> {
    let start = analysis.tokens.partition_point(|t| t.span.end as usize <= range.start);
    let end = analysis.tokens.partition_point(|t| (t.span.start as usize) < range.end);
    start..end.max(start)
}

/// The marked part of speech of a token: that of the first word in it.
fn part(analysis: &Analysis, text: &Tagged, token: usize) -> Option<tag::PartOfSpeech> {
    let span = analysis.tokens[token].span;
    let first = text.parts.partition_point(|(range, _)| range.end <= span.start as usize);
    let (range, part) = text.parts.get(first)?;
    (range.start < span.end as usize).then_some(*part)
}
