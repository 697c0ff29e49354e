import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from '../../../io/process.ts';

/**
 * Ends the agent that flyctl leaves in the background to read a release command's log: it would hold the private
 * configuration directory, and with it the token, until the runner ends the job. Nothing happens where there is none.
 */
export async function stopAgent(tools: Tools, flyctl: string, configDir: string): Promise<void> {
  const isRunning = await access(join(configDir, 'fly-agent.sock')).then(
    () => true,
    () => false,
  );
  if (!isRunning) return;
  await tools.run({
    command: flyctl,
    args: ['agent', 'stop'],
    env: { FLY_CONFIG_DIR: configDir, HOME: configDir },
    cwd: configDir,
    deadlineMs: 5000,
    echo: false,
  });
}
