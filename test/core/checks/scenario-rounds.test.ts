// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers } from './loopback.ts';
import { bad, get, inTurn, ok, scenario, service, signsIn } from './scenario-service.ts';

afterEach(closeServers);

describe('a scenario among rounds', () => {
  const held = '    window: { successes: 3, interval: 5s }\n';

  it('holds as a whole, each round with a session of its own', async () => {
    const clock = manualClock();
    const { url, asked } = await service({ 'GET /in': signsIn, 'GET /a': ok });
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a'), held), { clock });
    expect([report.outcome, report.successes, clock.pauses, asked]).toEqual([
      'pass',
      { reached: 3, wanted: 3 },
      [5000, 5000],
      Array(3).fill(['GET /in', 'GET /a session=s1']).flat(),
    ]);
  });

  it('starts its count again when one of its steps fails', async () => {
    const clock = manualClock();
    const { url } = await service({ 'GET /in': ok, 'GET /a': inTurn(ok, ok, bad, ok) });
    const retry = '    retry: { until: 60s, interval: 1s, jitter: 0% }\n';
    const report = await check(scenario(url, get('in', '/in') + get('a', '/a'), held + retry), { clock });
    expect([report.outcome, clock.pauses]).toEqual(['pass', [5000, 5000, 1000, 5000, 5000]]);
  });

  it('is made once when it sends what may count twice', async () => {
    const { url, asked } = await service({ 'POST /in': ok, 'GET /home': ok });
    const beside = `checks:\n  - { name: home, http: GET ${url}/home, expect: { status: 200 } }\n`;
    const posting = scenario(url, get('in', '/in').replace('GET', 'POST'));
    const text = `window: { successes: 2, interval: 5s }\n${beside}${posting}`;
    const report = await check(text, { clock: manualClock() });
    expect([report.outcome, asked.toSorted()]).toEqual(['pass', ['GET /home', 'GET /home', 'POST /in']]);
  });

  it('goes in the preflight as far as nothing may count twice', async () => {
    const { url, asked } = await service({ 'GET /home': ok });
    const text = scenario(
      url,
      get('home', '/home') + get('in', '/in').replace('GET', 'POST') + get('a', '/a'),
    );
    const report = await check(text, { mode: 'once' });
    expect([report.outcome, asked]).toEqual(['pass', ['GET /home']]);
    expect(report.results.map(({ outcome, reason, cause }) => [outcome, reason, cause])).toEqual([
      ['pass', 'verified', undefined],
      ['skipped', 'not-repeatable', undefined],
      ['skipped', 'earlier-step', '"shop / in" was left out'],
    ]);
  });
});
