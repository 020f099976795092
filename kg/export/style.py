"""Colours shared by every drawing: by kind of actor, and by cooperation or conflict (told apart in greyscale too)."""

from __future__ import annotations

KIND_COLOURS = {
    "person": "#f6d36b",
    "organization": "#9ecae1",
    "government": "#6baed6",
    "military": "#c49c94",
    "armed_group": "#e7969c",
    "country": "#b5cf6b",
    "place": "#cedb9c",
    "group": "#fdae6b",
    "agreement": "#bcbddc",
    "thing": "#d9d9d9",
}
OTHER = "#d9d9d9"
#: Cooperation is light, conflict dark: the two differ in lightness as much as in hue.
VALENCE_COLOURS = {"cooperation": "#4fa3d9", "conflict": "#8c1d18"}
NEUTRAL = "#999999"
