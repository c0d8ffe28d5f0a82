"""Whatever takes typed words keeps them as a draft, or stands in one list that says why it does not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import mediator.ui

BOXES = {
    "QLineEdit",
    "QPlainTextEdit",
    "QTextEdit",
    "QInputDialog",
    "QSpinBox",
    "QDoubleSpinBox",
    "QDateEdit",
}
"""What Qt offers to type in; a list that lets one type is made by ``allow_typing``."""

KEEPS = {"Drafting", "keep_typed", "keep_boxes", "Explaining"}
"""What keeps drafts is made of one of these."""

PIECES = {
    "line_edit.LineEdit", "text_edit.TextEdit", "form_dialog.ReasonBox", "form_dialog.reason_box", "secret.secret",
    "editors.editor", "forms.FormPane", "period_choice.PeriodPane", "explain_pane.ExplainPane",
    "item_dialog.InstalmentGrid", "tell.ask_reason", "paper_key.PaperKeyPane", "report_choice.ReportPane",
    "custom_choice.CustomChoice", "intake_words.WordsPane", "rows_pane.ask_if_finished", "merge_dialog.ConflictPane",
    "checks_pane.ChecksPane", "material_dialogs._material_form",
}  # fmt: skip
"""Made to stand in something else: whatever uses them is looked at in their place."""
INNER = {"editors.Choice", "editors._line", "editors._text", "clipboard.Clipboard", "merge_dialog._shown"}
"""Within such a piece, only read, or called like one."""
OFFER = {"form_dialog.FormDialog", "boxes_dialog.BoxesDialog"}
"""Give those made from them a way to keep drafts, which each has to take."""

NOT_KEPT = {
    # looked for, chosen by, compared: begun again in a moment, and nothing to be saved
    "cases_page.CasesPage": "what is looked for in the list of cases",
    "paper_tree.PaperTree": "what is looked for in the list of papers",
    "phrase_choice.PhraseChoice": "what is looked for among the phrases",
    "audit_filters.AuditFilters": "which entries of the audit are shown",
    "mark_dialog.MarkDialog": "what a scanner reads",
    "audit_dialog.CheckDialog": "a code from paper, to be compared",
    "subject_dialog.SubjectDialog": "whose data is asked for: nobody's question is to lie about in the data of others",
    "sum_pane.SumPane": "the period of the sum",
    "custom_pane.CustomPane": "the period of a table of one's own",
    "send_pane.SendPane": "the period of what is sent",
    "batch_dialog.BatchDialog": "the period of the files to be bound",
    "close_dialog.CloseDialog": "what is explained here stands beside the table too, and is kept there by Explaining",
    # passwords and keys: never written down anywhere
    "login.Login": "a password, before the data is open",
    "lock_screen.LockScreen": "a password",
    "restore_dialog.RestoreDialog": "a password, for data that is not open",
    "recover_dialog.RecoverDialog": "the recovery key and a new password, before the data is open",
    "people_dialogs.PasswordDialog": "passwords",
    "people_dialogs.ResetDialog": "passwords",
    "people_dialogs.LoginForDialog": "a password, and the name it is for",
    "safety_pane.PaperKeyDialog": "the recovery key typed back",
    "new_key_dialog.NewKeyDialog": "the recovery key typed back, and a name typed to be sure",
    # before there is anything to keep it in
    "wizard.Wizard": "the first set-up: there is no data folder yet",
    # one short line at the end of something that is done at once
    "safety_pane.SuperiorDialog": "one name, for a key file that is chosen again",
    "save_as_dialog.SaveAsDialog": "one name, for choices that are made again",
    "sealed.BreakGlassDialog": "the reason to look at a case this one time",
    "leaver_dialog.LeaverDialog": "one day, which is proposed",
    "destruction_pane.DestroyDialog": "who approves and on what ground, said by two people who stand there together",
    "intake_dialog.IntakeDialog": "single words of a ledger, which is read again",
    "scans_dialog.ScansDialog": "the reason, in one line, at the moment it is done",
    "removed_list.RemovedList": "the reason, in one line, at the moment it is done",
    "recycle_pane.VoidList": "the reason, in one line, at the moment it is done",
    "history_pane.HistoryPane": "the reason, in one line, at the moment it is done",
    "materials_pane.MaterialsPane": "the reason, in one line, at the moment it is done",
    "issued_pane.IssuedPane": "the reason, in one line, at the moment it is done",
    # what is typed is kept where it was typed first
    "merge_dialog.MergeDialog": "a text put together from two is taken over where it was typed, and kept there",
}  # fmt: skip
"""What takes typed words and keeps no draft of them, and why."""


def swept() -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """Every class and function of the screens, by module and name."""
    for path in sorted(Path(mediator.ui.__file__).parent.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield f"{path.stem}.{node.name}", node


def called(node: ast.AST) -> set[str]:
    """The names of all that is called in something."""
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {
        one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""
        for one in calls
    }


def bases(node: ast.AST) -> set[str]:
    """The names of what a class is made from."""
    return {base.id for base in getattr(node, "bases", []) if isinstance(base, ast.Name)}


def short(name: str) -> str:
    """The name without its module."""
    return name.rpartition(".")[2]


def keeping(nodes: dict[str, ast.ClassDef | ast.FunctionDef]) -> set[str]:
    """What keeps drafts by itself, or is made from what does."""
    found: set[str] = set()
    while True:
        kept = {short(name) for name in found}
        more = {name for name, node in nodes.items() if called(node) & KEEPS or bases(node) & kept} - OFFER
        if more == found:
            return found
        found = more


def typed_in(nodes: dict[str, ast.ClassDef | ast.FunctionDef]) -> set[str]:
    """What takes typed words: it makes a box to type in, or a piece that has one."""
    typing = BOXES | {short(piece) for piece in PIECES} | {"allow_typing"}
    return {name for name, node in nodes.items() if called(node) & typing or bases(node) & typing}


def test_whatever_takes_typed_words_keeps_them_or_says_why_not() -> None:
    nodes = dict(swept())
    typed = typed_in(nodes)
    assert len(typed) > 60, "the sweep sees what there is"
    loose = typed - PIECES - INNER - OFFER - keeping(nodes) - set(NOT_KEPT)
    assert sorted(loose) == [], "keep a draft of what is typed (ui/drafting.py), or say here why not"


def test_the_lists_name_only_what_there_is_and_what_needs_it() -> None:
    nodes = dict(swept())
    assert sorted(name for name in {*PIECES, *INNER, *OFFER} if name not in nodes) == []
    assert sorted(set(NOT_KEPT) - (typed_in(nodes) - keeping(nodes))) == []


def test_a_new_dialog_that_keeps_nothing_is_found() -> None:
    words = "class NewDialog(FormDialog):\n    def __init__(self):\n        self.note = LineEdit()\n"
    (node,) = ast.parse(words).body
    assert isinstance(node, ast.ClassDef)
    nodes = {**dict(swept()), "new_dialog.NewDialog": node}
    assert "new_dialog.NewDialog" in typed_in(nodes) - keeping(nodes)
