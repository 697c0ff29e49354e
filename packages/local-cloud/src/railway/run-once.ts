import type { Apps, LogLine } from '../apps/apps.ts';

/** Runs a command to its end and answers its exit code; it is killed with the deployment it is for. */
export async function runOnce(
  apps: Apps,
  spec: Parameters<Apps['start']>[0],
  { life, said }: { readonly life: AbortSignal; readonly said: (line: LogLine) => void },
): Promise<number | null> {
  const running = await apps.start(spec);
  running.follow(said);
  const kill = () => void running.stop('SIGKILL', 0);
  if (life.aborted) kill();
  life.addEventListener('abort', kill, { once: true });
  const { code } = await running.exited;
  life.removeEventListener('abort', kill);
  return code;
}
