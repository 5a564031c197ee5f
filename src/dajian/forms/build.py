"""An XForm -> a Form with its program: every expression compiled, every fault collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dajian.forms import order
from dajian.forms.answers import choices_in_order, reader
from dajian.forms.model import Question, Repeat
from dajian.forms.program import Calculation, Field, Gate, Program, Relevance, Scope, Stage, Unit
from dajian.forms.questions import constant, in_meta, read_questions
from dajian.forms.tree import Node
from dajian.forms.xform_read import Bind, XForm
from dajian.forms.xpath_code import Code, Context
from dajian.forms.xpath_compile import Compiled, Compiler
from dajian.forms.xpath_parse import XPathFault, parse


@dataclass(frozen=True)
class ExpressionFault:
    """A fault of one expression: which node, which column (XLSForm's name), the expression, what is wrong."""

    path: str
    column: str
    text: str
    message: str


@dataclass
class _Builder:
    form: XForm
    questions: dict[str, Question]  # by path
    repeats: dict[str, Repeat]
    compiler: Compiler
    faults: list[ExpressionFault] = field(default_factory=list)
    expressions: list[Compiled] = field(default_factory=list)
    scopes: dict[Node, Scope] = field(default_factory=dict)
    gates: dict[Node, Gate] = field(default_factory=dict)  # nodes with a condition of their own
    units: dict[tuple[str, Node], tuple[Unit, Compiled]] = field(default_factory=dict)

    def compile(self, text: str, node: Node, kind: str, column: str, *, outer: bool = False) -> Compiled | None:
        try:
            compiled = self.compiler.compile_text(text, node, kind, outer=outer)
        except XPathFault as fault:
            self.faults.append(ExpressionFault(node.path, column, text, fault.message))
            return None
        self.expressions.append(compiled)
        return compiled

    def run(self, text: str, node: Node, kind: str, column: str) -> Callable[..., object] | None:
        compiled = self.compile(text, node, kind, column) if text else None
        return compiled.run if compiled else None


def build(form: XForm) -> tuple[tuple[Question, ...], tuple[Repeat, ...], Program, list[ExpressionFault]]:
    """The questions, the repeats, the program, and the faults (the program is of use only when there are none)."""
    questions, repeats = read_questions(form)
    compiler = Compiler(form.root, form.tables, lambda text_id: form.texts.by_id.get(text_id, ""), _no_itemset)
    compiler.missing_file = form.missing_files.get
    builder = _Builder(form, {q.path: q for q in questions}, {r.path: r for r in repeats}, compiler)
    compiler.itemset = lambda node, context: _itemset_source(builder, node, context)
    _scopes(builder)
    _conditions(builder)
    _fields(builder, questions)
    _other_expressions(builder)
    program = Program(
        builder.scopes[form.root],
        tuple(builder.scopes.values()),
        _stages(builder),
        form.version,
        tuple(builder.expressions),
    )
    return questions, repeats, program, builder.faults


def _no_itemset(node: Node, context: Context) -> str:
    return "()"


def _scopes(builder: _Builder) -> None:
    for node in builder.form.root.walk():
        if node is builder.form.root or node.kind == "repeat":
            scope = builder.scopes[node] = Scope(node, len(node.repeats()), builder.repeats.get(node.path))
            if node.kind == "repeat":
                builder.scopes[node.scope].inner[node.key] = scope


def _scope(builder: _Builder, node: Node) -> Scope:
    return builder.scopes[node.scope]


def _conditions(builder: _Builder) -> None:
    """Compile every `relevant`, give it its slot, and find what hangs on it directly."""
    compiled: dict[Node, Compiled] = {}
    for node in builder.form.root.walk():
        bind = builder.form.binds.get(node)
        if not bind or not bind.relevant or in_meta(node):
            continue
        found, scope = _condition(builder, node, bind)
        if found:
            builder.gates[node] = (scope.depth, scope.slots)
            if node.kind == "repeat" and scope.node is node:
                scope.row_slot = scope.slots
            scope.slots += 1
            compiled[node] = found
    hanging: dict[Node, list[Node]] = {node: [] for node in compiled}
    for node in builder.form.root.walk():
        if node.kind != "group" and (holder := _holder(builder, node)) is not None:
            hanging[holder].append(node)
    for node, found in compiled.items():
        leaves = tuple(below.key for below in hanging[node] if below.kind == "leaf")
        repeats = tuple(below.key for below in hanging[node] if below.kind == "repeat")
        unit = Relevance(builder.gates[node][1], _gate_around(builder, node), found.run, leaves, repeats)
        builder.units["relevant", node] = (unit, found)


def _condition(builder: _Builder, node: Node, bind: Bind) -> tuple[Compiled | None, Scope]:
    """A repeat's condition is asked once, before its rows; only one that reads its rows is asked of each row."""
    if node.kind != "repeat":
        return builder.compile(bind.relevant, node, "bool", "relevant"), _scope(builder, node)
    told, known = len(builder.faults), len(builder.expressions)
    found = builder.compile(bind.relevant, node, "bool", "relevant", outer=True)
    if found and not any(node in read.line() and read is not node for read in found.reads):
        return found, _scope(builder, node)
    del builder.faults[told:], builder.expressions[known:]
    return builder.compile(bind.relevant, node, "bool", "relevant"), builder.scopes[node]


def _holder(builder: _Builder, node: Node) -> Node | None:
    """The nearest node with a condition, itself or around it, if it lies in the scope of this node's value."""
    here = node.parent if _asks_rows(builder, node) else node
    while here is not None:
        if here in builder.gates:
            return here if builder.gates[here][0] == _scope(builder, node).depth else None
        here = here.parent
    return None


def _asks_rows(builder: _Builder, node: Node) -> bool:
    return node.kind == "repeat" and builder.scopes[node].row_slot is not None


def _gate_around(builder: _Builder, node: Node) -> Gate | None:
    here = node.parent
    while here is not None:
        if here in builder.gates:
            return builder.gates[here]
        here = here.parent
    return None


def _gate(builder: _Builder, node: Node) -> Gate | None:
    return builder.gates.get(node) or _gate_around(builder, node)


def _fields(builder: _Builder, questions: tuple[Question, ...]) -> None:
    places = {question.path: place for place, question in enumerate(questions)}
    for scope_node, scope in builder.scopes.items():
        _repeat_rules(builder, scope_node, scope)
    for node in builder.form.root.walk():
        if node.kind == "leaf" and node.path in places:
            made = _field(builder, node, builder.questions[node.path], places[node.path])
            _scope(builder, node).fields[node.key] = made
    for scope in builder.scopes.values():
        scope.order = next((places[below.path] for below in scope.node.walk() if below.path in places), 0)
        scope.required = tuple(made for made in scope.fields.values() if made.required)
        scope.checked = tuple(made for made in scope.fields.values() if _has_rules(made))


def _has_rules(made: Field) -> bool:
    return any(rule is not None for rule in (made.names, made.items, made.constraint, made.warning, made.bounds))


def _repeat_rules(builder: _Builder, node: Node, scope: Scope) -> None:
    if node.kind != "repeat":
        return
    section, bind = builder.form.sections.get(node), builder.form.binds.get(node)
    scope.gate = None if _asks_rows(builder, node) else _gate(builder, node)
    if section and section.count:
        count = builder.compile(section.count, node, "num", "repeat_count", outer=True)
        scope.count = count.run if count else None
    elif bind and bind.required:
        least = builder.compile(bind.required, node, "bool", "required", outer=True)
        scope.least = least.run if least else None
    elif scope.gate and _wants_an_answer(builder, node):
        scope.least = lambda *args: True


def _wants_an_answer(builder: _Builder, repeat: Node) -> bool:
    """Whether a question that must be answered stands directly in the repeat, under no further condition."""
    for node in repeat.walk():
        bind = builder.form.binds.get(node)
        inner = node.scope is repeat and node.kind == "leaf" and _gate(builder, node) == builder.scopes[repeat].gate
        if inner and bind and constant(bind.required) and not bind.calculate:
            return True
    return False


def _field(builder: _Builder, node: Node, question: Question, place: int) -> Field:
    bind = builder.form.binds.get(node) or Bind(node)
    calculated = builder.compile(bind.calculate, node, "any", "calculation") if bind.calculate else None
    required = None if bind.calculate or constant(bind.required) is False or question.type == "note" else bind.required
    names, items, item_name = _offered(builder, node, question)
    made = Field(
        node.key,
        question,
        choices_in_order(names) if names and question.type == "select_multiple" else reader(question),
        place,
        builder.run(required or "", node, "bool", "required"),
        builder.run(bind.constraint, node, "bool", "constraint"),
        builder.run(bind.warning, node, "bool", "warning"),
        bind.warning_message,
        names,
        items,
        item_name,
        _bounds(builder, node),
        bool(bind.calculate),
    )
    if constant(bind.readonly) is None:
        builder.compile(bind.readonly, node, "bool", "readonly")
    if calculated:
        builder.units["calculate", node] = (Calculation(made, calculated.run, calculated.volatile), calculated)
    return made


def _bounds(builder: _Builder, node: Node) -> tuple[float, float] | None:
    control = builder.form.controls.get(node)
    if not control or control.tag != "range":
        return None
    try:
        low, high = (float(bound) for bound in control.bounds)
    except ValueError:
        builder.faults.append(
            ExpressionFault(node.path, "parameters", " ".join(control.bounds), "range 的 start 和 end 应为数字")
        )
        return None
    return min(low, high), max(low, high)


def _offered(
    builder: _Builder, node: Node, question: Question
) -> tuple[dict[str, int] | None, Callable[..., object] | None, str]:
    """Fixed choices by name, or what yields the offered rows and the key of a choice's name in them."""
    control = builder.form.controls.get(node)
    if not control or control.tag not in ("select", "select1", "rank"):
        return None, None, ""
    places = {choice.name: place for place, choice in reversed(list(enumerate(question.choices)))}
    if not control.itemset:
        return places, None, ""
    found = builder.compile(control.itemset.nodeset, node, "rows", "choice_filter")
    if found is None or found.kind != "rows":
        return None, None, ""
    if question.choices and "[" not in control.itemset.nodeset:
        return places, None, ""
    return places or None, found.run, control.itemset.value


def _itemset_source(builder: _Builder, node: Node, context: Context) -> str:
    """For jr:choice-name: the (name, label) pairs that the question offers, seen from the row at hand."""
    control, question = builder.form.controls.get(node), builder.questions.get(node.path)
    if not control or not question or control.tag not in ("select", "select1", "rank"):
        raise XPathFault(f"jr:choice-name()：「{node.name}」不是选择题")
    everything = builder.compiler.constant([(choice.name, choice.label) for choice in question.choices])
    bound = context.current.rows
    if (
        not control.itemset
        or "[" not in control.itemset.nodeset
        or any(repeat not in bound for repeat in node.repeats())
    ):
        return everything
    code: Code = builder.compiler.compile(parse(control.itemset.nodeset), Context(node, bound, context.current.places))
    if code.kind != "rows":
        return everything
    item, value, label = builder.compiler.name("i"), control.itemset.value, control.itemset.label
    return f"(({item}.get({value!r}, ''), {item}.get({label!r}, '')) for {item} in {code.src})"


def _other_expressions(builder: _Builder) -> None:
    """What a server does not run but a respondent's device will: compiled for its faults."""
    form = builder.form
    for action in form.setvalues:
        if action.value:
            builder.compile(action.value, action.node, "any", "default")
    for node, bind in form.binds.items():
        if in_meta(node) and bind.calculate:
            builder.compile(bind.calculate, node, "any", "calculation")
    for control in form.controls.values():
        for output in control.outputs:
            builder.compile(output, control.node, "any", "label")
    for section in form.sections.values():
        for output in section.outputs:
            builder.compile(output, section.node, "any", "label", outer=section.repeat)


def _stages(builder: _Builder) -> tuple[Stage, ...]:
    scopes = list(builder.scopes.values())
    numbers = {id(scope): number for number, scope in enumerate(scopes)}
    tasks = []
    for (kind, node), (_, compiled) in builder.units.items():
        scope = builder.scopes[node] if kind == "relevant" and _asks_rows(builder, node) else _scope(builder, node)
        tasks.append(order.Task((kind, node), numbers[id(scope)], _needs(builder, kind, node, compiled)))
    groups, rings = order.stages(tasks)
    for ring in rings:
        builder.faults.append(_ring_fault(builder, ring))
    return tuple(Stage(scopes[group[0].scope], tuple(builder.units[task.key][0] for task in group)) for group in groups)


def _ring_fault(builder: _Builder, ring: list[tuple[str, Node]]) -> ExpressionFault:
    kind, node = ring[0]
    names = " → ".join(dict.fromkeys(f"「{part.name}」" for _, part in ring))
    how = "互相依赖" if len({part for _, part in ring}) > 1 else "依赖它自己"
    column = "relevant" if kind == "relevant" else "calculation"
    text = builder.units[kind, node][1].text
    return ExpressionFault(node.path, column, text, f"循环引用：{names} {how}，算不出来，请改掉其中一处")


def _needs(builder: _Builder, kind: str, node: Node, compiled: Compiled) -> dict[tuple[str, Node], bool]:
    needs: dict[tuple[str, Node], bool] = {}

    def need(key: tuple[str, Node], others: bool) -> None:
        if key in builder.units:
            needs[key] = needs.get(key, False) or others

    for around in node.line() if kind == "calculate" else node.line()[:-1]:
        need(("relevant", around), False)
    for read, others in compiled.reads.items():
        if read.table:
            continue
        need(("calculate", read), others)
        for around in read.line():
            if not (around is node and kind == "relevant" and (_asks_rows(builder, node) or read is node)):
                need(("relevant", around), others)
    return needs
