import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { FromWorker } from '../../../packages/core/src/checks/cage/messages.ts';
import { Outbox } from '../../../packages/core/src/checks/cage/outbox.ts';

const answer = (id: number): FromWorker => ({ id, ended: { answer: null } });

function outbox() {
  const sent: (readonly FromWorker[])[] = [];
  return { sent, box: new Outbox((messages) => sent.push(messages)) };
}

/** Whatever else the machine does: for longer than anything is made to wait. */
function holdThread(): void {
  const until = performance.now() + 5;
  while (performance.now() < until);
}

it('messages that are ready together go out together, in their order', async () => {
  const { sent, box } = outbox();
  box.add({ secret: 'a' });
  box.add(answer(1));
  expect(sent).toEqual([]);
  await nextTurn();
  expect(sent).toEqual([[{ secret: 'a' }, answer(1)]]);
});

it('one that is ready later goes out later, and nothing twice', async () => {
  const { sent, box } = outbox();
  box.add(answer(1));
  await nextTurn();
  box.add(answer(2));
  await nextTurn();
  await nextTurn();
  expect(sent).toEqual([[answer(1)], [answer(2)]]);
});

it('what has waited goes out before something may hold the thread', async () => {
  const { sent, box } = outbox();
  box.add(answer(1));
  holdThread();
  box.beforeHolding();
  expect(sent).toEqual([[answer(1)]]);
  await nextTurn();
  expect(sent).toEqual([[answer(1)]]);
});

it('with nothing to say nothing is sent', async () => {
  const { sent, box } = outbox();
  box.beforeHolding();
  await nextTurn();
  expect(sent).toEqual([]);
});
