import type { Clock, RolloutPorts } from '#core';

export type Prepares = Required<Pick<RolloutPorts, 'prepare'>>;

/** The same ports, which ship nothing that was not prepared, whoever forgot to ask for it. */
export function preparedFirst<P extends Pick<RolloutPorts, 'obtain'> & Prepares>(ports: P, clock: Clock): P {
  let isPrepared = false;
  const prepare: Prepares['prepare'] = async (allowance) => {
    const failure = await ports.prepare(allowance);
    isPrepared = failure === undefined;
    return failure;
  };
  return {
    ...ports,
    prepare,
    obtain: async ({ signal, budgetMs }) => {
      const end = clock.monotonic() + budgetMs;
      const failure = isPrepared ? undefined : await prepare({ signal, budgetMs });
      return failure === undefined
        ? ports.obtain({ signal, budgetMs: end - clock.monotonic() })
        : { failure };
    },
  };
}
