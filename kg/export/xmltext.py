"""Text inside XML: nothing that XML cannot hold, and entities only where every reader copes with them."""

from __future__ import annotations

import re

_SPECIAL = re.compile('[&<>"\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def attribute(text: str) -> str:
    """Text as the inside of an attribute in double quotes."""
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match.group(), "\ufffd"), text)


def content(text: str) -> str:
    """Text as the content of an element; CDATA where it would need an entity."""
    # Most text is told to be harmless faster than by a pattern: all that is printable can be written.
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    text = _UNWRITABLE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text or "<" in text or ">" in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text
