import { entryProblems } from '../dns/entry-problems.ts';
import type { DnsRecord, DnsRefusal } from '../dns/zone.ts';
import { fieldProblems, oneOf, required, text } from '../fields.ts';
import { type CertificateDefect, certificateDefects } from '../front/authority.ts';
import { type CacheRule, cacheBypasses } from '../front/caches.ts';
import { type ControlRoute, done, listOf, ok, problemsIn } from './answers.ts';

const host = required(text('a host name such as shop.fly.dev'));
const defect = required(oneOf(certificateDefects));
const seconds = required({
  expects: 'a number above 0',
  holds: (value) => Number.isFinite(value) && Number(value) > 0,
});
const ignores = {
  expects: `a list of ${cacheBypasses.join(', ')}`,
  holds: (value: unknown) => Array.isArray(value) && value.every((way) => cacheBypasses.includes(way)),
};

/** What stands between a client and an application: certificates, caches, names. */
export const frontRoutes: Readonly<Record<string, ControlRoute>> = {
  'GET /_cloud/certificates': {
    does: 'the hosts with a bad certificate',
    answer: (cloud) => ok(cloud.certificates.defects),
  },
  'PUT /_cloud/certificates': {
    does: 'makes a host’s certificate bad, from the next handshake on',
    bodyProblems: (body) => fieldProblems(body, { host, defect }),
    answer: (cloud, { body }) => {
      const wanted = body as { readonly host: string; readonly defect: CertificateDefect };
      cloud.certificates.spoil(wanted.host, wanted.defect);
      return ok(cloud.certificates.defects);
    },
  },
  'DELETE /_cloud/certificates': {
    does: 'makes all good again',
    answer: (cloud) => {
      cloud.certificates.clear();
      return done;
    },
  },
  'GET /_cloud/caches': {
    does: 'the caches in front of applications',
    answer: (cloud) => ok(cloud.caches.list()),
  },
  'PUT /_cloud/caches': {
    does: 'puts an empty cache in front of a host',
    bodyProblems: (body) => fieldProblems(body, { host, seconds, ignores }),
    answer: (cloud, { body }) => {
      cloud.caches.put({ ignores: [], ...(body as CacheRule) });
      return ok(cloud.caches.list());
    },
  },
  'DELETE /_cloud/caches': {
    does: 'takes all away',
    answer: (cloud) => {
      cloud.caches.clear();
      return done;
    },
  },
  'GET /_cloud/dns': {
    does: 'the records and refusals that were put',
    answer: (cloud) => ok(cloud.zone.list()),
  },
  'PUT /_cloud/dns': {
    does: 'gives names records or refusals, one or a list: all or none',
    bodyProblems: (body) => problemsIn(listOf(body), entryProblems),
    answer: (cloud, { body }) => {
      cloud.zone.put(listOf(body) as readonly (DnsRecord | DnsRefusal)[]);
      return ok(cloud.zone.list());
    },
  },
  'DELETE /_cloud/dns': {
    does: 'forgets what was put',
    answer: (cloud) => {
      cloud.zone.clear();
      return done;
    },
  },
};
