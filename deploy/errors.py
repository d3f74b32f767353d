"""What can go wrong with models, releases, backups and cells.

GuidebookError
  TrainingError           `rasa train` did not make a model
  GateError               a candidate could not be judged
  ReleaseError            a release is missing, damaged, or could not be made live
  BackupError             a backup could not be made, or is not one
  CellError               a cell, its front or its release cannot be used
  MoveError               a home was not moved to the server
  BundleError             a bundle would not be whole
"""

from guidebook.errors import GuidebookError


class TrainingError(GuidebookError):
    """`rasa train` did not make a model."""


class GateError(GuidebookError):
    """A candidate could not be judged, so it is not served."""


class ReleaseError(GuidebookError):
    """A release cannot be made, found or served; the live model stays."""


class BackupError(GuidebookError):
    """A backup cannot be made or restored; nothing was changed."""


class CellError(GuidebookError):
    """A cell, its front or its release cannot be used; the others go on."""


class MoveError(GuidebookError):
    """A home was not moved to the server; what stood there before is unchanged."""


class BundleError(GuidebookError):
    """A bundle for a machine without network would not be whole."""
