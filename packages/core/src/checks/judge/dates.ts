/**
 * Dates as text, by the strftime letters that hurl users write; always in UTC unless the text names a zone. Ours: date-fns,
 * luxon and dayjs have other letters, and d3-time-format, which has these, makes 2 March of 30 February.
 */

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'ms' | 'half' | 'zone' | 'epoch';

interface Directive {
  readonly field: Field | undefined;
  /** What it looks like in a text. */
  readonly shape: string;
  /** Its value in a text, in the units of a Date. */
  read(text: string): number;
  write(date: Date): string;
}

const digits =
  (width: number, get: (date: Date) => number): Directive['write'] =>
  (date) =>
    String(get(date)).padStart(width, '0');
const named = (
  field: Field | undefined,
  names: readonly string[],
  get: (date: Date) => number,
): Directive => ({
  field,
  shape: names.join('|'),
  read: (text) => names.findIndex((name) => name.toLowerCase() === text.toLowerCase()),
  write: (date) => names[get(date)] ?? '',
});
const twoDigits = (field: Field, get: (date: Date) => number): Directive => ({
  field,
  shape: '\\d{2}',
  read: Number,
  write: digits(2, get),
});
const twelve = (hour: number) => hour % 12 || 12;

const directives: Readonly<Record<string, Directive>> = {
  Y: { field: 'year', shape: '\\d{4}', read: Number, write: digits(4, (date) => date.getUTCFullYear()) },
  m: {
    field: 'month',
    shape: '\\d{2}',
    read: (text) => Number(text) - 1,
    write: digits(2, (date) => date.getUTCMonth() + 1),
  },
  d: twoDigits('day', (date) => date.getUTCDate()),
  e: {
    field: 'day',
    shape: ' ?\\d{1,2}',
    read: Number,
    write: (date) => String(date.getUTCDate()).padStart(2, ' '),
  },
  H: twoDigits('hour', (date) => date.getUTCHours()),
  I: twoDigits('hour', (date) => twelve(date.getUTCHours())),
  M: twoDigits('minute', (date) => date.getUTCMinutes()),
  S: twoDigits('second', (date) => date.getUTCSeconds()),
  f: { field: 'ms', shape: '\\d{3}', read: Number, write: digits(3, (date) => date.getUTCMilliseconds()) },
  p: named('half', ['AM', 'PM'], (date) => Math.trunc(date.getUTCHours() / 12)),
  b: named('month', short(months), (date) => date.getUTCMonth()),
  B: named('month', months, (date) => date.getUTCMonth()),
  a: named(undefined, short(days), (date) => date.getUTCDay()),
  A: named(undefined, days, (date) => date.getUTCDay()),
  z: { field: 'zone', shape: 'Z|[+-]\\d{2}:?\\d{2}', read: zoneMinutes, write: () => '+0000' },
  Z: { field: undefined, shape: 'UTC|GMT|Z', read: () => 0, write: () => 'UTC' },
  s: {
    field: 'epoch',
    shape: '\\d{1,12}',
    read: (text) => Number(text) * 1000,
    write: (date) => String(Math.trunc(date.getTime() / 1000)),
  },
};

const compounds: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M' };

/** The date as `format` says; a letter that is not known stays as it is. */
export function dateText(date: Date, format: string): string {
  return expanded(format).replace(/%(.)/g, (whole, letter: string) =>
    letter === '%' ? '%' : (directives[letter]?.write(date) ?? whole),
  );
}

/** Characters of a text that may be a number or a date. */
export const mostOfScalar = 400;

/** Reads ISO 8601 and the dates of HTTP and mail without a format, or what `format` says; undefined when it is not one. */
export function parsedDate(text: string, format: string | undefined): Date | undefined {
  if (text.length > mostOfScalar) return undefined;
  const ms = format === undefined ? unformatted(text) : formatted(text, format);
  return ms === undefined || Number.isNaN(ms) ? undefined : new Date(ms);
}

/** Node's own parser takes "shop 1" for a date and February for a month of 31 days; only days of the calendar reach it. */
function unformatted(text: string): number | undefined {
  const day = dayOfIso(text) ?? dayOfMail(text);
  return day !== undefined && isOnCalendar(day) ? Date.parse(inUtc(text)) : undefined;
}

interface Day {
  readonly year: number;
  /** The first is 0. */
  readonly month: number;
  readonly day: number;
}

function dayOfIso(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}|$)/.exec(text);
  return match === null
    ? undefined
    : { year: Number(match[1]), month: Number(match[2]) - 1, day: Number(match[3]) };
}

/** As HTTP and mail write it: `Sat, 21 Nov 2026 08:00:00 GMT`. */
function dayOfMail(text: string): Day | undefined {
  const match = /^(?:[A-Z][a-z]{2,8}, )?(\d{1,2})[ -]([A-Z][a-z]{2})[ -](\d{2,4}) /.exec(text);
  return match === null
    ? undefined
    : { year: Number(match[3]), month: short(months).indexOf(match[2] ?? ''), day: Number(match[1]) };
}

/** What names no zone is UTC, wherever this runs. */
function inUtc(text: string): string {
  if (!/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?$/i.test(text)) return text;
  return /^\d{4}-/.test(text) ? `${text.replace(' ', 'T')}Z` : `${text} GMT`;
}

const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-](\d{2}):?(\d{2}))?)?$/;

/** Whether a text is a day of the calendar by ISO 8601, with or without a time of day and a zone. */
export function isIsoDate(text: string): boolean {
  const match = text.length > mostOfScalar ? null : isoDate.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const isTime = hour < 24 || (hour === 24 && minute === 0 && second === 0);
  const isClock = isTime && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60;
  return isClock && isOnCalendar({ year, month: month - 1, day });
}

function isOnCalendar({ year, month, day }: Day): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return month >= 0 && month < 12 && date.getUTCMonth() === month && date.getUTCDate() === day;
}

function formatted(text: string, format: string): number | undefined {
  const letters: Directive[] = [];
  const shape = expanded(format).replace(
    /%(.)|[\\^$.*+?()[\]{}|/-]/g,
    (whole, letter: string | undefined) => {
      const directive = letter === undefined ? undefined : directives[letter];
      if (directive === undefined) return letter === '%' ? '%' : `\\${whole}`;
      letters.push(directive);
      return `(${directive.shape})`;
    },
  );
  const match = new RegExp(`^${shape}$`, 'i').exec(text);
  if (match === null) return undefined;
  const fields: Partial<Record<Field, number>> = {};
  for (const [place, { field, read }] of letters.entries()) {
    if (field !== undefined) fields[field] = read(match[place + 1] ?? '');
  }
  return epochOf(fields);
}

function epochOf(fields: Partial<Record<Field, number>>): number | undefined {
  if (fields.epoch !== undefined) return fields.epoch;
  const { year = 1970, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0 } = fields;
  const hours = fields.half === undefined ? hour : (hour % 12) + 12 * fields.half;
  const utc = Date.UTC(year, month, day, hours, minute, second, ms);
  const isReal = isOnCalendar({ year, month, day }) && hours < 24 && minute < 60 && second < 61;
  return isReal ? utc - (fields.zone ?? 0) * 60_000 : undefined;
}

function zoneMinutes(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

function expanded(format: string): string {
  return format.replace(/%([FTR])/g, (_, letter: string) => compounds[letter] ?? '');
}
