"""Claims for parcels that did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClaimReason(StrEnum):
    """What the shopper says went wrong with a parcel."""

    LOST = "lost"
    NOT_RECEIVED = "not_received"


@dataclass(frozen=True)
class Claim:
    """A claim about one parcel. There is at most one open claim a parcel, however often it is reported."""

    number: str
    order_number: str
    shipment_id: str
    reason: ClaimReason
    opened_at: datetime
