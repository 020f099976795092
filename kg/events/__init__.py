"""Room 5: a parsed article → events with evidence, and the roles it states.

Syntax and lexicon propose candidates generously (``predicates``, ``clauses``, ``arguments``); a learned scorer decides
(``scorer``); speech and modality say who reports the act and how sure it is.
"""

from kg.events.extract import Extraction, Reader, extract

__all__ = ["Extraction", "Reader", "extract"]
