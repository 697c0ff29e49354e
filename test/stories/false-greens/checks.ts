/** What a user of the shop would notice, as `checks` of Belay. */
export const homeCheck = `- name: home
  http: GET /
  retry: { attempts: 2, interval: 500ms }
  expect: { status: 200, body: { contains: Shop } }
`;

const checks = `checks:\n${homeCheck.replace(/^/gm, '  ')}`;

/** Proves besides which build answers: the commit it says it was built from. */
export const releaseCheck = `release: { path: /version.json, jsonpath: $.commit }\n${checks}`;

/** Four good answers, five seconds apart: what dies meanwhile is a failure, whatever they say. */
export const lastingCheck = `window: { successes: 4, interval: 5s }\n${checks}`;
