"""Guidebook's code inside Rasa: one NLU component, one input channel, and the tuning they need."""
