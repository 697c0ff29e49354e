import type { Images } from '../apps/images.ts';
import type { NodeApps } from '../apps/node-apps.ts';
import type { CloudClock } from '../clock.ts';
import type { Zone } from '../dns/zone.ts';
import type { Faults } from '../faults/faults.ts';
import type { CertificateAuthority } from '../front/authority.ts';
import type { Caches } from '../front/caches.ts';
import type { Journal } from '../journal.ts';
import type { Service, ServiceAnswer } from '../service.ts';

/** What the control API asks of the cloud it belongs to. */
export interface ControlledCloud {
  readonly clock: CloudClock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly images: Images;
  readonly apps: NodeApps;
  readonly caches: Caches;
  readonly certificates: CertificateAuthority;
  readonly zone: Zone;
  readonly proxyUrl: string;
  readonly caFile: string;
  appHosts(): readonly string[];
  services(): readonly Service[];
  serves(host: string, path?: string): Promise<ServiceAnswer>;
  reset(): Promise<void>;
}
