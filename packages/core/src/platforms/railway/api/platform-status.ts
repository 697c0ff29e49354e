import { lineOf } from '../../../text/cut.ts';

/** What `platformStatus` answers. */
export interface PlatformStatus {
  readonly isStable: boolean | undefined;
  readonly incident: Notice | undefined;
  readonly maintenance: Notice | undefined;
}

interface Notice {
  readonly message: string;
  readonly status: string | undefined;
  readonly url: string | undefined;
}

/** What Railway says of itself, one line each; nothing where all is said to be well. */
export function describePlatformStatus({
  isStable,
  incident,
  maintenance,
}: PlatformStatus): readonly string[] {
  const told = [...describeNotice('an incident', incident), ...describeNotice('maintenance', maintenance)];
  if (told.length > 0 || isStable !== false) return told;
  return ['Railway calls itself unstable, and names no incident.'];
}

function describeNotice(what: string, notice: Notice | undefined): readonly string[] {
  if (notice === undefined) return [];
  const { message, status, url } = notice;
  const state = status === undefined ? '' : ` (${status.toLowerCase()})`;
  return [`Railway has ${what}${state}: ${lineOf(message, 200)}${url === undefined ? '' : ` ${url}`}`];
}
