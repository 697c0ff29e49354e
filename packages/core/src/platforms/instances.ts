import type { CommandEnd, InstanceCommand, InstanceHealth } from './platform.ts';

/** Asks the platform for its own judgement of every instance of the target. Rejects when it cannot be asked. */
export type AskPlatformHealth = (signal: AbortSignal) => Promise<readonly InstanceHealth[]>;

/** Runs a command in one instance of the target. Rejects when the platform cannot be asked, or refuses. */
export type RunInInstance = (command: InstanceCommand, signal: AbortSignal) => Promise<CommandEnd>;

/** What checks may ask of a platform; absent: it has no such thing. */
export interface InstanceAnswers {
  readonly platformHealth?: AskPlatformHealth;
  readonly runInInstance?: RunInInstance;
}
