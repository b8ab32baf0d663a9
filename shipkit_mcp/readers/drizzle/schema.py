"""The chosen schema files to the Schema they make: everything they export, and what that reaches."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

from shipkit_mcp import facts
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Files, Schema, SchemaChoice, Unread
from shipkit_mcp.readers.drizzle.enums import EnumType, known_texts
from shipkit_mcp.readers.drizzle.exports import Exports
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.library import DrizzleLibrary
from shipkit_mcp.readers.drizzle.names import CASINGS
from shipkit_mcp.readers.drizzle.only import only_dialect, saying_what_is_left
from shipkit_mcp.readers.drizzle.prelude import PRELUDE
from shipkit_mcp.readers.drizzle.recognise import meant_to_make
from shipkit_mcp.readers.drizzle.relations import RelationSet
from shipkit_mcp.readers.drizzle.sql import Writing
from shipkit_mcp.readers.drizzle.tables import Table
from shipkit_mcp.readers.drizzle.tell import TableTeller
from shipkit_mcp.readers.drizzle.views import SequenceType, ViewType, field_name
from shipkit_mcp.readers.typescript.evaluate import Evaluator
from shipkit_mcp.readers.typescript.limits import MAX_TABLES
from shipkit_mcp.readers.typescript.load import Modules
from shipkit_mcp.readers.typescript.modules import Imported, Module
from shipkit_mcp.readers.typescript.trace import Trace, TracedFiles
from shipkit_mcp.readers.typescript.values import Scope, Site, Unknown, Value


def read_schema(
    files: Files,
    choice: SchemaChoice,
    memo: MutableMapping[str, object] | None = None,
) -> Schema:
    """Reads the chosen files and what they import.

    Total: what cannot be known is ``Unread``, on its table or on the schema. ``memo`` keeps the schema
    and the parsed files between runs, by content. Raises Cancelled.
    """
    if not choice.files:
        return Schema(choice=choice, dialect=choice.dialect)
    if memo is None:
        return _read(files, choice, memo)
    key = f"drizzle:{choice.model_dump_json()}"
    kept = memo.get(key)
    if isinstance(kept, _Kept) and kept.trace.still_holds(files):
        return kept.schema
    traced = TracedFiles(files)
    schema = _read(traced, choice, memo)
    memo[key] = _Kept(traced.trace(), schema)
    return schema


def _read(files: Files, choice: SchemaChoice, memo: MutableMapping[str, object] | None) -> Schema:
    reader = _SchemaReader(files, choice, memo)
    try:
        return reader.read()
    finally:
        reader.forget()


_ONLY_IN_SECOND = frozenset(
    {"defineRelations", "defineRelationsPart", "snakeCase", "camelCase", "drizzle-orm/_relations"}
)


_TAGS_OF_SECOND = ("beta", "rc")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A schema, and what it was read from."""

    trace: Trace
    schema: Schema


