import type { AnyNode, RootNode } from '@getodk/xforms-engine';

import { childrenOf, isLeaf, nameOf } from './nodes';

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const META = 'http://openrosa.org/xforms';
// What XML cannot hold at all, such as a pasted control character.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escaped = (text: string): string => text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ESCAPED[sign]!);

/**
 * All that was answered as a submission's XML. Unlike the engine's own, it keeps what is hidden at the moment: an
 * answer comes back when the question does, and after a restart no question is missing.
 */
export function answersXml(root: RootNode, instanceId: string): string {
  const name = nameOf(root);
  const { id, version } = formOf(root);
  const head = `<${name} id="${escaped(id)}" version="${escaped(version)}" xmlns:orx="${META}">`;
  const meta = `<orx:meta><orx:instanceID>${escaped(instanceId)}</orx:instanceID></orx:meta>`;
  return `${head}${childrenOf(root).map(xmlOf).join('')}${meta}</${name}>`;
}

function xmlOf(node: AnyNode): string {
  if (node.nodeType === 'repeat-range:controlled' || node.nodeType === 'repeat-range:uncontrolled')
    return childrenOf(node).map(xmlOf).join('');
  const name = nameOf(node);
  if (name.includes(':') || name === 'meta') return '';
  if (isLeaf(node) || node.nodeType === 'model-value') {
    return `<${name}>${escaped(node.currentState.instanceValue as string)}</${name}>`;
  }
  return `<${name}>${childrenOf(node).map(xmlOf).join('')}</${name}>`;
}

function formOf(root: RootNode): { id: string; version: string } {
  const found = new Map(root.currentState.attributes.map((a) => [a.definition.qualifiedName.localName, a.currentState.value]));
  return { id: String(found.get('id') ?? ''), version: String(found.get('version') ?? '') };
}
