"""The workshop: its content, one run of a quiz or a scenario, what a room's answers say, handouts.

Content and engines alone: records in, records out. Who is in the room, what is stored and which
page shows it is the gateway's matter (gateway/workshop/). Formats are in docs/workshop.md.
"""
