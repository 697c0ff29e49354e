import { setTimeout as delay } from 'node:timers/promises';
import { startCloud } from '#local-cloud';

/** A process to kill: `cloud-with-app.ts DIR` runs a cloud with one application and prints its port once it listens. */
const cloud = await startCloud({ services: [], dir: process.argv[2] ?? '' });
const app = await cloud.apps.start({ app: 'shop', env: {} });
while (app.log.length === 0) await delay(5);
process.stdout.write(`${app.port}\n`);
