"""A bare yes or no inside an exercise stands for the open button that means it."""

from __future__ import annotations

from belay.domain.turn import Turn

# "Yes", "no thanks", "yes please do"; longer ones may be an answer that begins with a yes.
BARE_WORDS = 3


def meant_press(turn: Turn, intent: str) -> str | None:
    """The press, without its "step.", that a bare yes or no stands for, or None.

    A no to a tip keeps the words as they are; it is no new draft.
    """
    if intent not in ("affirm", "deny") or len(turn.text.split()) > BARE_WORDS:
        return None
    open_ = [one for one in turn.conversation.buttons if one.press.startswith("step.")]
    for button in open_:
        if button.means == intent:
            return button.press.removeprefix("step.")
    keeps = any(button.press == "step.keep_words" for button in open_)
    return "keep_words" if keeps and intent == "deny" else None
