import { secretParts } from '../io/redactor/forms.ts';

/** What to register with the runner's masker for one secret, and what could not be masked. */
export interface MaskForms {
  readonly forms: readonly string[];
  /** Set when the secret, or a line of it, is too short to mask without blotting out the log. */
  readonly warning?: string;
}

const shortest = 4;
/** The runner compares every line of the log with every form: of a secret of more lines only the usual ones. */
const mostLines = 40;

/**
 * The forms a secret may be printed in. The runner derives base64 at three offsets, URI, JSON and XML escapes itself;
 * what it does not derive is here: hex, URL-safe base64, the escapes of other languages and of shells, the parts of a
 * JWT, of `scheme token,token` and of `user:pass`. What an action prints itself is masked in any form before.
 */
export function maskForms(secret: string): MaskForms {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
  const maskable = lines.filter((line) => line.length >= shortest);
  const skipped = lines.filter((line) => line !== '').length - maskable.length;
  // The runner masks every line of a registered value, a JSON key's `}` too: so lines are registered, not the whole.
  const escapedWhole = lines.length > 1 && maskable.length > 0 ? jsonForms(secret) : [];
  const escapes = lines.length > mostLines ? [] : maskable.flatMap(escapedForms);
  const forms = new Set([...escapedWhole, ...maskable.flatMap(lineForms), ...escapes]);
  if (skipped === 0) return { forms: [...forms] };
  const subject = lines.length === 1 ? 'A secret' : `${skipped} of a secret's ${lines.length} lines`;
  const are = lines.length === 1 || skipped === 1 ? 'is' : 'are';
  return {
    forms: [...forms],
    warning: `${subject} ${are} shorter than ${shortest} characters and cannot be masked in the log.`,
  };
}

function lineForms(line: string): string[] {
  return [line, ...secretParts(line)].flatMap((form) => {
    const bytes = Buffer.from(form);
    const hex = bytes.toString('hex');
    return [form, hex, hex.toUpperCase(), ...urlSafeBase64(bytes)];
  });
}

/** As JavaScript, PHP (`\/`) and Go (`\u0026`) write it into JSON. */
function jsonForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ofGo = (character: string) => `\\u00${character.charCodeAt(0).toString(16)}`;
  return [json, json.replaceAll('/', '\\/'), json.replace(/[&<>]/g, ofGo)];
}

/** What escapes make of a line where they are not those the runner derives: only where it has something to escape. */
function escapedForms(line: string): string[] {
  if (/^[\w.~-]+$/.test(line)) return [];
  const escaped = (how: (code: number) => string) =>
    line.replace(/[&<>"']/g, (character) => how(character.charCodeAt(0)));
  const forms = [
    ...jsonForms(line).slice(1),
    encodeURIComponent(line.toWellFormed()).replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    new URLSearchParams([['', line]]).toString().slice(1),
    escaped((code) => `&#${code};`),
    escaped((code) => `&#x${code.toString(16)};`),
    line.replaceAll("'", "'\\''"),
  ];
  return forms.filter((form) => form !== line);
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
