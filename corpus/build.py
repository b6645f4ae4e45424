#!/usr/bin/env python3
"""Builds corpus.jsonl from stories/AFFAIR/STORY.md; README.md describes the form of a story file.

build.py            checks every story and writes corpus.jsonl
build.py --check    checks only, and that corpus.jsonl is up to date; exits 1 on any fault
build.py --show S   prints the marks of the stories whose id begins with S, as they were resolved
build.py --count    prints the tables of README.md
"""
import collections
import datetime
import itertools
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
FORMS = "named role pronoun metonym document unnamed none".split()
ACTS = "say deny confirm accuse warn demand promise ask decline believe want".split()
STANCES = "deny confirm decline".split()
HEADER = "id outlet published headline byline register".split()
OPTIONAL = ["dateline"]
# Units beside the three capitals of ISO 4217.
UNITS = ("% km m cm mm mile foot inch mph kmh knot kg g mg tonne litre hectare year month week day hour minute "
         "second degree point watt megawatt").split()
LICENCE = "CC0-1.0"


class Fault(Exception):
    """Something in a story file that cannot be right; the message says where."""


# ---- reading a story file

def read_story(path):
    """Header, body, statement lines and figure lines of one story file."""
    parts = re.split(r"^== (statements|figures)\s*$", path.read_text(encoding="utf-8"), flags=re.M)
    top, blocks = parts[0], dict(zip(parts[1::2], parts[2::2]))
    head, _, body = top.partition("\n\n")
    header = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key not in HEADER + OPTIONAL:
            raise Fault(f"header line not understood: {line!r}")
        header[key] = value.strip()
    for key in HEADER:
        if key not in header:
            raise Fault(f"header lacks {key}")
    datetime.date.fromisoformat(header["published"])
    if "statements" not in blocks:
        raise Fault("no block '== statements'")
    rows = {name: [line for line in block.splitlines() if line.strip() and not line.startswith("//")]
            for name, block in blocks.items()}
    text = header["headline"] + "\n\n" + body.strip("\n")
    return header, re.sub(r"\n{3,}", "\n\n", text), rows["statements"], rows.get("figures", [])


def fields(line, count):
    """The cells of a line, which has exactly `count` of them."""
    cells = [cell.strip() for cell in re.split(r"(?:^|\s)\|(?:\s|$)", line)]
    if len(cells) != count:
        raise Fault(f"{len(cells)} cells where {count} belong: {line!r}")
    return cells


# ---- phrases to spans

def occurrences(text, phrase, start=0):
    """Where a phrase stands as whole words."""
    left = r"(?<!\w)" if phrase[0].isalnum() else ""
    right = r"(?!\w)" if phrase[-1].isalnum() else ""
    return [m.span() for m in re.compile(left + re.escape(phrase) + right).finditer(text, start)]


def candidates(text, piece):
    """Every span that a piece can mean: plain words, words in {braces} within their context, or 'first … last'."""
    context = re.fullmatch(r"(.*?)\{(.+?)\}(.*)", piece, flags=re.S)
    if context:
        before, inner, after = context.groups()
        found = []
        pattern = re.escape(before) + "(" + ellipsis_pattern(inner) + ")" + re.escape(after)
        for m in re.finditer(pattern, text, flags=re.S):
            found.append(m.span(1))
    elif "…" in piece:
        first, _, last = (part.strip() for part in piece.partition("…"))
        found = []
        for a, b in occurrences(text, first):
            ends = occurrences(text, last, b)
            if ends:
                found.append((a, ends[0][1]))
    else:
        found = occurrences(text, piece)
    if not found:
        raise Fault(f"not in the text: {piece!r}")
    return found


def ellipsis_pattern(inner):
    """The pattern of a piece that may leave out its middle."""
    return ".*?".join(re.escape(part.strip()) for part in inner.split("…"))


def pieces(cell):
    """The pieces of a cell, or none for '-'."""
    return [] if cell == "-" else [piece.strip() for piece in cell.split(" + ")]


def spread(combination):
    """How far apart the spans of one reading stand, and how much of them overlaps."""
    reach = max(b for _, b in combination) - min(a for a, _ in combination)
    ordered = sorted(combination)
    return reach + sum(max(0, b - a) for (_, b), (a, _) in zip(ordered, ordered[1:]))


