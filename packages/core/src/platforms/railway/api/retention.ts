import { ownValue } from '../../../text/own-value.ts';

/** Hours that a plan keeps the image of a deployment which was removed. Source: docs.railway.com/pricing/plans, “Image Retention”. */
const hoursKept: Readonly<Record<string, number>> = {
  free: 24,
  trial: 24,
  hobby: 72,
  pro: 120,
  enterprise: 360,
};

/** How long images are kept, as a phrase; undefined where the plan is not known. */
export function retentionWords(plan: string | undefined): string | undefined {
  const hours = plan === undefined ? undefined : ownValue(hoursKept, plan.toLowerCase());
  return hours === undefined ? undefined : `${hours} hours on the plan ${plan?.toLowerCase()}`;
}

/** Whether the image of one that was removed then is past its time; undefined where that is not known. */
export function isPastRetention(
  removedAt: string | undefined,
  { plan, now }: { readonly plan: string | undefined; readonly now: number },
): boolean | undefined {
  const hours = plan === undefined ? undefined : ownValue(hoursKept, plan.toLowerCase());
  const at = Date.parse(removedAt ?? '');
  if (hours === undefined || Number.isNaN(at)) return undefined;
  return now - at > hours * 3_600_000;
}
