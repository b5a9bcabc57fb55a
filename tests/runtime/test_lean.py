"""Rasa without TensorFlow: what is left out says so, and what to use instead."""

from __future__ import annotations

import subprocess
import sys

import pytest

from runtime import lean

lean.install()

from rasa.core.channels import BUILTIN_CHANNELS  # noqa: E402 - after the placeholders
from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: E402
from rasa.shared.exceptions import InvalidConfigException  # noqa: E402

from shop.errors import SetupError  # noqa: E402

lean.explain_missing_components()


@pytest.mark.parametrize(
    "name", ["DIETClassifier", "ResponseSelector", "TEDPolicy", "rasa.core.policies.ted_policy.TEDPolicy"]
)
def test_a_tensorflow_component_says_what_to_use_instead(name: str) -> None:
    with pytest.raises(InvalidConfigException, match=r"needs TensorFlow.*Use instead: \w"):
        DefaultV1Recipe._from_registry(name)


def test_every_other_component_is_found_as_before() -> None:
    assert DefaultV1Recipe._from_registry("RulePolicy").clazz.__name__ == "RulePolicy"
    with pytest.raises(InvalidConfigException, match="Can't load class"):
        DefaultV1Recipe._from_registry("NoSuchThing")


def test_a_channel_without_its_library_names_the_package() -> None:
    with pytest.raises(SetupError, match=r"'slack'.*slack_sdk.*credentials\.yml"):
        BUILTIN_CHANNELS["slack"].from_credentials({"slack_token": "x"})


def test_nothing_of_tensorflow_is_imported() -> None:
    code = (
        "from runtime import lean; lean.install()\n"
        "import sys, rasa.model_training, rasa.core.agent, runtime.app\n"
        "print([m for m in sys.modules if m.split('.')[0] in {'tensorflow', 'keras', 'slack_sdk', 'twilio'}])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
