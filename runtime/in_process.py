"""Actions in Rasa's own process: what Rasa believes to be an action server, without HTTP."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

import structlog
from rasa.core.actions.action import RemoteAction
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.utils import all_subclasses

import actions
from shop.bootstrap import Shop
from shop.errors import Unavailable

_log = structlog.get_logger(__name__)


class InProcessActions:
    """The part of Rasa's `EndpointConfig` that `RemoteAction` uses: `url`, `kwargs` and `request`.

    Rasa would log an action's exception and say nothing to the shopper. Here the shopper gets a sentence, the
    operator a record, and a form asks its question again.
    """

    url = "in-process"
    kwargs: dict[str, Any] = {"enable_selective_domain": True}  # noqa: RUF012 - else the whole domain is sent each time

    def __init__(self, shop: Shop) -> None:
        self._executor = ActionExecutor()
        for action in action_classes():
            takes_shop = "shop" in inspect.signature(action).parameters
            self._executor.register_action(action(shop) if takes_shop else action())

    async def request(self, json: dict[str, Any] | None = None, **_: Any) -> dict[str, Any]:
        """Run the action that `json` names and return its events and responses."""
        call = json or {}
        try:
            result = await self._executor.run(call)
        except Unavailable as error:
            _log.warning("action.unavailable", action=call.get("next_action"), reason=str(error))
            return _apology("utter_unavailable", call)
        except Exception as error:
            _log.exception("action.failed", action=call.get("next_action"), error=type(error).__name__)
            return _apology("utter_something_went_wrong", call)
        return result or {"events": [], "responses": []}


def trust_own_results() -> None:
    """Let Rasa take the results of these actions without checking them against a JSON schema.

    The check (jsonschema, with the schema itself checked each time) takes longer than everything else in a turn. Events
    are still rebuilt one by one, which fails for one that is no event.
    """
    check = RemoteAction._validate_action_result

    def checked(self: RemoteAction, result: dict[str, Any]) -> bool:
        return isinstance(self.action_endpoint, InProcessActions) or check(self, result)

    RemoteAction._validate_action_result = checked  # type: ignore[method-assign]


def action_classes() -> list[type[Action]]:
    """Every concrete action of the package `actions`."""
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        importlib.import_module(module.name)
    found = [each for each in all_subclasses(Action) if each.__module__.startswith("actions.")]
    return [each for each in found if not inspect.isabstract(each) and "name" in _own_methods(each)]


def _own_methods(action: type[Action]) -> set[str]:
    """Methods that our own classes define, so that a shared base without a name is left out."""
    return {name for each in action.__mro__ if each.__module__.startswith("actions.") for name in vars(each)}


def _apology(response: str, call: dict[str, Any]) -> dict[str, Any]:
    """Say it, and take back what could not be checked, so that a form asks for it again."""
    events = []
    if str(call.get("next_action", "")).startswith("validate_"):
        for event in reversed(call["tracker"]["events"]):
            if event["event"] != "slot":
                break
            if event["name"] != "requested_slot":
                events.append(SlotSet(event["name"], None))
    return {"events": events, "responses": [{"response": response}]}


trust_own_results()
