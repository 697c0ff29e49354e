// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { Words } from './same.ts';
import { placed, same } from './same.ts';

/** Words at the top of a file. */
export const ofFile: Words = {
  ...same('check test tests testcases cases requests items probes healthchecks monitors', list('checks')),
  ...same('scenario flow flows workflow workflows steps journeys', list('scenarios')),
  ...same(
    'setup teardown cleanup before after before-all after-all finally always',
    'It is part of an item of `scenarios`: its first steps prepare, and those of `finally` clean up.',
  ),
  ...same('url base-url baseurl host server endpoint root base', 'Did you mean `target`?'),
  ...same('vars variable env environment values params', 'Did you mean `variables`?'),
  ...same('config settings options common global globals', 'Did you mean `defaults`?'),
  ...same('retries attempts max-retries', 'Write `defaults: { retry: { attempts: 3 } }`.'),
  ...placed(
    'timeout connect-timeout ip resolve delay severity follow retry',
    (word) => `\`${word}\` stands under \`defaults\`, for all checks, or in one of them.`,
  ),
  ...same('parallel parallelism workers max-parallel threads jobs', 'Did you mean `concurrency`?'),
  ...same('bail stop-on-failure exit-on-failure failfast', 'Did you mean `fail-fast`?'),
  ...same('name title description', 'A file has no name. Write it as a comment: `# …`.'),
  ...placed(
    'http assets tls tcp dns grpc websocket postgres redis exec expect',
    (word) =>
      `\`${word}\` stands in an item of \`checks\`: \`checks: [{ name: home, http: /, expect: { status: 200 } }]\`.`,
  ),
  ...same('commit sha build revision', 'Write `release: { path: /version.json, jsonpath: $.commit }`.'),
  ...same('monitor soak bake', 'Did you mean `watch`?'),
  ...same('redact mask hide', 'Did you mean `redact-query`?'),
};

function list(name: string): string {
  return `Did you mean \`${name}\`? It is a list.`;
}
