"""The test suite; its modules import each other as `tests.…`, from the top of the repository."""
