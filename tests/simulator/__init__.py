"""Laptops, folders and whatever happens to them, played from a seed: all end equal, and nothing saved is lost.

python -m tests.simulator [--steps N] [--seed S|fresh] [--json OUT]
"""
