/** Runs a tool that prints without end through the doors of a step, and tells on stderr what that took of memory. */

import { createPorts } from '../../../../packages/core/src/action/create-ports.ts';
import { createActionsRunner } from '../../../../packages/core/src/runner/actions-runner.ts';

const { runner, tools } = createPorts(
  'probe',
  createActionsRunner(process.env),
  new AbortController().signal,
);
const keys = Array.from({ length: 600 }, (_, at) => [`key_${at}`, `value/${at}&"${'x'.repeat(40)}`]);
runner.mask(JSON.stringify(Object.fromEntries(keys), null, 2));
const noise = process.argv[2] ?? '';
const { endedBy, durationMs } = await tools.run({
  command: process.execPath,
  args: ['-e', noise],
  env: {},
  cwd: '.',
  deadlineMs: 6_000,
  ladder: { afterInterruptMs: 100, afterTerminateMs: 100 },
});
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stderr.write(JSON.stringify({ endedBy, megabytes, durationMs }));
