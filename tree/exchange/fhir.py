"""A guide → FHIR: a Bundle of a PlanDefinition and of the Questionnaire that it goes by.

An action stands for one sentence on one option, and its condition for the cases in which that
sentence decides. A way through the tree would be no better: several sentences with strengths of
their own meet at its end, and the way depends on the order in which a tree asks. So each action has
just its words, its strength and its direction, and those that are true for a case together are what
a walk gives as its reasons. A condition is spelled out over the answers, with all that outweighs
the sentence, so that whoever reads it needs no rule of ours.

Nothing is coded but what FHIR itself asks for: of the text there are words.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator, Sequence

from ..guide import Guide
from ..logic.decisions import WORK, decisions
from ..logic.descriptions import describe_set, in_words
from ..logic.diagrams import EVERYONE, NOBODY, TooMuchWork
from ..logic.firmness import Firmness
from ..logic.trees import of_everyone
from ..messages import either, say, spoken, with_colon
from ..model.disclaimer import disclaimer
from ..model.errors import AnswerError, allowed, shown
from ..model.parts import Group, Option, Standing, Statement
from . import fhir_questionnaire
from .comparisons import expression, ways
from .fhir_questionnaire import filled, one_line
from .guide_json import digest
from .guide_json_schema import Json

VERSIONS = ("R4", "R5")
_TERMS = "http://terminology.hl7.org/CodeSystem"
_STRENGTH = "http://hl7.org/fhir/StructureDefinition/cqf-strengthOfRecommendation"
_CPG = "http://hl7.org/fhir/uv/cpg"
_DIRECTION = f"{_CPG}/StructureDefinition/cpg-directionOfRecommendation"
_DIRECTIONS = f"{_CPG}/CodeSystem/cpg-recommendation-direction-cs"


@spoken
def bundle(guide: Guide, version: str = "R4") -> tuple[Json, tuple[str, ...]]:
    """A guide as a FHIR Bundle, as plain data ready for JSON; and what is lost, in words.

    `version`: R4 or R5. In its expressions, which are FHIRPath, `%qr` is the QuestionnaireResponse
    to its Questionnaire. An expression is true only where all answers that it needs are there.
    The action of a statement on an option has the id "statement.option", and that of a remark the
    name of its statement. Equal guides make equal bundles. Raises AnswerError for another version,
    and where a sentence decides in too many ways to be spelled out.

    >>> from tree import load
    >>> made, lost = bundle(load("damaged_library_book"))
    >>> [entry["resource"]["resourceType"] for entry in made["entry"]]
    ['Questionnaire', 'PlanDefinition']
    """
    if version not in VERSIONS:
        message = f"unknown version of FHIR {shown(version)}: {allowed(str(version), VERSIONS)}"
        raise AnswerError([message])
    root = digest(guide)
    asking, plan = (
        uuid.uuid5(uuid.NAMESPACE_OID, f"{root} {version} {part}").urn
        for part in ("Questionnaire", "PlanDefinition")
    )
    resources = {
        asking: filled(_questionnaire(guide, version, asking)),
        plan: filled(_Plan(guide, version).definition(plan, asking)),
    }
    entries = [{"fullUrl": url, "resource": each} for url, each in resources.items()]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}, tuple(_lost(guide))


def _head(guide: Guide, kind: str, url: str) -> Json:
    """What both resources say of themselves."""
    return {
        "resourceType": kind,
        "language": guide.language,
        "url": url,
        "name": _name(guide.id),
        "title": one_line(guide.title),
        "status": "draft",
        "experimental": True,
        "description": disclaimer(guide),
    }


def _name(id: str) -> str:
    """A name as programs want it: an upper-case letter, then letters, figures and underscores.

    >>> _name("metastatic_liver_cancer"), _name("2 Äpfel")
    ('MetastaticLiverCancer', 'Guide2Pfel')
    """
    words = re.findall(r"[A-Za-z0-9]+", id)
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() and len(name) > 1 else f"Guide{name}"


def _questionnaire(guide: Guide, version: str, url: str) -> Json:
    subject = ["Patient"] if guide.subject.is_medical else []
    items = fhir_questionnaire.items(guide, version)
    return {**_head(guide, "Questionnaire", url), "subjectType": subject, "item": items}


class _Plan:
    """The PlanDefinition of a guide, in one version of FHIR."""

    def __init__(self, guide: Guide, version: str) -> None:
        self.guide, self.version = guide, version
        self.decided = decisions(guide)
        self.authors = {passage.id: passage.author for passage in guide.text.passages}

    def definition(self, url: str, questionnaire: str) -> Json:
        guide = self.guide
        kind = "clinical-protocol" if guide.subject.is_medical else "workflow-definition"
        of_all = [option for option, _ in of_everyone(guide)]
        groups = [self._group(tree.name, tree.options) for tree in guide.trees]
        groups.append(self._group(say("For everyone"), of_all))
        remarks = (self._remark(each) for each in guide.statements if each.remark)
        text = base64.b64encode(guide.text.content.encode()).decode()
        document = {"contentType": "text/plain", "language": guide.language, "data": text}
        coding = {"system": f"{_TERMS}/plan-definition-type", "code": kind}
        subject = {} if guide.subject.is_medical else {"text": one_line(guide.subject.singular)}
        return {
            **_head(guide, "PlanDefinition", url),
            "type": {"coding": [coding]},
            "subjectCodeableConcept": subject,
            "relatedArtifact": [
                {"type": "depends-on", "resource": questionnaire},
                {"type": "derived-from", "document": document},
            ],
            "action": [*filter(_has_actions, groups), *filter(None, remarks)],
        }

    def _group(self, title: str, options: Sequence[Option]) -> Json:
        made = [action for option in options for action in self._on(option)]
        return {
            "title": one_line(title),
            "groupingBehavior": "logical-group",
            "action": made,
        }

    def _on(self, option: Option) -> Iterator[Json]:
        """An action for every statement that decides an option for some case."""
        for standing, statement in self.guide.on_option[option.id]:
            cases = self._deciding(statement, option, standing)
            if cases != NOBODY:
                label = self.guide.label(standing)
                coded = {"text": label}
                against = standing is Standing.WITHHELD
                direction = {"system": _DIRECTIONS, "code": "against" if against else "for"}
                toward = {"url": _DIRECTION, "valueCodeableConcept": {"coding": [direction]}}
                yield filled(
                    {
                        "id": f"{statement.id}.{option.id}",
                        "extension": [*_strength(statement), toward],
                        "title": one_line(with_colon(label, option.name)),
                        "code": [coded] if self.version == "R4" else coded,
                        **self._grounds(statement, cases),
                    }
                )

    def _remark(self, statement: Statement) -> Json:
        cases = self.decided.held_by(statement)
        if cases == NOBODY:
            return {}
        return filled(
            {
                "id": statement.id,
                "extension": _strength(statement),
                "title": one_line(statement.remark),
                **self._grounds(statement, cases),
            }
        )

    def _deciding(self, statement: Statement, option: Option, standing: Standing) -> int:
        """The cases for which a statement decides an option."""
        decided = self.decided
        decided.sets.left = WORK
        try:
            speaking = decided.speaking_on(statement, option.id)
            return decided.sets.both(speaking, decided.cases(option.id, standing))
        except TooMuchWork:
            raise _refused(statement) from None

    def _grounds(self, statement: Statement, cases: int) -> Json:
        """For whom a statement decides, and its words."""
        because = [{"text": one_line(statement.because)}] if statement.because else []
        quotes = [
            filled(
                {
                    "type": "justification",
                    "label": one_line(self.authors.get(quote.passage, "")),
                    "display": quote.line,
                }
            )
            for quote in statement.quotes
        ]
        return {
            "reason": because,
            "documentation": quotes,
            "condition": self._condition(statement, cases),
        }

    def _condition(self, statement: Statement, cases: int) -> list[Json]:
        if cases == EVERYONE:
            return []
        guide = self.guide
        found = describe_set(self.decided.sets, guide.factors, cases)
        if found.more:
            raise _refused(statement)
        spelled = [[ways(guide.factor(id), values) for id, values in one] for one in found.each]
        words = [in_words(guide.factor, each) for each in found.each]
        asked = {
            "description": one_line(either(words)),
            "language": "text/fhirpath",
            "expression": expression(spelled),
        }
        return [{"kind": "applicability", "expression": asked}]


def _has_actions(group: Json) -> bool:
    return bool(group["action"])


def _refused(statement: Statement) -> AnswerError:
    message = f"statement {statement.id!r} decides in too many ways to be spelled out in FHIR"
    return AnswerError([message])


def _strength(statement: Statement) -> list[Json]:
    """How firmly the text says it, in its words, and its grade; nothing where it does not say."""
    words = Firmness.of(statement).words
    return [{"url": _STRENGTH, "valueCodeableConcept": {"text": one_line(words)}}] if words else []


def _lost(guide: Guide) -> Iterator[str]:
    """What is not in the bundle."""
    if guide.factors:
        yield (
            "what is certain although answers are missing: an expression is true only where "
            "the answers that it needs are there"
        )
    relations = [statement.id for statement in guide.statements if statement.relation]
    if relations:
        yield f"how options belong together: {', '.join(relations)}"
    if any(statement.grade for statement in guide.statements):
        yield (
            "what grades mean; a grade stands with the strength, as the guide does not say what of "
            "it is the certainty of the evidence"
        )
    named: list[Option | Group] = [*guide.options, *guide.groups]
    if any((*each.synonyms, *each.does, *each.quotes) for each in named):
        yield "other names of options and groups, and the words that name or describe them"
    if guide.scores:
        scores = ", ".join(score.id for score in guide.scores)
        yield f"the sums of scores, which are spelled out in conditions: {scores}"
    if guide.context or guide.unclaimed:
        yield "which sentences decide nothing, or are still to be dealt with"
    if guide.examples or guide.vignettes:
        yield "examples, and cases to practise on"
