export type { AppInstance, AppSpec, Apps } from './apps/apps.ts';
export { type Image, type ImageDefinition, Images } from './apps/images.ts';
export { NodeApps } from './apps/node-apps.ts';
export { CloudClock } from './clock.ts';
export { type Cloud, type CloudOptions, startCloud } from './cloud.ts';
export { controlRoutes } from './control/routes.ts';
export { commits, demo, images, seedImages } from './demo.ts';
export type { DnsRecord, DnsRefusal } from './dns/zone.ts';
export { Downloads } from './downloads/downloads.ts';
export { clientEnvironment } from './environment.ts';
export type { Fault, FaultRule, FaultTarget } from './faults/fault.ts';
export { type FaultStatus, Faults } from './faults/faults.ts';
export { Fly, fly, flyParts, flyRoutes } from './fly/index.ts';
export type { CertificateDefect } from './front/authority.ts';
export type { CacheBypass, CacheRule } from './front/caches.ts';
export { GitHub, github, githubRoutes } from './github/index.ts';
export { Journal, type JournalEntry, type JournalQuery } from './journal.ts';
export {
  demoDirectories,
  type Fate,
  Railway,
  railway,
  railwayParts,
  railwayRoutes,
  shopTree,
} from './railway/index.ts';
export type {
  CloudContext,
  EmulatedPart,
  RequestHead,
  Service,
  ServiceAnswer,
  ServiceFactory,
  ServiceRequest,
  Upstream,
} from './service.ts';
export { allServices } from './services.ts';
