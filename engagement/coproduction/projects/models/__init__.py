"""Gathers the models of co-production projects."""

from engagement.coproduction.projects.models.felt import FeltLink, FeltRound, FeltSpent, FeltTally
from engagement.coproduction.projects.models.ladder import Rung
from engagement.coproduction.projects.models.people import ProjectPerson
from engagement.coproduction.projects.models.projects import LevelDeclared, Project, ProjectStage, Stage

__all__ = [
    "FeltLink",
    "FeltRound",
    "FeltSpent",
    "FeltTally",
    "LevelDeclared",
    "Project",
    "ProjectPerson",
    "ProjectStage",
    "Rung",
    "Stage",
]
