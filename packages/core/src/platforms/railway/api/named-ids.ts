/** The ids among a question's variables, for people: `projectId 7f3a…, serviceId 91c2…`; `''` where there are none. */
export function namedIds(variables: object): string {
  return idsIn(variables)
    .map(([name, id]) => `${name} ${id}`)
    .join(', ');
}

function idsIn(value: object): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, item]): readonly (readonly [string, string])[] => {
    if (typeof item === 'string') return /Id$|^commitSha$/.test(name) ? [[name, item]] : [];
    return typeof item === 'object' && item !== null ? idsIn(item) : [];
  });
}
