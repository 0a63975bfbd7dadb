"""Confusion matrix and reliability plot as PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

PAGE, INK, MUTED, LINE = "#FBF8F3", "#1F2A2E", "#56646A", "#DCD5C9"
SERIES = ("#1F5C53", "#A4482B", "#3F6A8A", "#8A6D1F")
SHADES = LinearSegmentedColormap.from_list("pine", [PAGE, "#8FB8AE", "#1F5C53", "#0F332E"])


def confusion_picture(cells: Sequence[Mapping[str, Any]], title: str, file: Path) -> None:
    """Draw how often each intent is taken for each other, by share of the row.

    Args:
        cells: ``gold``, ``answered`` and ``rows`` of each pair that occurs.
        title: What the lines are.
        file: Where to write.
    """
    names = sorted({str(cell[side]) for cell in cells for side in ("gold", "answered")})
    place = {name: index for index, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for cell in cells:
        counts[place[cell["gold"]], place[cell["answered"]]] = cell["rows"]
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    size = 3 + 0.22 * len(names)
    figure = Figure(figsize=(size, size), dpi=110, facecolor=PAGE, layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap=SHADES, vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7, color=INK)
    axes.set_yticks(range(len(names)), names, fontsize=7, color=INK)
    axes.set_xlabel("answered", color=MUTED)
    axes.set_ylabel("what a careful reader says", color=MUTED)
    axes.set_title(title, color=INK, fontsize=11, loc="left")
    for row, column in np.argwhere(counts > 0):
        light = shares[row, column] > 0.45
        axes.text(
            column,
            row,
            f"{counts[row, column]:.0f}",
            ha="center",
            va="center",
            fontsize=5.5,
            color=PAGE if light else INK,
        )
    _frame(axes)
    figure.savefig(file)


def reliability_picture(sets: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Draw how often the product is right at each confidence, one line for each set.

    Args:
        sets: For each set its ``reliability`` and ``ece``.
        file: Where to write.
    """
    figure = Figure(figsize=(6.4, 5.6), dpi=110, facecolor=PAGE, layout="constrained")
    axes = figure.add_subplot()
    even = axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.8, linestyle=(0, (4, 4)))
    even[0].set_label("just as sure as right")
    for (name, found), colour in zip(sets.items(), SERIES, strict=False):
        bins = found["reliability"]
        most = max((one["rows"] for one in bins), default=1)
        across = [one["confidence"] for one in bins]
        upward = [one["accuracy"] for one in bins]
        axes.plot(across, upward, color=colour, linewidth=1.2)
        axes.scatter(
            across, upward, s=[12 + 90 * one["rows"] / most for one in bins], color=colour, zorder=3
        )
        axes.plot([], [], color=colour, label=f"{name}, ECE {found['ece']:.3f}")
    axes.legend(frameon=False, fontsize=9, labelcolor=INK, loc="upper left")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("how sure it says it is", color=MUTED)
    axes.set_ylabel("how often it is right", color=MUTED)
    _frame(axes)
    figure.savefig(file)


def _frame(axes: Any) -> None:
    axes.set_facecolor(PAGE)
    axes.tick_params(length=0, colors=INK)
    for spine in axes.spines.values():
        spine.set_color(LINE)
