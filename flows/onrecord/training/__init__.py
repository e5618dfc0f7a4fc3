"""Training, export and evaluation of the attribution model; nothing outside this package imports torch.

`recipe.train` needs the extra `train`; `evaluate` runs on what is installed anyway.
"""

from onrecord.training.evaluation import evaluate

__all__ = ["evaluate"]
