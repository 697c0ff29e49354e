import { hiddenValues } from '../hidden-query.ts';
import { declareInput, type Input, type Presence, type Present, problem, shown, value } from './input.ts';

/** Shorter ones would hide half the log. */
const shortestSecret = 4;

/** An address of the web. What its query holds of secrets, such as `?api_key=…`, is masked as it is read. */
export function address<const P extends Presence>(name: string, options?: P): Input<Present<string, P>> {
  return declareInput(name, options, (given, source) => {
    const url = URL.parse(given);
    const secrets = url === null ? [] : hiddenValues(url);
    for (const secret of secrets) if (secret.length >= shortestSecret) source.mask(secret);
    return /^https?:\/\/[^\s/]\S*$/.test(given)
      ? value(given)
      : problem(`is ${shown(given)}; it must be an address such as https://shop.example.`);
  });
}
