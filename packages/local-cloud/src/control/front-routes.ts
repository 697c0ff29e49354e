import type { Cloud } from '../cloud.ts';
import { entryProblems } from '../dns/entry-problems.ts';
import type { DnsRecord, DnsRefusal } from '../dns/zone.ts';
import { certificateDefects } from '../front/authority.ts';
import { type CacheRule, cacheBypasses } from '../front/caches.ts';
import type { ServiceAnswer } from '../service.ts';
import { bad, type ControlRequest, done, isText, listOf, ok, problemsIn } from './answers.ts';
import type { ControlRoute } from './routes.ts';

/** What stands between a client and an application: certificates, caches, names. */
export const frontRoutes: Readonly<Record<string, ControlRoute>> = {
  'GET /_cloud/certificates': (cloud) => ok(cloud.certificates.defects),
  'PUT /_cloud/certificates': spoilCertificate,
  'DELETE /_cloud/certificates': (cloud) => {
    cloud.certificates.clear();
    return done;
  },
  'GET /_cloud/caches': (cloud) => ok(cloud.caches.list()),
  'PUT /_cloud/caches': putCache,
  'DELETE /_cloud/caches': (cloud) => {
    cloud.caches.clear();
    return done;
  },
  'GET /_cloud/dns': (cloud) => ok(cloud.zone.list()),
  'PUT /_cloud/dns': putNames,
  'DELETE /_cloud/dns': (cloud) => {
    cloud.zone.clear();
    return done;
  },
};

const hostExpected = 'host: expected a host name such as shop.fly.dev';

function spoilCertificate(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const { host, defect } = Object(body);
  const problems = [
    ...(isText(host) ? [] : [hostExpected]),
    ...(certificateDefects.includes(defect)
      ? []
      : [`defect: expected one of ${certificateDefects.join(', ')}`]),
  ];
  if (problems.length > 0) return bad(problems);
  cloud.certificates.spoil(host, defect);
  return ok(cloud.certificates.defects);
}

function putCache(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const { host, seconds, ignores = [] } = Object(body);
  const known = Array.isArray(ignores) && ignores.every((way) => cacheBypasses.includes(way));
  const problems = [
    ...(isText(host) ? [] : [hostExpected]),
    ...(Number.isFinite(seconds) && seconds > 0 ? [] : ['seconds: expected a number above 0']),
    ...(known ? [] : [`ignores: expected a list of ${cacheBypasses.join(', ')}`]),
  ];
  if (problems.length > 0) return bad(problems);
  const rule: CacheRule = { host, seconds, ignores };
  cloud.caches.put(rule);
  return ok(cloud.caches.list());
}

/** One entry or a list; all of them, or none when any has a problem. */
function putNames(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const entries = listOf(body);
  const problems = problemsIn(entries, entryProblems);
  if (problems.length > 0) return bad(problems);
  cloud.zone.put(entries as readonly (DnsRecord | DnsRefusal)[]);
  return ok(cloud.zone.list());
}
