import type { Socket } from 'node:net';
import type { Redactor } from '../../io/redactor.ts';
import type { Source } from '../assertion.ts';
import type { Address } from '../exchange/address.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import type { Handshake } from '../exchange/handshake.ts';
import { shakeHands } from '../exchange/handshake.ts';
import type { StartTlsProtocol } from '../exchange/talk-into-tls.ts';
import { startTlsProtocols, talkIntoTls } from '../exchange/talk-into-tls.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, oneOf, text } from '../parse/scalars.ts';
import { textSource, wholeDuration } from '../parse/source-grammar.ts';
import type { AddressSpec } from './address.ts';
import { addressLine, asciiHost, authorityOf, boundAddress, readAddress, urlHost } from './address.ts';
import type { AttemptContext, Blueprint, CheckType, Observation, Probe, Scope } from './check-type.ts';
import { refuseClearSecrets } from './clear-secrets.ts';
import type { DialogueStep, StepSpec } from './dialogue-steps.ts';
import { boundSteps, dialogueKeys, heardIn, readDialogue } from './dialogue-steps.ts';
import { observed } from './observed.ts';
import { reach } from './reach.ts';
import { readReceived, silence, talked } from './tcp-talk.ts';
import { identityFindings } from './tls-findings.ts';
import { readHandshake, tlsSources } from './tls-sources.ts';

/** A connection that opens, goes over to TLS where asked, and holds the dialogue the check describes. */
export const tcpCheck: CheckType = {
  name: 'tcp',
  sources: { received: textSource, duration: wholeDuration, ...tlsSources },
  assertsItself: true,
  read,
};

interface TcpSpec {
  readonly address: AddressSpec;
  readonly tls: boolean;
  readonly startTls: StartTlsProtocol | undefined;
  readonly serverName: string | undefined;
  readonly allowInsecure: boolean;
  readonly steps: readonly StepSpec[];
}

function read(at: Cursor): Blueprint | undefined {
  const spec = typeof at.value === 'string' ? shorthand(at) : readMapping(at);
  return spec && { queries: [], predicates: heardIn(spec.steps), bind: (scope) => bind(spec, scope) };
}

function shorthand(at: Cursor): TcpSpec | undefined {
  const address = addressLine(at);
  const plain = { tls: false, startTls: undefined, serverName: undefined, allowInsecure: false, steps: [] };
  return address && { ...plain, address };
}

function readMapping(at: Cursor): TcpSpec | undefined {
  const keys = ['host', 'port', 'tls', 'starttls', 'server-name', 'allow-insecure', ...dialogueKeys];
  const given = fields(at, { what: '`tcp`', keys });
  if (given === undefined) return undefined;
  const spec = {
    address: readAddress(given),
    tls: given.read('tls', flag) ?? given.has('starttls'),
    startTls: given.read('starttls', oneOf(startTlsProtocols)),
    serverName: given.read('server-name', text),
    allowInsecure: given.read('allow-insecure', flag) ?? false,
    steps: readDialogue(given, { plain: 'contains', framed: false }) ?? [],
  };
  if (spec.startTls !== undefined && !spec.tls)
    return at.fail('`starttls` is TLS: it cannot be with `tls: false`.');
  return spec;
}

interface TcpTask {
  readonly address: Address;
  readonly spec: TcpSpec;
  readonly serverName: string;
  readonly steps: readonly DialogueStep[];
  readonly asserts: Scope['asserts'];
  readonly stated: Scope['stated'];
  readonly redactor: Redactor;
}

function bind(spec: TcpSpec, scope: Scope): Probe {
  const address = boundAddress(spec.address, scope, { port: undefined, protocols: ['http:', 'https:'] });
  const host = urlHost(address.host);
  if (!spec.tls)
    refuseClearSecrets(scope, {
      host,
      over: `plain tcp to ${authorityOf(address)}`,
      allowed: spec.allowInsecure,
    });
  const task: TcpTask = {
    address,
    spec,
    serverName: spec.serverName === undefined ? address.host : asciiHost(scope.fill(spec.serverName)),
    steps: boundSteps(spec.steps, scope),
    asserts: scope.asserts,
    stated: scope.stated,
    redactor: scope.redactor,
  };
  return {
    url: authorityOf(address),
    host,
    repeatable: true,
    attempt: (context) => attempt(task, context),
  };
}

function attempt(task: TcpTask, context: AttemptContext): Promise<Observation> {
  const said = `TCP ${authorityOf(task.address)}`;
  return observed(said, context, async (watch) => {
    const now = context.clock.now();
    const { socket, handshake } = await connection(task, context, watch);
    watch.ready();
    const identity = handshake === undefined ? [] : identityFindings(handshake, task.asserts);
    // Nothing is said to a stranger.
    const talk = identity.length > 0 ? silence : await talked(task, socket, { context, watch });
    socket.destroy();
    const durationMs = watch.elapsedMs;
    const read = ({ name }: Source): Reading => {
      if (name === 'received') return readReceived(talk.received);
      if (name === 'duration') return { kind: 'found', value: durationMs };
      return handshake === undefined ? { kind: 'missing' } : readHandshake(name, handshake, now);
    };
    const findings = [...identity, ...talk.findings];
    const summary = `${said} → open`;
    const quoting = talk.findings.length > 0 ? { bare: summary } : {};
    return { kind: 'answered', summary, ...quoting, phases: watch.phases, findings, read };
  });
}

interface Connection {
  readonly socket: Socket;
  readonly handshake: Handshake | undefined;
}

async function connection(
  { address, spec, serverName }: TcpTask,
  context: AttemptContext,
  watch: AttemptWatch,
): Promise<Connection> {
  const socket = await reach(address, context, watch);
  if (spec.startTls !== undefined) await talkIntoTls(socket, spec.startTls);
  if (!spec.tls) return { socket, handshake: undefined };
  const handshake = await shakeHands(socket, { serverName, alpn: [], now: context.clock.now() }, watch);
  return { socket: handshake.socket, handshake };
}
