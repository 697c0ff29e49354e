import type { Repository } from '../model.ts';

export const apiRoot = 'https://api.github.com';
export const webRoot = 'https://github.com';

export function apiUrl(repository: Repository): string {
  return `${apiRoot}/repos/${repository.owner}/${repository.name}`;
}

export function webUrl(repository: Repository): string {
  return `${webRoot}/${repository.owner}/${repository.name}`;
}
