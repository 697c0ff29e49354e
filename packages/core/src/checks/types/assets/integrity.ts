import { createHash } from 'node:crypto';

const algorithms = ['sha512', 'sha384', 'sha256'] as const;

/**
 * What is wrong with a body by its `integrity`, as a browser judges it: of the strongest algorithm given, any digest
 * may fit; algorithms nobody knows are passed over. Undefined when it fits, or when there is nothing to hold it to.
 */
export function integrityProblem(integrity: string, body: Buffer): { readonly actual: string } | undefined {
  const digests = integrity.split(/\s+/).map((token) => /^(sha\d+)-([^?]+)/.exec(token) ?? []);
  const strongest = algorithms.find((one) => digests.some(([, algorithm]) => algorithm === one));
  if (strongest === undefined) return undefined;
  const actual = createHash(strongest).update(body).digest('base64');
  const wanted = digests
    .filter(([, algorithm]) => algorithm === strongest)
    .map(([, , digest = '']) => digest);
  return wanted.some((digest) => standard(digest) === actual)
    ? undefined
    : { actual: `${strongest}-${actual}` };
}

/** Digests are written in both alphabets of base64. */
function standard(digest: string): string {
  return digest.replaceAll('-', '+').replaceAll('_', '/');
}
