import { jsonOf } from '../../judge/json-text.ts';

const text = (written: string): unknown => written;

/** A number where no digit is lost, else the text: sums of money and long counters stay exact. */
function exactNumber(written: string): unknown {
  const value = Number(written);
  const digits = written.replace(/[^\d]/g, '').replace(/^0+/, '');
  return Number.isFinite(value) && digits.length <= 15 ? value : written;
}

/** The text where it is no JSON, whatever the server says of it. */
function json(written: string): unknown {
  try {
    return jsonOf(written);
  } catch {
    return written;
  }
}

const parsers: Readonly<Record<number, (written: string) => unknown>> = {
  16: (written) => written === 't',
  ...Object.fromEntries([20, 21, 23, 26, 700, 701, 1700].map((oid) => [oid, exactNumber])),
  114: json,
  3802: json,
};

/** How columns become values: booleans, numbers and JSON as such, whatever else as Postgres writes it. */
export function typeParsers(oid: number): (written: string) => unknown {
  return parsers[oid] ?? text;
}
