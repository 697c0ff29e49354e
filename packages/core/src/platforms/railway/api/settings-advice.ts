import type { WireServiceInstance } from './wire-service.ts';

type Advised = Pick<
  WireServiceInstance,
  'healthcheckPath' | 'drainingSeconds' | 'overlapSeconds' | 'cronSchedule'
>;

/** What a green of Railway's own is worth with the settings in force, and what a deploy loses: a sentence each. */
export function settingsAdvice({
  healthcheckPath = '',
  drainingSeconds = 0,
  overlapSeconds = 0,
  cronSchedule = '',
}: Advised): readonly string[] {
  // Nobody asks what runs by a schedule.
  if (cronSchedule !== '') return [];
  const unproved =
    'No health check path is in force: Railway calls a deployment a success once its container has started, whether or not it answers. Set one in the service’s settings, or give `checks`.';
  const cut =
    'The drain in force is 0 s: requests under way are cut off when the old version goes. Set draining seconds in the service’s settings to as long as a request may take.';
  const both = `The overlap in force is ${overlapSeconds} s: so long after a deploy the old version may answer as well.`;
  return [
    ...(healthcheckPath === '' ? [unproved] : []),
    ...(drainingSeconds === 0 ? [cut] : []),
    ...(overlapSeconds > 0 ? [both] : []),
  ];
}
