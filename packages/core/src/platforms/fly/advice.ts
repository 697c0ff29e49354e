/**
 * What flyctl warns of and then calls a success. It says them among hundreds of lines, where nobody reads them.
 */
const warnings: readonly { readonly pattern: RegExp; readonly told: string }[] = [
  {
    pattern: /The app is not listening on the expected address/,
    told: 'flyctl found that the app is not listening on the address its service names, so Fly’s proxy cannot reach it: let it listen on 0.0.0.0, at the `internal_port` of fly.toml.',
  },
  {
    pattern: /does not have a public or private IP address/,
    told: 'The app has no IP address, so nobody reaches it: run `fly ips allocate-v6` and `fly ips allocate-v4 --shared`.',
  },
  {
    pattern: /Failed to provision IP addresses/,
    told: 'flyctl could not give the app its IP addresses: run `fly ips allocate-v6` and `fly ips allocate-v4 --shared`.',
  },
  {
    pattern: /may be a potentially sensitive environment variable/,
    told: 'flyctl takes a variable of `[env]` in fly.toml for a secret: everyone who reads the repository reads it. Make it a secret of the app.',
  },
  {
    pattern: /doesn't have healthchecks setup/,
    told: 'A machine has no checks, so flyctl switches to it without knowing whether it works: give its service a check in fly.toml.',
  },
];

/** Hears what flyctl says, and tells each thing people should know once. */
export class Advice {
  readonly #told = new Set<string>();
  readonly #warn: (line: string) => void;
  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  hear(line: string): void {
    const told = warnings.find(({ pattern }) => pattern.test(line))?.told;
    if (told === undefined || this.#told.has(told)) return;
    this.#told.add(told);
    this.#warn(told);
  }
}
