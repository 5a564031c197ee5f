import type { AnyNode } from '@getodk/xforms-engine';

import { asks, childrenOf, isRange, shown, type Range } from './nodes';

/**
 * Whether at least one row must be there, by the form's own word (docs/forms.md): its `required`; where it says
 * nothing, a repeat with a condition and with questions that must be answered.
 */
export function wantsRow(range: Range): boolean {
  const bind = range.definition.bind.bindElement;
  const said = bind.getAttribute('required');
  if (said !== null && said !== '') return range.currentState.required;
  if (!bind.getAttribute('relevant')) return false;
  const { binds } = range.definition.bind.form.model;
  return range.definition.template.childElements.some((child) => {
    const leaf = binds.get(`${range.definition.nodeset}/${child.qualifiedName.localName}`);
    return leaf?.bindElement.getAttribute('required') === 'true()';
  });
}

/** Opens a first, empty row in every repeat that is shown, must have one and has none. True: some row was made. */
export function openFirstRows(root: AnyNode): boolean {
  const empty = [...shown(root)].filter(
    (node): node is Extract<Range, { nodeType: 'repeat-range:uncontrolled' }> =>
      isRange(node) && node.nodeType === 'repeat-range:uncontrolled' && childrenOf(node).length === 0 && wantsRow(node),
  );
  for (const range of empty) range.addInstances();
  return empty.length > 0;
}

/** Required questions that are shown, and how many of them are answered. */
export function progressOf(root: AnyNode): { done: number; total: number } {
  const required = [...shown(root)].filter((node) => asks(node) && node.currentState.required);
  const done = required.filter((node) => asks(node) && node.currentState.instanceValue !== '').length;
  return { done, total: required.length };
}
