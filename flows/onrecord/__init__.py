"""On Record: news articles in, validated statements as RDF out."""

__version__ = "0.1.0"
