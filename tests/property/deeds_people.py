"""What is done with people, for deeds_machine: agreed, refused, planned, tied together, made one."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from organizer.domain.consent import Channel, Purpose, Topic
from organizer.domain.contact import Contact
from organizer.domain.picture import Picture
from organizer.domain.relation import RelationKind
from organizer.domain.timeline import FollowUp
from organizer.services import consents, follow_up_plans, follow_ups, merging, relations
from organizer.storage import File, pictures, product_ties, saved_lists, search
from organizer.storage import consents as ledger
from organizer.storage import relations as stored_relations
from organizer.storage import timeline as stored_timeline

TODAY = date(2026, 11, 23)
PURPOSES = st.sampled_from(Purpose)
CHANNELS = st.none() | st.sampled_from(Channel)
TOPICS = st.sampled_from(Topic)


class PeopleDeeds(RuleBasedStateMachine):
    """Rules only: the file and the bookkeeping are the machine's."""

    if TYPE_CHECKING:
        file: File
        _deed: Callable[[], AbstractContextManager[None]]
        _people: Callable[[], list[Contact]]
        _products: Callable[[], list[Any]]

    def _who(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from([person.id for person in self._people()]))

    @precondition(lambda self: self._people())
    @rule(data=st.data(), channels=st.sets(st.sampled_from(Channel), max_size=3), day=st.just(TODAY))
    def agree(self, data: st.DataObject, channels: set[Channel], day: date) -> None:
        with self._deed():
            consents.give(self.file, self._who(data), channels, day, "On paper", "You may write to me")

    @precondition(lambda self: ledger.consents(self.file))
    @rule(data=st.data())
    def take_consent_back(self, data: st.DataObject) -> None:
        with self._deed():
            consents.withdraw(
                self.file, data.draw(st.sampled_from(ledger.consents(self.file))).id, TODAY, "By SMS"
            )

    @precondition(lambda self: self._people())
    @rule(data=st.data(), topic=TOPICS)
    def say_no(self, data: st.DataObject, topic: Topic) -> None:
        person = self._who(data)
        with self._deed():
            consents.say_no(self.file, person, topic, TODAY, "No, thank you")
        left = [step for step in stored_timeline.follow_ups(self.file, person) if step.done is None]
        assert not [step for step in left if topic.covers(step.purpose)]

    @precondition(lambda self: ledger.noes(self.file))
    @rule(data=st.data(), why=st.sampled_from(["", "Wrong person"]))
    def lift_a_no(self, data: st.DataObject, why: str) -> None:
        with self._deed():
            consents.lift_no(self.file, data.draw(st.sampled_from(ledger.noes(self.file))).id, TODAY, why)

    @rule(data=st.data(), purpose=PURPOSES, channel=CHANNELS, own=st.booleans())
    def plan_a_contact(self, data: st.DataObject, purpose: Purpose, channel: Channel | None, own: bool) -> None:
        people: Sequence[int | None] = [None] if own else [person.id for person in self._people()]
        if people:
            step = FollowUp(0, data.draw(st.sampled_from(people)), TODAY, "Ring", channel=channel, purpose=purpose)
            with self._deed():
                follow_ups.add(self.file, step)

    def _open(self) -> list[int]:
        return [step.id for step in stored_timeline.follow_ups(self.file) if step.done is None]

    @precondition(lambda self: self._open())
    @rule(data=st.data(), how=st.sampled_from(["done", "later", "no", "drop"]), topic=st.none() | TOPICS)
    def answer_today(self, data: st.DataObject, how: str, topic: Topic | None) -> None:
        id_ = data.draw(st.sampled_from(self._open()))
        with self._deed():
            if how == "done":
                follow_ups.done(self.file, id_, TODAY, "Talked")
            elif how == "later":
                follow_ups.later(self.file, [id_], date(2026, 12, 1))
            elif how == "no":
                follow_ups.no(self.file, id_, TODAY, topic)
            else:
                follow_ups.drop(self.file, [id_], TODAY)

    @precondition(lambda self: self._people())
    @rule(data=st.data())
    def start_a_follow_up_plan(self, data: st.DataObject) -> None:
        plan = data.draw(st.sampled_from(follow_up_plans.plans(self.file)))
        with self._deed():
            follow_up_plans.start(self.file, plan.key, self._who(data), TODAY)

    @precondition(lambda self: len(self._people()) > 1)
    @rule(data=st.data(), kind=st.sampled_from(RelationKind))
    def tie_two_people(self, data: st.DataObject, kind: RelationKind) -> None:
        with self._deed():
            relations.add(self.file, self._who(data), self._who(data), kind, body="sister")

    @precondition(lambda self: stored_relations.everyone(self.file))
    @rule(data=st.data())
    def untie_two_people(self, data: st.DataObject) -> None:
        with self._deed():
            relations.remove(self.file, data.draw(st.sampled_from(stored_relations.everyone(self.file))).id)

    @precondition(lambda self: len(self._people()) > 1)
    @rule(data=st.data())
    def make_two_one(self, data: st.DataObject) -> None:
        one, other = self._who(data), self._who(data)
        with self._deed():
            merging.merge(self.file, one, other, merging.proposal(self.file, one, other).result)

    @precondition(lambda self: self._people())
    @rule(data=st.data(), shown=st.sampled_from([b"", b"\xff\xd8one", b"\xff\xd8two"]))
    def picture_somebody(self, data: st.DataObject, shown: bytes) -> None:
        picture = Picture("image/jpeg", shown) if shown else None
        with self._deed(), self.file.deed("contact.picture", "x"):
            pictures.set_of_person(self.file, self._who(data), picture)

    @precondition(lambda self: self._people() and self._products())
    @rule(data=st.data(), likes=st.booleans())
    def note_what_somebody_likes(self, data: st.DataObject, likes: bool) -> None:
        product, person = data.draw(st.sampled_from(self._products())).id, self._who(data)
        with self._deed(), self.file.deed("product.like", "x"):
            if likes:
                product_ties.like(self.file, [(product, person)])
            else:
                product_ties.unlike(self.file, product, person)

    @rule(name=st.sampled_from(["Hosts", "Nearby"]), filter_=st.sampled_from(["", "{}", '{"all": []}']))
    def save_a_list(self, name: str, filter_: str) -> None:
        with self._deed(), self.file.deed("list.save", name):
            if filter_:
                saved_lists.write(self.file, name, filter_)
            else:
                saved_lists.remove(self.file, name)

    def the_index_agrees(self) -> None:
        """Every word that is written can be found, and no other."""
        for index in search.INDEXES:
            # with the 1 each index is compared with its table's texts
            check = f"INSERT INTO {index.name}({index.name}, rank) VALUES ('integrity-check', 1)"
            self.file.connection.exec_driver_sql(check)