class _SchemaReader:
    """One reading of one schema."""

    def __init__(self, files: Files, choice: SchemaChoice, memo: MutableMapping[str, object] | None) -> None:
        self._choice = choice
        self._modules = Modules(files, memo)
        self._unread: list[Unread] = []
        library = DrizzleLibrary(first_generation=not self._is_second_generation())
        self._evaluator = Evaluator(self._modules, library)
        self._exports = Exports(self._evaluator, self._unread)
        self._tables: dict[int, tuple[Table, str, bool]] = {}
        self._enums: dict[int, EnumType] = {}
        self._views: dict[int, ViewType] = {}
        self._sequences: dict[int, SequenceType] = {}
        self._relations: dict[int, RelationSet] = {}
        self._only: str | None = None
        self._is_full = False

    def _is_second_generation(self) -> bool:
        """drizzle-orm 1.0, by its version, else by what is imported."""
        version = (self._choice.drizzle_version or "").lstrip("^~>=v ")
        if version[:1].isdigit() or version in _TAGS_OF_SECOND:
            return version.startswith("1.") or version in _TAGS_OF_SECOND
        modules = (self._modules.load(path) for path in self._choice.files)
        return any(
            isinstance(bound, Imported)
            and bound.specifier.startswith("drizzle-orm")
            and (bound.name in _ONLY_IN_SECOND or bound.specifier in _ONLY_IN_SECOND)
            for module in modules
            if isinstance(module, Module)
            for bound in module.bindings.values()
        )

    def read(self) -> Schema:
        for path in self._choice.files:
            self._read_exports(path)
        for path in self._choice.files:
            self._read_locals(path)
        self._follow_statements()
        tables = tuple(self._tell_tables())
        self._only = only_dialect(self._choice, tables)
        if self._only is not None:
            self._choice = saying_what_is_left(self._choice, self._only, tables)
            tables = tuple(one for one in tables if one.dialect == self._only)
        dialects = sorted({table.dialect for table in tables})
        return Schema(
            dialect=self._choice.dialect if not dialects else dialects[0] if len(dialects) == 1 else "mixed",
            choice=self._choice,
            files=self._files(),
            tables=tables,
            enums=tuple(self._tell_enums()),
            views=tuple(
                _view(one, self._choice.casing) for one in self._views.values() if self._is_meant(one)
            ),
            sequences=tuple(_sequence(one) for one in self._sequences.values()),
            relations=tuple(self._tell_relations()),
            unread=tuple(dict.fromkeys((*self._unread, *self._broken()))),
        )

    def _is_meant(self, made: Table | EnumType | ViewType) -> bool:
        return self._only in (None, made.dialect.name)

    def forget(self) -> None:
        """Breaks the circles between tables, columns and modules, so that all of it is freed at once."""
        for table, _, _ in self._tables.values():
            table.forget()
        self._modules.forget()

    def _broken(self) -> Iterator[Unread]:
        for module in self._modules.loaded:
            for line in module.broken:
                yield Unread(path=module.path, line=line, why="the grammar cannot read this line")

    def _files(self) -> tuple[str, ...]:
        chosen = self._choice.files
        followed = (one.path for one in self._modules.loaded)
        return (*chosen, *(path for path in followed if path not in chosen and path not in PRELUDE))

    # --- what the files hold -------------------------------------------------------------------

    def _read_exports(self, path: str) -> None:
        module = self._modules.load(path)
        if isinstance(module, Unread):
            self._unread.append(module)
            return
        for name, node_module in self._exports.names(module):
            beat()
            site = self._exports.site(node_module, name)
            value = self._evaluator.bounded(site, self._evaluator.export, module, name, site)
            if isinstance(value, Unknown):
                self._lose(value, name, site)
            else:
                self._keep(value, name, site)

    def _read_locals(self, path: str) -> None:
        """Tables that a schema file makes and does not export."""
        module = self._modules.load(path)
        if isinstance(module, Unread):
            return
        exported = {target for target in module.exports.values() if isinstance(target, str)}
        for name, bound in module.bindings.items():
            if name in exported or isinstance(bound, Imported) or bound.node.type != "call_expression":
                continue
            site = Site(self._evaluator, module, bound.statement)
            value = self._evaluator.bounded(site, self._evaluator.binding, module, name, site.node)
            if isinstance(value, Table):
                self._keep_table(value, name, site, exported=False)

    def _follow_statements(self) -> None:
        """Calls that stand alone may change a table or column that was made."""
        for module in self._modules.loaded:
            for node in module.statements:
                name = module.text(node.children[0])
                if name in module.bindings and node.start_byte not in module.ran:
                    site = Site(self._evaluator, module, node)
                    self._evaluator.bounded(site, self._evaluator.evaluate, node, Scope(module))

    def _keep_table(self, table: Table, name: str, site: Site, *, exported: bool) -> None:
        if len(self._tables) < MAX_TABLES or id(table) in self._tables:
            self._tables.setdefault(id(table), (table, name, exported))
        elif not self._is_full:
            self._is_full = True
            why = f"more than {MAX_TABLES:,} tables: the rest is left out"
            self._unread.append(Unread(path=site.path, line=site.line, why=why))

    def _lose(self, unknown: Unknown, name: str, site: Site) -> None:
        """An export that is, or may be, of the schema: made by something unknown, or of another package."""
        origin = self._exports.origin(site.module, name)
        if isinstance(origin, Unread):
            why = f"`{name}` cannot be known: {unknown.why}"
        elif what := meant_to_make(origin):
            why = f"{what} `{name}` cannot be known: {unknown.why}"
        else:
            return
        self._unread.append(Unread(path=site.path, line=site.line, why=why))

    def _keep(self, value: Value, name: str, site: Site) -> None:
        if isinstance(value, Table):
            self._keep_table(value, name, site, exported=True)
        elif isinstance(value, EnumType):
            self._enums.setdefault(id(value), value)
        elif isinstance(value, ViewType):
            self._views.setdefault(id(value), value)
        elif isinstance(value, SequenceType):
            self._sequences.setdefault(id(value), value)
        elif isinstance(value, RelationSet):
            self._relations.setdefault(id(value), value)

    # --- facts -----------------------------------------------------------------------------------

    def _tell_tables(self) -> Iterator[facts.Table]:
        pending = list(self._tables.values())
        while pending:
            beat()
            table, key, exported = pending.pop(0)
            teller = TableTeller(table, self._choice.casing)
            told = self._evaluator.bounded(table.site, teller.tell, key=key, exported=exported)
            yield (
                teller.tell_only_name(told, key=key, exported=exported) if isinstance(told, Unknown) else told
            )
            for reached in teller.reached:
                if id(reached) not in self._tables and reached.site.path not in PRELUDE:
                    self._tables[id(reached)] = (reached, reached.key, False)
                    pending.append(self._tables[id(reached)])

    def _tell_enums(self) -> Iterator[facts.DbEnum]:
        for enum in filter(self._is_meant, self._enums.values()):
            place = enum.statement or enum.site
            try:
                values = known_texts(enum.values, enum.site)
            except CannotKnow as fault:
                unknown, values = fault.unknown, ()
                why = f"the values of enum `{enum.name}` cannot be known: {unknown.why}"
                self._unread.append(Unread(path=unknown.path, line=unknown.line, why=why))
            yield facts.DbEnum(
                name=enum.name,
                namespace=enum.namespace,
                values=values,
                key=enum.key,
                path=place.path,
                line=place.line,
            )

    def _tell_relations(self) -> Iterator[facts.Relation]:
        for made in self._relations.values():
            self._unread += [one.unread() for one in made.problems]
            for one in made.found:
                target = one.related.target
                if isinstance(target, (Table, ViewType)) and self._is_meant(one.table):
                    yield facts.Relation(
                        table=one.table.name,
                        name=one.name,
                        kind="one" if one.related.kind == "one" else "many",
                        target=target.name,
                        path=one.path,
                        line=one.line,
                    )


def _view(view: ViewType, casing: str | None) -> facts.View:
    writing = Writing(view.dialect, CASINGS.get(casing))
    place = view.statement or view.site
    return facts.View(
        name=view.name,
        namespace=view.namespace,
        materialized=view.materialized,
        existing=view.existing,
        columns=tuple(field_name(key, field, writing) for key, field in view.fields.items()),
        path=place.path,
        line=place.line,
    )


def _sequence(sequence: SequenceType) -> facts.DbSequence:
    place = sequence.statement or sequence.site
    return facts.DbSequence(
        name=sequence.name, namespace=sequence.namespace, path=place.path, line=place.line
    )
