import type { PropType } from 'vue';

/** What every control is given by its question. */
export const controlProps = <Node>() => ({
  node: { type: Object as PropType<Node>, required: true as const },
  controlId: { type: String, required: true as const },
  invalid: { type: Boolean, required: true as const },
  described: { type: String, default: undefined },
  required: { type: Boolean, default: false },
});

/** `typed`: an answer changed; with what cannot be read as one, else "". */
export const controlEmits = { typed: (problem: string) => typeof problem === 'string' };
