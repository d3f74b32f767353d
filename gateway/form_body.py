"""The fields of a form as a browser without script sends them."""

from urllib.parse import parse_qs

MOST_FIELDS = 40


def fields(body: bytes, most: int = MOST_FIELDS) -> dict[str, str]:
    """The form's fields, the first of each name; empty when it is not a form in UTF-8."""
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=most, errors="strict")
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}
