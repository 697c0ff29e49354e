import type { Deployment, Machine } from './deployment.ts';
import { out } from './terminal.ts';

/** Kills it, whatever it does. The nonce is the one of its launch, even where that lease is over. */
export async function destroyMachine({ api, app }: Deployment, machine: Machine): Promise<void> {
  const { id, state, nonce } = machine;
  out(`machine ${id} was found and is currently in ${state} state, attempting to destroy...`);
  await api.flaps('DELETE', `${app}/machines/${id}?kill=true`, { nonce });
}
