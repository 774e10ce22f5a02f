"""The errors of this package. Each has a stable code, like those of Thaw in TypeScript."""


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
