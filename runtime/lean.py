"""Rasa without TensorFlow and without client libraries of channels and stores that nobody uses.

Rasa imports them when it starts, whether or not they are in use. `install` puts placeholders in their place; it must be
called before anything of `rasa` is imported. A placeholder that somebody names after all says what to do.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType
from typing import Any

_INSTEAD = {
    "DIETClassifier": "nlu.intents.ShopIntentClassifier and nlu.entities.ShopEntityExtractor",
    "ResponseSelector": "nlu.intents.ShopIntentClassifier, which picks FAQ topics too",
    "ConveRTFeaturizer": "nothing; nlu.intents.ShopIntentClassifier needs no featurizer",
    "LanguageModelFeaturizer": "nothing; nlu.intents.ShopIntentClassifier needs no featurizer",
    "TEDPolicy": "RulePolicy, with a rule for each step that it should learn",
    "UnexpecTEDIntentPolicy": "RulePolicy with core_fallback_threshold",
}
_TENSORFLOW = {
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.utils.tensorflow.model_data": ("RasaModelData", "FeatureArray", "Data", "ragged_array_to_ndarray"),
}
_STORES = {  # for tracker stores that are not Storehand's; Rasa names these classes in type hints and queries
    "boto3.dynamodb.conditions": ("Key",),
    "pymongo.collection": ("Collection",),
}
_CHANNELS = {
    "botframework": "BotFrameworkInput",
    "facebook": "FacebookInput",
    "hangouts": "HangoutsInput",
    "mattermost": "MattermostInput",
    "rocketchat": "RocketChatInput",
    "slack": "SlackInput",
    "telegram": "TelegramInput",
    "twilio": "TwilioInput",
    "twilio_voice": "TwilioVoiceInput",
    "webexteams": "WebexTeamsInput",
}


def install() -> None:
    """Put the placeholders in place. Calling it again changes nothing."""
    if "rasa.core.policies.ted_policy" in sys.modules:
        return
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TQDM_DISABLE", "1")  # its bars would be drawn over our own progress
    for name, classes in (_TENSORFLOW | _STORES).items():
        _place(name, {each: type(each, (), {}) for each in classes})
    for module, class_name in _CHANNELS.items():
        _place(f"rasa.core.channels.{module}", {class_name: _lazy_channel(module, class_name)})


def _place(name: str, members: dict[str, Any]) -> None:
    module = ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


def _lazy_channel(module: str, class_name: str) -> type:
    """A channel that is imported when credentials.yml names it."""
    full_name = f"rasa.core.channels.{module}"

    def from_credentials(_cls: type, credentials: dict[str, Any] | None) -> Any:
        sys.modules.pop(full_name, None)
        try:
            real = importlib.import_module(full_name)
        except ImportError as error:
            from shop.errors import SetupError

            raise SetupError(
                f"credentials.yml names the channel {module!r}, which needs the Python package {error.name!r}. "
                f"Add it to pyproject.toml (`uv add {error.name}`) or take the channel out of credentials.yml."
            ) from error
        return getattr(real, class_name).from_credentials(credentials)

    names = {"from_credentials": classmethod(from_credentials), "name": classmethod(lambda _cls: module)}
    return type(class_name, (), names)


def explain_missing_components() -> None:
    """Let a TensorFlow component that config.yml names fail with a sentence. Apart, since it imports half of Rasa."""
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.shared.exceptions import InvalidConfigException

    look_up = DefaultV1Recipe._from_registry
    if look_up.__name__ == "explained":
        return

    def explained(name: str) -> Any:
        short = name.rpartition(".")[2]
        if short in _INSTEAD:
            raise InvalidConfigException(
                f"config.yml names {short}, which needs TensorFlow, and Storehand runs Rasa without it. "
                f"Use instead: {_INSTEAD[short]}."
            )
        return look_up(name)

    DefaultV1Recipe._from_registry = staticmethod(explained)  # type: ignore[method-assign,assignment]
