import { once } from 'node:events';
import type { Clock } from '../clock.ts';
import type { ToolResult, ToolRun } from '../process.ts';
import { climbLadder } from './ladder.ts';
import type { StartedChild } from './process-group.ts';
import { processGroup } from './process-group.ts';

type End = Pick<ToolResult, 'exitCode' | 'signalName' | 'endedBy'>;

/** What a tool leaves behind may hold its pipes for ever: this long after its exit, they are let go. */
const pipesAfterExitMs = 500;

/** Waits until a tool has ended by itself, or ends it when it is cancelled or out of time. */
export async function followToEnd(
  child: StartedChild,
  run: ToolRun,
  { clock, platform }: { clock: Clock; platform: NodeJS.Platform },
): Promise<End> {
  const group = processGroup(child, platform);
  const exit = new AbortController();
  let endedBy: End['endedBy'] = 'exit';
  const interrupt = (why: 'cancelled' | 'deadline') => {
    if (endedBy !== 'exit') return;
    endedBy = why;
    void climbLadder(group, { clock, exited: exit.signal }, run.ladder);
  };
  const closed = once(child, 'close');
  const exited = once(child, 'exit');
  watch(run, { clock, until: exit.signal, interrupt });
  const [exitCode, signalName] = await exited;
  exit.abort();
  const closedInTime = await settlesWithin(pipesAfterExitMs, closed, clock);
  // Nobody of its group goes on with its work: a daemon has a group of its own. On Windows, where a tree is asked for by a
  // number that may be another's by now, only where somebody must be left.
  if (platform !== 'win32' || endedBy !== 'exit' || !closedInTime) group.signal('SIGKILL');
  child.stdout.destroy();
  child.stderr.destroy();
  return { exitCode, signalName, endedBy };
}

function watch(
  run: ToolRun,
  context: { clock: Clock; until: AbortSignal; interrupt: (why: 'cancelled' | 'deadline') => void },
): void {
  const { clock, until, interrupt } = context;
  if (run.signal?.aborted) interrupt('cancelled');
  run.signal?.addEventListener('abort', () => interrupt('cancelled'), { signal: until });
  if (run.deadlineMs === undefined) return;
  clock.sleep(run.deadlineMs, until).then(
    () => interrupt('deadline'),
    () => {}, // the tool ended first
  );
}

async function settlesWithin(ms: number, work: Promise<unknown>, clock: Clock): Promise<boolean> {
  const settled = new AbortController();
  const late = clock.sleep(ms, settled.signal).then(
    () => false,
    () => true,
  );
  const done = work.then(() => true);
  const answer = await Promise.race([done, late]);
  settled.abort();
  return answer;
}
