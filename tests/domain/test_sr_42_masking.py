"""SR-42: of three hundred invented lines, at least 95 of 100 names, numbers and addresses go."""

from __future__ import annotations

import re
from pathlib import Path

from belay.domain.masking import Masking
from tests.gateway.shared import shared_content

LINES = Path(__file__).with_name("masking_lines.txt")
MARKED = re.compile(r"\[([^\]]+)\]")
RECALL = 0.95
NOBODY = """
I told her that I was tired and she said okay
On Monday we went to the market and bought bread
My mother never listens, and my father only laughs
He said it was about 7 out of 10
We have been married for 12 years and have 3 kids
I will ask my boss for a raise in May
There is hope, I think, and a bit of joy
Can I mark that as done
She rose from the table and left
It may rain, so we stay inside
I feel frank and tired at the same time
At 10:30 I called, at 11 she answered
I was born in 1984 and moved in 2010
I'm okay with calls until eight
My best friend thinks I overreact
Everyone in the family knows
We argued about money, work, and the car
Is it fair to say no
My partner wants to talk at midnight
You would grant me that, he said
The bill was 140 euros and I paid it
What can I say to my teacher
I wish my brother would help
God knows I tried
I'm in Year 2 of my course
""".strip().splitlines()


def masked() -> tuple[list[str], list[str]]:
    """What was to be masked, and what of it is still to be read."""
    content = shared_content()
    mask = Masking(content.names, content.names_also_words)
    wanted, left = [], []
    for line in LINES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        told = mask(MARKED.sub(r"\1", line))
        for piece in MARKED.findall(line):
            wanted.append(piece)
            core = [word for word in re.findall(r"\w+", piece) if len(word) > 1]
            if piece in told or any(re.search(rf"\b{word}\b", told) for word in core[-1:]):
                left.append(f"{piece}: {told}")
    return wanted, left


def test_sr_42_at_least_95_of_100_are_masked() -> None:
    wanted, left = masked()
    assert len(LINES.read_text("utf-8").splitlines()) > 300
    recall = 1 - len(left) / len(wanted)
    assert recall >= RECALL, "\n".join(left)


def test_sr_42_what_names_nobody_stays_readable() -> None:
    content = shared_content()
    mask = Masking(content.names, content.names_also_words)
    changed = [line for line in NOBODY if mask(line) != line]
    assert len(changed) <= 1, changed
