"""Containers of articles: folders, feeds, web archives, JSON lines, and gzip around one of them.

Each yields Documents or, for one bad item, a Rejection; none reads more than the limits allow into memory.
"""
