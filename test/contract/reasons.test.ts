import { describe, expect, it } from 'vitest';
import { reasons } from '#core';
import { checkReasons } from '../../packages/core/src/outcome/check-reasons.ts';
import { errorReasons } from '../../packages/core/src/outcome/error-reasons.ts';
import { rolloutReasons } from '../../packages/core/src/outcome/rollout-reasons.ts';
import { railwayReasons } from '../../packages/core/src/platforms/railway/reasons.ts';
import { platformReasons } from '../../packages/core/src/platforms/registry/reasons.ts';
import { type Source, sources } from '../support/sources.ts';

/** Those of a platform that no action opens yet go on the list, and into the pages, with the first that does. */
const known = { ...reasons, ...railwayReasons };

const written = [...sources('packages/core/src/**/*.ts'), ...sources('actions/*/src/**/*.ts')];

/** Every word written for a property, with its file: `code: 'app-not-found'`. Sentences are an HttpError's reason. */
function values(property: string, files: readonly Source[]): { value: string; file: string }[] {
  const pattern = new RegExp(`\\b${property}: '([a-z0-9-]+)'`, 'g');
  return files.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map(([, value = '']) => ({ value, file })),
  );
}

describe('the reasons are a closed list', () => {
  it.each(['code', 'reason'])('no %s is written that is not on it', (property) => {
    const found = values(property, written);
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter(({ value }) => !Object.hasOwn(known, value))).toEqual([]);
  });

  it('each is written once', () => {
    const each = [checkReasons, errorReasons, platformReasons, rolloutReasons].flatMap((some) =>
      Object.keys(some),
    );
    expect([...each].sort()).toEqual(Object.keys(reasons).sort());
  });

  it('each has a sentence, and advice that is one imperative sentence', () => {
    const texts = Object.values(reasons).flatMap(({ meaning, advice }) => [meaning, advice]);
    expect(texts.filter((text) => !/^\p{Lu}.*\.$/u.test(text))).toEqual([]);
  });
});
