"""Gathers every text to train on into files of one form: JSON lines of `id` and `text`."""
import argparse
import gzip
import json
from pathlib import Path

from corpus import marked, reported, rows


SINGLE = str.maketrans("“”\"", "‘’'")


class Text:
    """A text put together from words, with what is marked of it: spans of code points, each with its label."""

    def __init__(self):
        self.text, self.parts, self.sentences, self.entities = "", [], [], []

    def marks(self):
        return {"parts": self.parts, "sentences": self.sentences, "entities": self.entities}


CLOSING = {",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "n't", "’s", "n’t", "”", "’", "'re", "'ve", "'ll", "'d", "'m", "..."}


def append(story, tokens):
    """Adds a paragraph of (word, label) by the usual rules of English typesetting; labels are B-, I- and O."""
    story.text += "\n\n" if story.text else ""
    start, opened, text = len(story.text), False, ""
    for word, label in tokens:
        space = bool(text) and word not in CLOSING and text[-1] not in "([“‘$£€"
        if word == '"':
            space, opened = (space and not opened), not opened
        elif text.endswith('"') and opened:
            space = False
        text += (" " if space else "") + word
        end = start + len(text)
        kind = label[2:]
        if label.startswith("B-"):
            story.entities.append([end - len(word), end, kind])
        elif label.startswith("I-"):
            if story.entities and story.entities[-1][2] == kind and story.entities[-1][1] >= end - len(word) - 1:
                story.entities[-1][1] = end
            else:
                story.entities.append([end - len(word), end, kind])
    story.text += text


def ner(path):
    """Articles of the newswire set with their entities: a blank line ends a sentence."""
    story, tokens, name = Text(), [], None

    def close():
        if tokens:
            append(story, tokens)
            tokens.clear()

    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# file"):
            close()
            if name and story.text:
                yield name, story
            story, name = Text(), "ner-" + line.split("=")[1].strip()
        elif not line.strip():
            close()
        else:
            word, *labels = line.split("\t")
            tokens.append((word, labels[0].strip() if labels else "O"))  # the labels after the first are of entities within it
    close()
    if name and story.text:
        yield name, story


def treebank(path, genres=None):
    """Documents of a treebank with their sentences and parts of speech; `# newpar` ends a paragraph. With `genres`, only those."""
    doc, story, genre, new_paragraph, at = None, Text(), None, False, 0
    for line in gzip.open(path, "rt", encoding="utf-8"):
        if line.startswith("# newdoc"):
            if doc and story.text and (genres is None or genre in genres):
                yield doc, story
            doc, story, genre = line.split("=")[1].strip(), Text(), None
        elif line.startswith("# meta::genre"):
            genre = line.split("=")[1].strip()
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif line.startswith("# text ="):
            if story.text:
                story.text += "\n\n" if new_paragraph else " "
            new_paragraph, at = False, len(story.text)
            story.text += line.split("=", 1)[1].strip()
            story.sentences.append([at, len(story.text)])
        elif line[:1].isdigit():
            at = take(story, line.split("\t"), at)
    if doc and story.text and (genres is None or genre in genres):
        yield doc, story


def take(story, columns, at):
    """Finds a word of a treebank in its sentence; the words of a contraction share the place of the first."""
    number, form, part = columns[0], columns[1], columns[3]
    if "." in number or "-" in number:
        return at
    found = story.text.find(form, at, at + len(form) + 2)
    if found < 0:  # a part of a contraction that is not printed so
        return at
    story.parts.append([found, found + len(form), part])
    return found + len(form)


def pages(folder):
    """The stories of the marked pages that are English."""
    common = {"the", "of", "and", "to", "in", "that", "is", "for"}
    for path in sorted(folder.glob("*.jsonl.gz")):
        for row in rows(path):
            tokens = row["body"].lower().split()
            if len(tokens) >= 50 and sum(t in common for t in tokens) > 0.1 * len(tokens):
                yield row["id"], row["body"]


def words(path):
    """The vocabulary's whole words as one text."""
    lines = [line.rstrip("\n") for line in open(path, encoding="utf-8")]
    return " ".join(w for w in lines if not w.startswith(("##", "[")))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("corpora", type=Path)
    ap.add_argument("gold", type=Path)
    ap.add_argument("ours", type=Path)
    ap.add_argument("pages", type=Path)
    ap.add_argument("vocabulary", type=Path)
    ap.add_argument("out", type=Path)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    c = a.corpora
    free = {"news", "interview", "court", "speech", "bio", "voyage", "whow", "academic", "textbook", "conversation", "podcast", "essay", "letter", "vlog"}
    sets = {
        "polnear-train": ((r["id"], r["text"]) for r in rows(c / "polnear/train.jsonl.gz")),
        "polnear-dev": ((r["id"], r["text"]) for r in rows(c / "polnear/dev.jsonl.gz")),
        "gold-train": ((r["id"], r["text"]) for r in marked(a.gold, a.ours)),
        "gold-dev": ((r["id"], r["text"]) for r in reported(a.gold)),
        "fnc1": ((r["id"], r["text"]) for r in rows(c / "stories/fnc1.jsonl.gz")),
        "ner": ner(c / "ner/worldwide-train.tsv.gz"),
        "ner-dev": ner(c / "ner/worldwide-dev.tsv.gz"),
        "pages": pages(a.pages),
        "vocabulary": [("vocabulary", words(a.vocabulary))],
        "ewt": treebank(c / "treebanks/ewt-train.conllu.gz"),
        "ewt-dev": treebank(c / "treebanks/ewt-dev.conllu.gz"),
        "gum": treebank(c / "treebanks/gum-train.conllu.gz", free),
        "gum-dev": treebank(c / "treebanks/gum-dev.conllu.gz"),
    }
    for name, stories in sets.items():
        found = [{"id": id, "text": story} if isinstance(story, str) else {"id": id, "text": story.text} | story.marks() for id, story in stories]
        write(a.out / f"{name}.jsonl", found)
        if name in ("polnear-train", "fnc1", "ner"):
            write(a.out / f"{name}-single.jsonl", [row | {"text": row["text"].translate(SINGLE)} for row in found])


def write(path, found):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)


if __name__ == "__main__":
    main()
