import { Worker } from 'node:worker_threads';
import type { Announcer } from './announcements.ts';
import { announcementsFd } from './announcements.ts';

/** How often what was announced is passed on, milliseconds. */
const everyMs = 50;

/** Runs while the thread that judges is held. */
const program = `
const { workerData: { parent, words, fd, everyMs } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const bytes = Buffer.alloc(4);
let told = 0;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);
setInterval(() => {
  const announced = Atomics.load(words, 1);
  if (announced === told) return;
  bytes.writeInt32LE(Atomics.load(words, 0));
  try {
    writeSync(fd, bytes);
    told = announced;
  } catch {}
}, everyMs);
`;

/**
 * A thread beside the one that judges. Passes its announcements on, and ends this process once the one that started it
 * is gone, whatever holds the other thread then: nobody else would, on a laptop or a runner that lives on.
 */
export function watchOver(parent: number, announcer: Announcer): void {
  const workerData = { parent, words: announcer.words, fd: announcementsFd, everyMs };
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  const passOn = (isUp: boolean) => {
    announcer.isPassedOn = isUp;
  };
  const worker = new Worker(program, { eval: true, env: {}, execArgv: [], resourceLimits, workerData });
  worker.on('online', () => passOn(true));
  // Without it, the thread that judges says everything itself.
  for (const event of ['error', 'exit']) worker.on(event, () => passOn(false));
  worker.unref();
}
