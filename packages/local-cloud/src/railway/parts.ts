import type { EmulatedPart } from '../service.ts';

/** What of Railway is emulated, in the words of its documentation; every route is in one of them. */
export const railwayParts: readonly EmulatedPart[] = [
  {
    part: 'Uploads',
    does: 'a gzipped tar is unpacked, built by its build command and really started; 400 and 413 as on Railway',
    routes: ['upload'],
  },
  {
    part: 'Deployments',
    does: 'listed, read with instances, `meta` and steps; redeployed, rolled back, cancelled, stopped, restarted, approved, removed',
    routes: [
      ...['graphql.deployment', 'graphql.deployments', 'graphql.deploymentEvents'],
      ...['graphql.deploymentApprove', 'graphql.deploymentCancel', 'graphql.deploymentRedeploy'],
      ...['graphql.deploymentRemove', 'graphql.deploymentRestart', 'graphql.deploymentRollback'],
      'graphql.deploymentStop',
    ],
  },
  {
    part: 'Services',
    does: 'their settings in an environment, read and changed; deployed from a repository, an image or what was uploaded',
    routes: [
      'graphql.service',
      'graphql.serviceInstance',
      'graphql.serviceInstanceDeploy*',
      'graphql.serviceInstanceRedeploy',
      'graphql.serviceInstanceUpdate',
    ],
  },
  {
    part: 'Git',
    does: 'triggers, automatic deploys, “Wait for CI”; commits and pushes are those of a seed',
    routes: [
      ...[
        'graphql.deploymentTriggers',
        'graphql.deploymentTriggerUpdate',
        'graphql.environmentTriggersDeploy',
      ],
      ...['graphql.githubRepoDeploy', 'graphql.serviceInstanceAutoDeploy*'],
    ],
  },
  {
    part: 'Edge',
    does: '`*.up.railway.app` and custom domains to the replicas that run, by target port; 404 before SUCCESS, 502 after a crash',
    routes: ['app', 'graphql.domains', 'graphql.serviceDomainCreate'],
  },
  {
    part: 'Logs',
    does: 'of builds, of deployments, of environments by filters; what a process prints is in them',
    routes: ['graphql.buildLogs', 'graphql.deploymentLogs', 'graphql.environmentLogs'],
  },
  {
    part: 'Subscriptions',
    does: '`graphql-transport-ws`: deployments, their steps, and all logs; the token is that of the upgrade',
    routes: ['subscriptions.connect'],
  },
  {
    part: 'Projects and environments',
    does: 'read; environments made from another and deleted, those of pull requests among them',
    routes: [
      ...['graphql.project', 'graphql.projects', 'graphql.environment', 'graphql.environments'],
      ...['graphql.environmentCreate', 'graphql.environmentDelete'],
    ],
  },
  {
    part: 'Variables',
    does: 'read as a deployment gets them, changed with or without a deploy',
    routes: [
      'graphql.variables',
      'graphql.variablesForServiceDeployment',
      'graphql.variableCollectionUpsert',
    ],
  },
  {
    part: 'Tokens and workspaces',
    does: 'of an environment, of a workspace, of an account, each with its rights and its limits; guardrails of a workspace',
    routes: [
      ...['graphql.projectToken', 'graphql.apiToken', 'graphql.me'],
      ...['graphql.workspace', 'graphql.workspacePolicy'],
    ],
  },
  {
    part: 'The platform itself',
    does: 'whether there is an incident; what the CLI reports of its use',
    routes: ['graphql.platformStatus', 'graphql.cliEventTrack'],
  },
];
