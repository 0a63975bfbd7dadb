"""The consents, told and changed by chat: use, saving, review by a coach."""

from __future__ import annotations

from belay.domain.turn import Turn
from belay.services.channel_notes import say_note
from belay.services.linking import Linking
from belay.services.voice import Voice


class Privacy:
    """Shows what is agreed and changes it at once."""

    def __init__(self, voice: Voice, linking: Linking) -> None:
        self._voice = voice
        self._linking = linking

    def show(self, turn: Turn) -> None:
        """Who can read this, what is kept, and the switches."""
        say_note(self._voice, turn, asked=True)
        consents = turn.client.consents
        if not consents.may_use:
            self._voice.say(turn, "privacy.before")
            return
        self._linking.mention(turn)
        saving = self._voice.text(turn, "privacy.saving_" + ("on" if consents.save else "off"))
        review = self._voice.text(turn, "privacy.review_" + ("on" if consents.review else "off"))
        buttons = [
            "save_off" if consents.save else "save_on",
            "review_off" if consents.review else "review_on",
            "use_off",
            "onlooker",
        ]
        self._voice.say(turn, "privacy.now", buttons=buttons, saving=saving, review=review)

    def set_saving(self, turn: Turn, on: bool) -> None:
        """Keep texts from now on, or stop and blank what was kept of the talk."""
        turn.client.consents.save = on
        turn.note("consent_change", consent="save", given=on)
        self._voice.say(turn, "consent.save_on" if on else "consent.save_off")

    def set_review(self, turn: Turn, on: bool) -> None:
        """Let a human coach see this client, or hide everything from coaches again."""
        turn.client.consents.review = on
        turn.note("consent_change", consent="review", given=on)
        self._voice.say(turn, "consent.review_on" if on else "consent.review_off")

    def stop_use(self, turn: Turn) -> None:
        """Take back the consent to be coached; help lines and questions stay."""
        turn.client.consents.use = False
        turn.note("consent_change", consent="use", given=False)
        self._voice.say(turn, "consent.use_off")

    def resume_use(self, turn: Turn) -> None:
        """Give the consent to be coached again."""
        turn.client.consents.use = True
        turn.note("consent_change", consent="use", given=True)
        self._voice.say(turn, "consent.use_on")
