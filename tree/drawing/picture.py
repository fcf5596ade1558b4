"""What shows itself as a picture in a notebook, trusted or not."""

from __future__ import annotations

import base64
from functools import cached_property
from html import escape


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

    @cached_property
    def image(self) -> str:
        """The picture as an HTML image."""
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<img alt="{escape(self.words, quote=True)}" src="data:image/svg+xml;base64,{data}">'
        )

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/html": self.image, "image/svg+xml": self.svg, "text/plain": repr(self)}
