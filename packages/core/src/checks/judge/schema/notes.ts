import type { SchemaNote } from './reading.ts';

/** `/properties/a must be an object, true or false`; of the whole schema without a path. */
export function noteText({ path, message }: SchemaNote): string {
  const shown = path.length > 200 ? `${path.slice(0, 199)}…` : path;
  if (path !== '') return `${shown} ${message}`;
  return message.startsWith('`') ? message : `it ${message}`;
}
