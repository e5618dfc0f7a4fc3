"""Fail where a score is under its floor: `floors.py SCORE.json FLOORS.json`, shares by what and figure."""

import json
import sys
from pathlib import Path


def under(score: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """One line for each figure under its floor."""
    wanted = [(what, figure, least) for what, figures in floors.items() for figure, least in figures.items()]
    reached = [(what, figure, least, score[what][figure]) for what, figure, least in wanted]
    return [
        f"{what}: {figure} {value} is under its floor {least}"
        for what, figure, least, value in reached
        if value < least
    ]


if __name__ == "__main__":
    failures = under(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3]))
    sys.exit("\n".join(failures) or 0)
