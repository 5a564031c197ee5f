import { nextTick, ref } from 'vue';

import { elementId, lineage, type FormNode } from '../engine/nodes';

/** Nodes that were asked for: the page turns to them, folded groups and rows open. */
export const wanted = ref<{ ids: ReadonlySet<string> }>({ ids: new Set() });

/** Brings a question into view and gives it the focus, wherever it is folded away. */
export async function showNode(node: FormNode): Promise<void> {
  wanted.value = { ids: new Set(lineage(node).map((around) => around.nodeId)) };
  await nextTick();
  await nextTick(); // what unfolded has drawn its content
  const place = document.getElementById(elementId(node));
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
}
