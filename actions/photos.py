"""Photos that shoppers add. They are kept for people to look at; nothing here looks at them or says so."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

_PICTURED = {
    "damaged": "utter_return_item_photo_of_damage",
    "not_as_described": "utter_return_item_photo_of_item",
    "wrong_item": "utter_return_item_photo_of_item",
}


class ActionThankForPhoto(Action):
    """Says that the photo is there. In a form its question follows; else, what can be done next."""

    def name(self) -> str:
        return "action_thank_for_photo"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(response="utter_photo_added" if tracker.active_loop_name else "utter_photo_what_next")
        return []


def invite_photo(dispatcher: CollectingDispatcher, tracker: Tracker, reason: str) -> None:
    """Say that a photo may be added, where one shows the reason and none has been added yet."""
    sent = any(each["event"] == "user" and _intent(each) == "send_photo" for each in tracker.events)
    if reason in _PICTURED and not sent:
        dispatcher.utter_message(response=_PICTURED[reason])


def _intent(event: EventType) -> str | None:
    return (event.get("parse_data") or {}).get("intent", {}).get("name")
