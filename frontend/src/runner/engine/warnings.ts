import type { RootNode } from '@getodk/xforms-engine';

import { faultAt, type Fault } from './faults';
import { isLeaf, shown, type Leaf } from './nodes';

const DAJIAN = 'urn:dajian:xforms';

/** What the engine's nodes can do beyond their published interface; asked for in this one place. */
interface Evaluating {
  evaluator: { evaluateBoolean(expression: string, options: { contextNode: unknown }): boolean };
  contextNode: unknown;
}

/** The soft check of an answer: its message while it does not hold, else "". It must be confirmed, not mended. */
export function warningOf(leaf: Leaf): string {
  const bind = leaf.definition.bind.bindElement;
  const expression = bind.getAttributeNS(DAJIAN, 'warning');
  if (!expression || leaf.currentState.instanceValue === '') return '';
  const { evaluator, contextNode } = leaf as unknown as Evaluating;
  if (evaluator.evaluateBoolean(expression, { contextNode })) return '';
  return bind.getAttributeNS(DAJIAN, 'warningMsg') ?? '这个数值少见，请确认。';
}

export function warningsOf(root: RootNode): Fault[] {
  const found: Fault[] = [];
  for (const node of shown(root)) {
    const message = isLeaf(node) ? warningOf(node) : '';
    if (message) found.push(faultAt(node, message));
  }
  return found;
}
