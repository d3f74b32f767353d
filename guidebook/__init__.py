"""Guidebook: answer an officer's question from an approved document, or say it cannot."""