def resolve(text, source, cue, content):
    """Spans of the three cells: of all readings the one whose phrases stand nearest one another."""
    cells = [pieces(source), pieces(cue), pieces(content)]
    options = [candidates(text, piece) for cell in cells for piece in cell]
    if not options:
        raise Fault("neither source nor cue nor content")
    if len(options) > 3 or max(map(len, options)) > 12:
        options = nearby(options)
    ranked = sorted((spread(c), c) for c in itertools.product(*options))
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise Fault(f"two readings are as near: {ranked[0][1]} and {ranked[1][1]}")
    best, out, at = ranked[0][1], [], 0
    for cell in cells:
        out.append([list(span) for span in best[at:at + len(cell)]])
        at += len(cell)
    return out


def nearby(options):
    """Keeps of each piece's spans the six nearest to the piece that has the fewest."""
    anchor = min(options, key=len)
    near = lambda span: min(max(a - span[1], span[0] - b, 0) for a, b in anchor)
    return [sorted(spans, key=near)[:6] for spans in options]


# ---- quotation marks

def quoted_mask(text):
    """For every code point whether it stands in quotation marks."""
    mask, opener, closer = [False] * len(text), None, None
    for i, c in enumerate(text):
        before, after = text[i - 1:i], text[i + 1:i + 2]
        if closer and text.startswith("\n\n", i) and text[i + 2:i + 3] != opener:
            raise Fault(f"quotation not closed before {text[i + 2:i + 30]!r}")
        if closer is None:
            closer = opens(c, before, after)
            opener = c
        elif c == closer and closes(c, before, after):
            closer = None
        mask[i] = closer is not None
    if closer:
        raise Fault("quotation not closed at the end")
    return mask


def opens(c, before, after):
    """The closing mark that belongs to an opening one."""
    if c in "“‘":
        return {"“": "”", "‘": "’"}[c]
    if c in "\"'" and not before.isalnum() and (after.isalnum() or after in "[$£€'\"“‘(.-" and after):
        return c
    return None


def closes(c, before, after):
    """Whether a mark closes; an apostrophe within a word does not."""
    if c in "’'":
        return not after.isalnum()
    return not (c == '"' and before in "\n ")


def kind_of(text, mask, content):
    """direct, mixed or indirect: all, some or none of the content's words are quoted."""
    quoted = [mask[m.start()] for a, b in content for m in re.compile(r"\w+").finditer(text, a, b)]
    return "direct" if quoted and all(quoted) else "mixed" if any(quoted) else "indirect"


# ---- statements and figures

def read_marks(cell):
    """Form, act and the further marks of a statement's last cell."""
    words = cell.split()
    if len(words) < 2 or words[0] not in FORMS or words[1] not in ACTS:
        raise Fault(f"form and act not understood: {cell!r}")
    marks = {"form": words[0], "act": words[1], "negated": False, "inside": "derived", "answers": None, "said_on": None}
    rest = words[2:]
    while rest:
        key = rest.pop(0)
        if key == "not":
            marks["negated"] = True
        elif key == "on":
            marks["said_on"] = datetime.date.fromisoformat(rest.pop(0)).isoformat()
        elif key == "in":
            marks["inside"] = int(rest.pop(0))
        elif key == "re":
            marks["answers"] = {"n": int(rest.pop(0)), "stance": rest.pop(0)}
        else:
            raise Fault(f"mark not known: {key!r}")
    return marks


def read_statement(text, mask, line):
    """One statement of its line."""
    number, dot, rest = line.partition(".")
    if not dot or not number.strip().isdigit():
        raise Fault(f"no number: {line!r}")
    source, cue, content, speaker, marks = fields(rest, 5)
    try:
        spans = resolve(text, source, cue, content)
        statement = dict(zip(("source", "cue", "content"), spans))
        statement["speaker"] = {"-": None, "=": source}.get(speaker, speaker)
        statement.update(read_marks(marks))
    except (Fault, ValueError, IndexError) as fault:
        raise Fault(f"statement {number}: {fault}") from None
    statement["figures"] = []
    statement["kind"] = kind_of(text, mask, statement["content"])
    statement["id"] = int(number)
    return statement


def covers(outer, inner):
    """Whether the outer statement's content holds the inner one's cue."""
    spot = inner["cue"] or inner["content"]
    return all(any(a <= c and d <= b for a, b in outer["content"]) for c, d in spot)


