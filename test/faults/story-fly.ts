import { Fly, type ServiceAnswer, type ServiceFactory } from '#local-cloud';
import type { ServiceRequest } from '../../packages/local-cloud/src/service.ts';
import { type Client, clientOf } from './client.ts';
import { type Scene, seedScene, shop } from './scenes.ts';

/** A call of one client, counted apart from the other's: from when the run began, or since a call of flyctl's. */
export interface Moment {
  readonly client: Client;
  readonly route: string;
  readonly nth: number;
  readonly after?: { readonly route: string; readonly nth: number };
}

/** Something that happens to a call, beside what it asks. */
export interface Interruption {
  readonly moment: Moment;
  /** How many calls in a row; default 1. */
  readonly times?: number;
  readonly before?: () => void | Promise<void>;
  /** Once it is answered; answers what is told instead. */
  readonly after?: (answer: unknown, request: ServiceRequest) => unknown;
}

/** Fly with the shop as a story finds it, and one interruption of what comes of it. */
export class StoryFly extends Fly {
  scene: Scene = shop;
  #interruption: Interruption | undefined;
  #calls = 0;
  #anchors = 0;
  #strikes = 0;

  /** How often the interruption has come about. */
  get strikes(): number {
    return this.#strikes;
  }

  /** Calls are counted from now on. */
  interrupt(interruption: Interruption | undefined): void {
    this.#interruption = interruption;
    this.#calls = 0;
    this.#anchors = 0;
    this.#strikes = 0;
  }

  override async handle(request: ServiceRequest): Promise<ServiceAnswer | undefined> {
    const interruption = this.#due(request);
    await interruption?.before?.();
    const answer = await super.handle(request);
    if (interruption?.after === undefined || answer === undefined) return answer;
    const body = await interruption.after(structuredClone(answer.body), request);
    return { ...answer, body: Object(body) };
  }

  #due(request: ServiceRequest): Interruption | undefined {
    const interruption = this.#interruption;
    if (interruption === undefined) return undefined;
    const { client, route, nth, after } = interruption.moment;
    const called = this.route(request);
    const isCounting = after === undefined || this.#anchors >= after.nth;
    if (called === after?.route) this.#anchors += 1;
    if (!isCounting || called !== route || clientOf(request.headers) !== client) return undefined;
    this.#calls += 1;
    if (this.#calls < nth || this.#calls >= nth + (interruption.times ?? 1)) return undefined;
    this.#strikes += 1;
    return interruption;
  }
}

export const flySeed: ServiceFactory<StoryFly> = (context) => {
  const made: StoryFly = new StoryFly(context, () => seedScene(made, context.images, made.scene));
  return made;
};
