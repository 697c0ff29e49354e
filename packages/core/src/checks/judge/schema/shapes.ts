import { errorMessage } from '../../../outcome/failure.ts';
import { isObject } from './json.ts';

/** What a value must be, for the message; undefined when it is. */
export type Shape = (value: unknown) => string | undefined;

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const isText = (value: unknown): value is string => typeof value === 'string';

export const number: Shape = (value) =>
  Number.isFinite(value) ? undefined : typeof value === 'boolean' ? `a number: ${bound}` : 'a number';
const bound =
  'draft-04 and OpenAPI 3.0 write `minimum: 5, exclusiveMinimum: true` for what is `exclusiveMinimum: 5` here';
export const positive: Shape = (value) =>
  Number.isFinite(value) && Number(value) > 0 ? undefined : 'a number above 0';
export const size: Shape = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'a whole number from 0';
export const flag: Shape = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
export const text: Shape = (value) => (isText(value) ? undefined : 'text');
export const list: Shape = (value) => (Array.isArray(value) ? undefined : 'a list');
export const emptyNot: Shape = (value) =>
  Array.isArray(value) && value.length > 0 ? undefined : 'a list of at least one';
export const names: Shape = (value) => {
  if (Array.isArray(value) && value.every(isText)) return undefined;
  return typeof value === 'boolean' ? 'a list of texts, beside `properties`' : 'a list of texts';
};
export const mapping: Shape = (value) => (isObject(value) ? undefined : 'a mapping');
export const namesByName: Shape = (value) =>
  isObject(value) && Object.values(value).every((one) => names(one) === undefined)
    ? undefined
    : 'a mapping of lists of texts';
export const types: Shape = (value) => {
  const all = [value].flat();
  if (all.length > 0 && all.every((item) => isText(item) && typeNames.includes(item))) return undefined;
  return `of ${typeNames.join(', ')}`;
};
export const regularExpression: Shape = (value) => {
  if (!isText(value)) return 'a regular expression';
  try {
    new RegExp(value, 'u');
    return undefined;
  } catch (error) {
    return `a regular expression (${errorMessage(error)})`;
  }
};
export const patterns: Shape = (value) =>
  mapping(value) ??
  Object.keys(value as object)
    .map(regularExpression)
    .find(Boolean);
