/** What to register with the runner's masker for one secret, and what could not be masked. */
export interface MaskForms {
  readonly forms: readonly string[];
  /** Set when the secret, or a line of it, is too short to mask without blotting out the log. */
  readonly warning?: string;
}

const shortest = 4;
/** A part of a token is a secret of its own only when long enough not to be an ordinary word. */
const shortestPart = 12;

/**
 * The forms a secret may be printed in. The runner derives base64 at three offsets, URI, JSON and XML escapes itself;
 * what it does not derive is here: hex, URL-safe base64, the parts of a JWT, of `scheme token,token` and of `user:pass`.
 */
export function maskForms(secret: string): MaskForms {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
  const maskable = lines.filter((line) => line.length >= shortest);
  const skipped = lines.filter((line) => line !== '').length - maskable.length;
  // The runner masks every line of a registered value, a JSON key's `}` too: so lines are registered, not the whole.
  const escapedWhole = lines.length > 1 && maskable.length > 0 ? [JSON.stringify(secret).slice(1, -1)] : [];
  const forms = new Set([...escapedWhole, ...maskable.flatMap(lineForms)]);
  if (skipped === 0) return { forms: [...forms] };
  const subject = lines.length === 1 ? 'A secret' : `${skipped} of a secret's ${lines.length} lines`;
  const are = lines.length === 1 || skipped === 1 ? 'is' : 'are';
  return {
    forms: [...forms],
    warning: `${subject} ${are} shorter than ${shortest} characters and cannot be masked in the log.`,
  };
}

function lineForms(line: string): string[] {
  return [line, ...parts(line)].flatMap((form) => {
    const bytes = Buffer.from(form);
    const hex = bytes.toString('hex');
    return [form, hex, hex.toUpperCase(), ...urlSafeBase64(bytes)];
  });
}

function parts(line: string): string[] {
  const jwt = /^[\w-]+\.([\w-]+)\.([\w-]+)$/.exec(line);
  if (jwt !== null) return [jwt[1] ?? '', jwt[2] ?? ''].filter((part) => part.length >= shortestPart);
  const password = /^[^\s:/]+:([^\s/].*)$/.exec(line)?.[1];
  if (password !== undefined && password.length >= shortest) return [password];
  return line.split(/[\s,]+/).filter((part) => part !== line && part.length >= shortestPart);
}

/** As it stands inside longer text: at each of the three byte offsets, without the characters its neighbours share. */
function urlSafeBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    const whole = encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    // Where no character differs from ordinary base64, the runner has derived it already.
    return /[-_]/.test(whole) && whole.length >= shortest ? [whole] : [];
  });
}
