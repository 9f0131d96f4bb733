"""What is sent to workers: values that are pickled by their fields, for which dataclasses take long."""


class Sent:
    """A frozen dataclass with slots, of which thousands are sent to another process: quick to pickle."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__slots__])
