"""Quads → ``ViewModel``: what a page shows, as rows; no HTML, and no pyvis."""

from graphkit.viewer.view_model.build import build_view_model
from graphkit.viewer.view_model.rows import Circle, Remark, ViewModel, ViewOptions

__all__ = ["Circle", "Remark", "ViewModel", "ViewOptions", "build_view_model"]
