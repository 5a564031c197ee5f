import type { AnyNode, RootNode } from '@getodk/xforms-engine';

import { asks, isLeaf, labelOf, rowLabel, shown, type FormNode, type Leaf } from './nodes';

/** One thing to mend: where, and the sentence. `node` is absent where the server means no question of its own. */
export interface Fault {
  path: string;
  label: string;
  message: string;
  node?: FormNode;
}

const CHOSEN = ['select', 'upload'];

/** What is wrong with an answer, in Chinese; "" when nothing is. The form's own words come first. */
export function violationOf(leaf: Leaf): string {
  const violation = leaf.validationState.violation;
  if (!violation) return '';
  const said = violation.message?.asString.trim();
  if (said) return said;
  if (violation.condition === 'required') return CHOSEN.includes(leaf.nodeType) ? '必选，请选择。' : '必填，请填写。';
  return '填写的内容不符合要求，请核对。';
}

/** All faults of what is shown, in the order of the form; `typed` tells what could not be read as a number or date. */
export function faultsOf(root: RootNode, typed: ReadonlyMap<string, string>): Fault[] {
  const found: Fault[] = [];
  for (const node of shown(root)) {
    if (!isLeaf(node) || !asks(node)) continue;
    const message = typed.get(node.nodeId) || violationOf(node);
    if (message) found.push(faultAt(node, message));
  }
  return found;
}

export function faultAt(node: FormNode, message: string): Fault {
  const label = [rowLabel(node), labelOf(node)].filter(Boolean).join(' · ');
  return { path: node.currentState.reference, label, message, node };
}

/** The server's faults, each at its question where the page has it. */
export function placed(root: AnyNode, told: readonly { path: string; message: string }[]): Fault[] {
  const byPath = new Map([...shown(root)].map((node) => [node.currentState.reference, node]));
  return told.map(({ path, message }) => {
    const node = byPath.get(path);
    return { path, label: '', message, ...(node ? { node } : {}) };
  });
}
