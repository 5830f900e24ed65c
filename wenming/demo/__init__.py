"""A whole round of an invented city 演示市, made from a seed and from nothing real."""

from wenming.demo.write import SEED, write_demo

__all__ = ["SEED", "write_demo"]
