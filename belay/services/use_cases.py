"""All use cases, wired from their ports: what the entry points receive."""

from __future__ import annotations

from dataclasses import dataclass

from belay.services.coaching import Coaching
from belay.services.drafting import Drafting
from belay.services.endings import Endings
from belay.services.exercises import Exercises
from belay.services.first_contact import FirstContact
from belay.services.gatekeeper import Gatekeeper
from belay.services.guard import Guard
from belay.services.help import HelpLines
from belay.services.keepsakes import Keepsakes
from belay.services.people import People
from belay.services.ports import Catalogue, Drafts, Helplines, Mirror, Records, Words, no_mirror
from belay.services.presses import Presses
from belay.services.privacy import Privacy
from belay.services.progress import ProgressTalk
from belay.services.rights import Rights
from belay.services.safety import Safety
from belay.services.small_talk import SmallTalk
from belay.services.steps import Steps
from belay.services.voice import Voice
from belay.services.yes_no import YesNo


@dataclass(frozen=True)
class House:
    """What an operator decided about this installation."""

    staffed: bool = False
    staffed_hours: str = ""
    exercises_open: bool = True


@dataclass(frozen=True)
class UseCases:
    """The use cases by name."""

    voice: Voice
    guard: Guard
    first_contact: FirstContact
    coaching: Coaching
    exercises: Exercises
    steps: Steps
    safety: Safety
    help_lines: HelpLines
    people: People
    privacy: Privacy
    rights: Rights
    progress: ProgressTalk
    small_talk: SmallTalk
    presses: Presses
    yes_no: YesNo


def make_use_cases(
    *,
    words: Words,
    catalogue: Catalogue,
    helplines: Helplines,
    drafts: Drafts,
    records: Records,
    house: House,
    mirror: Mirror = no_mirror,
) -> UseCases:
    """Wire the use cases."""
    voice = Voice(words)
    help_lines = HelpLines(helplines, words)
    safety = Safety(voice, help_lines, house.staffed)
    first_contact = FirstContact(voice, help_lines)
    coaching = Coaching(voice, catalogue, mirror)
    exercises = Exercises(voice, catalogue, safety, house.exercises_open)
    endings = Endings(voice)
    steps = Steps(
        voice,
        catalogue,
        Gatekeeper(voice, exercises, safety, endings),
        Drafting(voice, drafts, safety),
        endings,
    )
    privacy = Privacy(voice)
    rights = Rights(voice, first_contact)
    progress = ProgressTalk(voice, records)
    people = People(voice, house.staffed, house.staffed_hours)
    guard = Guard(voice, first_contact, safety)
    presses = Presses(
        voice=voice,
        guard=guard,
        first_contact=first_contact,
        coaching=coaching,
        exercises=exercises,
        safety=safety,
        help_lines=help_lines,
        privacy=privacy,
        rights=rights,
        progress=progress,
        keepsakes=Keepsakes(voice, exercises),
        people=people,
    )
    small_talk = SmallTalk(voice, catalogue)
    return UseCases(
        voice=voice,
        guard=guard,
        first_contact=first_contact,
        coaching=coaching,
        exercises=exercises,
        steps=steps,
        safety=safety,
        help_lines=help_lines,
        people=people,
        privacy=privacy,
        rights=rights,
        progress=progress,
        small_talk=small_talk,
        presses=presses,
        yes_no=YesNo(presses, guard, small_talk),
    )
