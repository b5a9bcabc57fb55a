"""Photos that shoppers add to a conversation, such as of a damage: kept small, and without what the camera wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Photo:
    """A photo as the shop keeps it: an upright JPEG that says nothing of where, when and with what it was taken.

    Width and height are in pixels.
    """

    content: bytes
    width: int
    height: int


class PhotoCleaner(Protocol):
    """Makes what a shopper sent into a photo that can be kept and shown."""

    async def clean(self, content: bytes) -> Photo:
        """The photo in these bytes, whatever its name said.

        Raises `PhotoOfAnotherKind` for what is no JPEG, PNG or WebP, `PhotoBroken` where it can't be read to its end,
        and `PhotoTooLarge` where it has more pixels than anybody needs.
        """
        ...


class PhotoStore(Protocol):
    """The photos of all conversations. They are written with the line of the transcript that shows them."""

    async def get(self, conversation_id: str, photo_id: str) -> Photo:
        """A photo of this conversation. Raises `NotFound`, also for one of another conversation."""
        ...
