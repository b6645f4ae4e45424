"""Gathers every text to train on into files of one form: JSON lines of `id` and `text`."""
import argparse
import gzip
import json
from pathlib import Path

from corpus import rows


SINGLE = str.maketrans("“”\"", "‘’'")


def detached(tokens):
    """Puts tokens back together by the usual rules of English typesetting."""
    out, opened = "", False
    for i, w in enumerate(tokens):
        space = bool(out) and not out.endswith("\n")
        if w in {",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "n't", "’s", "n’t", "”", "’", "'re", "'ve", "'ll", "'d", "'m", "..."}:
            space = False
        if out and out[-1] in "([“‘$£€":
            space = False
        if w == '"':
            space, opened = (space and not opened), not opened
        elif out.endswith('"') and opened:
            space = False
        out += (" " if space else "") + w
    return out


def ner(path):
    """Articles of the newswire set: a blank line ends a sentence."""
    story, tokens, name = [], [], None
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# file"):
            if tokens:
                story.append(detached(tokens))
            if name and story:
                yield name, "\n\n".join(story)
            story, tokens, name = [], [], "ner-" + line.split("=")[1].strip()
        elif not line.strip():
            if tokens:
                story.append(detached(tokens))
                tokens = []
        else:
            tokens.append(line.split("\t")[0])
    if tokens:
        story.append(detached(tokens))
    if name and story:
        yield name, "\n\n".join(story)


def treebank(path, genres=None):
    """Documents of a treebank; `# newpar` ends a paragraph. With `genres`, only those."""
    doc, paragraphs, sentence_list, genre = None, [], [], None

    def close():
        if sentence_list:
            paragraphs.append(" ".join(sentence_list))
            sentence_list.clear()

    for line in gzip.open(path, "rt", encoding="utf-8"):
        if line.startswith("# newdoc"):
            close()
            if doc and paragraphs and (genres is None or genre in genres):
                yield doc, "\n\n".join(paragraphs)
            doc, genre = line.split("=")[1].strip(), None
            paragraphs = []
        elif line.startswith("# meta::genre"):
            genre = line.split("=")[1].strip()
        elif line.startswith("# newpar"):
            close()
        elif line.startswith("# text ="):
            sentence_list.append(line.split("=", 1)[1].strip())
    close()
    if doc and paragraphs and (genres is None or genre in genres):
        yield doc, "\n\n".join(paragraphs)


def words(path):
    """The vocabulary's whole words as one text."""
    lines = [line.rstrip("\n") for line in open(path, encoding="utf-8")]
    return " ".join(w for w in lines if not w.startswith(("##", "[")))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("corpora", type=Path)
    ap.add_argument("gold", type=Path)
    ap.add_argument("vocabulary", type=Path)
    ap.add_argument("out", type=Path)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    c = a.corpora
    gum = {"news", "interview", "court", "speech", "bio", "voyage", "whow", "academic", "textbook", "conversation", "podcast", "essay", "letter", "vlog", "reddit"} - {"reddit"}
    sets = {
        "polnear-train": ((r["id"], r["text"]) for r in rows(c / "polnear/train.jsonl.gz")),
        "polnear-train-single": ((r["id"], r["text"].translate(SINGLE)) for r in rows(c / "polnear/train.jsonl.gz")),
        "polnear-dev": ((r["id"], r["text"]) for r in rows(c / "polnear/dev.jsonl.gz")),
        "gold-train": ((r["id"], r["text"]) for r in rows(a.gold / "train.jsonl")),
        "gold-dev": ((r["id"], r["text"]) for r in rows(a.gold / "dev.jsonl")),
        "fnc1": ((r["id"], r["text"]) for r in rows(c / "stories/fnc1.jsonl.gz")),
        "fnc1-single": ((r["id"], r["text"].translate(SINGLE)) for r in rows(c / "stories/fnc1.jsonl.gz")),
        "ner": ner(c / "ner/worldwide-train.tsv.gz"),
        "ner-single": ((id, text.translate(SINGLE)) for id, text in ner(c / "ner/worldwide-train.tsv.gz")),
        "vocabulary": [("vocabulary", words(a.vocabulary))],
        "ewt": treebank(c / "treebanks/ewt-train.conllu.gz"),
        "gum": treebank(c / "treebanks/gum-train.conllu.gz", gum),
    }
    for name, stories in sets.items():
        with open(a.out / f"{name}.jsonl", "w", encoding="utf-8") as f:
            for n, (id, text) in enumerate(stories):
                f.write(json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
