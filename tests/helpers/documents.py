"""Documents as programs write them: Word files, PDFs."""

import io

from docx import Document
from PIL import Image as Picture
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    Image,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

STYLES = getSampleStyleSheet()


def prose(words, style="BodyText"):
    return Paragraph(words, STYLES[style])


def pdf(*parts, head="", foot="", password=None):
    """A PDF of these parts; `foot` may count: {page}."""

    def edge(canvas, document):
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(50, 570, head)
        canvas.drawString(200, 20, foot.format(page=document.page))

    made = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(*password) if password else None
    SimpleDocTemplate(made, pagesize=A5, encrypt=encrypt).build(
        list(parts), onFirstPage=edge, onLaterPages=edge
    )
    return made.getvalue()


def two_columns(*parts):
    """A PDF whose page has two columns."""
    made = io.BytesIO()
    document = BaseDocTemplate(made)
    columns = [Frame(60, 60, 220, 700, id="a"), Frame(310, 60, 220, 700, id="b")]
    document.addPageTemplates(PageTemplate(frames=columns))
    document.build(list(parts))
    return made.getvalue()


def scan():
    """A PDF that holds a picture and no letter."""
    picture = io.BytesIO()
    Picture.new("L", (200, 200), 128).save(picture, "PNG")
    picture.seek(0)
    return pdf(Image(picture, 200, 200))


def items(*words):
    return ListFlowable([ListItem(prose(each)) for each in words], bulletType="bullet")


def table(*rows):
    return Table([list(row) for row in rows])


def new_page():
    return PageBreak()


def word(build):
    """A Word file; `build` gets python-docx's document."""
    document, made = Document(), io.BytesIO()
    build(document)
    document.save(made)
    return made.getvalue()
