import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { FromWorker } from '../../../packages/core/src/checks/cage/messages.ts';
import { Outbox } from '../../../packages/core/src/checks/cage/outbox.ts';

const answer = (id: number): FromWorker => ({ id, ended: { answer: null } });

function outbox(mayWait?: () => boolean) {
  const sent: (readonly FromWorker[])[] = [];
  return { sent, box: new Outbox((messages) => sent.push(messages), mayWait) };
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

describe('where there is enough to do meanwhile', () => {
  it('what is ready waits for what is about to be', async () => {
    const { sent, box } = outbox(() => true);
    box.add(answer(1));
    await nextTurn();
    box.add(answer(2));
    expect(sent).toEqual([]);
    await vi.waitFor(() => expect(sent).toEqual([[answer(1), answer(2)]]));
  });

  it('it waits no longer than until there is not', async () => {
    let mayWait = true;
    const { sent, box } = outbox(() => mayWait);
    box.add(answer(1));
    mayWait = false;
    box.add(answer(2));
    await nextTurn();
    expect(sent).toEqual([[answer(1), answer(2)]]);
  });

  it('it still goes out before something may hold the thread', async () => {
    const { sent, box } = outbox(() => true);
    box.add(answer(1));
    holdThread();
    box.beforeHolding();
    expect(sent).toEqual([[answer(1)]]);
  });

  it('what cannot be had again waits for nothing, and takes the others along', async () => {
    const { sent, box } = outbox(() => true);
    box.add(answer(1));
    box.add(answer(2), true);
    await nextTurn();
    box.add(answer(3), true);
    box.beforeHolding();
    expect(sent).toEqual([[answer(1), answer(2)], [answer(3)]]);
  });

  it('and nothing goes out twice', async () => {
    const { sent, box } = outbox(() => true);
    box.add(answer(1));
    holdThread();
    box.beforeHolding();
    box.add(answer(2));
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent).toEqual([[answer(1)], [answer(2)]]);
  });
});
