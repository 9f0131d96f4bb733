"""What a worker does: a job turns each task into messages, which are sent to the parent as msgpack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Message(Protocol):
    """A msgspec.Struct; the last one of a task says so."""

    @property
    def last(self) -> bool:
        """Whether the task is done."""
        ...


T = TypeVar("T")
M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Job(Generic[T, M]):
    """`run` does a task; where it breaks or exceeds a limit, `give_up` makes its last message of the reason,
    and of the seconds that were not enough (0 if time is not the reason).

    `message` is the type of all messages, as which the parent decodes what a worker sends. `size` is the
    number of bytes that a task has to read, by which it is given time.
    """

    run: Callable[[T], Iterator[M]]
    give_up: Callable[[T, str, float], M]
    message: type[M]
    size: Callable[[T], int]
