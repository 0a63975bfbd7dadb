"""Starts Rasa for Belay: ``python -m rasa_ext.launcher``.

Prints ``READY <port>`` on standard output once a real sentence has been understood. Ends with code
2 for a wrong setting, 3 for a model that cannot be used and 4 for a port that is taken, each with
one sentence on standard error.
"""

from __future__ import annotations

import os
import sys

from rasa_ext.settings import Settings, SettingsError, prepare_environment, read_settings

prepare_environment()

WRONG_SETTING, MODEL_UNUSABLE, PORT_TAKEN = 2, 3, 4


def main() -> int:
    """Run until told to stop.

    Returns:
        The exit code.
    """
    try:
        settings = read_settings()
    except SettingsError as error:
        return give_up(str(error), WRONG_SETTING)
    # Rasa is imported only now: a wrong setting or a damaged model must not cost six seconds.
    from rasa_ext.model_file import ModelUnusable, check_model

    try:
        check_model(settings.model, shown_as(settings))
        from rasa_ext.server import PortTaken, serve

        try:
            serve(settings, shown_as(settings))
        except PortTaken as error:
            return give_up(str(error), PORT_TAKEN)
    except ModelUnusable as error:
        return give_up(str(error), MODEL_UNUSABLE)
    return 0


def shown_as(settings: Settings) -> str:
    """The model's path as a person knows it: from the project's root."""
    try:
        return str(settings.model.relative_to(settings.root))
    except ValueError:
        return str(settings.model)


def give_up(sentence: str, code: int) -> int:
    """Say why in one sentence."""
    print(sentence, file=sys.stderr, flush=True)
    return code


def leave(code: int) -> None:
    """End at once: taking TensorFlow apart takes seconds, and there is nothing left to save."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
