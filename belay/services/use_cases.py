"""All use cases, wired from their ports: what the entry points receive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from belay.domain.context import NO_CONTEXT, ContextRules
from belay.domain.reminder import Quiet
from belay.services.about_whom import AboutWhom, FindsPerson
from belay.services.asides import Asides
from belay.services.coaching import Coaching
from belay.services.context import ContextLayer
from belay.services.drafting import Drafting
from belay.services.endings import Endings
from belay.services.exercises import Exercises
from belay.services.first_contact import FirstContact
from belay.services.gatekeeper import Gatekeeper
from belay.services.guard import Guard
from belay.services.help import HelpLines
from belay.services.keepsakes import Keepsakes
from belay.services.linking import Linking, Links, NoLinks
from belay.services.loop import Loop, make_loop
from belay.services.memory import Memory
from belay.services.offers import Offers
from belay.services.onlookers import Onlookers
from belay.services.people import People
from belay.services.pins import Pins
from belay.services.planning import Planning
from belay.services.ports import Catalogue, Drafts, Helplines, Mirror, NoMirror, Records, Words
from belay.services.presses import Presses
from belay.services.privacy import Privacy
from belay.services.progress import ProgressTalk
from belay.services.rehearsal import Rehearsal
from belay.services.rights import Rights
from belay.services.safety import Safety
from belay.services.small_talk import SmallTalk
from belay.services.steps import Steps
from belay.services.talk import Talk
from belay.services.voice import Voice
from belay.services.waiting import Waiting
from belay.services.yes_no import YesNo


@dataclass(frozen=True)
class House:
    """What an operator decided about this installation."""

    staffed: bool = False
    staffed_hours: str = ""
    exercises_open: bool = True
    quiet: Quiet = Quiet()


@dataclass(frozen=True)
class UseCases:
    """The use cases by name."""

    voice: Voice
    memory: Memory
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
    asides: Asides
    context: ContextLayer
    onlookers: Onlookers
    pins: Pins
    loop: Loop
    waiting: Waiting


def make_use_cases(
    *,
    words: Words,
    catalogue: Catalogue,
    helplines: Helplines,
    drafts: Drafts,
    records: Records,
    house: House,
    mirror: Mirror | None = None,
    context_rules: ContextRules = NO_CONTEXT,
    onlooker_words: Mapping[str, Collection[str]] | None = None,
    people_finder: FindsPerson | None = None,
    links: Links | None = None,
) -> UseCases:
    """Wire the use cases."""
    voice = Voice(words)
    help_lines = HelpLines(helplines, words)
    about_whom = AboutWhom(people_finder)
    safety = Safety(voice, help_lines, house.staffed, house.staffed_hours, about_whom)
    context = ContextLayer(context_rules, about_whom)
    onlookers, pins = Onlookers(voice, onlooker_words or {}), Pins(voice)
    first_contact = FirstContact(voice, help_lines)
    mirror = mirror or NoMirror()
    talk = Talk(voice, mirror)
    coaching = Coaching(voice, Offers(voice, catalogue), talk, mirror)
    rehearsal = Rehearsal(voice, drafts, safety)
    exercises = Exercises(voice, catalogue, safety, rehearsal, house.exercises_open)
    loop = make_loop(voice, drafts, safety, house.quiet)
    endings = Endings(voice, loop.practices, loop.reminders)
    steps = Steps(
        voice,
        catalogue,
        Gatekeeper(voice, exercises, safety, endings),
        Drafting(voice, drafts, safety),
        endings,
        rehearsal,
        Planning(loop.fears, endings),
    )
    linking = Linking(voice, links or NoLinks(), pins)
    privacy = Privacy(voice, linking)
    memory = Memory(first_contact, talk)
    rights = Rights(voice, memory, pins)
    progress = ProgressTalk(voice, records)
    people = People(voice, house.staffed, house.staffed_hours)
    guard = Guard(voice, first_contact, safety, context, loop.practices.mention_missed)
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
        onlookers=onlookers,
        pins=pins,
        linking=linking,
        loop=loop,
    )
    small_talk = SmallTalk(voice, catalogue)
    yes_no = YesNo(presses, guard, small_talk)
    asides = Asides(voice, catalogue, exercises, loop.reminders, loop.goals, yes_no)
    return UseCases(
        voice=voice,
        memory=memory,
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
        yes_no=yes_no,
        asides=asides,
        context=context,
        onlookers=onlookers,
        pins=pins,
        loop=loop,
        waiting=Waiting(
            guard,
            loop.reminders.hears,
            {"remind": loop.reminders, "practice": loop.practices, "goal": loop.goals},
            asides.put_back,
        ),
    )
