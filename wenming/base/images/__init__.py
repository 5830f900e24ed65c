"""Pictures that people bring in (图片): decoded and drawn anew in a limited child process."""

from wenming.base.images.cleaning import BadPicture, CleanPicture, clean_picture
from wenming.base.images.limits import REASONS, Limits
from wenming.base.images.looks import difference

__all__ = ["REASONS", "BadPicture", "CleanPicture", "Limits", "clean_picture", "difference"]
