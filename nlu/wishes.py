"""Why something goes back or an order is called off, and for what. English; another language adds its own lists."""

from __future__ import annotations

from typing import Any

_TOO = {"LOWER": {"IN": ["too", "to", "bit", "way", "really", "so", "very"]}}


def _words(*phrases: str) -> list[list[dict[str, Any]]]:
    return [[{"LOWER": word} for word in phrase.split()] for phrase in phrases]


REASONS: dict[str, list[list[dict[str, Any]]]] = {
    "too_small": [
        [_TOO, {"LOWER": {"IN": ["small", "tight", "short", "narrow"]}}],
        *_words("size up", "next size up", "bigger one", "larger one", "bigger size", "larger size"),
    ],
    "too_big": [
        [_TOO, {"LOWER": {"IN": ["big", "large", "loose", "long", "wide", "baggy"]}}],
        *_words("size down", "smaller one", "smaller size"),
    ],
    "damaged": [
        [{"LOWER": {"IN": ["damaged", "broken", "defective", "faulty", "torn", "ripped", "stained", "scratched"]}}],
        *_words("a hole", "holes", "a stain", "came apart"),
    ],
    "wrong_item": _words(
        "wrong item", "wrong product", "wrong one", "wrong size came", "wrong colour came", "wrong article",
        "not what i ordered",
        "got the wrong", "sent the wrong", "received the wrong",
    ),
    "not_as_described": _words(
        "not as described", "looks different", "different than the picture", "different from the picture",
        "nothing like", "not like in the photo", "not like the picture",
    ),
    "changed_mind": _words(
        "changed my mind", "change my mind", "don't like it", "do n't like it", "dont like it", "don't need it",
        "do n't need it",
        "dont need it", "don't want it", "do n't want it", "no longer want", "doesn't like", "does n't like",
    ),
}  # fmt: skip
RESOLUTIONS: dict[str, list[list[dict[str, Any]]]] = {
    "exchange": [
        [{"LOWER": {"IN": ["exchange", "exchanging", "swap", "swapping", "replace", "replacement"]}}],
        *_words("another size", "different size", "another colour", "different colour", "other size", "bigger one",
                "larger one", "smaller one", "bigger size", "larger size", "smaller size", "size up", "size down"),
    ],
    "refund": [
        [{"LOWER": {"IN": ["refund", "refunded"]}}],
        *_words("money back", "my money"),
    ],
}  # fmt: skip
CANCEL_REASONS: dict[str, list[list[dict[str, Any]]]] = {
    "ordered_by_mistake": [
        [{"LOWER": {"IN": ["by", "my"]}}, {"LOWER": {"IN": ["mistake", "accident"]}}],
        *_words("accidentally", "a mistake", "an accident", "ordered twice", "bought twice", "ordered the wrong",
                "a duplicate", "without my permission", "without asking"),
    ],
    "found_cheaper": _words("cheaper", "better price", "lower price", "found it elsewhere", "found it somewhere else"),
    "takes_too_long": _words(
        "takes too long", "taking too long", "take too long", "took too long", "waited too long", "too slow",
        "too late",
    ),
    "no_longer_needed": _words(
        "anymore", "any more", "any longer", "no longer need", "no longer needed", "no longer want", "not needed",
        "don't need", "do n't need", "dont need", "don't want", "do n't want", "dont want", "changed my mind",
        "change my mind",
    ),
}  # fmt: skip
