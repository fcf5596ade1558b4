"""Small tables in the forms of others: a decision-support workbook, and one of SSVC."""

from __future__ import annotations

from typing import Any

# A sheet of the kind that WHO publishes.
WHO_ROWS = (
    ("", "Decision ID", "PLANT.DT.01 Watering", "", "", "", ""),
    ("", "Business rule", "Water when the soil is dry.", "", "", "", ""),
    ("", "Trigger", "PLANT.A The round on Mondays", "", "", "", ""),
    ("", "Inputs", "", "Output", "Action", "Annotations", "Reference(s)"),
    ("", '"Moisture" < 20 %', '"Pot has a hole" = TRUE', "Dry", "Water well", "It runs.", "B1"),
    ("", '"Moisture" < 20 %', '"Pot has a hole" = FALSE', "Dry", "Water a little", "", "B1"),
    ("", '20 % ≤ "Moisture" ≤ 60 %', "", "Good", "Wait", "", "B2"),
    ("", "The soil smells", "", "Wet", "Repot", "", ""),
    ("", "", "", "", "", "", ""),
    ("", "Decision ID", "PLANT.DT.02 Light", "", "", "", ""),
    ("", "Input", "", "Output", "", "Annotations", ""),
    ("", '"Window" = "North" OR "Leaves" IN ("pale", "yellow")', "", "Move it", "", "", ""),
)  # fmt: skip


def ssvc_table(**more: Any) -> dict[str, Any]:
    """A small table of SSVC's form."""

    def point(key: str, name: str, *values: str) -> dict[str, Any]:
        named = [{"key": v[0].upper(), "name": v, "definition": f"It is {v}"} for v in values]
        top = {"namespace": "x_example.test#tea", "key": key, "version": "1.0.0", "name": name}
        return {**top, "definition": name, "schemaVersion": "2.0.0", "values": named}

    points = {
        "x:C:1": point("C", "Cold", "no", "yes"),
        "x:T:1": point("T", "Thirst", "little", "much"),
        "x:D:1": point("D", "Drink", "tea", "water"),
    }
    rows = [("N", "L", "W"), ("Y", "L", "T"), ("N", "M", "W"), ("Y", "M", "T")]
    return {
        "namespace": "x_example.test#tea",
        "key": "D",
        "version": "1.0.0",
        "name": "What to drink?",
        "definition": "Of an evening",
        "schemaVersion": "2.0.0",
        "decision_points": points,
        "outcome": "x:D:1",
        "mapping": [dict(zip(points, row, strict=True)) for row in rows],
        **more,
    }
