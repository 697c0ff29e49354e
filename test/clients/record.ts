import { mkdir, writeFile } from 'node:fs/promises';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { readings, recordingFile } from './recordings.ts';
import { runClient } from './run-client.ts';
import { scenarios } from './scenarios.ts';
import { normalise } from './transcript.ts';

/** Writes down what the real flyctl sends, prints and returns: `node --conditions=source test/clients/record.ts [NAME…]`. */
const found = findFlyctl();
if (found.path === undefined) throw new Error(`client flyctl: not recorded: ${found.why}`);
const { path } = found;
const wanted = process.argv.slice(2);
await mkdir(new URL('recorded/flyctl/', import.meta.url), { recursive: true });
for (const scenario of scenarios) {
  if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
  const transcript = normalise(await runClient([path], scenario), readings(scenario));
  await writeFile(recordingFile(scenario.name), `${JSON.stringify(transcript, null, 1)}\n`);
  process.stdout.write(`recorded ${scenario.name}: exit ${transcript.exit}\n`);
}
