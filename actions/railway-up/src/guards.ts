import type { RunnerContext } from '#core';
import type { BeforeUpload, OpenRailway } from '#core/railway';

/** What is to be known before this run uploads; where it uploads nothing, nobody is asked. */
export async function guardsOf(
  { beforeUpload }: Pick<OpenRailway, 'beforeUpload'>,
  { repository, ref, refName }: RunnerContext,
): Promise<BeforeUpload> {
  const isBranch = ref?.startsWith('refs/heads/') === true;
  return beforeUpload({
    repository: repository && `${repository.owner}/${repository.name}`,
    branch: isBranch ? refName : undefined,
  });
}

export const noGuards: BeforeUpload = { refusal: undefined, warnings: [], notes: [], untold: [] };

/** What a dry run says of them beside the warnings. */
export function guardLines({ refusal, notes, untold }: BeforeUpload): readonly string[] {
  const refused =
    refusal && `It would be refused (rejected/${refusal.reason}): ${refusal.what}. ${refusal.next}`;
  return [...(refused === undefined ? [] : [refused]), ...notes, ...untold];
}
