"""What all actions share: the shop they work for."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from shop.bootstrap import Shop, the_shop


class ForShop:
    """Gives an action its shop: the one handed in, else the one of the process (as under `rasa run actions`)."""

    def __init__(self, shop: Shop | None = None) -> None:
        self._shop = shop

    @property
    def shop(self) -> Shop:
        """The shop, found when it is first needed, so that nothing opens at import."""
        return self._shop or the_shop()


def conversation_of(tracker: Tracker) -> str:
    """The id of the conversation that this turn belongs to."""
    return str(tracker.sender_id)


def end_form() -> list[EventType]:
    """Leave the form that is running; its slots stay."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def forget(*slots: str) -> list[EventType]:
    """Empty slots, so that the next flow asks again."""
    return [SlotSet(slot, None) for slot in slots]
