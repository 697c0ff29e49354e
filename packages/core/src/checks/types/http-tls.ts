import type { TlsTerms } from '../exchange/tls-terms.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, text } from '../parse/scalars.ts';
import { pemOrFileName } from '../parse/trust.ts';
import type { Scope } from './check-type.ts';

/** Whom to trust, as written under `tls`. */
export interface TrustSpec {
  /** A path, or PEM itself. */
  readonly ca: string | undefined;
  readonly serverName: string | undefined;
  readonly minVersion: '1.2' | '1.3' | undefined;
  readonly verify: boolean;
}

/** Our own certificate, as written under `client-cert`; each a path, or PEM itself as a secret holds it. */
export interface IdentitySpec {
  readonly cert: string;
  readonly key: string;
  readonly passphrase: string | undefined;
}

export function readTrust(at: Cursor): TrustSpec | undefined {
  const given = fields(at, {
    what: '`tls` of a request',
    keys: ['ca', 'server-name', 'min-version', 'verify'],
  });
  if (given === undefined) return undefined;
  return {
    ca: given.read('ca', pemOrFileName),
    serverName: given.read('server-name', text),
    minVersion: given.read('min-version', version),
    verify: given.read('verify', flag) ?? true,
  };
}

/** YAML reads 1.2 as a number. */
function version(at: Cursor): '1.2' | '1.3' | undefined {
  const legal = (['1.2', '1.3'] as const).find((one) => one === String(at.value));
  return legal ?? at.fail(`\`${at.key}\` must be 1.2 or 1.3, not ${shown(at.value)}.`);
}

export function readIdentity(at: Cursor): IdentitySpec | undefined {
  const given = fields(at, { what: '`client-cert`', keys: ['cert', 'key', 'passphrase'] });
  if (given === undefined) return undefined;
  const cert = given.read('cert', pemOrFileName);
  const key = given.read('key', pemOrFileName);
  if (!given.has('cert') || !given.has('key')) at.fail('`client-cert` needs `cert` and `key`.');
  if (cert === undefined || key === undefined) return undefined;
  return { cert, key, passphrase: given.read('passphrase', text) };
}

/** Fills in the templates and reads the files; undefined where nothing is out of the ordinary. */
export function boundTls(
  trust: TrustSpec | undefined,
  identity: IdentitySpec | undefined,
  scope: Scope,
): TlsTerms | undefined {
  if (trust === undefined && identity === undefined) return undefined;
  const { ca, serverName, minVersion, verify = true } = trust ?? {};
  return {
    verify,
    ...(ca === undefined ? {} : { ca: pem(ca, scope) }),
    ...(serverName === undefined ? {} : { serverName: scope.fill(serverName) }),
    ...(minVersion === undefined ? {} : { minVersion: `TLSv${minVersion}` as const }),
    ...(identity === undefined ? {} : { cert: pem(identity.cert, scope), key: pem(identity.key, scope) }),
    ...(identity?.passphrase === undefined ? {} : { passphrase: scope.fill(identity.passphrase) }),
  };
}

function pem(written: string, scope: Scope): string {
  const filled = scope.fill(written);
  return filled.trimStart().startsWith('-----BEGIN') ? filled : scope.readFile(filled).toString('utf8');
}
