"""Claims that a shopper opens: which parcels they may be about, and who may open one."""

from __future__ import annotations

from datetime import date, timedelta

from shop.claims import Claim, ClaimReason
from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.errors import NotAllowed
from shop.orders import Shipment, ShipmentStatus
from shop.verification import Verification

_LATE = timedelta(days=7)


class Claims:
    """Opens claims for a proven customer's parcels."""

    def __init__(self, backend: CommerceBackend, verification: Verification, clock: Clock) -> None:
        self._backend, self._verification, self._now = backend, verification, clock

    async def claimable(self, conversation_id: str, number: str) -> list[Shipment]:
        """The parcels that a claim can be opened for: lost, delivered, or late. Raises `NotVerified` or `NotFound`."""
        order = await self._verification.order(conversation_id, number)
        today = self._now().date()
        return [parcel for parcel in order.shipments if _may_be_missing(parcel, today)]

    async def open(self, conversation_id: str, number: str, shipment_id: str | None) -> Claim:
        """Open a claim, once a parcel. Raises `NotVerified`, `NotFound`, or `NotAllowed("still_on_its_way")`."""
        await self._verification.proven_customer(conversation_id)
        parcels = await self.claimable(conversation_id, number)
        parcel = next((parcel for parcel in parcels if shipment_id in {None, parcel.id}), None)
        if parcel is None:
            raise NotAllowed("still_on_its_way")
        order = await self._verification.order(conversation_id, number)
        lost = parcel.status in {ShipmentStatus.LOST, ShipmentStatus.DELAYED, ShipmentStatus.SHIPPED}
        return await self._backend.open_claim(
            order.number,
            parcel.id,
            ClaimReason.LOST if lost else ClaimReason.NOT_RECEIVED,
            actor=f"shopper:{conversation_id}",
            idempotency_key=f"claim:{parcel.id}",
        )


def _may_be_missing(parcel: Shipment, today: date) -> bool:
    """A parcel on its way is missing when it is a week late."""
    if parcel.status in {ShipmentStatus.LOST, ShipmentStatus.DELIVERED}:
        return True
    on_its_way = parcel.status in {ShipmentStatus.SHIPPED, ShipmentStatus.DELAYED, ShipmentStatus.OUT_FOR_DELIVERY}
    return on_its_way and parcel.expected_on is not None and today - parcel.expected_on > _LATE
