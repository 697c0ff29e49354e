/** Runs a tool that prints short lines without end, as a step does, and tells on stderr what that took of memory. */

import { systemClock } from '../../../packages/core/src/clock.ts';
import { createTools } from '../../../packages/core/src/process/create-tools.ts';
import { inBatches } from '../../../packages/core/src/runner/in-batches.ts';
import { logDrained } from '../../../packages/core/src/runner/log-drained.ts';

const tools = createTools({
  clock: systemClock,
  print: inBatches((text) => void process.stdout.write(`${text}\n`)),
  drained: () => logDrained(process.stdout),
});
const noise = process.argv[2] ?? '';
const { endedBy } = await tools.run({
  command: process.execPath,
  args: ['-e', noise],
  env: {},
  cwd: '.',
  deadlineMs: 6_000,
  ladder: { afterInterruptMs: 100, afterTerminateMs: 100 },
});
process.stderr.write(JSON.stringify({ endedBy, megabytes: process.resourceUsage().maxRSS / 1024 }));
