"""Rasa's own checks of the designers' files, each taken as an error and told without noise."""

from __future__ import annotations

import warnings

from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.exceptions import YamlException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from shop.errors import SetupError

_FINE = (
    "Slot auto-fill has been removed",  # since Rasa 3.0, for everybody
    "The following duplicated intents have been found across multiple domain files: faq",  # Rasa adds it by itself
    *(  # buttons and an event of the channel: nobody types them
        f"The intent '{intent}' is listed in the domain file, but is not found"
        for intent in ("open_chat", "mark_return_sent", "cancel_return", "send_photo", "record_consent")
    ),
)


def check_with_rasa() -> None:
    """Run Rasa's checks on the files of this folder. Raises `SetupError` with one line a problem.

    Whether responses exist is checked by `runtime.validation`, which sees those that are named in Python too.
    """
    try:
        Domain.load("domain.yml")
    except (InvalidDomain, YamlException) as error:
        raise SetupError(f"domain.yml can't be read: {error}") from error
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        validator = Validator.from_importer(importer)
        good = [check() for check in _checks(validator)]
    problems = [str(each.message).strip() for each in said if each.category is UserWarning]
    problems = sorted({each for each in problems if not each.startswith(_FINE)})
    if not all(good) or problems:
        listed = "\n".join(f"  {each}" for each in problems) or "  The lines above say what."
        raise SetupError(f"Rasa finds something wrong in the designers' files:\n{listed}")


def _checks(validator: Validator) -> list:  # type: ignore[type-arg]
    return [
        validator.verify_domain_validity,
        lambda: validator.verify_intents(ignore_warnings=False),
        lambda: validator.verify_example_repetition_in_intents(ignore_warnings=False),
        lambda: validator.verify_intents_in_stories(ignore_warnings=False),
        validator.verify_actions_in_stories_rules,
        validator.verify_forms_in_stories_rules,
        validator.verify_form_slots,
        validator.verify_slot_mappings,
        lambda: validator.verify_story_structure(ignore_warnings=False),
    ]
