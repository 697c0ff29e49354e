import type { Deployment } from './deployment.ts';
import { destroyMachine } from './destroy-machine.ts';
import { messageOf } from './errors.ts';
import { launchMachine } from './launch-machine.ts';
import { StatusLine } from './terminal.ts';

const marked = { metadata: { fly_canary: 'true' }, dns: { skip_registration: true } };

/** One machine more for each group, made first and destroyed when it is well. One that is not well is left behind. */
export async function deployCanaries(deployment: Deployment): Promise<void> {
  const { groups } = deployment;
  const lines = groups.map((group, index) => {
    const line = new StatusLine(index, groups.length);
    line.say(`Creating canary machine for group ${group}`);
    return { group, line };
  });
  await Promise.all(lines.map((canary) => deployCanary(deployment, canary)));
}

async function deployCanary(deployment: Deployment, { group, line }: { group: string; line: StatusLine }) {
  const like = deployment.machines.find(({ config }) => config?.metadata?.fly_process_group === group);
  const guest = like?.config?.guest;
  const changes = { ...marked, ...(guest === undefined ? {} : { guest }) };
  const machine = await launchMachine(deployment, { group, line, changes }).catch((error) => {
    line.fail(`Failed to create canary machine: ${messageOf(error).split('\n')[0]}`);
    throw error;
  });
  await destroyMachine(deployment, machine);
}
