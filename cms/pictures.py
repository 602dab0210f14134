"""The pictures of Easy Read, as the editor chooses them: the same that the workspace uses for notes of forums."""

from __future__ import annotations

from crm.base.pictures import PICTURES, picture_template

__all__ = ["PICTURES", "picture_template"]
