"""The errors of this package. Each has a stable code, like those of Thaw in TypeScript."""

from collections.abc import Iterator
from contextlib import contextmanager


class ThawKerasError(Exception):
    """The base class of all errors of this package."""

    code = "thaw_keras"


class RecipeError(ThawKerasError):
    """A recipe is damaged, or has an entry that can't be run here."""

    code = "recipe"


class DataError(ThawKerasError):
    """Label files or images can't be read, or don't fit the classifier."""

    code = "data"


class ClassifierFileError(ThawKerasError):
    """A file holds no classifier of Thaw."""

    code = "classifier_file"


class DivergedError(ThawKerasError):
    """A loss or a gradient isn't finite. The weights are those before the step."""

    code = "diverged"


class ResumeError(ThawKerasError):
    """A checkpoint is of another run."""

    code = "resume"


class OutputError(ThawKerasError):
    """A file can't be written. What stood under its name is as it was."""

    code = "output"


@contextmanager
def reading(error: type[ThawKerasError], expected: str) -> Iterator[None]:
    """Raises the given error in place of what libraries raise for damaged files, which can be anything."""
    try:
        yield
    except ThawKerasError:
        raise
    except Exception as cause:
        reason = " ".join(str(cause).split())[:300] or "it is damaged"
        raise error(f"{expected}; {type(cause).__name__}: {reason}.") from cause
