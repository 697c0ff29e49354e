import { describe, expect, it } from 'vitest';
import {
  classOf,
  isFinal,
  isUnderWay,
  unknownStatusWarning,
} from '../../../../../packages/core/src/platforms/railway/api/deployment-status.ts';

const told = (status: string, deploymentStopped?: boolean) => {
  const one = classOf({ status, deploymentStopped });
  return [one, isFinal(one) ? 'final' : isUnderWay(one) ? 'under way' : 'stands still'];
};

describe('a deployment’s status', () => {
  it.each([
    ['QUEUED', 'in-flight', 'under way'],
    ['INITIALIZING', 'in-flight', 'under way'],
    ['BUILDING', 'in-flight', 'under way'],
    ['DEPLOYING', 'in-flight', 'under way'],
    ['WAITING', 'waiting', 'under way'],
    ['NEEDS_APPROVAL', 'needs-approval', 'stands still'],
    ['SUCCESS', 'live', 'final'],
    ['SLEEPING', 'asleep', 'final'],
    ['FAILED', 'failed', 'final'],
    ['CRASHED', 'crashed', 'final'],
    ['SKIPPED', 'skipped', 'final'],
    ['REMOVING', 'superseded', 'final'],
    ['REMOVED', 'superseded', 'final'],
    ['CANCELLED', 'superseded', 'final'],
    ['MIGRATING', 'unknown', 'under way'],
    ['constructor', 'unknown', 'under way'],
  ])('%s is %s: %s', (status, one, how) => {
    expect(told(status)).toEqual([one, how]);
  });

  it('is not live where all instances have stopped, which in flight they have not started', () => {
    expect([told('SUCCESS', true), told('SUCCESS', false), told('INITIALIZING', true)]).toEqual([
      ['stopped', 'final'],
      ['live', 'final'],
      ['in-flight', 'under way'],
    ]);
  });

  it('is warned of where it is newer than our table', () => {
    expect([unknownStatusWarning({ status: 'MIGRATING', deploymentStopped: false })]).toEqual([
      'Railway calls the deployment MIGRATING, which this version of Belay does not know: it is taken to be on its way.',
    ]);
    expect(unknownStatusWarning({ status: 'SUCCESS', deploymentStopped: true })).toBeUndefined();
  });
});
