import type { Socket } from 'node:net';
import type { Redactor } from '../../io/redactor.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { ByteCollector } from '../exchange/byte-collector.ts';
import { streamLine } from '../exchange/stream-line.ts';
import type { Reading } from '../judge/values.ts';
import type { AttemptContext, Finding, Scope } from './check-type.ts';
import type { Line } from './dialogue.ts';
import { converse, mostHeard, nextOf } from './dialogue.ts';
import type { DialogueStep } from './dialogue-steps.ts';
import { about } from './named-facts.ts';

export interface Talk {
  /** All that came in. */
  readonly received: string;
  readonly findings: readonly Finding[];
}

export const silence: Talk = { received: '', findings: [] };

export interface TalkTask {
  readonly steps: readonly DialogueStep[];
  readonly stated: Scope['stated'];
  readonly redactor: Redactor;
}

/** Holds the dialogue, and listens on where the check asserts on what is received. */
export async function talked(
  { steps, stated, redactor }: TalkTask,
  socket: Socket,
  { context, watch }: { readonly context: AttemptContext; readonly watch: AttemptWatch },
): Promise<Talk> {
  const pieces = new ByteCollector();
  const { next } = streamLine(socket, () => watch.answered());
  let coming: ReturnType<Line['next']> | undefined;
  const read = async () => {
    const bytes = await next();
    coming = undefined;
    if (bytes !== undefined) pieces.add(bytes);
    return bytes && { bytes, opcode: undefined };
  };
  const line = {
    joins: true,
    ending: () => 'the end',
    send: ({ bytes }: NonNullable<DialogueStep['send']>) => socket.write(bytes),
    next() {
      coming ??= read();
      return coming;
    },
  };
  const { patterns, judging, timeoutMs, awaits } = context;
  const findings = await converse(steps, line, { patterns, judging, redactor, timeoutMs, watch });
  const received = () => pieces.whole.toString();
  const asserted = stated.filter(about('received'));
  if (findings.length > 0 || asserted.length === 0) return { received: received(), findings };
  // Of a line that has not ended nobody knows what is not in it.
  const isEnded = () => /\n$/.test(received()) && received().trim() !== '';
  const holds = async () => (await awaits?.(['received'], () => readReceived(received()))) !== true;
  while (pieces.size <= mostHeard && !(isEnded() && (await holds()))) {
    const heard = await nextOf(line, { watch });
    if (
      heard === 'late' &&
      pieces.size > 0 &&
      !isEnded() &&
      asserted.some(({ predicate }) => predicate.negated)
    )
      return { received: received(), findings: [unended(received())] };
    if (heard === undefined || heard === 'late') break;
  }
  return { received: received(), findings };
}

/** That nothing is in nothing proves nothing. */
export function readReceived(received: string): Reading {
  return received === '' ? { kind: 'missing', note: 'nothing came' } : { kind: 'found', value: received };
}

function unended(received: string): Finding {
  const actual = `${JSON.stringify(received)}, whose line did not end in time`;
  return {
    failureClass: 'timeout',
    failure: { read: 'received', expected: 'a whole line', actual },
    endsAs: 'fail',
  };
}
