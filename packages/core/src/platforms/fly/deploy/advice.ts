import type { FlyDeploy } from '../flyctl/flyctl.ts';

/** What is known of the deploy that flyctl speaks of. */
export type AdvisedDeploy = Pick<FlyDeploy, 'app' | 'extra'>;

interface Warning {
  readonly pattern: RegExp;
  readonly told: string | ((deploy: AdvisedDeploy) => string);
}

/**
 * What flyctl warns of and then calls a success. It says them among hundreds of lines, where nobody reads them. That an
 * app "does not have a public or private IP address" is none: flyctl says so where that was asked for, and nowhere else.
 */
const warnings: readonly Warning[] = [
  {
    pattern: /The app is not listening on the expected address/,
    told: 'flyctl found that the app is not listening on the address its service names, so Fly’s proxy cannot reach it: let it listen on 0.0.0.0, at the `internal_port` of fly.toml.',
  },
  {
    pattern: /Failed to provision IP addresses/,
    told: ({ app, extra }) =>
      extra.includes('--flycast')
        ? `flyctl could not give the app its private address: run \`fly ips allocate-v6 --private --app ${app}\`.`
        : `flyctl could not give the app its IP addresses: run \`fly ips allocate-v6 --app ${app}\` and \`fly ips allocate-v4 --shared --app ${app}\`.`,
  },
  {
    pattern: /may be a potentially sensitive environment variable/,
    told: 'flyctl takes a variable of `[env]` in fly.toml for a secret: everyone who reads the repository reads it. Make it a secret of the app.',
  },
  {
    pattern: /doesn't have healthchecks setup/,
    told: 'A machine has no checks, so flyctl switches to it without knowing whether it works: give its service a check in fly.toml, or its group one under `[checks]` where it has no service.',
  },
];

/** Hears what flyctl says, and tells each thing people should know once. */
export class Advice {
  readonly #told = new Set<Warning>();
  readonly #warn: (line: string) => void;
  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  hear(line: string, deploy: AdvisedDeploy): void {
    const warning = warnings.find(({ pattern }) => pattern.test(line));
    if (warning === undefined || this.#told.has(warning)) return;
    this.#told.add(warning);
    const { told } = warning;
    this.#warn(typeof told === 'string' ? told : told(deploy));
  }
}
