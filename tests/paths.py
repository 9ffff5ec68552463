"""Paths of the project's files and of recorded responses."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DOCS = ROOT / "docs"
API_SAMPLES = TESTS / "api" / "documented"
SYNC_SAMPLES = TESTS / "sync" / "documented"
CART_SAMPLES = TESTS / "sandbox" / "data" / "documented_carts.json"
OAUTH_VECTORS = TESTS / "sandbox" / "vectors" / "oauth_vectors.json"
OPERATION_CODES = TESTS / "commands" / "documented_codes.json"
