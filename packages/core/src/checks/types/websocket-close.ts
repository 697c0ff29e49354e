import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import type { UpgradeAccepted } from '../exchange/web-socket.ts';
import type { Finding } from './check-type.ts';
import { closingWords } from './websocket-answer.ts';

/** Waits for the server to close, when the check says how it must. */
export async function closingHandshake(
  close: number,
  socket: UpgradeAccepted,
  watch: AttemptWatch,
): Promise<readonly Finding[]> {
  const expected = `code ${close}`;
  try {
    await untilClosed(socket);
  } catch (error) {
    if (watch.cutBy === undefined) throw error;
  }
  if (watch.cutBy !== undefined)
    return [finding(expected, 'still open when the time was up', { failureClass: 'timeout' })];
  return socket.closed()?.code === close ? [] : [finding(expected, closingWords(socket))];
}

/** How long a server has for what goes wrong behind its 101, milliseconds. */
const graceMs = 250;

/**
 * Looks whether the server hangs up by itself because something is wrong with it: many answer 101 before they know. That
 * it minds what it was told (1008, and the codes of applications) is no such thing.
 */
export async function hangUp(
  socket: UpgradeAccepted,
  { watch, isSilent }: { readonly watch: AttemptWatch; readonly isSilent: boolean },
): Promise<readonly Finding[]> {
  await watch.uncounted(() => Promise.race([untilClosed(socket), sleep(graceMs)]));
  const code = socket.closed()?.code;
  if (code === undefined || !isTrouble(code, isSilent)) return [];
  const failureClass = passing.includes(code) ? 'gateway' : 'assertion';
  return [finding('open, or closed with 1000', closingWords(socket), { failureClass })];
}

/** Whoever was told something may end a connection without a word; to end one that nobody has used is to break down. */
function isTrouble(code: number, isSilent: boolean): boolean {
  if (code === 1006) return isSilent;
  return code < 3000 && ![1000, 1005, 1008].includes(code);
}

/** Going away, restarting, try again later, bad gateway. */
const passing: readonly number[] = [1001, 1012, 1013, 1014];

async function untilClosed({ messages }: UpgradeAccepted): Promise<void> {
  while ((await messages.next()) !== undefined);
}

function finding(
  expected: string,
  actual: string,
  { failureClass }: Pick<Finding, 'failureClass'> = { failureClass: 'assertion' },
): Finding {
  return { failureClass, failure: { read: 'close', expected, actual }, endsAs: 'fail' };
}
