/**
 * Reads a checksum file: file name → sha256, lower case. `<64 hex>  <name>` a line, `*` before the name for binary
 * mode; other lines are skipped, since some files carry comments or other algorithms.
 */
export function parseChecksums(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](\S+)$/i.exec(line.trim()) ?? [];
    if (sha256 !== undefined && name !== undefined) found.set(name, sha256.toLowerCase());
  }
  return found;
}
