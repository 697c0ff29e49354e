import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../../scripts/root.ts';

export interface DemoRun {
  readonly status: number | null;
  /** Which flyctl, each scene with its end, and how many ended as told; without the times. */
  readonly told: readonly string[];
  readonly output: string;
  /** Every file of the home folder of whoever ran it, before and after. */
  readonly home: { readonly before: Home; readonly after: Home };
}

type Home = Readonly<Record<string, string>>;

/** Plays `npm start` as somebody who is logged in at Fly. */
export function runDemo(env: Readonly<Record<string, string>> = {}): DemoRun {
  const home = mkdtempSync(join(tmpdir(), 'belay-home-'));
  try {
    mkdirSync(join(home, '.fly'));
    writeFileSync(join(home, '.fly', 'config.yml'), 'access_token: mine\n');
    const before = filesOf(home);
    const { BELAY_FLYCTL: _, FLY_CONFIG_DIR: __, ...rest } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/demo.ts')], {
      cwd: root,
      encoding: 'utf8',
      env: { ...rest, HOME: home, PATH: withoutFlyctl(), FLY_API_TOKEN: 'mine', ...env },
    });
    const told = stdout.split('\n').filter((line) => /^(?:flyctl|✓|✗| {4}\w|\d+ of)/.test(line));
    return {
      status,
      output: `${stdout}${stderr}`,
      home: { before, after: filesOf(home) },
      told: told.map((line) => line.replace(/in [\d.]+ s\.$/, 'in N s.').replace(/\(flyctl v.*$/, '(…)')),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What the demo tells with this kind of flyctl. */
export function demoTold(flyctl: 'real' | 'stand-in'): readonly string[] {
  return [
    `flyctl: ${flyctl} (…)`,
    '✓ Ship v2',
    '    live/verified, serving new: https://shop.fly.dev answers v2',
    '✓ Ship v3, whose home page is broken',
    '    restored/checks-failed, serving old: https://shop.fly.dev answers v2 again, as release v4',
    '✓ Ship v5',
    '    live/verified, serving new: https://shop.fly.dev answers v5',
    '✓ Roll back from v5 to v2, by hand',
    '    restored/verified, serving old: https://shop.fly.dev answers v2 again, as release v6',
    '✓ Run the workflow of v1 again, which is older than what serves',
    '    blocked/older-than-live, serving old: https://shop.fly.dev answers v2 again, as release v6',
    '✓ Upload v2 to Railway',
    '    live/verified, serving new: https://web-production.up.railway.app answers v2',
    '✓ Upload v3 to Railway, whose home page is broken',
    '    restored/checks-failed, serving old: https://web-production.up.railway.app answers v2',
    '7 of 7 scenes ended as told, in N s.',
  ];
}

function withoutFlyctl(): string {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return directories
    .filter((directory) => !statSync(join(directory, 'flyctl'), { throwIfNoEntry: false }))
    .join(delimiter);
}

function filesOf(home: string): Home {
  const files = globSync('{.*,*}{,/**}', { cwd: home }).filter((file) => statSync(join(home, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(home, file), 'utf8')]));
}
