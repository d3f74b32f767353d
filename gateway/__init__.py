"""The gateway: the only open door. It masks, limits, keeps the session, and never stays silent."""
