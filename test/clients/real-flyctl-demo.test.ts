import { describe, expect, it } from 'vitest';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { demoTold, runDemo } from '../support/demo-run.ts';

const { path = '', why } = findFlyctl();

describe.skipIf(why !== undefined)(
  `npm start, and the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    it('tells the same story, and leaves account and ~/.fly of who runs it alone', () => {
      const { status, told, output, home } = runDemo({ BELAY_FLYCTL: path });
      expect(told, output).toEqual(demoTold('real'));
      expect(home.after).toEqual(home.before);
      expect([status, Object.keys(home.before)]).toEqual([0, ['.fly/config.yml']]);
    }, 300_000);
  },
);
