import { describe } from 'vitest';
import { standIn } from '../../clients/run-client.ts';
import { expectTwoRuns } from '../../clients/two-runs-expected.ts';

describe('two stand-ins deploy one app at one time', () => expectTwoRuns(standIn));
