#!/usr/bin/env python3
"""Sets the weights of crates/sayso/data/cues.txt.

  cargo run --release -p sayso --example cue_candidates < train.jsonl > candidates.tsv
  train/cues.py train.jsonl candidates.tsv crates/sayso/data/cues.txt

train.jsonl: PolNeAR stories, one JSON line each. The table's words and kinds stay; only its weights are
written anew. A candidate is right where it is the head of a marked cue: of a cue's candidates, the one
whose form is most often inside a cue. Candidates inside a marked source or content are left out, since
PolNeAR marks no nested attributions. Standard library only.
"""
import bisect, collections, json, math, random, sys

EPOCHS, RATE, L2, SEED = 12, 0.3, 0.5, 0
# Weights of the place that are smaller than this are not written.
LEAST = 0.05
KINDS = 'speech tell want think show seem stance noun adjective phrase colon'.split()


def examples(stories, rows):
    """(form, features, label) of every candidate that teaches something."""
    by_story = collections.defaultdict(list)
    for row in rows:
        by_story[row[0]].append(row)
    seen, inside = collections.Counter(), collections.Counter()
    for story in stories:
        cues = sorted(span for a in story['attributions'] for span in a['cue'])
        for _, start, _, form, _ in by_story[story['id']]:
            seen[form] += 1
            at = bisect.bisect_right(cues, [start, math.inf]) - 1
            inside[form] += at >= 0 and cues[at][1] > start
    for story in stories:
        found = by_story[story['id']]
        starts = [row[1] for row in found]
        between = lambda s, e: range(bisect.bisect_left(starts, s), bisect.bisect_left(starts, e))
        label = [0] * len(found)
        for a in story['attributions']:
            for s, e in a['content'] + a['source']:
                for k in between(s, e):
                    label[k] = None
        for a in story['attributions']:
            for s, e in a['cue']:
                held = between(s, e)
                for k in held:
                    label[k] = None
                if held:
                    label[max(held, key=lambda k: inside[found[k][3]] / (seen[found[k][3]] + 1))] = 1
        for (_, _, _, form, features), y in zip(found, label):
            if y is not None:
                yield form, features, y


def train(data):
    """Logistic regression with AdaGrad; the penalty of a weight is spread over its examples."""
    ids = {}
    data = [([ids.setdefault(f, len(ids)) for f in ['form:' + form] + features], y) for form, features, y in data]
    count = collections.Counter(f for fs, _ in data for f in fs)
    weight, square = [0.0] * len(ids), [1e-8] * len(ids)
    order = random.Random(SEED)
    for _ in range(EPOCHS):
        order.shuffle(data)
        for fs, y in data:
            z = sum(weight[f] for f in fs)
            error = 1 / (1 + math.exp(-max(-30, min(30, z)))) - y
            for f in fs:
                g = error + L2 * weight[f] / count[f]
                square[f] += g * g
                weight[f] -= RATE * g / math.sqrt(square[f])
    return {name: weight[i] for name, i in ids.items()}


def write(path, weight):
    """The table with its words as they are and the weights given. A form never seen gets the mean of its lemma's
    forms with the same ending, else of its lemma, else of its kind."""
    lines = [line.rstrip('\n') for line in open(path, encoding='utf-8')]
    forms = collections.defaultdict(list)
    for line in lines:
        kind, *fields = line.split() or ['']
        if kind in KINDS:
            forms[kind] += [field.rsplit('=', 1)[0] for field in fields]
    mean = {}
    for kind, names in forms.items():
        known = [weight['form:' + f] for f in names if 'form:' + f in weight]
        mean[kind] = sum(known) / len(known) if known else 0.0
    with open(path, 'w', encoding='utf-8') as out:
        for line in lines:
            kind, *fields = line.split() or ['']
            if kind in KINDS:
                names = [field.rsplit('=', 1)[0] for field in fields]
                line = ' '.join([kind] + [f'{f}={form_weight(weight, f, names, mean[kind]):.2f}' for f in names])
            if kind != 'weight':
                out.write(line + '\n')
        row = ''
        for name, w in sorted(weight.items()):
            if name.startswith('form:') or abs(w) < LEAST:
                continue
            if row and (len(row) > 105 or row.split()[1].split(':')[0] != name.split(':')[0]):
                out.write(row + '\n')
                row = ''
            row = f'{row or "weight"} {name}={w:.2f}'
        out.write(row + '\n')


def form_weight(weight, form, lemma, mean):
    """The weight of a form: its own, or that of the forms nearest to it."""
    if 'form:' + form in weight:
        return weight['form:' + form]
    known = [f for f in lemma if 'form:' + f in weight]
    near = [f for f in known if f[-2:] == form[-2:]] or known
    return sum(weight['form:' + f] for f in near) / len(near) if near else mean


def main():
    stories = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
    rows = []
    for line in open(sys.argv[2], encoding='utf-8'):
        story, start, end, form, features = line.rstrip('\n').split('\t')
        rows.append((json.loads(story), int(start), int(end), form, features.split()))
    write(sys.argv[3], train(list(examples(stories, rows))))


if __name__ == '__main__':
    main()
