import type { MachineConfig } from './machine-config.ts';
import { Refusal } from './refusal.ts';

/**
 * What Fly still knows of a machine on a host it cannot reach: the state, events and checks it saw last, no image, and
 * a config rebuilt from other sources (flyctl tells of images that read `:`, and takes the config for incomplete).
 */
export function lostMachineParts({ config }: { readonly config: MachineConfig }) {
  return {
    image_ref: { registry: '', repository: '', tag: '', digest: '' },
    private_ip: '',
    incomplete_config: incompleteConfig(config),
  };
}

function incompleteConfig({ guest, metadata, mounts, services, standbys }: MachineConfig) {
  const known = { guest, metadata, mounts, services, standbys };
  return Object.fromEntries(Object.entries(known).filter(([, part]) => part !== undefined));
}

/** A machine, as far as its host goes. */
interface Placed {
  readonly id: string;
  readonly hostStatus: 'ok' | 'unreachable';
}

/** Whatever the host itself would have to do cannot be done; what is known of the machine can be read. */
export function assertReachable({ id, hostStatus }: Placed): void {
  if (hostStatus !== 'ok') throw new Refusal(503, `unavailable: the host of machine ${id} is unreachable`);
}
