import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { Build, Image, Quality } from '../histories/build.ts';
import type { Asked } from '../histories/run-ports.ts';
import type { BuildName, Does } from './script.ts';

function build(at: number, image: Image, quality: Quality): Build {
  return { commit: demoCommits[at] ?? '', image, quality, hasWorker: false };
}

/** What had served before the schedule, oldest first: both were verified, and the last of them serves. */
export const older = [build(0, 'a', 'good'), build(1, 'b', 'good')] as const;

export const builds: Readonly<Record<BuildName, Build>> = {
  good: build(2, 'c', 'good'),
  better: build(3, 'd', 'good'),
  bad: build(4, 'e', 'fails-checks'),
  broken: build(5, 'f', 'does-not-start'),
};

/** What somebody ships past Belay. */
export const strange: Build = { ...build(0, '0', 'good'), commit: 'by hand' };

export function askedFor(does: Exclude<Does, { kind: 're-run' }>): Asked {
  if (does.kind === 'deploy') return { kind: 'deploy', build: builds[does.build], from: does.from };
  if (does.to === 'v1') return { kind: 'rollback', to: { kind: 'version', label: 'v1' } };
  return { kind: 'rollback', to: { kind: does.to } };
}
