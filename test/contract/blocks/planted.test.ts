import { expect, it } from 'vitest';
import { checkout, findingsOf, page, workflow } from '../../support/blocks/planted.ts';
import { expression } from '../../support/expression.ts';

it('finds nothing wrong with one that is right', async () => {
  expect(await findingsOf(page(workflow))).toEqual([]);
});

it.each([
  {
    defect: 'an unknown input',
    plant: ['reason: It', 'reasn: It'],
    found: [
      '19: rollback has no input `reasn`',
      "18: rollback refuses its inputs: `to: v42` passes over the ledger's judgement and needs `reason`: one line saying why.",
    ],
  },
  {
    defect: 'a required input that is left out',
    plant: ['          fly-app: shop\n', ''],
    found: ['15: rollback refuses its inputs: No target is named: give `fly-app`, or `railway-service`.'],
  },
  {
    defect: 'a value that the action refuses',
    plant: ['reason: It is slow', 'reason: It is slow\n          sla: fast'],
    found: [
      '20: rollback refuses its inputs: `sla` is "fast", which is not a duration. Write 500ms, 90s, 5m or 1h30m.',
    ],
  },
  {
    defect: 'an expression that does not end',
    plant: ['secrets.FLY_API_TOKEN', 'format('],
    found: ["17: GitHub refuses it: Unexpected end of expression: '('"],
  },
  {
    defect: 'an unknown key of a check',
    plant: ['http: GET /', 'htpt: GET /'],
    found: [
      '22: the reader of checks refuses it: Unknown key `htpt` in a check. Legal: name, severity, tags, if, timeout, connect-timeout, ip, resolve, connect-to, delay, retry, window, samples, warmup, baseline, watch, expect, http, tls, tcp, websocket, grpc, assets, postgres, redis, exec, fly-machines, dns, release.',
    ],
  },
  {
    defect: 'a variable that no check is given',
    plant: ['GET /\n', `GET /\${path}\n`],
    found: [
      '22: the reader of checks refuses it: `path` has no value. Pass it in `check-variables`, define it under `variables`, or list it under `secrets`.',
    ],
  },
  {
    defect: 'a run that is cancelled half-way',
    plant: ['-production }', '-production, cancel-in-progress: true }'],
    found: ['6: `cancel-in-progress` cuts a deploy half-way: leave it out'],
  },
  {
    defect: 'a rollback in the group of the deploys',
    plant: ['belay-rollback-production', 'belay-deploy-production'],
    found: [
      '6: a rollback has a group of its own, `belay-rollback-production`, so that it waits for no deploy',
    ],
  },
  {
    defect: 'no concurrency',
    plant: ['concurrency: { group: belay-rollback-production }\n', ''],
    found: ['4: runs at once are not kept apart: `concurrency` is missing'],
  },
  {
    defect: 'no permissions',
    plant: ['permissions: { contents: read, deployments: write }\n', ''],
    found: ['4: `permissions` of the job rollback are not named'],
  },
  {
    defect: 'a permission that is lacking',
    plant: ['deployments: write', 'deployments: read'],
    found: ['5: the steps of the job rollback need `deployments: write`'],
  },
  {
    defect: 'a permission that nothing needs',
    plant: ['deployments: write', 'deployments: write, packages: write'],
    found: ['5: no step of the job rollback needs `packages: write`'],
  },
  {
    defect: 'an action of others by its tag',
    plant: [checkout, 'actions/checkout@v7'],
    found: ['12: actions/checkout@v7 is not pinned: name its commit, and the version in a comment'],
  },
  {
    defect: 'an action of ours that there is not',
    plant: ['actions/rollback@v1', 'actions/roll-back@v1'],
    found: [
      '13: there is no OWNER/belay/actions/roll-back@v1',
      '25: `steps.back.outputs.outcome`: roll-back has no such output',
      '6: `belay-rollback-production` is the group of rollbacks, which wait for nothing else',
      '5: no step of the job rollback needs `deployments: write`',
    ],
  },
  {
    defect: 'an expression in a script',
    plant: ['echo "$OUTCOME"', `echo ${expression('github.actor')}`],
    found: ['24: an expression in `run` is pasted into a script: give it to the step by `env`'],
  },
  {
    defect: 'a job that ends before its steps may',
    plant: ['timeout-minutes: 25', 'timeout-minutes: 20'],
    found: ['10: `timeout-minutes: 20` ends the job before its steps may: they have 20 minutes'],
  },
  {
    defect: 'an unknown key',
    plant: ['concurrency:', 'concurency:'],
    found: [
      "6: GitHub refuses it: Unexpected value 'concurency'",
      '4: runs at once are not kept apart: `concurrency` is missing',
    ],
  },
  {
    defect: 'commas that make keys of a description',
    plant: ['description: Where to,', 'description: v42, previous,'],
    found: [
      "4: GitHub refuses it: Unexpected value 'previous'",
      "4: GitHub refuses it: Unexpected value 'v42'",
      '4: GitHub refuses it: Expected a scalar value, a sequence, or a mapping',
    ],
  },
  {
    defect: 'YAML that is none',
    plant: ['{ group: belay', '{ group: [belay'],
    found: [
      '6: is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      '6: is no YAML: Flow map in block collection must be sufficiently indented and end with a }',
      '26: is no YAML: Map keys must be unique',
    ],
  },
])('finds $defect in a workflow', async ({ plant: [from = '', to = ''], found }) => {
  expect(workflow.split(from).length).toBe(2);
  expect(await findingsOf(page(workflow.replace(from, () => to)))).toEqual(found);
});
