export const MOST = 60; // shown at once

export interface Option {
  value: string;
  label: string;
}

/** The options whose label has the text; those that begin with it first. */
export function found(options: readonly Option[], text: string): Option[] {
  const wanted = text.trim();
  if (!wanted) return [...options];
  const having = options.filter((option) => option.label.includes(wanted));
  return [...having.filter((o) => o.label.startsWith(wanted)), ...having.filter((o) => !o.label.startsWith(wanted))];
}
