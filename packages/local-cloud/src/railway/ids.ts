import { createHash } from 'node:crypto';

/** UUIDs as Railway has everywhere, the same after every reset: recordings and tests can name them. */
export class Ids {
  #count = 0;

  next(): string {
    this.#count += 1;
    return idOf(`railway ${this.#count}`);
  }
}

/** The UUID that belongs to a text: a seed's project and services have the same ids in every cloud. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
