"""How alike two pictures look: 64 bits that survive scaling and another compression."""

from PIL import Image

_SIDE = 8


def looks_of(image: Image.Image) -> str:
    """The difference hash of a picture (感知哈希): 16 hexadecimal digits.

    Each bit says whether a point of a 9 x 8 grey miniature is brighter than its right
    neighbour, from the upper left, row by row.

    Source:
        N. Krawetz, "Kind of Like That" (dHash), 2013.
    """
    small = image.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
    points = small.tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            at = row * (_SIDE + 1) + column
            bits = bits << 1 | (points[at] > points[at + 1])
    return f"{bits:016x}"


def difference(looks: str, other: str) -> int:
    """In how many of 64 bits two hashes differ: 0 is alike; up to about 8 is near.

    A plain surface has no gradients: hashes with very few or very many bits say little.
    """
    return (int(looks, 16) ^ int(other, 16)).bit_count()
