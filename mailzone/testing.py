"""Tests for rules: the examples in a rule's page are executed, ours and those of other people alike.

A page has `## Bad` and `## Good` sections with one block of zone YAML each. Bad must yield exactly the findings that
its marks `# <- words` announce, Good none at all, under all built-in rules and those of the module that is tested:

    @pytest.mark.parametrize("example", examples(acme_rules), ids=str)
    def test_a_page_is_true(example: Example, tmp_path: Path) -> None:
        assert untrue(example, tmp_path) == []

`mailzone test-rules acme_rules` does the same without a test. Promised are `Example` with its fields, `examples` and
`untrue`.
"""

from linter.run.examples import Example, examples, untrue

__all__ = ["Example", "examples", "untrue"]
