export type OcspStatus = 'good' | 'revoked' | 'unknown';

/**
 * What a stapled OCSP answer (RFC 6960) says of the certificate; undefined when it cannot be read. Its signature is
 * not verified: it shows what the server hands out, and proves nothing against the server.
 *
 * Ours, and not `@peculiar/asn1-ocsp`: one word of the form is wanted, and the library has 207 kB.
 */
export function ocspStatus(answer: Buffer): OcspStatus | undefined {
  const [outcome, wrapped] = parts(only(answer, tags.sequence));
  if (outcome?.value[0] !== 0) return undefined;
  const basic = octets(only(wrapped?.value, tags.sequence));
  const [data] = parts(only(basic, tags.sequence));
  // Version, responder, moment; then the list of answers, of which a stapled one has one.
  const answers = parts(data?.value).find(({ tag }) => tag === tags.sequence);
  const [single] = parts(answers?.value);
  const status = parts(single?.value)[1];
  return status && statuses[status.tag];
}

const tags = { octetString: 0x04, sequence: 0x30 } as const;

const statuses: Readonly<Record<number, OcspStatus>> = { 128: 'good', 161: 'revoked', 130: 'unknown' };

interface Part {
  readonly tag: number;
  readonly value: Buffer;
}

function only(der: Buffer | undefined, tag: number): Buffer | undefined {
  return parts(der).find((part) => part.tag === tag)?.value;
}

function octets(der: Buffer | undefined): Buffer | undefined {
  return only(der, tags.octetString);
}

/** Parts of one part; a stapled answer has a handful. */
const mostParts = 100;

/** The values that follow each other in `der`; as far as they are whole, and no more than an answer has. */
function parts(der: Buffer | undefined): Part[] {
  const found: Part[] = [];
  for (let rest = der; rest !== undefined && rest.length > 1 && found.length < mostParts; ) {
    const [tag = 0, short = 0] = rest;
    const digits = short < 0x80 ? 0 : short & 0x7f;
    if (digits > 4 || rest.length < 2 + digits) break;
    const length = digits === 0 ? short & 0x7f : rest.readUIntBE(2, digits);
    const end = 2 + digits + length;
    if (rest.length < end) break;
    found.push({ tag, value: rest.subarray(2 + digits, end) });
    rest = rest.subarray(end);
  }
  return found;
}
