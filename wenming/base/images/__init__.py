"""Pictures that people bring in (图片): decoded and drawn anew in a limited child process."""

from wenming.base.darkroom.limits import REASONS, Limits
from wenming.base.darkroom.looks import difference
from wenming.base.images.cleaning import BadPicture, CleanPicture, clean_picture

__all__ = ["REASONS", "BadPicture", "CleanPicture", "Limits", "clean_picture", "difference"]
