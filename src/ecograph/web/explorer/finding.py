"""Finding things by name: every word typed must be met, by a word's whole, beginning or middle, or nearly.

Words that no name has are met by names that are spelt almost so (Damerau–Levenshtein with restricted
transpositions, as `rapidfuzz` computes it). Names are kept as arrays, so that an answer takes milliseconds
among hundreds of thousands of names.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
_SAME = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_WHOLE, _BEGINNING, _MIDDLE, _NEARLY = 1.0, 0.8, 0.5, 0.4
_LONGEST = 12
"""Words of a question that are looked at."""
_SPELLINGS = 12
"""Words almost spelt so that are tried for one that no name has."""


def fold(text: str) -> str:
    """Return text without case, accents and ligatures, for comparison."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_SAME))
    return "".join(character for character in apart if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _WORD.findall(fold(text))


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be found: the address that tells it apart, its label, its kind, and how much it matters.

    `weight` is between 0 and 1 and decides among names that fit equally well.
    """

    key: str
    label: str
    kind: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found, and by which other name if not by its label."""

    item: Item
    by: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a text found, best first; `meant` is the text as names spell it where it was taken as misspelt."""

    hits: tuple[Hit, ...]
    meant: str | None = None


class Index:
    """An index of names. Immutable; safe to use from many threads."""

    def __init__(self, named: Iterable[tuple[Item, Sequence[str]]]) -> None:
        """Take items, each with the names by which it may be found; the label should be among them."""
        self._items: list[Item] = []
        self._names: list[str] = []
        owners: list[int] = []
        lengths: list[int] = []
        labels: list[bool] = []
        postings: dict[str, list[int]] = {}
        for item, names in named:
            self._items.append(item)
            seen: set[str] = set()
            for name in names:
                parts = words(name)
                folded = " ".join(parts)
                if not parts or folded in seen:
                    continue
                seen.add(folded)
                for word in dict.fromkeys((*parts, *_joined(parts))):
                    postings.setdefault(word, []).append(len(self._names))
                self._names.append(name)
                owners.append(len(self._items) - 1)
                labels.append(name == item.label)
                lengths.append(len(folded))
        self._words = sorted(postings)
        self._text = "\n" + "\n".join(self._words) + "\n"
        sizes = [len(word) + 1 for word in self._words]
        self._places = np.concatenate([[1], 1 + np.cumsum(sizes)]).astype(np.int64)
        counts = [len(postings[word]) for word in self._words]
        self._begins = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        flat = [name for word in self._words for name in postings[word]]
        self._postings = np.array(flat, dtype=np.int32)
        self._owners = np.array(owners, dtype=np.int32)
        self._lengths = np.array(lengths, dtype=np.float32)
        self._labels = np.array(labels, dtype=np.float32)
        self._weights = np.array([item.weight for item in self._items], dtype=np.float32)

    def __len__(self) -> int:
        """Return how many items may be found."""
        return len(self._items)

    def find(self, text: str, limit: int | None = None) -> Found:
        """Return the items that have all words of `text` in one name, best first; at most `limit`."""
        wanted = words(text)[:_LONGEST]
        if not wanted or not self._words:
            return Found(())
        meant: list[str] = []
        total = np.zeros(len(self._names), dtype=np.float32)
        every = np.ones(len(self._names), dtype=bool)
        for word in wanted:
            score = self._score(word)
            spelt = word
            if not (every & (score > 0)).any():
                score, spelt = self._nearly(word, every)
            meant.append(spelt)
            every &= score > 0
            total += score
        names = np.flatnonzero(every)
        if not len(names):
            return Found(())
        # A name that says little else fits better; what matters more comes first among names alike.
        rank = (
            total[names] / len(wanted)
            + 0.25 * self._closeness(names, wanted)
            + 0.5 * self._weights[self._owners[names]]
            + 0.1 * self._labels[names]
        )
        order = names[np.lexsort((self._lengths[names], -rank))]
        _, first = np.unique(self._owners[order], return_index=True)
        hits = tuple(self._hit(int(name)) for name in order[np.sort(first)[:limit]])
        return Found(hits, " ".join(meant) if meant != wanted else None)

    def _hit(self, name: int) -> Hit:
        item = self._items[int(self._owners[name])]
        said = self._names[name]
        return Hit(item, said if fold(said) != fold(item.label) else None)

    def _closeness(self, names: NDArray[np.int64], wanted: list[str]) -> NDArray[np.float32]:
        asked = len(" ".join(wanted))
        return np.minimum(1.0, asked / self._lengths[names]).astype(np.float32)

    def _score(self, word: str) -> NDArray[np.float32]:
        """Return for each name how well it meets a word: 0 when not at all."""
        score = np.zeros(len(self._names), dtype=np.float32)
        if len(word) > 2:
            self._raise(score, self._containing(word), _MIDDLE)
        begin, end = bisect_left(self._words, word), bisect_left(self._words, word + "\uffff")
        score[self._postings[self._begins[begin] : self._begins[end]]] = _BEGINNING
        if begin < len(self._words) and self._words[begin] == word:
            score[self._postings[self._begins[begin] : self._begins[begin + 1]]] = _WHOLE
        return score

    def _containing(self, word: str) -> list[int]:
        found, at = [], self._text.find(word)
        while at >= 0:
            number = int(np.searchsorted(self._places, at, side="right")) - 1
            found.append(number)
            at = self._text.find(word, int(self._places[number + 1]))
        return found

    def _nearly(self, word: str, among: NDArray[np.bool_]) -> tuple[NDArray[np.float32], str]:
        """Return the scores of names with a word spelt almost so, and how the best of these spells it."""
        score = np.zeros(len(self._names), dtype=np.float32)
        if len(word) < 3 or any(character.isdigit() for character in word):
            return score, word
        allowed = 1 if len(word) < 6 else 2
        near = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=allowed, limit=_SPELLINGS * 4
        )
        # People misspell the middle of a word more often than its first letter.
        near.sort(key=lambda each: (each[1] + (0 if each[0][0] == word[0] else 0.5), -self._size(each[2])))
        best = word
        for spelt, distance, number in near[:_SPELLINGS]:
            names = self._postings[self._begins[number] : self._begins[number + 1]]
            if not among[names].any():
                continue
            best = spelt if best == word else best
            score[names] = np.maximum(score[names], _NEARLY * (1 - distance / (len(word) + 1)))
        return score, best

    def _size(self, number: int) -> int:
        return int(self._begins[number + 1] - self._begins[number])

    def _raise(self, score: NDArray[np.float32], numbers: list[int], value: float) -> None:
        if numbers:
            parts = [self._postings[self._begins[number] : self._begins[number + 1]] for number in numbers]
            score[np.concatenate(parts)] = value


def _joined(parts: list[str]) -> list[str]:
    """Return a number written in groups as one word too: 202100-4524 is also found as 2021004524."""
    return ["".join(parts)] if len(parts) > 1 and all(part.isdigit() for part in parts) else []
