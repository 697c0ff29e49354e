import type { Redactor } from '../../io/redactor.ts';
import { defined } from '../../text/defined.ts';
import type { Source } from '../assertion.ts';
import { hostOf, portOf } from '../exchange/address.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { shownUrl } from '../exchange/exchange.ts';
import { isGatewayStatus } from '../exchange/exchange-error.ts';
import { secureConnection } from '../exchange/handshake.ts';
import { headerOf } from '../exchange/message.ts';
import { retryAfterMs } from '../exchange/retry-after.ts';
import type { Message, UpgradeAccepted, UpgradeRefused, UpgradeRequest } from '../exchange/web-socket.ts';
import { upgrade } from '../exchange/web-socket.ts';
import { anyValue, numberSource, textSource, wholeDuration } from '../parse/source-grammar.ts';
import type { AttemptContext, CheckType, Finding, Observation, Probe, Scope } from './check-type.ts';
import { inBetween } from './deployment-protection.ts';
import type { Line } from './dialogue.ts';
import { converse, mostHeard, nextOf } from './dialogue.ts';
import type { DialogueStep } from './dialogue-steps.ts';
import { boundSteps, heardIn } from './dialogue-steps.ts';
import { httpSources } from './http-sources.ts';
import { observed } from './observed.ts';
import { reach } from './reach.ts';
import type { WebSocketAnswer } from './websocket-answer.ts';
import { closingWords, listedHeaders, readWebSocketAnswer } from './websocket-answer.ts';
import { closingHandshake, hangUp } from './websocket-close.ts';
import type { WebSocketSpec } from './websocket-spec.ts';
import { boundUpgrade, readWebSocket } from './websocket-spec.ts';

const { status, header, jsonpath } = httpSources;

/** An upgrade to a WebSocket, and the dialogue the check describes on it. */
export const websocketCheck: CheckType = {
  name: 'websocket',
  sources: {
    ...(status && { status }),
    ...(header && { header }),
    ...(jsonpath && { jsonpath }),
    subprotocol: textSource,
    message: textSource,
    messages: anyValue,
    opcode: textSource,
    'close-code': numberSource,
    duration: wholeDuration,
  },
  assertsItself: true,
  read(at, defaults) {
    const spec = readWebSocket(at, defaults);
    return spec && { queries: [], predicates: heardIn(spec.steps), bind: (scope) => bind(spec, scope) };
  },
};

interface WebSocketTask {
  readonly spec: WebSocketSpec;
  readonly request: UpgradeRequest;
  readonly steps: readonly DialogueStep[];
  readonly asserts: Scope['asserts'];
  readonly redactor: Redactor;
}

function bind(spec: WebSocketSpec, scope: Scope): Probe {
  const request = boundUpgrade(spec, scope);
  const steps = boundSteps(spec.steps, scope);
  const task = { spec, request, steps, asserts: scope.asserts, redactor: scope.redactor };
  return {
    url: shownUrl(request.url, spec.redactQuery),
    host: request.url.hostname,
    redactQuery: spec.redactQuery,
    repeatable: true,
    attempt: (context) => attempt(task, context),
  };
}

function attempt(task: WebSocketTask, context: AttemptContext): Promise<Observation> {
  const said = `WebSocket ${shownUrl(task.request.url, task.spec.redactQuery)}`;
  return observed(said, context, async (watch) => {
    const socket = await connected(task.request.url, context, watch);
    watch.ready();
    const answer = await upgrade(task.request, { socket, watch });
    if (answer.kind === 'refused') return refused(said, answer, { task, context, watch });
    try {
      return await opened(said, answer, { task, context, watch });
    } finally {
      answer.part();
    }
  });
}

async function connected(url: URL, context: AttemptContext, watch: AttemptWatch) {
  const host = hostOf(url);
  const socket = await reach({ host, port: portOf(url) }, context, watch);
  if (url.protocol === 'ws:') return socket;
  const terms = { serverName: host, alpn: ['http/1.1'], now: context.clock.now() };
  return (await secureConnection(socket, terms, watch)).socket;
}

