"""What shows itself as a picture in a notebook, trusted or not."""

from __future__ import annotations

import base64
from functools import cached_property
from html import escape

from ..model.parts import capitalized


class NotebookPicture:
    """SVG that a notebook shows as an image.

    JupyterLab shows no SVG before a notebook is trusted, but it does show an image, even one that
    is SVG inside. So the HTML of a picture is that image, and the SVG comes along for others.

    >>> class Dot(NotebookPicture):
    ...     words = "A dot"
    ...     svg = "<svg/>"
    >>> Dot().image
    '<img alt="A dot" src="data:image/svg+xml;base64,PHN2Zy8+">'
    """

    @property
    def words(self) -> str:
        """What is read aloud in place of the picture."""
        raise NotImplementedError

    @property
    def svg(self) -> str:
        """The drawing, which stands alone."""
        raise NotImplementedError

    @property
    def problem(self) -> str:
        """Why there is no picture, or ""."""
        return ""

    @cached_property
    def image(self) -> str:
        """The picture as an HTML image, or a sentence where there is none."""
        if self.problem:
            return f"<p>{escape(capitalized(self.problem))}.</p>"
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<img alt="{escape(self.words, quote=True)}" src="data:image/svg+xml;base64,{data}">'
        )

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        shown = {"text/html": self.image, "text/plain": repr(self)}
        return shown if self.problem else {**shown, "image/svg+xml": self.svg}
