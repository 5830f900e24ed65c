"""The ground of the invented city: streets, counties, a river, roads, and where its sites lie.

It lies in the Yellow Sea, so that nobody takes it for a real place. All numbers are WGS-84.
"""

from collections.abc import Iterable, Mapping, Sequence

from wenming.demo.dice import Dice
from wenming.demo.register import DemoSite

Point = tuple[float, float]
Corner = tuple[int, int]
Line = list["float | Line"]
"""Coordinates as GeoJSON nests them: a line is a list of places, a place a list of two numbers."""

WEST, SOUTH = 122.10, 35.40
WIDE, HIGH = 0.052, 0.044
"""Degrees of longitude and latitude of a street, before its corners are shaken."""

# From north to south, from west to east: the street of each field of the lattice.
LATTICE = (
    ("明湖街道", "䶮山街道", "龑塘街道", "创业街道", "长河街道"),
    ("学府街道", "新安街道", "文汇街道", "望江街道", "凤鸣街道"),
    ("海晏街道", "渔浦街道", "沙埕镇", "古城街道", "槐荫街道"),
)
ROWS, COLUMNS = len(LATTICE), len(LATTICE[0])
UNPLACED = 40
"""Of so many sites, one has no place yet."""


class Ground:
    """The lattice of streets, shaken by the dice of a seed; neighbours share their borders."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def corner(self, row: int, column: int) -> Point:
        """A corner of the lattice; row 0 lies in the north."""
        dice = Dice(self.seed, f"corner/{row}/{column}")
        east = column + 0.5 * (dice.share() - 0.5)
        north = ROWS - row + 0.5 * (dice.share() - 0.5)
        return WEST + WIDE * east, SOUTH + HIGH * north

    def border(self, start: Corner, end: Corner) -> list[Point]:
        """The border between two corners, without its end; the same from both sides."""
        if start > end:
            return [self.corner(*start), *self.border(end, start)[:0:-1]]
        (x, y), (to_x, to_y) = self.corner(*start), self.corner(*end)
        dice = Dice(self.seed, f"border/{start}/{end}")
        points = [(x, y)]
        for step in range(1, 8):
            share = step / 8
            bend = 0.06 * (dice.share() - 0.5)
            points.append(
                (x + share * (to_x - x) + bend * WIDE, y + share * (to_y - y) + bend * HIGH)
            )
        return points

    def field(self, row: int, column: int) -> list[tuple[Corner, Corner]]:
        """The four sides of a field, against the clock."""
        a, b = (row + 1, column), (row + 1, column + 1)
        c, d = (row, column + 1), (row, column)
        return [(a, b), (b, c), (c, d), (d, a)]

    def ring(self, sides: Iterable[tuple[Corner, Corner]]) -> Line:
        """The closed ring around fields, from the sides of all of them: inner ones fall away."""
        left = dict[Corner, Corner]()
        listed = list(sides)
        for start, end in listed:
            if (end, start) not in listed:
                left[start] = end
        first = min(left)
        at, ring = first, Line()
        while True:
            ring += [list(point) for point in self.border(at, left[at])]
            at = left[at]
            if at == first:
                return [*ring, ring[0]]

    def inside(self, row: int, column: int, across: float, up: float) -> Point:
        """A place within a field, by shares of its width and height."""
        corners = [self.corner(row + 1, column), self.corner(row + 1, column + 1)]
        corners += [self.corner(row, column), self.corner(row, column + 1)]
        weights = [(1 - across) * (1 - up), across * (1 - up), (1 - across) * up, across * up]
        east = sum(weight * point[0] for weight, point in zip(weights, corners, strict=True))
        north = sum(weight * point[1] for weight, point in zip(weights, corners, strict=True))
        return east, north


def streets(seed: int) -> dict[str, Line]:
    """The ring of each street."""
    ground = Ground(seed)
    return {
        name: ground.ring(ground.field(row, column))
        for row, names in enumerate(LATTICE)
        for column, name in enumerate(names)
    }


def counties(seed: int, streets_of: Mapping[str, Sequence[str]]) -> dict[str, Line]:
    """The ring of each county, around its streets."""
    ground = Ground(seed)
    fields = {name: (r, c) for r, names in enumerate(LATTICE) for c, name in enumerate(names)}
    return {
        county: ground.ring(side for name in names for side in ground.field(*fields[name]))
        for county, names in streets_of.items()
    }


def river(seed: int) -> Line:
    """The river, from the west to the sea in the south-east."""
    ground = Ground(seed)
    course = [(0, 0, 0.0, 0.35), (0, 0, 0.7, 0.2), (1, 1, 0.3, 0.8), (1, 2, 0.1, 0.4)]
    course += [(1, 3, 0.1, 0.3), (2, 3, 0.6, 0.75), (2, 4, 0.4, 0.5), (2, 4, 1.0, 0.3)]
    return [list(ground.inside(*each)) for each in course]


def roads(seed: int) -> list[Line]:
    """Main roads through the middles of the streets: three to the east, five to the north."""
    ground = Ground(seed)
    east = [[(row, column) for column in range(COLUMNS)] for row in range(ROWS)]
    north = [[(row, column) for row in range(ROWS)] for column in range(COLUMNS)]
    return [[list(ground.inside(*at, 0.5, 0.5)) for at in road] for road in (*east, *north)]


def places(sites: Iterable[DemoSite], seed: int) -> dict[str, Point]:
    """Where each site lies within its street, by key; some have no place yet."""
    ground = Ground(seed)
    fields = {name: (r, c) for r, names in enumerate(LATTICE) for c, name in enumerate(names)}
    found = {}
    for number, site in enumerate(sites, start=1):
        dice = Dice(seed, f"place/{site.key}")
        across, up = 0.12 + 0.76 * dice.share(), 0.12 + 0.76 * dice.share()
        if number % UNPLACED and site.street in fields:
            found[site.key] = ground.inside(*fields[site.street], across, up)
    return found
