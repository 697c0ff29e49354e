import { describe } from 'vitest';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { expectTwoRuns } from './two-runs-expected.ts';

const found = findFlyctl();

describe.skipIf(found.path === undefined)(
  `two real flyctls deploy one app at one time${found.why ? ` (skipped: ${found.why})` : ''}`,
  () => expectTwoRuns([found.path ?? '']),
);
