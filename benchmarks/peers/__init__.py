"""Other ways to find the passage that answers, each in a process of its own.

A module here is one peer: its `build` is all that a user of it would write, and is what "lines of
set-up" counts. `lines` is the talk with the judge. Nothing of Guidebook is imported but by
`guidebook_itself`; peers run in other environments, Rasa's on Python 3.10.
"""
