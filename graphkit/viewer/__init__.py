"""Viewer."""

from graphkit.viewer.page import render_page
from graphkit.viewer.page.story import Step, Story, read_story
from graphkit.viewer.view_model import ViewModel, ViewOptions, build_view_model

__all__ = ["Step", "Story", "ViewModel", "ViewOptions", "build_view_model", "read_story", "render_page"]
