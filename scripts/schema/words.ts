/** A piece of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** A schema with what an editor shows beside it. */
export const said = (description: string, schema: Schema = {}): Schema => ({ description, ...schema });

/** A mapping with these keys and no others. */
export function mapping(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  more: Schema = {},
): Schema {
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    ...more,
  };
}

/** The same schema under each of several names. */
export function each(names: readonly string[], schema: Schema): Readonly<Record<string, Schema>> {
  return Object.fromEntries(names.map((name) => [name, schema]));
}

export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });

export const text: Schema = { type: 'string', minLength: 1 };
export const flag: Schema = { type: 'boolean' };
export const whole = (minimum: number): Schema => ({ type: 'integer', minimum });

/** A line, or else a mapping. */
export const lineOr = (otherwise: Schema): Schema => ({
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { minLength: 1 },
  else: otherwise,
});

/** A mapping of this form, or else something else. */
export const mappingOr = (form: Schema, otherwise: Schema): Schema => ({
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: form,
  else: otherwise,
});

const unit = String.raw`^(\d+(\.\d+)?(ms|s|m|h|d))+$`;
const withUnit = 'With a unit: 500ms, 90s, 1m30s.';

/** Values that are written the same everywhere. */
export const scalars: Readonly<Record<string, Schema>> = {
  duration: said(withUnit, { anyOf: [{ type: 'string', pattern: unit }, { const: 0 }] }),
  positive: said(withUnit, { type: 'string', pattern: unit }),
  percentage: { type: 'string', pattern: String.raw`^\d+(\.\d+)?\s*%$` },
  size: said('With a unit: 10 MiB, 500 kB.', {
    type: 'string',
    pattern: String.raw`^\d+\s*(B|KiB|MiB|kB|MB)$`,
  }),
  name: { type: 'string', pattern: String.raw`^[A-Za-z_][\w-]*$` },
  port: {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 65535 },
      { type: 'string', pattern: String.raw`^\d{1,5}$|\$\{` },
    ],
  },
  'text-map': { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
  'text-lists': {
    type: 'object',
    additionalProperties: {
      anyOf: [
        { type: ['string', 'number', 'boolean'] },
        list({ type: ['string', 'number', 'boolean'] }, { minItems: 1 }),
      ],
    },
  },
  headers: {
    type: 'object',
    propertyNames: { pattern: "^[\\w!#$%&'*+.^`|~-]+$" },
    additionalProperties: {
      anyOf: [{ type: ['string', 'number'] }, list({ type: ['string', 'number'] })],
    },
  },
  severity: said('gate decides; advisory only warns. Default gate.', { enum: ['gate', 'advisory'] }),
};
