import {
  registerSchema,
  setShouldValidateSchema,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12';
import { expect, it } from 'vitest';
import { readSchema } from '../../../packages/core/src/checks/judge/schema.ts';
import { MadeUp } from './schema-suite/made-up.ts';

const address = 'https://schema.example/made-up';

/** What a validator says that is right about the public suites, and too large to be taken along. */
async function oracle(schema: object): Promise<(document: unknown) => boolean> {
  registerSchema(schema as never, address, 'https://json-schema.org/draft/2020-12/schema');
  try {
    const asked = await validate(address);
    return (document) => asked(document as never).valid;
  } finally {
    unregisterSchema(address);
  }
}

it('a schema made up at random says of a document made up at random what another validator says', async () => {
  setShouldValidateSchema(false);
  const made = new MadeUp(20_261_130);
  const different: unknown[] = [];
  let [fit, judged] = [0, 0];
  for (let round = 0; round < 400; round++) {
    const schema = made.schema();
    const reading = await readSchema(schema);
    if (reading.kind === 'wrong') {
      expect(reading.why).toContain('leads back to itself');
      continue;
    }
    const fits = await oracle(schema);
    for (let tried = 0; tried < 10; tried++) {
      const document = made.document();
      const [ours, theirs] = [reading.schema.failures(document, 5000).length === 0, fits(document)];
      judged++;
      if (theirs) fit++;
      if (ours !== theirs) different.push({ schema, document, theirs });
    }
  }
  expect(different).toEqual([]);
  // Neither everything nor nothing fits.
  expect([judged > 2500, fit / judged > 0.3, fit / judged < 0.8]).toEqual([true, true, true]);
}, 60_000);
