/** Marks the file in which an action hears of a cancel before it loads the rest at once. */
const hearsOfCancel = 'SIGBREAK';

/**
 * How much of a bundle is read before its first act, in bytes: `index.js`, and in an action's what that loads at once.
 * `files` by name; chunks are named by number, `102.index.js`.
 */
export function entryBytesOf(files: ReadonlyMap<string, string | Buffer>): number {
  const index = String(files.get('index.js'));
  const loaded = index.includes(hearsOfCancel) ? index.matchAll(/__nccwpck_require__\.e\((\d+)\)/g) : [];
  const names = ['index.js', ...new Set([...loaded].map(([, id]) => `${id}.index.js`))];
  return names.reduce((sum, name) => sum + Buffer.byteLength(files.get(name) ?? ''), 0);
}
