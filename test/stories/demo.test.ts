import { expect, it } from 'vitest';
import { demoTold, runDemo } from '../support/demo-run.ts';

it('npm start tells its story, names versions as Fly numbers them, and leaves who runs it alone', () => {
  const { status, told, output, home } = runDemo();
  expect(told, output).toEqual(demoTold('stand-in'));
  expect(home.after).toEqual(home.before);
  expect([status, Object.keys(home.before)]).toEqual([0, ['.fly/config.yml']]);
}, 300_000);
