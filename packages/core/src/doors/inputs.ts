/** The door to the kinds of inputs, and to those that mean the same in every action. */

export { address, maskAddress, shownAddress } from '../inputs/address.ts';
export * from '../inputs/common-inputs.ts';
export type { Input, Presence } from '../inputs/input.ts';
export { defineInputs, type InputRule, type Inputs, type InputValues } from '../inputs/inputs.ts';
export { choice, duration, flag, integer, matching, path, text, timeLimit } from '../inputs/kinds.ts';
export { lines, pairs, secretPairs } from '../inputs/lists.ts';
export { names } from '../inputs/names.ts';
export { secret } from '../inputs/secret.ts';
export { defined } from '../text/defined.ts';
