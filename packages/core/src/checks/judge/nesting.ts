/** How deep lists and objects may stand in one another: whatever looks into a document holds a stack frame for each level. */
export const mostLevels = 512;

/** What an answer that goes deeper reads as. */
export const tooDeep = `a document nested too deep: more than ${mostLevels} levels`;

const known = new WeakMap<object, boolean>();

/** Whether a document goes deeper than that. Holds no stack of its own, and looks at the same document once. */
export function isTooDeep(document: unknown): boolean {
  if (!isContainer(document)) return false;
  const before = known.get(document);
  if (before !== undefined) return before;
  let layer: readonly object[] = [document];
  let levels = 0;
  while (layer.length > 0 && ++levels <= mostLevels) {
    const below: object[] = [];
    for (const container of layer)
      for (const part of Array.isArray(container) ? container : Object.values(container))
        if (isContainer(part)) below.push(part);
    layer = below;
  }
  known.set(document, levels > mostLevels);
  return levels > mostLevels;
}

/** Bytes and dates hold nothing. */
function isContainer(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date)
  );
}
