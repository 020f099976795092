"""kg-news: from news articles to a knowledge graph of who does what to whom."""

__version__ = "0.1.0"
