import { ownValue } from '../../text/own-value.ts';
import type { Source } from '../assertion.ts';
import type { HeaderList } from '../exchange/message.ts';
import type { Message, UpgradeAccepted } from '../exchange/web-socket.ts';
import { jsonOf } from '../judge/json-text.ts';
import { headerReading } from '../judge/several.ts';
import type { Reading } from '../judge/values.ts';
import type { AttemptContext } from './check-type.ts';

/** All that a WebSocket showed. */
export interface WebSocketAnswer {
  /** Of the upgrade: 101, or what it was refused with. */
  readonly status: number;
  readonly headers: HeaderList;
  readonly subprotocol: string | undefined;
  /** Those the dialogue listened to, in order. */
  readonly messages: readonly Message[];
  readonly closeCode: number | undefined;
  readonly durationMs: number;
}

export function readWebSocketAnswer(
  { name, argument = '' }: Source,
  answer: WebSocketAnswer,
  context: AttemptContext,
): Reading {
  const last = answer.messages.at(-1);
  switch (name) {
    case 'status':
      return { kind: 'found', value: answer.status };
    case 'header':
      return headerReading(ownValue(answer.headers, argument), argument);
    case 'subprotocol':
      return found(answer.subprotocol);
    case 'message':
      return found(last?.bytes.toString());
    case 'messages':
      return { kind: 'found', value: answer.messages.map(({ bytes }) => bytes.toString()) };
    case 'opcode':
      return found(last?.opcode);
    case 'close-code':
      return found(answer.closeCode);
    case 'duration':
      return { kind: 'found', value: answer.durationMs };
    case 'jsonpath':
      return last === undefined ? { kind: 'missing', note: 'no message' } : query(argument, last, context);
    default:
      return { kind: 'invalid', why: `a WebSocket has no ${name}` };
  }
}

function found(value: unknown): Reading {
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}

function query(path: string, { bytes }: Message, { jsonPaths, timeoutMs }: AttemptContext): Reading {
  if (jsonPaths === undefined) return { kind: 'invalid', why: 'JSONPath was not loaded' };
  let document: unknown;
  try {
    document = jsonOf(bytes.toString());
  } catch {
    return { kind: 'unreadable', actual: `a message that is not JSON: ${bytes.toString()}` };
  }
  return jsonPaths.read(path, document, timeoutMs);
}

/** The headers of a refusal say who refused; cookies are nobody's business. */
export function listedHeaders(headers: HeaderList): string {
  return Object.entries(headers)
    .filter(([name]) => name !== 'set-cookie')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : value.join(', ')}`)
    .join('; ');
}

/** How the other side closed. */
export function closingWords(socket: UpgradeAccepted): string {
  const { code, reason } = socket.closed() ?? { code: 1006, reason: '' };
  return `closed with ${code}${reason === '' ? '' : ` ${JSON.stringify(reason)}`}`;
}
