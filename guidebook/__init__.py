"""Guidebook: answer an officer's question with a passage from an approved document, or say it cannot."""
