import {
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIdnEmail,
  isIPv4,
  isIPv6,
  isIri,
  isIriReference,
  isJsonPointer,
  isRegex,
  isRelativeJsonPointer,
  isTime,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
} from '@hyperjump/json-schema-formats';
import idn from 'idn-hostname';
import type { AssertedFormat } from './format-names.ts';

/** Whether a text is of a format. Load this file only where a schema has one: the names of all scripts come with it. */
export const formats: Readonly<Record<AssertedFormat, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  time: (text) => isTime(text) || leapDays.some((day) => isDateTime(`${day}T${text}`)),
  duration: isDuration,
  email: isEmail,
  'idn-email': isInternationalEmail,
  hostname: (text) => isHostname(text) && isInternationalHost(text),
  'idn-hostname': isInternationalHost,
  ipv4: isIPv4,
  ipv6: isIPv6,
  uri: withFutureHosts(isUri),
  'uri-reference': withFutureHosts(isUriReference),
  'uri-template': isUriTemplate,
  iri: withFutureHosts(isIri),
  'iri-reference': withFutureHosts(isIriReference),
  uuid: isUuid,
  'json-pointer': isJsonPointer,
  'relative-json-pointer': isRelativeJsonPointer,
  regex: isRegex,
};

/** A leap second ends a day of UTC, which is the next day already east of it. */
const leapDays = ['1998-12-31', '1999-01-01'];

/** The library throws for one that is none. */
function isInternationalHost(text: string): boolean {
  // A separator at the end would be passed over.
  if (/[.．。｡]$/.test(text)) return false;
  try {
    return idn.isIdnHostname(text);
  } catch {
    return false;
  }
}

/** The library logs what its host is not. */
function isInternationalEmail(text: string): boolean {
  const host = text.slice(text.lastIndexOf('@') + 1);
  return (host.startsWith('[') || isInternationalHost(host)) && isIdnEmail(text);
}

/** Of an address that is whole, the library throws where its host is of a version of IP to come: `http://[v1.fe]`. */
function withFutureHosts(isAddress: (text: string) => boolean): (text: string) => boolean {
  return (text) => {
    try {
      return isAddress(text);
    } catch {
      return true;
    }
  };
}
