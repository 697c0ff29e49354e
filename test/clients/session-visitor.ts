import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo } from '#local-cloud';
import { proxied } from '../support/proxied.ts';

export interface Visit {
  /** Requests that were answered with another status than 200, or not at all. */
  readonly lost: number;
  readonly answered: number;
  /** What the session counted, in the order in which it was sent; each is another number where the session was kept. */
  readonly counts: readonly number[];
  /** In the order in which they first answered. */
  readonly versions: readonly string[];
}

/** Between two requests, milliseconds: 20 a second, whether or not those before are answered. */
const everyMs = 50;

/** One visitor with one cookie asks all the while, from outside, until `work` is over. */
export async function visitDuring(cloud: Cloud, session: string, work: () => Promise<void>): Promise<Visit> {
  const sent: Promise<{ readonly version: string; readonly count: number } | undefined>[] = [];
  let isOver = false;
  const asking = (async () => {
    for (let next = performance.now(); !isOver; next += everyMs) {
      sent.push(ask(cloud, session));
      await delay(Math.max(0, next + everyMs - performance.now()));
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await asking;
  }
  const answers = await Promise.all(sent);
  const answered = answers.filter((one) => one !== undefined);
  return {
    lost: answers.length - answered.length,
    answered: answered.length,
    counts: answered.map(({ count }) => count),
    versions: [...new Set(answered.map(({ version }) => version))],
  };
}

async function ask(cloud: Cloud, session: string) {
  const url = `https://${demo.railway.host}/basket`;
  const { status, text } = await proxied(cloud, url, { headers: { cookie: `sid=${session}` } }).catch(() => ({
    status: 0,
    text: '',
  }));
  return status === 200 ? JSON.parse(text) : undefined;
}
