import { CloudClock } from '../../packages/local-cloud/src/clock.ts';
import { seedDemo } from '../../packages/local-cloud/src/github/demo.ts';
import { GitHub } from '../../packages/local-cloud/src/github/github.ts';

/** An emulator that holds the demo repository `acme/shop`, and the clock it lives by. */
export function demoGitHub(): { github: GitHub; clock: CloudClock } {
  const clock = new CloudClock();
  const github = new GitHub({ clock });
  seedDemo(github);
  return { github, clock };
}
