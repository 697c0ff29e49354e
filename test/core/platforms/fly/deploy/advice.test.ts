import { describe, expect, it } from 'vitest';
import { Advice } from '../../../../../packages/core/src/platforms/fly/deploy/advice.ts';

function heard(lines: readonly string[], extra: readonly string[] = []): readonly string[] {
  const told: string[] = [];
  const advice = new Advice((line) => told.push(line));
  for (const line of lines) advice.hear(line, { app: 'shop', extra });
  return told;
}

const noAddresses =
  'Failed to provision IP addresses. Use `fly ips` commands to remediate it. ERROR: no more';

it.each([
  [
    'the wrong address',
    'WARNING The app is not listening on the expected address and will not be reachable by fly-proxy.',
    /^flyctl found that the app is not listening on the address its service names/,
  ],
  ['addresses that could not be given', noAddresses, /^flyctl could not give the app its IP addresses/],
  [
    'a secret among the variables',
    'WARN AWS_SECRET_KEY may be a potentially sensitive environment variable. Consider setting it as a secret',
    /^flyctl takes a variable of `\[env\]` in fly\.toml for a secret/,
  ],
  [
    'a machine without checks',
    "[WARN] Machine a1 [app] doesn't have healthchecks setup. We won't check its health.",
    /^A machine has no checks/,
  ],
])('passes on what flyctl says of %s, once', (_name, line, told) => {
  expect(heard([line, 'something else', line])).toEqual([expect.stringMatching(told)]);
});

it('has nothing to add to what is no warning', () => {
  expect(heard(['==> Building image', '✔ [1/2] Machine a1 [app] update succeeded'])).toEqual([]);
});

describe('addresses', () => {
  it('are not missed where none was wanted: flyctl says so of no other app', () => {
    expect(heard(['Your app is deployed but does not have a public or private IP address'])).toEqual([]);
  });

  it('are public ones for an app that the internet is to reach', () => {
    expect(heard([noAddresses])).toEqual([
      'flyctl could not give the app its IP addresses: run `fly ips allocate-v6 --app shop` and `fly ips allocate-v4 --shared --app shop`.',
    ]);
  });

  it('are a private one for an app of flycast', () => {
    expect(heard([noAddresses], ['--flycast'])).toEqual([
      'flyctl could not give the app its private address: run `fly ips allocate-v6 --private --app shop`.',
    ]);
  });
});
