import type { Note } from './events.ts';
import { afterCancel } from './interruptions.ts';
import { describeLive } from './live-relation.ts';
import type { SavedRollout } from './saved-shape.ts';

/**
 * How the records of a cut rollout end where nobody could look at the target: without a word on any release, except that
 * one which was shipped could not be judged. A record that stayed open would hold up others until its time is used up.
 */
export function unseenEnd({ known, restore }: Pick<SavedRollout, 'known' | 'restore'>): readonly Note[] {
  // What had failed stays so: the way back ends, and with it the turn of the change.
  if (restore !== undefined) return [givenUp('restore'), givenUp('change')];
  const { commands } = afterCancel({ at: 'cancelling', known: { ...known, recorded: true } }, {});
  return commands.filter((command) => command.do === 'note');
}

function givenUp(record: Note['record']): Note {
  return { do: 'note', record, fact: { kind: 'abandoned', by: describeLive(undefined) }, state: 'error' };
}