interface Attempting {
  readonly task: WebSocketTask;
  readonly context: AttemptContext;
  readonly watch: AttemptWatch;
}

function refused(said: string, { status, headers }: UpgradeRefused, attempting: Attempting): Observation {
  const { task, context, watch } = attempting;
  const finding: Finding = {
    failureClass: isGatewayStatus(status) ? 'gateway' : 'assertion',
    failure: {
      read: 'upgrade',
      expected: 'status 101',
      actual: `status ${status} (${listedHeaders(headers)})`,
    },
    endsAs: 'fail',
  };
  const { challenge, interception = finding } = inBetween(
    { status, headers, text: () => '' },
    task.request,
    context,
  );
  const wait = retryAfterMs(headerOf(headers, 'retry-after'), context.clock.now());
  const answer = { status, headers, messages: [], subprotocol: undefined, closeCode: undefined };
  return {
    kind: 'answered',
    summary: `${said} → ${status}`,
    status,
    phases: watch.phases,
    ...defined({ retryAfterMs: wait }),
    // A check may want to be turned away.
    findings: challenge !== undefined ? [challenge] : task.asserts('status') ? [] : [interception],
    read: reader(answer, attempting),
  };
}

async function opened(said: string, socket: UpgradeAccepted, attempting: Attempting): Promise<Observation> {
  const { task, context, watch } = attempting;
  const messages: Message[] = [];
  const line = {
    joins: false,
    send: socket.send,
    async next() {
      const message = await socket.messages.next();
      if (message !== undefined) messages.push(message);
      return message;
    },
    ending: () => closingWords(socket),
  };
  const { patterns, judging, timeoutMs } = context;
  const { redactor } = task;
  const talk = await converse(task.steps, line, { patterns, judging, redactor, timeoutMs, watch });
  const { headers, subprotocol } = socket;
  const seen = () => ({ status: 101, headers, subprotocol, messages, closeCode: socket.closed()?.code });
  const holds = talk.length === 0 && (await comesTrue(line, seen, attempting));
  const findings = talk.length > 0 ? talk : await ending(socket, holds, attempting);
  return {
    kind: 'answered',
    summary: `${said} → 101`,
    ...(talk.length > 0 ? { bare: `${said} → 101` } : {}),
    status: 101,
    phases: watch.phases,
    findings,
    read: reader(seen(), attempting),
  };
}

/** All messages are judged anew with each that comes. */
const mostJudged = 1000;

/** What every message may change, and the close. */
const comesIn = ['message', 'messages', 'opcode', 'jsonpath', 'close-code'];

/** How the connection must end; what the check names itself is left to it, and so is what it misses already. */
async function ending(
  socket: UpgradeAccepted,
  holds: boolean,
  { task: { spec, asserts }, watch }: Attempting,
): Promise<readonly Finding[]> {
  if (spec.close !== undefined) return closingHandshake(spec.close, socket, watch);
  return !holds || asserts('close-code') ? [] : hangUp(socket, { watch, isSilent: spec.steps.length === 0 });
}

/** Listens until what the check asserts of messages and close holds; false where nothing more can come, or the time is up. */
async function comesTrue(
  line: Pick<Line, 'next'>,
  seen: () => Omit<WebSocketAnswer, 'durationMs'>,
  attempting: Attempting,
): Promise<boolean> {
  const { context, watch } = attempting;
  let size = 0;
  while ((await context.awaits?.(comesIn, reader(seen(), attempting))) === true) {
    if (size > mostHeard || seen().messages.length > mostJudged) return false;
    const heard = await nextOf(line, { watch });
    if (heard === undefined || heard === 'late') return false;
    size += heard.bytes.length;
  }
  return true;
}

function reader(answer: Omit<WebSocketAnswer, 'durationMs'>, { context, watch }: Attempting) {
  const durationMs = watch.elapsedMs;
  return (source: Source) => readWebSocketAnswer(source, { ...answer, durationMs }, context);
}