def length(statement):
    """Code points of a statement's content."""
    return sum(b - a for a, b in statement["content"])


def derive_inside(statements):
    """Gives each statement the innermost one whose content covers its cue, and checks what the file says."""
    for s in statements:
        outer = [o for o in statements if o is not s and covers(o, s) and not (covers(s, o) and length(o) <= length(s))]
        found = min(outer, key=length)["id"] if outer else None
        if s["inside"] not in ("derived", found) and s["inside"] not in [o["id"] for o in outer]:
            raise Fault(f"statement {s['id']}: not inside {s['inside']}, which does not cover its cue (found {found})")
        if s["inside"] == "derived":
            s["inside"] = found


def check_statements(text, statements):
    """What must hold between and in statements."""
    ids = [s["id"] for s in statements]
    if ids != list(range(1, len(ids) + 1)):
        raise Fault(f"statements are not numbered 1 to {len(ids)}: {ids}")
    for s in statements:
        where = f"statement {s['id']}"
        if not s["content"]:
            raise Fault(f"{where}: no content")
        if (not s["source"]) != (s["form"] == "none"):
            raise Fault(f"{where}: a source goes with a form, no source with 'none'")
        check_span_edges(text, s, where)
        answers = s["answers"]
        if answers and (answers["n"] not in ids or answers["n"] == s["id"] or answers["stance"] not in STANCES):
            raise Fault(f"{where}: answer to {answers}")
        if answers and answers["stance"] == "deny" and s["act"] == "confirm" and not s["negated"]:
            raise Fault(f"{where}: a confirmation that denies")
    keys = [(s["cue"], s["content"], s["source"]) for s in statements]
    twice = [s["id"] for i, s in enumerate(statements) if keys[i] in keys[:i]]
    if twice:
        raise Fault(f"statements marked twice: {twice}")


def check_span_edges(text, s, where):
    """Spans hold words, have no white space at their edges and do not cross one another's."""
    for name in ("source", "cue", "content"):
        for a, b in s[name]:
            if a >= b or text[a:b] != text[a:b].strip():
                raise Fault(f"{where}: {name} has loose edges")
        for (_, b), (a, _) in itertools.pairwise(sorted(s[name])):
            if a < b:
                raise Fault(f"{where}: pieces of the {name} overlap")
    if s["cue"] == s["content"]:
        return
    for a, b in s["cue"] + s["source"]:
        if any(a < d and c < b for c, d in s["content"]):
            raise Fault(f"{where}: {text[a:b]!r} lies in the statement's own content")


def read_figure(text, line):
    """One figure of its line: its words, value, unit, what it counts."""
    words, value, unit, of = fields(line, 4)
    found = candidates(text, words)
    if len(found) > 1:
        raise Fault(f"figure {words!r} stands {len(found)} times; give its context in braces")
    if unit != "-" and unit not in UNITS and not re.fullmatch("[A-Z]{3}", unit):
        raise Fault(f"figure {words!r}: unit {unit!r} not known")
    if of != "-" and of not in text:
        raise Fault(f"figure {words!r}: {of!r} not in the text")
    a, b = found[0]
    figure = {"text": text[a:b], **read_value(value), "unit": None if unit == "-" else unit, "of": None if of == "-" else of}
    figure["span"] = [a, b]
    return figure


def number(digits):
    """An integer where it is one."""
    value = float(digits.replace(",", ""))
    return int(value) if value.is_integer() else value


def read_value(value):
    """150, ~150, 150.. , ..150, 100..150, each with 'up' or 'down' after it where it is a change."""
    m = re.fullmatch(r"(~?)([\d,]*(?:\.\d+)?)(\.\.)?([\d,]*(?:\.\d+)?)(?: (up|down))?", value)
    if not m or not (m[2] or m[4]):
        raise Fault(f"figure value not understood: {value!r}")
    low = number(m[2]) if m[2] else None
    high = (number(m[4]) if m[4] else None) if m[3] else low
    out = {"min": low, "max": high}
    if m[1]:
        out["approx"] = True
    if m[5]:
        out["change"] = m[5]
    return out


def place_figures(statements, figures):
    """Gives every statement the figures that stand in its content; returns those that stand in none."""
    idle = []
    for figure in sorted(figures, key=lambda f: f["span"]):
        a, b = figure["span"]
        holders = [s for s in statements if any(c <= a and b <= d for c, d in s["content"])]
        for s in holders:
            s["figures"].append(figure)
        if not holders:
            idle.append(figure["text"])
    return idle


