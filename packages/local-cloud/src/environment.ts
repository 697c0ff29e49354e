import { join } from 'node:path';
import { demo } from './demo.ts';

/** Keeps flyctl to the three APIs: no metrics, no background agent, no update check, no trace collector. */
const quietFlyctl = {
  FLY_SEND_METRICS: '0',
  FLY_SYNTHETICS_AGENT: '0',
  FLY_NO_UPDATE_CHECK: '1',
  FLY_NO_INCIDENTS_CHECK: '1',
  FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
  NO_COLOR: '1',
} as const;

/** Keeps the railway CLI to the API: no update of itself, no count of its uses. */
const quietRailway = { RAILWAY_NO_AUTO_UPDATE: '1', RAILWAY_NO_TELEMETRY: '1' } as const;

/** The environment in which a client finds the cloud, with the demo's names and tokens. */
export function clientEnvironment(cloud: {
  readonly env: Readonly<Record<string, string>>;
  readonly proxyUrl: string;
  readonly dnsServer: string;
  readonly dir: string;
}): Readonly<Record<string, string>> {
  return {
    ...cloud.env,
    // curl looks at these first, and many shells have set them: a request past the proxy would reach the real platform.
    https_proxy: cloud.proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1',
    no_proxy: 'localhost,127.0.0.1',
    CURL_CA_BUNDLE: cloud.env.SSL_CERT_FILE ?? '',
    BELAY_CLOUD_URL: `${cloud.proxyUrl}/_cloud`,
    BELAY_CLOUD_DNS: cloud.dnsServer,
    FLY_APP: demo.fly.app,
    FLY_ORG: demo.fly.organization,
    FLY_API_TOKEN: demo.fly.token,
    FLY_CONFIG_DIR: join(cloud.dir, 'fly-config'),
    ...quietFlyctl,
    RAILWAY_TOKEN: demo.railway.token,
    RAILWAY_WORKSPACE_TOKEN: demo.railway.workspaceToken,
    RAILWAY_ACCOUNT_TOKEN: demo.railway.accountToken,
    RAILWAY_PROJECT_ID: demo.railway.projectId,
    RAILWAY_ENVIRONMENT_ID: demo.railway.environmentId,
    RAILWAY_SERVICE_ID: demo.railway.serviceId,
    ...quietRailway,
    GITHUB_TOKEN: demo.github.token,
    GITHUB_REPOSITORY: `${demo.github.owner}/${demo.github.repository}`,
  };
}

export const environmentFormats = ['shell', 'json', 'dotenv'] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

/** The text a shell evaluates, a program parses, or a `.env` file holds. */
export function formatEnvironment(env: Readonly<Record<string, string>>, format: EnvironmentFormat): string {
  const entries = Object.entries(env);
  switch (format) {
    case 'shell':
      return entries.map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`).join('');
    case 'dotenv':
      return entries.map(([name, value]) => `${name}=${JSON.stringify(value)}\n`).join('');
    case 'json':
      return `${JSON.stringify(env, null, 2)}\n`;
  }
}
