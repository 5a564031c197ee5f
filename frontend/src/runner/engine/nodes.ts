import type { AnyNode, RepeatRangeNode, RootNode } from '@getodk/xforms-engine';

/** Any node but the root; groups, rows and questions alike. */
export type FormNode = Exclude<AnyNode, RootNode>;
export type Leaf = Extract<FormNode, { nodeType: 'input' | 'select' | 'upload' | 'note' | 'range' | 'rank' | 'trigger' }>;
export type Range = RepeatRangeNode;
export type Group = Extract<FormNode, { nodeType: 'group' }>;
export type Row = Extract<FormNode, { nodeType: 'repeat-instance' }>;

const OPTIONAL = '选填';

export const isRange = (node: AnyNode): node is Range => node.nodeType.startsWith('repeat-range');
export const isLeaf = (node: AnyNode): node is Leaf =>
  ['input', 'select', 'upload', 'note', 'range', 'rank', 'trigger'].includes(node.nodeType);

export const nameOf = (node: AnyNode): string => node.definition.nodeset.split('/').at(-1) ?? '';
export const elementId = (node: AnyNode): string => node.nodeId.replace(':', '-');
export const labelOf = (node: AnyNode): string => node.currentState.label?.asString ?? '';
export const hintOf = (node: AnyNode): string => node.currentState.hint?.asString ?? '';
export const looks = (node: AnyNode, appearance: string): boolean =>
  [...((node.appearances ?? []) as Iterable<string>)].includes(appearance);
/** The whole of it may be left empty, so it is folded. */
export const isOptional = (node: AnyNode): boolean => labelOf(node).startsWith(OPTIONAL);
export const valueOf = (leaf: Leaf): string => leaf.currentState.instanceValue as string;
/** What a person answers; a note only tells, or shows what was worked out. */
export const asks = (node: AnyNode): node is Exclude<Leaf, { nodeType: 'note' }> =>
  isLeaf(node) && node.nodeType !== 'note' && !node.currentState.readonly;

export function childrenOf(node: AnyNode): readonly FormNode[] {
  return (node.currentState.children ?? []) as readonly FormNode[];
}

/** What stands in the form's body and belongs there by the answers given. */
export function shownChildren(node: AnyNode): FormNode[] {
  return childrenOf(node).filter(
    (child) => child.nodeType !== 'model-value' && child.currentState.relevant && child.definition.bodyElement !== null,
  );
}

/** Every node that is shown, in the order of the form. */
export function* shown(node: AnyNode): Generator<FormNode> {
  for (const child of shownChildren(node)) {
    yield child;
    yield* shown(child);
  }
}

/** Where a node stands, outermost first, itself included. */
export function lineage(node: FormNode): FormNode[] {
  const parent = node.parent as AnyNode | null;
  return parent && parent.nodeType !== 'root' ? [...lineage(parent as FormNode), node] : [node];
}

/** "大件运输车辆 第2行": the row in which a question stands, "" outside of repeats. */
export function rowLabel(node: FormNode): string {
  return lineage(node)
    .filter((around): around is Row => around.nodeType === 'repeat-instance' && around !== node)
    .map((row) => `${labelOf(row.parent as Range)} 第${rowNumber(row)}行`)
    .join(' ');
}

export function rowNumber(row: Row): number {
  return childrenOf(row.parent as Range).indexOf(row) + 1;
}
