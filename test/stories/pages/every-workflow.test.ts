import { expect, it } from 'vitest';
import { deployPlays } from './deploy-plays.ts';
import { pageWorkflows } from './page-workflows.ts';
import { fittingPlays } from './play-all.ts';
import { previewPlays } from './preview-plays.ts';
import { reviewPlays } from './review-plays.ts';
import { rollbackPlays } from './rollback-plays.ts';
import { uploadPlays } from './upload-plays.ts';
import { watchPlays } from './watch-plays.ts';

// Each complete workflow of the pages is taken as it stands there, put into a repository beside a fresh local cloud,
// started by every event it names, and judged by what is served afterwards. The plays are in the files beside this one;
// a workflow that none of them fits is one that nobody has tried.

const plays = [
  ...deployPlays,
  ...rollbackPlays,
  ...reviewPlays,
  ...previewPlays,
  ...uploadPlays,
  ...watchPlays,
];

it.each(pageWorkflows())('the workflow at $place has a play for each of its events', (page) => {
  const fitting = fittingPlays(page, plays).map(({ event }) => event);
  const without = [...page.workflow.on.keys()].filter((event) => !fitting.includes(event));
  expect(without.map((event) => `${page.place}: no play for ${event}`)).toEqual([]);
});
