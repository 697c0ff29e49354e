import { expect, it } from 'vitest';
import { Advice } from '../../../../packages/core/src/platforms/fly/advice.ts';

function heard(...lines: readonly string[]): readonly string[] {
  const told: string[] = [];
  const advice = new Advice((line) => told.push(line));
  for (const line of lines) advice.hear(line);
  return told;
}

it.each([
  [
    'the wrong address',
    'WARNING The app is not listening on the expected address and will not be reachable by fly-proxy.',
    /^flyctl found that the app is not listening on the address its service names/,
  ],
  [
    'no address at all',
    'Your app is deployed but does not have a public or private IP address',
    /^The app has no IP address/,
  ],
  [
    'addresses that could not be given',
    'Failed to provision IP addresses. Use `fly ips` commands to remediate it. ERROR: no more',
    /^flyctl could not give the app its IP addresses/,
  ],
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
  expect(heard(line, 'something else', line)).toEqual([expect.stringMatching(told)]);
});

it('has nothing to add to what is no warning', () => {
  expect(heard('==> Building image', '✔ [1/2] Machine a1 [app] update succeeded')).toEqual([]);
});
