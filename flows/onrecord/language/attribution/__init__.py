"""Attribution: who is on the record saying what, with exact spans. Importing it loads no model."""

from onrecord.language.attribution.model import Attribution, AttributionModel

__all__ = ["Attribution", "AttributionModel"]
