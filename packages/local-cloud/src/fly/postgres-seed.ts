import type { MachineConfig } from './machine-config.ts';

/** A machine of an app made by `fly postgres create`: which of them is the primary is told by its check `role` alone. */
export function postgresConfig(role: 'primary' | 'replica'): Omit<MachineConfig, 'image'> {
  const check = (path: string) => ({
    type: 'http' as const,
    port: 5500,
    path: `/flycheck/${path}`,
    interval: '1s',
    timeout: '2s',
  });
  return {
    env: { POSTGRES_ROLE: role },
    metadata: { 'fly-managed-postgres': 'true' },
    checks: { pg: check('pg'), role: check('role'), vm: check('vm') },
  };
}
