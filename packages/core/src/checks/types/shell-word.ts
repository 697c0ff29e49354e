import { lateCrypto } from '../../io/late-builtins.ts';

/**
 * Stands for a secret while a command is put together: letters and digits, so that it comes through addresses, headers
 * and forms as it is.
 */
export function standInFor(name: string): string {
  return `bs${standIns().nonce}x${Buffer.from(name).toString('hex')}x`;
}

interface StandIns {
  /** No text of others holds it. */
  readonly nonce: string;
  readonly pattern: RegExp;
}

let known: StandIns | undefined;

function standIns(): StandIns {
  known ??= standInsOf(lateCrypto().randomBytes(8).toString('hex'));
  return known;
}

function standInsOf(nonce: string): StandIns {
  return { nonce, pattern: new RegExp(`bs${nonce}x((?:[0-9a-f]{2})+)x`, 'g') };
}

/** Whether a text holds the stand-in of a secret. */
export function holdsSecret(text: string): boolean {
  return text.search(standIns().pattern) !== -1;
}

/** Whether a text begins with the stand-in of a secret. */
export function beginsWithSecret(text: string): boolean {
  return text.search(standIns().pattern) === 0;
}

/** `json`: a secret stands within a text of JSON. */
export type SecretsStand = 'plain' | 'json';

/** A word for a POSIX shell that means `text`; a secret is a variable of the shell, in double quotes. */
export function shellWord(text: string, secrets: SecretsStand = 'plain'): string {
  if (holdsSecret(text)) return inDoubleQuotes(text, secrets);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : inSingleQuotes(text);
}

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function inDoubleQuotes(text: string, secrets: SecretsStand): string {
  let word = '"';
  let from = 0;
  for (const match of text.matchAll(standIns().pattern)) {
    word += escaped(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = variableOf(Buffer.from(match[1] ?? '', 'hex').toString());
    if (secrets === 'json') word += asJson(name);
    else word += /^\w/.test(text.slice(from)) ? `\${${name}}` : `$${name}`;
  }
  return `${word}${escaped(text.slice(from))}"`;
}

/** Its value as it stands in a text of JSON, but for what has no letter of its own there. */
function asJson(name: string): string {
  return `$(printf %s "$${name}" | sed 's/[\\\\"]/\\\\&/g')`;
}

/** An interactive shell would take `!` for its history, and no escape in double quotes keeps it from that. */
function escaped(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&').replace(/!+/g, (marks) => `"'${marks}'"`);
}

/** Names have other letters here, and in addresses, than in a shell. */
function variableOf(name: string): string {
  return name.replace(/\W/g, '_').replace(/^(?=\d)/, '_');
}
