import type { Deployment, Machine } from './deployment.ts';
import { Aborted, CommandError, messageOf } from './errors.ts';
import type { Update } from './machine-input.ts';

/** A green machine, and whether it starts. */
export interface Green {
  readonly machine: Machine;
  readonly update: Update;
}

/** What failed, and below it in which phase. */
export async function phase<Result>(name: string, perform: () => Promise<Result>): Promise<Result> {
  try {
    return await perform();
  } catch (error) {
    if (error instanceof Aborted) throw error;
    throw new CommandError(`${messageOf(error)}\n${name}`, { cause: error });
  }
}

export function assertNotAborted({ signal }: Deployment): void {
  if (signal.aborted) throw new Aborted();
}
