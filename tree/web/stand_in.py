"""What is said where a widget is not shown."""

from __future__ import annotations

from typing import Any

INSTALL = (
    "install ipywidgets and anywidget in the environment that JupyterLab itself runs in, and "
    "start it again"
)


class Plainly:
    """Mixed into a widget: where it is not shown, its words say what to do about it.

    >>> class Widget:
    ...     def _repr_mimebundle_(self, **kwargs):
    ...         return {"text/plain": "<widget>"}
    >>> class Shown(Plainly, Widget):
    ...     pass
    >>> print(Shown()._repr_mimebundle_()["text/plain"])
    <widget>
    To use it, run this cell in JupyterLab; if this stays, install ipywidgets and anywidget in the \
environment that JupyterLab itself runs in, and start it again.
    """

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, Any]:
        widget: Any = super()  # a mixin does not know what it is mixed into
        found = widget._repr_mimebundle_(**kwargs)
        words = f"To use it, run this cell in JupyterLab; if this stays, {INSTALL}."
        return {**found, "text/plain": f"{found['text/plain']}\n{words}"}
