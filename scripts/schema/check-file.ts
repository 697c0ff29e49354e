// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { conditionSchemas } from './predicates.ts';
import { expectSchemas } from './sources.ts';
import { timingSchemas } from './timing.ts';
import { needExpect, typeSchemas } from './types.ts';
import type { Schema } from './words.ts';
import { flag, list, mapping, mappingOr, ref, said, scalars, text, whole } from './words.ts';

const types = Object.keys(typeSchemas);

const common: Readonly<Record<string, Schema>> = {
  name: said('Unique: how reports and `only` tell checks apart.', text),
  severity: ref('severity'),
  timeout: said('Of one attempt. Default 5s.', ref('positive')),
  'connect-timeout': said('Default 3s.', ref('positive')),
  delay: said('Before the first attempt.', ref('duration')),
  if: said('A name that must have a value, or a comparison: "${environment} == production".', text),
};

const selected: Readonly<Record<string, Schema>> = {
  tags: said('What the input `tags` selects by.', list(text)),
  window: ref('window'),
  watch: ref('watch-limits'),
};

const finding: Readonly<Record<string, Schema>> = {
  resolve: said('host:port:address: reach one machine behind a shared name.', { anyOf: [text, list(text)] }),
  'connect-to': said('host:port:host:port: connect elsewhere, as curl does; name and certificate stay.', {
    anyOf: [text, list(text)],
  }),
  ip: said('Address family. Default any; both runs the check once for each.', {
    enum: [4, 6, '4', '6', 'any', 'both'],
  }),
};

const asked: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(types.map((type) => [type, ref(type)])),
  ...finding,
  expect: { type: 'object' },
};

function expectOf(type: string): Schema {
  const of = (name: string): Schema => ({ properties: { expect: ref(`${name}-expect`) } });
  if (type !== 'fly-machines') return of(type);
  return {
    if: { properties: { 'fly-machines': { type: 'object', required: ['exec'] } } },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: of('fly-machines-exec'),
    else: of(type),
  };
}

/** One type, and an `expect` of that type's sources. */
const ofOneType: Schema = {
  oneOf: types.map((type) => ({ required: [type] })),
  allOf: types.map((type) => ({
    if: { required: [type] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: {
      ...expectOf(type),
      ...(needExpect.includes(type) ? { required: ['expect'] } : {}),
    },
  })),
};

const check = mapping(
  {
    ...common,
    ...selected,
    ...asked,
    retry: ref('retry'),
    samples: said(
      'Ask many times, and judge p50 p90 p95 p99 max mean of them. `lost`: as many may get no answer; default one of every 50, of fewer none.',
      mappingOr(mapping({ count: whole(2), lost: whole(0) }, ['count']), whole(2)),
    ),
    warmup: said('Samples dropped first. Default 1.', whole(0)),
    baseline: { anyOf: [ref('baseline'), { const: 'none' }] },
  },
  ['name'],
  ofOneType,
);

const capture = said('Values for later steps: { token: { jsonpath: $.token, redact: true } }.', {
  type: 'object',
  propertyNames: ref('name'),
  additionalProperties: { type: 'object', minProperties: 1 },
});

const step = mapping(
  {
    ...common,
    ...asked,
    retry: ref('step-retry'),
    capture,
  },
  ['name'],
  ofOneType,
);

/** It cleans up: nothing depends on it, and nothing is measured. */
const { severity: _severity, ...commonOfLast } = common;
const lastStep = mapping({ ...commonOfLast, ...asked, retry: ref('retry'), capture }, ['name'], ofOneType);

const scenario = mapping(
  {
    ...common,
    ...selected,
    retry: ref('step-retry'),
    variables: ref('variables'),
    steps: list(ref('step'), { minItems: 1 }),
    finally: said(
      'Steps that always run, after the last one or the one that failed; they decide nothing.',
      list(ref('last-step'), { minItems: 1 }),
    ),
  },
  ['name', 'steps'],
);

const top: Readonly<Record<string, Schema>> = {
  version: { const: 1 },
  target: said('Base of relative addresses. Default: the variable `url`.', text),
  defaults: said(
    'What checks say unless they say otherwise.',
    mapping({
      timeout: ref('positive'),
      'connect-timeout': ref('positive'),
      delay: ref('duration'),
      severity: ref('severity'),
      follow: said('Follow redirects.', flag),
      retry: ref('retry'),
      ...finding,
    }),
  ),
  variables: said('Values for ${name}; what the caller gives outranks them.', ref('variables')),
  secrets: said('Names only; their values come from `check-secrets`.', list(ref('name'))),
  release: said('The first check: the served build equals the deployed commit. `none` opts out.', {
    anyOf: [ref('release'), { const: 'none' }],
  }),
  window: ref('window'),
  watch: ref('watch'),
  baseline: ref('baseline'),
  concurrency: said('Attempts under way at once. Default 16.', whole(1)),
  'fail-fast': said('Stop at the first gate that fails for good.', flag),
  'strict-schema': said('A word in a JSON Schema that nobody knows is an error, not a warning.', flag),
  'redact-query': ref('redact-query'),
  checks: list(ref('check'), { minItems: 1 }),
  scenarios: list(ref('scenario'), { minItems: 1 }),
};

/** JSON Schema of a check file, for editors; the engine reads files by its own parser, which says more. */
export const checkFileSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Belay check file',
  description: 'Checks of a running system. Reference: docs/checks.md.',
  ...mapping(top, ['version'], {
    anyOf: ['checks', 'scenarios', 'release'].map((one) => ({ required: [one] })),
  }),
  $defs: {
    check,
    step,
    'last-step': lastStep,
    scenario,
    variables: {
      type: 'object',
      propertyNames: ref('name'),
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    ...typeSchemas,
    ...expectSchemas,
    ...timingSchemas,
    ...conditionSchemas,
    'redact-query': said('Parameters of addresses whose values no report shows.', list(text)),
    ...scalars,
  },
};
