import type { Source } from '../assertion.ts';
import type { Address } from '../exchange/address.ts';
import type { Handshake } from '../exchange/handshake.ts';
import { identityProblems, shakeHands } from '../exchange/handshake.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { readOwnAssertions } from '../parse/own-assertions.ts';
import { listOf, text, word } from '../parse/scalars.ts';
import { wholeDuration } from '../parse/source-grammar.ts';
import type { AddressSpec } from './address.ts';
import { addressLine, asciiHost, authorityOf, boundAddress, readAddress, urlHost } from './address.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Finding,
  Observation,
  Probe,
  Scope,
} from './check-type.ts';
import { observed } from './observed.ts';
import { reach } from './reach.ts';
import { identityFindings, tlsFinding } from './tls-findings.ts';
import type { TlsVersion } from './tls-old-versions.ts';
import { oldVersionsAccepted, tlsVersions } from './tls-old-versions.ts';
import { readHandshake, tlsSources } from './tls-sources.ts';

/** A handshake with a server, whose certificate is looked at whether or not it can be trusted. */
export const tlsCheck: CheckType = {
  name: 'tls',
  sources: { ...tlsSources, duration: wholeDuration },
  assertsItself: true,
  read,
};

interface TlsSpec {
  readonly address: AddressSpec;
  readonly serverName: string | undefined;
  readonly minVersion: TlsVersion | undefined;
  /** Protocols to offer; undefined when the check does not say. */
  readonly alpn: readonly string[] | undefined;
}

/** In the mapping itself `alpn` is what is offered; what was chosen is asked for in `expect`. */
const { alpn: _, ...ownSources } = tlsSources;

function read(at: Cursor): Blueprint | undefined {
  if (typeof at.value === 'string') {
    const address = addressLine(at);
    const spec = { serverName: undefined, minVersion: undefined, alpn: undefined };
    return address && { queries: [], bind: (scope) => bind({ ...spec, address }, scope) };
  }
  const keys = ['host', 'port', 'server-name', 'min-version', 'alpn', ...Object.keys(ownSources)];
  const given = fields(at, { what: '`tls`', keys });
  if (given === undefined) return undefined;
  const spec: TlsSpec = {
    address: readAddress(given),
    serverName: given.read('server-name', text),
    minVersion: given.read('min-version', version),
    alpn: given.read('alpn', (one) => (typeof one.value === 'string' ? [one.value] : listOf(word)(one))),
  };
  const expect = readOwnAssertions(given, ownSources);
  return { queries: [], expect, bind: (scope) => bind(spec, scope) };
}

function version(at: Cursor): TlsVersion | undefined {
  // YAML reads a bare 1.0 as the number 1.
  const written = typeof at.value === 'number' ? at.value.toFixed(1) : at.value;
  const found = tlsVersions.find((one) => one === written);
  return found ?? at.fail(`\`${at.key}\` must be one of ${tlsVersions.join(', ')}, not ${shown(at.value)}.`);
}

interface TlsTask {
  readonly address: Address;
  readonly serverName: string;
  readonly spec: TlsSpec;
  readonly alpn: readonly string[];
  readonly asserts: Scope['asserts'];
}

/** What a browser offers. */
const usualProtocols: readonly string[] = ['h2', 'http/1.1'];

function bind(spec: TlsSpec, scope: Scope): Probe {
  const address = boundAddress(spec.address, scope, { port: 443, protocols: ['https:'] });
  const serverName = spec.serverName === undefined ? address.host : asciiHost(scope.fill(spec.serverName));
  const alpn = (spec.alpn ?? usualProtocols).map((one) => scope.fill(one));
  const task: TlsTask = { address, serverName, spec, alpn, asserts: scope.asserts };
  return {
    url: authorityOf(address),
    host: urlHost(address.host),
    repeatable: true,
    attempt: (context) => attempt(task, context),
  };
}

async function attempt(task: TlsTask, context: AttemptContext): Promise<Observation> {
  const said = `TLS ${authorityOf(task.address)}`;
  return observed(said, context, async (watch) => {
    const now = context.clock.now();
    const { address, serverName, alpn, spec } = task;
    const handshake = await shakeHands(
      await reach(address, context, watch),
      { serverName, alpn, now },
      watch,
    );
    watch.ready();
    handshake.socket.destroy();
    const durationMs = watch.elapsedMs;
    const { phases } = watch;
    const old =
      spec.minVersion === undefined
        ? []
        : await oldVersionsAccepted(
            { minVersion: spec.minVersion, serverName, open: (own) => reach(address, context, own) },
            { ...context, timeoutMs: context.timeoutMs - durationMs },
          );
    const read = ({ name }: Source): Reading =>
      name === 'duration' ? { kind: 'found', value: durationMs } : readHandshake(name, handshake, now);
    const findings = [...ownFindings(task, handshake), ...old];
    return { kind: 'answered', summary: `${said} → ${summaryOf(handshake)}`, phases, findings, read };
  });
}

/** Who answered, and whether it chose one of the protocols the check offers. */
function ownFindings({ spec, alpn, asserts }: TlsTask, handshake: Handshake): readonly Finding[] {
  const identity = identityFindings(handshake, asserts);
  if (spec.alpn === undefined || handshake.alpn !== undefined || asserts('alpn')) return identity;
  return [...identity, tlsFinding('alpn', `one of ${alpn.join(', ')}`, 'none was chosen')];
}

/** The line of the report names what is wrong even where the check does not mind. */
function summaryOf(handshake: Handshake): string {
  const until = `certificate until ${handshake.certificate.validTo.toISOString().slice(0, 10)}`;
  return [`TLS ${handshake.version.toFixed(1)}`, until, ...identityProblems(handshake)].join(', ');
}
