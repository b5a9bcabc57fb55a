"""change_address: sending an order elsewhere while it has not left."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import typed_address
from actions.base import ForShop, conversation_of, end_form, forget
from actions.runs import run_key
from actions.verification import Slots, VerifyingForm, utter_not_verified
from actions.words import country
from shop.customers import Address
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.identity import Level

_STREET, _PLACE, _CONFIRMED = "change_address_street", "change_address_place", "change_address_confirmed"
_REGION = re.compile(r"(?:([A-Z]{2}) +(?=\d{5}))?(.*)")  # as in "CO 80279"
_LONGEST = 100  # characters of a street or a place
_APART = re.compile(r"\b(\d{4})\s+([A-Za-z]{2})(?=[\s,]|$)")  # a Dutch postcode, as in "1092 AD Amsterdam"
_CLOSED = {"already_cancelled", "already_returned", "already_refunded", "already_delivered"}
_PLACE_PARTS = re.compile(
    r"(?P<first>[^,]*\d[^,]*?)[\s,]+(?P<city>[^\d,][^\d]*)|(?P<town>[^\d,][^\d]*?)[\s,]+(?P<last>.*\d.*)"
)


class ValidateChangeAddressForm(VerifyingForm):
    """Asks who it is, which order, where to, and for a clear yes."""

    needs = Level.PROVEN
    any_words = frozenset({_STREET, _PLACE})

    def name(self) -> str:
        return "validate_change_address_form"

    async def own_slots(self, tracker: Tracker) -> list[str]:
        try:
            number = tracker.get_slot("order_number") or ""
            refusal = await self.shop.addresses.why_not(conversation_of(tracker), number)
        except (NotVerified, NotFound):
            refusal = None
        return [] if refusal else [_STREET, _PLACE, _CONFIRMED]

    async def extract_change_address_street(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Whatever was typed when the street was asked for."""
        return typed_address(tracker, _STREET)

    async def extract_change_address_place(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Whatever was typed when the town was asked for."""
        return typed_address(tracker, _PLACE)

    async def validate_change_address_street(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A street has letters and, nearly always, a number."""
        text = str(value)
        told = any(character.isalpha() for character in text) and any(character.isdigit() for character in text)
        if not told or len(text) > _LONGEST:
            dispatcher.utter_message(response="utter_change_address_street_unclear")
            return {_STREET: None}
        return {_STREET: text}

    async def validate_change_address_place(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A postcode and a town that fit the order's country."""
        try:
            for place in (str(value), _APART.sub(r"\1\2", str(value))):
                if await self._fits(tracker, place):
                    return {_PLACE: place}
            order = await self.shop.verification.order(conversation_of(tracker), tracker.get_slot("order_number"))
        except (NotVerified, NotFound):
            return {_PLACE: None}
        where = country(order.shipping_address.country)
        dispatcher.utter_message(response="utter_change_address_place_unclear", country=where)
        return {_PLACE: None}

    async def _fits(self, tracker: Tracker, place: str) -> bool:
        try:
            address = _address(tracker.get_slot(_STREET) or "", place)
            await self.shop.addresses.preview(conversation_of(tracker), tracker.get_slot("order_number"), address)
        except (ValueError, NotAllowed):
            return False
        return True

    async def validate_change_address_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """An explicit yes or no."""
        return {_CONFIRMED: value}


class ActionAskChangeAddressConfirmed(ForShop, Action):
    """Shows the address as it would stand on the parcel."""

    def name(self) -> str:
        return f"action_ask_{_CONFIRMED}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            number = tracker.get_slot("order_number") or ""
            change = await self.shop.addresses.preview(conversation_of(tracker), number, _from_slots(tracker))
        except (NotAllowed, NotVerified, NotFound):
            return end_form()
        dispatcher.utter_message(
            response="utter_ask_change_address_confirmed", order_number=change.order.number, address=_lines(change.new)
        )
        return []


class ActionChangeAddress(ForShop, Action):
    """Changes the address that the shopper said yes to."""

    def name(self) -> str:
        return "action_change_address"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        number = tracker.get_slot("order_number") or ""
        try:
            await self._answer(dispatcher, tracker, number)
        except NotAllowed as refusal:
            response = (
                "utter_change_address_closed" if refusal.reason in _CLOSED else "utter_change_address_already_shipped"
            )
            dispatcher.utter_message(response=response, order_number=number)
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_yours")
        return forget(_STREET, _PLACE, _CONFIRMED, "email", "order_number_forgotten")

    async def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, number: str) -> None:
        conversation = conversation_of(tracker)
        if tracker.get_slot(_CONFIRMED) is False:
            dispatcher.utter_message(response="utter_change_address_kept", order_number=number)
            return
        if tracker.get_slot(_CONFIRMED) is None:
            refusal = await self.shop.addresses.why_not(conversation, number)
            raise NotAllowed(refusal) if refusal else NotVerified("the form ended before a yes")
        key = run_key(tracker, "change_address_form")
        order = await self.shop.addresses.change(conversation, number, _from_slots(tracker), key)
        dispatcher.utter_message(
            response="utter_change_address_done", order_number=order.number, address=_lines(order.shipping_address)
        )


def _from_slots(tracker: Tracker) -> Address:
    return _address(tracker.get_slot(_STREET) or "", tracker.get_slot(_PLACE) or "")


def _address(street: str, place: str) -> Address:
    """The street and the place as an address; name and country stay those of the order. Raises `ValueError`."""
    plain = " ".join(place.split())
    parts = _PLACE_PARTS.fullmatch(plain) if len(plain) <= _LONGEST else None
    if parts is None:
        raise ValueError("a place is a postcode and a town")
    line1, _, line2 = ", ".join(street.splitlines()).partition(",")
    region, postcode = _REGION.fullmatch((parts["first"] or parts["last"]).strip()).groups(default="")  # type: ignore[union-attr]
    city = (parts["city"] or parts["town"]).strip(" ,")
    return Address("", line1.strip(), line2.strip(), city, region, postcode, "")


def _lines(address: Address) -> str:
    """An address as on a parcel."""
    rows = (address.name, address.line1, address.line2, f"{address.postcode} {address.city}", address.region)
    return "\n".join(row for row in rows if row.strip())
