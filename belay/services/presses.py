"""Buttons that are no answers of an exercise: who handles which."""

from __future__ import annotations

from collections.abc import Callable

from belay.domain.turn import Turn
from belay.services.coaching import Coaching
from belay.services.exercises import Exercises
from belay.services.first_contact import FirstContact
from belay.services.guard import Guard
from belay.services.help import HelpLines
from belay.services.keepsakes import Keepsakes
from belay.services.linking import Linking
from belay.services.loop import Loop
from belay.services.onlookers import Onlookers
from belay.services.people import People
from belay.services.pins import Pins
from belay.services.privacy import Privacy
from belay.services.progress import ProgressTalk
from belay.services.rights import Rights
from belay.services.safety import Safety
from belay.services.voice import Voice

OPEN_TO_ALL = (
    "consent.",
    "safety.",
    "help",
    "country",
    "leave",
    "privacy",
    "delete",
    "export",
    "onlooker",
    "link.",
)


class Presses:
    """Sends each press to its use case. A press is "<topic>.<verb>[:<argument>]"."""

    def __init__(
        self,
        voice: Voice,
        guard: Guard,
        first_contact: FirstContact,
        coaching: Coaching,
        exercises: Exercises,
        safety: Safety,
        help_lines: HelpLines,
        privacy: Privacy,
        rights: Rights,
        progress: ProgressTalk,
        keepsakes: Keepsakes,
        people: People,
        onlookers: Onlookers,
        pins: Pins,
        linking: Linking,
        loop: Loop,
    ) -> None:
        self._voice = voice
        self._guard = guard
        self._first_contact = first_contact
        self._coaching = coaching
        self._exercises = exercises
        self._safety = safety
        self._help = help_lines
        self._privacy = privacy
        self._reminders = loop.reminders
        self._routes: dict[str, Callable[[Turn], None]] = {
            "consent.minor": first_contact.under_age,
            "consent.decline": first_contact.decline,
            "consent.explain": privacy.show,
            "consent.save_on": lambda turn: privacy.set_saving(turn, True),
            "consent.save_off": lambda turn: privacy.set_saving(turn, False),
            "consent.review_on": lambda turn: self._set_review(turn, True),
            "consent.review_off": lambda turn: self._set_review(turn, False),
            "consent.use_off": privacy.stop_use,
            "consent.use_on": self._use_again,
            "privacy.show": privacy.show,
            "delete.ask": rights.ask_delete,
            "delete.yes": rights.delete,
            "delete.no": rights.keep,
            "export.yes": rights.export,
            "help.now": safety.show_help,
            "country.choose": self._countries,
            "menu.all": coaching.menu,
            "talk.just": coaching.listen,
            "progress.show": progress.show,
            "human.ask": people.ask_for_human,
            "talk.bye": self._bye,
            "leave.page": self._leave,
            "onlooker.show": onlookers.show,
            "onlooker.word": onlookers.ask_word,
            "onlooker.pin": pins.begin,
            "onlooker.no_pin": pins.leave,
            "onlooker.back": onlookers.no_longer,
            "link.code": linking.ask_code,
            "link.join": linking.ask_join,
            "link.not": linking.leave_apart,
            "link.show": linking.show,
            **loop.routes(),
        }
        self._with_argument: dict[str, Callable[[Turn, str], None]] = {
            "need": coaching.offer,
            "menu.shelf": coaching.shelf,
            "country.set": safety.country_chosen,
            "safety.choose": safety.choose,
            "artefact.show": progress.show_artefact,
            "artefact.edit": keepsakes.edit,
            "artefact.delete": keepsakes.delete,
            "link.use": linking.use_code,
            "link.remove": linking.unlink,
            "link.remind": linking.remind,
            **loop.with_argument(),
        }

    def handle(self, turn: Turn, value: str) -> bool:
        """Do what the press says. True when an exercise waits to be asked."""
        open_to_all = value.startswith(OPEN_TO_ALL)
        if self._guard.settles(turn, coaching=not open_to_all, in_crisis=open_to_all):
            return False
        verb, _, argument = value.partition(":")
        if verb == "exercise.start":
            return self._exercises.start(turn, argument)
        if verb == "exercise.resume":
            return self._exercises.resume(turn, argument or None)
        if verb == "exercise.stop":
            self._exercises.stop(turn)
            return False
        if verb == "exercise.pause":
            self._exercises.pause(turn)
            return False
        if verb == "consent.use":
            self._agree(turn)
            return False
        if verb in self._with_argument:
            self._with_argument[verb](turn, argument)
        elif verb in self._routes:
            self._routes[verb](turn)
        else:
            self._voice.say(turn, "press.gone")
        return False

    def _agree(self, turn: Turn) -> None:
        if turn.client.adult is False:
            self._first_contact.meet(turn)
            return
        self._exercises.rest(turn)
        held = self._first_contact.agree(turn)
        if held is None:
            self._voice.say(turn, "welcome.ready")
        else:
            self._coaching.take_up(turn, held)

    def _use_again(self, turn: Turn) -> None:
        self._exercises.rest(turn)
        self._privacy.resume_use(turn)

    def _set_review(self, turn: Turn, on: bool) -> None:
        self._privacy.set_review(turn, on)
        if turn.client.may_be_coached:
            self._reminders.offer_waiting(turn)

    def _bye(self, turn: Turn) -> None:
        self._voice.say(turn, "goodbye.plain")

    def _leave(self, turn: Turn) -> None:
        self._voice.say(turn, "leave.how")
        turn.asked = True

    def _countries(self, turn: Turn) -> None:
        buttons = self._help.country_buttons()
        self._voice.put(turn, "help.which_country", buttons)
        turn.asked = True
