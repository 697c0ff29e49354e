import type { Clock } from '../clock.ts';
import type { ToolRun } from '../process.ts';
import type { ProcessGroup } from './process-group.ts';

const defaultLadder = { afterInterruptMs: 4_000, afterTerminateMs: 1_500 };

/** Ends a tool: SIGINT, then SIGTERM, then SIGKILL, until `exited` says that it obeyed. */
export async function climbLadder(
  group: ProcessGroup,
  { clock, exited }: { clock: Clock; exited: AbortSignal },
  { afterInterruptMs, afterTerminateMs }: NonNullable<ToolRun['ladder']> = defaultLadder,
): Promise<void> {
  try {
    group.signal('SIGINT');
    await clock.sleep(afterInterruptMs, exited);
    group.signal('SIGTERM');
    await clock.sleep(afterTerminateMs, exited);
    group.signal('SIGKILL');
  } catch (error) {
    if (!exited.aborted) throw error;
  }
}
