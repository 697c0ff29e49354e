import { noteText } from './notes.ts';
import { readWords } from './reading.ts';

/** Why a schema cannot be asked, the first of all reasons; undefined when it can. Loads no library. */
export function schemaRefusal(written: unknown): string | undefined {
  const [problem] = readWords(written).problems;
  return problem && noteText(problem);
}
