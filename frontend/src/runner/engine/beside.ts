import type { AnyNode } from '@getodk/xforms-engine';

import type { Asked, Beside } from '../store/database';
import { childrenOf } from './nodes';

/** How and when the unit was asked, as the server has it; null where nobody asks for it. */
export const asked = (beside: Beside | null): Asked | null =>
  beside?.asking ? { how: beside.asking.how, on: beside.asking.on } : null;

function* all(node: AnyNode): Generator<AnyNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* all(child);
  }
}

/** Remarks and prefilled answers by node: found once, when the draft is opened, since rows may be removed later. */
export function besideNodes(
  root: AnyNode,
  beside: Beside | null,
): { remarks: Map<string, string[]>; prefilled: Set<string> } {
  const remarks = new Map<string, string[]>();
  const prefilled = new Set<string>();
  if (!beside) return { remarks, prefilled };
  const ids = new Map([...all(root)].map((node) => [node.currentState.reference, node.nodeId]));
  for (const { path, text } of beside.remarks) {
    const id = ids.get(path);
    if (id) remarks.set(id, [...(remarks.get(id) ?? []), text]);
  }
  for (const path of beside.prefilled.paths) {
    const id = ids.get(path);
    if (id) prefilled.add(id);
  }
  return { remarks, prefilled };
}
