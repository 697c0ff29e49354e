import { hiddenValues } from '../text/hidden-query.ts';
import { problem, shown, value } from '../text/parsed.ts';
import { declareInput, type Input, type InputSource, type Presence, type Present } from './input.ts';

/** Shorter ones would hide half the log. */
const shortestSecret = 4;

/** An address of the web. What its query holds of secrets, such as `?api_key=…`, is masked as it is read. */
export function address<const P extends Presence>(name: string, options?: P): Input<Present<string, P>> {
  return declareInput(name, options, (given, source) => {
    maskAddress(given, source);
    return /^https?:\/\/[^\s/]\S*$/.test(given)
      ? value(given)
      : problem(`is ${shown(given)}; it must be an address such as https://shop.example.`);
  });
}

/** Masks what an address holds of secrets. */
export function maskAddress(given: string, source: Pick<InputSource, 'mask'>): void {
  const url = URL.parse(given);
  const secrets = url === null ? [] : hiddenValues(url);
  for (const secret of secrets) if (secret.length >= shortestSecret) source.mask(secret);
}

/** Where an address leads, without what it may hold of secrets: for the head of a report. */
export function shownAddress(given: string): string {
  const url = URL.parse(given);
  return url === null || url.host === ''
    ? given
    : `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}`;
}
