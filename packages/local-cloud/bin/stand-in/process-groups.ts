import type { AppConfig, Grouped } from './config-file.ts';

/** The groups of fly.toml; without `[processes]` there is one, `app`. */
export function processGroups({ processes = {} }: AppConfig): string[] {
  const groups = Object.keys(processes).toSorted();
  return groups.length === 0 ? ['app'] : groups;
}

/** What of fly.toml is meant for a group: all that names it, and what names none where it is the default one. */
export function ofGroup(config: AppConfig, group: string): AppConfig {
  const groups = processGroups(config);
  const standard = groups.includes('app') ? 'app' : groups[0];
  const isMeant = ({ processes }: Grouped) =>
    processes === undefined || processes.length === 0 ? group === standard : processes.includes(group);
  const { http_service: service, services, checks, mounts, restart, ...rest } = config;
  const ownChecks = Object.entries(checks ?? {}).filter(([, check]) => isMeant(check));
  const ownMounts = mounts?.filter(isMeant);
  const ownRestart = restart?.filter(isMeant);
  return {
    ...rest,
    ...(ownRestart === undefined ? {} : { restart: ownRestart }),
    ...(service !== undefined && isMeant(service) ? { http_service: service } : {}),
    ...(services === undefined ? {} : { services: services.filter(isMeant) }),
    ...(ownChecks.length === 0 ? {} : { checks: Object.fromEntries(ownChecks) }),
    ...(ownMounts === undefined || ownMounts.length === 0 ? {} : { mounts: ownMounts }),
  };
}

export function servesAnything(config: AppConfig, group: string): boolean {
  const { http_service: service, services = [] } = ofGroup(config, group);
  return service !== undefined || services.length > 0;
}
