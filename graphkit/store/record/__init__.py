"""The record: one SQLite file with sources, texts, one blob of quads a named graph, ratings, decisions and runs."""

from graphkit.store.record.record import Record
from graphkit.store.record.rows import ArticleFilter, ArticleRow, Entry, GraphRow, Put, RunInfo, State, Totals

__all__ = ["ArticleFilter", "ArticleRow", "Entry", "GraphRow", "Put", "Record", "RunInfo", "State", "Totals"]
