import { ownValue } from '../../text/own-value.ts';
import { ofCheck, ofDefaults, ofScenario, ofStep } from './words/of-check.ts';
import { ofExpect } from './words/of-expect.ts';
import { ofFile } from './words/of-file.ts';
import { ofHttp } from './words/of-http.ts';
import { ofRetry, ofWatch, ofWindow } from './words/of-timing.ts';
import { ofTypes } from './words/of-types.ts';
import type { Words } from './words/same.ts';

const places: Readonly<Record<string, Words>> = {
  'the check file': ofFile,
  'a check': ofCheck,
  'a step': ofStep,
  'a step of `finally`': ofStep,
  'a scenario': ofScenario,
  '`defaults`': ofDefaults,
  '`expect`': ofExpect,
  '`http`': ofHttp,
  '`retry`': ofRetry,
  '`window`': ofWindow,
  '`watch`': ofWatch,
  ...ofTypes,
};

const everywhere: Words = {
  '<<': 'Merge keys are not read. Write what checks share under `defaults`, or repeat it.',
};

/** What somebody meant who wrote a word of another tool as a key of `what`; undefined when nobody knows. */
export function meantBy(key: string, what: string): string | undefined {
  if (key.startsWith('x-') && what === 'the check file') return ofOwn;
  return ownValue(everywhere, key) ?? ownValue(places[what] ?? {}, kebab(key));
}

const ofOwn = 'Keys of your own are not read. What checks share stands under `defaults`.';

/** Whether one of `keys` was meant as `right`, and has been told so. */
export function isMeant(right: string, keys: readonly string[], what: string): boolean {
  return keys.some((key) => meantBy(key, what)?.includes(`\`${right}\``) === true);
}

/** `statusCode`, `status_code` and `STATUS-CODE` as `status-code`. */
export function kebab(key: string): string {
  return key
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[_\s]+/g, '-')
    .toLowerCase();
}
