"""The examination: questions, judgements, runs and scores. Data for judging, never for training.

Asking and scoring are separate acts: `asking` needs the bot, `scoring` needs files alone.
Formats are documented in evaluation/README.md.
"""
