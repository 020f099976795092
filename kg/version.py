"""The version of the program, on its own so that any room may name it."""

VERSION = "0.1.0"
