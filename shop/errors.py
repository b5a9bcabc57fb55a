"""One tree of everything that can go wrong, each told to the one who can act on it.

    StorehandError
    ├── SetupError            the operator: a setting, a file, the database
    │   └── ShopFileError     a record in a file for `load-shop`
    ├── Unavailable           nobody's fault: an outside system does not answer, try again
    ├── Refused               the shopper: what was asked may not be done
    │   ├── NotVerified       who asks has not been verified as far as this needs
    │   ├── TooManyTries      wrong guesses; locked until a given time
    │   ├── NotFound          no such thing, or not theirs: the two are never told apart
    │   └── NotAllowed        the rules or the state of the order forbid it
    └── Rejected              a message that intake will not take
        ├── MessageEmpty, MessageTooLong, MessageMalformed
        ├── TooManyMessages
        ├── SessionUnknown    it came without a session of ours
        ├── PhotoTooLarge, PhotoOfAnotherKind, PhotoBroken
        ├── TooManyPhotos
        └── ChoiceUnknown     a button that was not issued here, or whose time has passed

Messages are for operators and logs. What a shopper reads is picked by class, from `data/`.
"""

from __future__ import annotations

from datetime import datetime


class StorehandError(Exception):
    """Base of every error that Storehand raises on purpose."""


class SetupError(StorehandError):
    """Storehand can't run as it is set up; the message says what to change."""


class ShopFileError(SetupError):
    """A file for `load-shop` is wrong; the message names the record and the field."""


class Unavailable(StorehandError):
    """An outside system did not answer in time; the same request may work later."""


class Refused(StorehandError):
    """The shopper may not have or do this; nothing was changed."""


class NotVerified(Refused):
    """The shopper must first show who they are."""


class TooManyTries(Refused):
    """Too many wrong guesses. `until` is when the next one is looked at (UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until.isoformat(timespec='seconds')}")
        self.until = until


class NotFound(Refused):
    """There is no such thing for this shopper."""


class NotAllowed(Refused):
    """The shop's rules or the order's state forbid it. `reason` is a stable code such as `already_shipped`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Rejected(StorehandError):
    """A message that was not taken in. Nothing was stored and nothing changed."""


class MessageEmpty(Rejected):
    """There was nothing to read in it."""


class MessageTooLong(Rejected):
    """It has more characters than a message may have."""


class MessageMalformed(Rejected):
    """It was not in the form that the channel agreed on."""


class TooManyMessages(Rejected):
    """It came too soon after the last ones. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"try again in {retry_after:.0f} s")
        self.retry_after = retry_after


class TooBusy(Rejected):
    """More shoppers wait for an answer than can be served soon, or the server is about to stop. Seconds to wait."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"busy; try again in {retry_after:.0f} s")
        self.retry_after = retry_after


class ChoiceUnknown(Rejected):
    """A button's token that was not issued for this conversation, or is no longer current."""


class SessionUnknown(Rejected):
    """It came without a session of ours, or with one that is over."""


class PhotoTooLarge(Rejected):
    """A photo with more bytes or pixels than one may have."""


class PhotoOfAnotherKind(Rejected):
    """A file that is not one of the kinds of pictures that we take."""


class PhotoBroken(Rejected):
    """A picture that can't be read to its end."""


class TooManyPhotos(Rejected):
    """More photos than one conversation may add for now. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"try again in {retry_after:.0f} s")
        self.retry_after = retry_after
