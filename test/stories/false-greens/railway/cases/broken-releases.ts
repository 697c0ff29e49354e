import { commits } from '#local-cloud';
import { homeCheck, lastingCheck, releaseCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { up } from '../commands.ts';

const client = [up];
const belay = { checks: homeCheck };
const unchecked = { healthcheckPath: null };

/** What SUCCESS does not say. */
export const brokenReleases: readonly Case[] = [
  {
    name: 'every page answers 500, and no health check is in force',
    happens: 'Without one a container that has started is SUCCESS.',
    settings: unchecked,
    given: ({ release }) => release({ version: 'v2', settings: { SHOP_ROOT_STATUS: '500' } }),
    client,
    belay,
  },
  {
    name: 'a health check that stands in railway.json alone',
    happens:
      '`railway.json` names `/healthz`, which fails. Since 2026-12-01 Railway does not read that file: no health check is in force.',
    settings: unchecked,
    given: ({ release }) =>
      release(
        { version: 'v2', settings: { SHOP_HEALTH: 'failing', SHOP_ROOT_STATUS: '500' } },
        { 'railway.json': '{ "deploy": { "healthcheckPath": "/healthz" } }\n' },
      ),
    client,
    belay,
  },
  {
    name: 'an error page with status 200',
    happens: 'The new version answers `{"error":…}` where the home page was. Its `/healthz` is well.',
    given: ({ release }) => release({ version: 'v2', settings: { SHOP_ERROR_BODY: 'true' } }),
    client,
    belay,
  },
  {
    name: 'an older build is uploaded',
    happens: 'A cache of the workflow: what was built of v2 is v1 once more.',
    given: ({ release }) => release({ version: 'v1', commit: commits.v1 }),
    client,
    belay: { checks: releaseCheck },
  },
  {
    name: 'the app listens on another port',
    happens: 'It listens on 3000; the domain leads to 8080. Without a health check nobody notices.',
    settings: unchecked,
    given: ({ release, web }) => {
      for (const domain of web.domains) Object.assign(domain, { targetPort: 8080 });
      const scripts = { start: 'PORT=3000 node server.js' };
      release(
        { version: 'v2' },
        { 'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module', scripts }) },
      );
    },
    client,
    belay,
  },
  {
    name: 'it crashes after SUCCESS',
    happens:
      'The client ends with the first SUCCESS. The new version runs out of memory a few seconds later, and is given up after one restart.',
    settings: { restartPolicyMaxRetries: 1 },
    given: ({ release }) =>
      release({ version: 'v2', settings: { SHOP_CRASH_AFTER_MS: '4000', SHOP_EXIT_CODE: '137' } }),
    client,
    belay: { checks: lastingCheck, stabilize: '10s' },
    laterMs: 12_000,
  },
];
