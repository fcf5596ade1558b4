"""pandas, for tables that are made elsewhere: where it is missing, this package says so."""

import pandas as pd

__all__ = ["pd"]
