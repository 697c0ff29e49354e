import { expect, it, vi } from 'vitest';
import type { ActionResult } from '../../../../../packages/core/src/action/action.ts';
import { withFlyToken } from '../../../../../packages/core/src/platforms/fly/token/with-token.ts';

// As where a file of the bundle is gone, or the token reads as nobody thought of.
vi.mock('../../../../../packages/core/src/platforms/fly/token/token-kind.ts', () => ({
  flyTokenKind: () => {
    throw new RangeError('Maximum call stack size exceeded');
  },
}));

const live: ActionResult = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  ok: true,
  outputs: { url: 'https://shop.fly.dev' },
  headline: 'Live.',
};

it('advice that cannot be given takes nothing from the verdict', async () => {
  expect(await withFlyToken(live, 'FlyV1 fm2_token', { app: 'shop' })).toEqual(live);
});
