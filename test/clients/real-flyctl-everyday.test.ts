import { describe, expect, it } from 'vitest';
import type { Fly } from '../../packages/local-cloud/src/fly/index.ts';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { runClient } from './run-client.ts';

const { path, why } = findFlyctl();
const shop = ['-a', 'shop'];
const machine = '1dff322fcae0de';
const hostname = 'www.example.com';

function withCertificate(fly: Fly): void {
  const askedAtMs = fly.world.doors.clock.now() - 60_000;
  fly.world.apps.get('shop')?.certificates.set(hostname, { hostname, askedAtMs, takesMs: 1_000 });
}

/** What people do by hand beside deploys. The stand-in has none of it. */
describe.skipIf(path === undefined)(
  `the everyday commands of the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    it.concurrent.each<[string, readonly string[], RegExp, ((fly: Fly) => void)?]>([
      [
        'volumes create',
        ['data', '-r', 'ams', '-y', ...shop],
        /^ +ID: vol_\w{17}\n +Name: data\n +App: shop\n +Region: ams\n/,
      ],
      ['machine exec', [machine, 'migrate', ...shop], /^running migrate\nmigrated 3 tables\n$/],
      ['machine exec', [machine, 'printenv FLY_MACHINE_ID', ...shop], /^1dff322fcae0de\n$/],
      ['machine exec', [machine, 'false', ...shop], /^Exit code: 1\n$/],
      ['machine suspend', [machine, '-w', '5s', ...shop], /^1dff322fcae0de has been suspended\n$/],
      ['certs add', [hostname, ...shop], /^✓ Certificate created for www\.example\.com\n/],
      ['certs list', shop, /\nwww\.example\.com +Fly +Issued\n$/, withCertificate],
      ['certs check', [hostname, ...shop], /\n✓ Certificate is verified and active\n$/, withCertificate],
      [
        'certs remove',
        [hostname, '-y', ...shop],
        /^✓ Certificate www\.example\.com deleted from app shop\n$/,
        withCertificate,
      ],
      ['scale count', ['3', '-y', ...shop], /\n {2}Created \w+ group:app region:iad size:shared-cpu-1x\n$/],
    ])('%s %j', async (command, words, printed, given) => {
      const argv = [...command.split(' '), ...words];
      const scenario = { name: command, argv, ...(given === undefined ? {} : { given }) };
      const { exit, stdout } = await runClient([path ?? ''], scenario);
      expect(stdout).toMatch(printed);
      expect(exit).toBe(0);
    });
  },
);
