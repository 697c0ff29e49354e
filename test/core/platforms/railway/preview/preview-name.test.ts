import { describe, expect, it } from 'vitest';
import {
  previewedPullRequest,
  previewName,
} from '../../../../../packages/core/src/platforms/railway/preview/preview-name.ts';

const shop = { owner: 'acme', name: 'shop', id: '1001' };

describe('the name of an environment that is made for a pull request', () => {
  it('says the repository and the number, and ends with what no name of Railway’s own does', () => {
    expect(previewName(shop, 7)).toMatch(/^shop-pr-7-[0-9a-f]{8}$/);
    expect(previewName({ ...shop, owner: 'moved' }, 7)).toBe(previewName(shop, 7));
    expect(previewName({ ...shop, id: '1002' }, 7)).not.toBe(previewName(shop, 7));
  });

  it.each([
    ['My_Shop.JS', /^my-shop-js-pr-7-/],
    ['---', /^preview-pr-7-/],
    [`${'long'.repeat(20)}`, /^(?:long){6}-pr-7-/],
  ])('fits into a host: %s', (name, pattern) => {
    expect(previewName({ ...shop, name }, 7)).toMatch(pattern);
    expect(previewName({ ...shop, name }, 7).length).toBeLessThanOrEqual(48);
  });

  it.each([
    ['its own', previewName(shop, 7), 7],
    ['Railway’s', 'shop-pr-7', undefined],
    ['another repository’s of that name', previewName({ ...shop, id: '1002' }, 7), undefined],
    ['a hash that is not its own', 'shop-pr-7-00000000', undefined],
    ['another word before it', `x-${previewName(shop, 7)}`, undefined],
    ['production', 'production', undefined],
  ])('is read back: %s', (_, name, number) => {
    expect(previewedPullRequest(shop, name)).toBe(number);
  });
});
