import type { SelectNode } from '@getodk/xforms-engine';

import { spelled } from '../engine/numbers';
import { asks, valueOf, type Leaf } from '../engine/nodes';

/** An answer as a person reads it: the labels of what was chosen, else what was typed; of a photo that it is there. */
export function spoken(leaf: Leaf): string {
  if (!asks(leaf)) return '';
  if (leaf.nodeType === 'upload') return valueOf(leaf) && '已有照片';
  if (leaf.nodeType !== 'select') return leaf.valueType === 'decimal' ? spelled(valueOf(leaf)) : valueOf(leaf);
  const { value: chosen, valueOptions } = leaf.currentState as SelectNode['currentState'];
  return chosen.map((value) => valueOptions.find((option) => option.value === value)?.label.asString ?? value).join('、');
}
