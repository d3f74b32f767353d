"""Everything that can go wrong, as one tree.

    GuidebookError            shown to people as one sentence, exit code 2
      SettingsError           a setting has a value that cannot be used
      FaultsError             files people write break their format; carries every fault
        CorpusError           the documents
        TrainingError         the workshop's content
      UnknownQuizError        no quiz has that name
      HandoutError            there is nothing of that name to print, or it cannot be printed
      EncoderError            the sentence encoder is missing or not the one expected
      IndexMismatchError      the index is missing, broken, or belongs to another corpus or encoder
      ReplyFormatError        a reply from another process is not a Reply
      SpanError               a span no longer matches the document it points into
      MessageError            a message key or value is not in the catalogue

A message names the thing, its value, and the next step, in one sentence.
"""

from collections.abc import Sequence


class GuidebookError(Exception):
    """Base of every error this package raises on purpose."""


class SettingsError(GuidebookError):
    """A setting cannot be used."""


class EncoderError(GuidebookError):
    """The encoder is missing, or its files are not the ones expected."""


class IndexMismatchError(GuidebookError):
    """The index is missing, broken, or was built from something else."""


class ReplyFormatError(GuidebookError):
    """An object from another process does not have the shape of a Reply."""


class SpanError(GuidebookError):
    """A span does not fit the document it names."""


class MessageError(GuidebookError):
    """A message key or value is not in the closed lists."""


class FaultsError(GuidebookError):
    """Files people write break their format. `faults` holds one line each."""

    def __init__(self, faults: Sequence[object]) -> None:
        self.faults = [str(fault) for fault in faults]
        super().__init__("\n".join(self.faults))


class CorpusError(FaultsError):
    """One or more documents break the format."""


class TrainingError(FaultsError):
    """One or more files of the workshop break the format."""


class UnknownQuizError(GuidebookError):
    """No form and no topic with items has that name."""


class HandoutError(GuidebookError):
    """Nothing of that name can be printed, or the file to print from or to cannot be used."""
