import { idOf } from './ids.ts';

/** The demo's names and ids: they are the same in every cloud. */
export const railwayDemo = {
  workspace: 'Acme',
  project: 'shop',
  projectId: idOf('project shop'),
  environment: 'production',
  environmentId: idOf('environment shop production'),
  service: 'web',
  serviceId: idOf('service shop web'),
  host: 'web-production.up.railway.app',
  /** For RAILWAY_TOKEN: of one environment. */
  token: 'demo_railway_token',
  /** For RAILWAY_API_TOKEN: of a workspace, and of an account. */
  workspaceToken: 'demo_railway_workspace_token',
  accountToken: 'demo_railway_account_token',
} as const;
