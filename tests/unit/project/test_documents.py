"""Where the planning documents are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shipkit_mcp.project import ProjectFiles, find_documents

FilesOf = Callable[[dict[str, str]], ProjectFiles]
IDEA, PAGES = "# Master Idea Document\n", "# App Pages & Functionality Blueprint\n"


def test_the_folder_of_the_contract_comes_first(files_of: FilesOf) -> None:
    found = find_documents(files_of({
        "ai_docs/prep/wireframe.md": "",
        "docs/master_idea.md": IDEA, "docs/app_pages_and_functionality.md": PAGES, "docs/wireframe.md": "",
    }))  # fmt: skip

    assert (found.folder, found.paths) == ("ai_docs/prep", ("ai_docs/prep/wireframe.md",))


def test_documents_stand_in_the_order_in_which_they_are_read(files_of: FilesOf) -> None:
    names = (
        *("master_idea", "app_pages_and_functionality", "wireframe", "trigger_workflows"),
        *("trigger_workflows_summary", "trigger_workflow_a", "trigger_workflow_b", "app_name", "roadmap"),
        "initial_data_schema",
    )

    found = find_documents(files_of({f"ai_docs/prep/{name}.md": "" for name in sorted(names)}))

    assert found.paths == tuple(f"ai_docs/prep/{name}.md" for name in names)


@pytest.mark.parametrize(
    "folder",
    [
        "docs",
        "files",
        "documentation/planning",
        "apps/web/ai_docs/prep",
        "ai_docs",
        "src/docs",
        "ai-docs/prep",
    ],
)
def test_any_one_folder_that_holds_them_is_found_by_names(files_of: FilesOf, folder: str) -> None:
    found = find_documents(files_of({
        f"{folder}/master_idea.md": "", f"{folder}/trigger_workflow_x.md": "", "README.md": IDEA,
    }))  # fmt: skip

    assert found.folder == folder
    assert found.paths == (f"{folder}/master_idea.md", f"{folder}/trigger_workflow_x.md")
    assert found.looked_in[0] == "ai_docs/prep"


@pytest.mark.parametrize(
    "text",
    [
        IDEA,
        "intro\n\n## Master Idea Document: Bread\n",
        "# 📄 App Pages & Functionality Blueprint\n",
        "## Wireframe Reference Doc\n",
        "# Trigger.dev Workflows Index\n",
        "# Import\n\n## 🔗 Task Chain Diagram\n",
        "# Three jobs\n\n### 📅 Workflow 1: Nightly\n",
    ],
)
def test_a_folder_is_found_by_headings_where_names_say_nothing(files_of: FilesOf, text: str) -> None:
    found = find_documents(
        files_of({"notes/plan.md": text, "notes/other.md": "# Other\n", "x/y.md": "# Y\n"})
    )

    assert (found.folder, found.paths) == ("notes", ("notes/other.md", "notes/plan.md"))


@pytest.mark.parametrize(
    "files",
    [
        {
            "ai_docs/prep_templates/01_generate_master_idea.md": IDEA,
            "ai_docs/prep_templates/master_idea.md": IDEA,
        },
        {"docs/01_generate_wireframe.md": "## Wireframe Reference Doc\n"},
        {"README.md": IDEA, "CLAUDE.md": PAGES},
        {"notes/howto.md": "# How\n```\n# Master Idea Document\n```\n"},
        {"examples/demo/docs/thing.md": "# thing"},
        {},
    ],
    ids=["templates", "generator", "readme", "fence", "plain", "empty"],
)
def test_prompts_readmes_and_quoted_headings_are_no_documents(
    files_of: FilesOf, files: dict[str, str]
) -> None:
    found = find_documents(files_of(files))

    assert (found.folder, found.paths) == (None, ())
    assert "ai_docs/prep" in found.looked_in


def test_a_folder_with_only_our_document_and_its_copies_counts_as_none(files_of: FilesOf) -> None:
    ours = {
        "ai_docs/prep/initial_data_schema.md": IDEA,
        "ai_docs/prep/initial_data_schema.md.20260101T000000Z.bak": "",
    }

    assert find_documents(files_of(ours)).folder is None
    assert find_documents(files_of(ours | {"docs/wireframe.md": ""})).folder == "docs"


def test_a_document_of_other_hands_under_our_name_does_not_choose_the_folder(files_of: FilesOf) -> None:
    found = find_documents(files_of({"a/initial_data_schema.md": IDEA, "b/wireframe.md": ""}))

    assert found.folder == "b"


def test_the_folder_that_holds_most_kinds_wins_and_the_others_are_named(files_of: FilesOf) -> None:
    found = find_documents(files_of({
        "apps/a/docs/wireframe.md": "", "apps/b/docs/wireframe.md": "", "apps/b/docs/master_idea.md": "",
    }))  # fmt: skip

    assert (found.folder, found.others) == ("apps/b/docs", ("apps/a/docs",))


def test_workflows_in_a_folder_below_belong_to_the_documents(files_of: FilesOf) -> None:
    found = find_documents(files_of({"docs/master_idea.md": "", "docs/workflows/trigger_workflow_a.md": ""}))

    assert found.paths == ("docs/master_idea.md", "docs/workflows/trigger_workflow_a.md")
    assert found.others == ()


def test_documents_in_the_project_itself_do_not_bring_its_other_files(files_of: FilesOf) -> None:
    found = find_documents(
        files_of({"master_idea.md": "", "CONTRIBUTING.md": "", "notes.md": "", "docs/x.md": ""})
    )

    assert (found.folder, found.paths) == ("", ("master_idea.md",))


@pytest.mark.parametrize(
    "name", ["Master_Idea.md", "master-idea.md", "MASTER IDEA.md", "Trigger-Workflow-Import.md"]
)
def test_names_are_told_in_any_case_and_with_other_dashes(files_of: FilesOf, name: str) -> None:
    assert find_documents(files_of({f"docs/{name}": ""})).paths == (f"docs/{name}",)
