import { type Http, type HttpAnswer, HttpError } from '../../packages/core/src/io/http.ts';
import type { ToolResult } from '../../packages/core/src/io/process.ts';
import { FlyPlatform } from '../../packages/core/src/platforms/fly/adapter.ts';
import { FlyApi } from '../../packages/core/src/platforms/fly/api/api.ts';
import { flyTarget } from '../../packages/core/src/platforms/fly/api/target.ts';
import type { WireMachine, WireRelease } from '../../packages/core/src/platforms/fly/api/wire.ts';
import type { FlyctlOptions } from '../../packages/core/src/platforms/fly/flyctl/flyctl.ts';
import { wholeFleet } from '../../packages/core/src/platforms/fly/machines/scope.ts';
import { parseFlyToken } from '../../packages/core/src/platforms/fly/token/token.ts';
import { manualClock } from './manual-clock.ts';

/** What Fly answers, changed by the test as it goes on. */
export interface FlyScript {
  /** Newest first. */
  releases: readonly WireRelease[];
  machines: readonly WireMachine[];
  /** Versions without a stored configuration. */
  undefinedVersions: readonly number[];
  /** What is stored with all other releases. */
  definition: object;
  /** Requests that fail before one succeeds. */
  failures: number;
  /** What a change of a machine does to the world: `POST a1/start`, `POST ` for a new one; answers the status when it is refused. */
  changes: (change: string) => number | undefined;
  /** The id of the machine that was made last. */
  made: string;
  /** Told before each list of machines is answered. */
  listing: () => void;
  /** Whether somebody holds the lease of a machine; told before each question. */
  leased: (machine: string) => boolean;
  /** What `flyctl deploy` does to the world; answers its standard output, or how it ended. */
  deploys: (args: readonly string[], options: FlyctlOptions) => Deployed | Promise<Deployed>;
}

type Deployed = string | ToolResult;

export const shopTarget = flyTarget('shop', 'shop.fly.dev');
export const ended: ToolResult = {
  exitCode: 0,
  signalName: null,
  endedBy: 'exit',
  durationMs: 1,
  tail: [],
  stdout: '',
  stdoutTruncated: false,
};

/** The adapter over a scripted Fly and a flyctl that only does what the script says. */
export function scriptedFly(dir = '') {
  const script: FlyScript = {
    releases: [],
    machines: [],
    undefinedVersions: [],
    definition: { app: 'shop' },
    failures: 0,
    made: '',
    listing: () => {},
    changes: () => undefined,
    leased: () => false,
    deploys: () => '',
  };
  const warnings: string[] = [];
  const logged: string[] = [];
  const deadlines: (number | undefined)[] = [];
  const http: Http = {
    async request({ method, url, body, deadlineMs }) {
      deadlines.push(deadlineMs);
      const answer: HttpAnswer = { method, url, status: 200, headers: {}, text: '', attempts: 1 };
      if (script.failures > 0) {
        script.failures -= 1;
        throw new HttpError({ ...answer, kind: 'timeout', reason: 'never answered', maybeEffective: false });
      }
      const [, change] = /\/machines\/?(.*)$/.exec(method === 'GET' ? '' : url) ?? [];
      const [, leaseOf] = method === 'GET' ? (/\/machines\/(.+)\/lease$/.exec(url) ?? []) : [];
      if (leaseOf !== undefined) {
        const isLeased = script.leased(leaseOf);
        return { ...answer, status: isLeased ? 200 : 404, text: '{"data":{"nonce":"theirs"}}' };
      }
      const one = script.machines.find(({ id }) => url.endsWith(`/machines/${id}`));
      if (method === 'GET' && one !== undefined) return { ...answer, text: JSON.stringify(one) };
      if (change === undefined) {
        if (url.endsWith('/machines')) script.listing();
        return { ...answer, text: JSON.stringify(answerOf(script, url, body)) };
      }
      const status = script.changes(`${method} ${change}`) ?? 200;
      return {
        ...answer,
        status,
        text: change === '' && status === 200 ? JSON.stringify({ id: script.made }) : '{}',
      };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const clock = manualClock();
  const platform = new FlyPlatform({
    api: new FlyApi(http, parseFlyToken('token')),
    clock,
    dir,
    waitTimeoutMs: 1000,
    scope: wholeFleet,
    log: (line) => void logged.push(line),
    warn: (line) => void warnings.push(line),
    flyctl: {
      run: async (args, options) => {
        const end = await script.deploys(args, options);
        return typeof end === 'string' ? { ...ended, stdout: end } : end;
      },
    },
  });
  return { script, platform, clock, deadlines, warnings, logged };
}

function answerOf(
  { releases, machines, undefinedVersions, definition }: FlyScript,
  url: string,
  body: unknown,
): unknown {
  if (url.endsWith('/machines')) return machines;
  const query = JSON.stringify(body);
  if (query.includes('image(ref')) {
    const { ref } = (body as { variables: { ref: string } }).variables;
    return { data: { app: { image: { ref, digest: ref.replace(/^.*@/, '') } } } };
  }
  const nodes = releases.map((release) => ({
    ...release,
    configDefinition: undefinedVersions.includes(release.version) ? null : definition,
  }));
  const pageInfo = { hasNextPage: false, endCursor: null };
  return { data: { app: { name: 'shop', hostname: 'shop.fly.dev', releases: { nodes, pageInfo } } } };
}