def build_story(path, test_affairs):
    """The JSON line of one story file."""
    header, text, lines, figure_lines = read_story(path)
    mask = quoted_mask(text)
    statements = [read_statement(text, mask, line) for line in lines]
    check_statements(text, statements)
    derive_inside(statements)
    idle = place_figures(statements, [read_figure(text, line) for line in figure_lines])
    if idle:
        raise Fault(f"figures in no statement: {idle}")
    affair = path.parent.name
    if header["id"] != f"{affair}/{path.stem}":
        raise Fault(f"id {header['id']!r} is not {affair}/{path.stem}")
    return {"id": header["id"], "title": header["headline"], "date": header["published"], "published": header["published"],
            "origin": "Sayso open corpus", "licence": LICENCE, "affair": affair, "split": "test" if affair in test_affairs else "train",
            "outlet": header["outlet"], "byline": header["byline"] or None, "register": header["register"],
            "text": text, "attributions": statements}


def build_all():
    """All stories in the order of their files, and the faults."""
    test_affairs = (HERE / "test-affairs.txt").read_text(encoding="utf-8").split()
    stories, faults = [], []
    for path in sorted((HERE / "stories").glob("*/*.md")):
        try:
            stories.append(build_story(path, test_affairs))
        except (Fault, ValueError) as fault:
            faults.append(f"{path.relative_to(HERE)}: {fault}")
    known = {story["affair"] for story in stories}
    faults += [f"test-affairs.txt: no affair {name}" for name in test_affairs if name not in known and not faults]
    return stories, faults


# ---- printing

def show(story):
    """The marks of a story, resolved, for reading."""
    text = story["text"]
    words = lambda spans: " + ".join(text[a:b] for a, b in spans) or "-"
    print(f"\n{story['id']} ({story['outlet']}, {story['published']}): {len(text.split())} words")
    for s in story["attributions"]:
        extra = [s["form"], s["act"]] + ["not"] * s["negated"] + [s["kind"]]
        extra += [f"in {s['inside']}"] * (s["inside"] is not None)
        extra += [f"re {s['answers']['n']} {s['answers']['stance']}"] if s["answers"] else []
        extra += [f"on {s['said_on']}"] if s["said_on"] else []
        extra += [f"#{f['text']}" for f in s["figures"]]
        print(f"{s['id']:3} [{words(s['source'])}] <{words(s['cue'])}> {words(s['content'])}\n    = {s['speaker']} ({', '.join(extra)})")


def count(stories):
    """The tables of the datasheet."""
    rows = [s for story in stories for s in story["attributions"]]
    for split in ("train", "test"):
        part = [story for story in stories if story["split"] == split]
        marks = [s for story in part for s in story["attributions"]]
        print(f"{split}: {len(part)} stories, {sum(len(s['text'].split()) for s in part)} words, {len(marks)} statements")
    print("nested", sum(s["inside"] is not None for s in rows), "answers", sum(s["answers"] is not None for s in rows),
          "negated", sum(s["negated"] for s in rows), "dated", sum(s["said_on"] is not None for s in rows),
          "figures", len({(story["id"], *f["span"]) for story in stories for s in story["attributions"] for f in s["figures"]}))
    for name in ("form", "act", "kind"):
        print(name, ", ".join(f"{k} {n}" for k, n in collections.Counter(s[name] for s in rows).most_common()))
    print("stance", dict(collections.Counter(s["answers"]["stance"] for s in rows if s["answers"])))


def main(arguments):
    stories, faults = build_all()
    if arguments[:1] == ["--show"]:
        for story in stories:
            if story["id"].startswith(arguments[1]):
                show(story)
    elif arguments == ["--count"]:
        count(stories)
    lines = "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories)
    target = HERE / "corpus.jsonl"
    if not arguments and not faults:
        target.write_text(lines, encoding="utf-8")
    if arguments == ["--check"] and not faults and (not target.exists() or target.read_text(encoding="utf-8") != lines):
        faults.append("corpus.jsonl is not what the stories give: run build.py")
    for fault in faults:
        print(fault, file=sys.stderr)
    if not arguments or arguments == ["--check"]:
        print(f"{len(stories)} stories, {sum(len(s['attributions']) for s in stories)} statements, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
