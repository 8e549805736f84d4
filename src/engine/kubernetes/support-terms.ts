import { DAY_MILLIS } from './millis';
import { messages } from '../messages/message';

/*
 * What EKS asks for its support of a version, and how its end is told: in annotations, checks, preview and command line alike.
 */

/**
 * What extended support costs beyond standard support, in USD for a cluster: 0.60 instead of 0.10 an hour.
 *
 * @see https://aws.amazon.com/eks/pricing/
 */
export const EXTENDED_SUPPORT_USD = { perHour: 0.5, perYear: 4380 } as const;

/**
 * What a cluster costs more in a year of extended support. Written out, because the first use of `toLocaleString()` takes 12 ms
 * of each synthesis.
 */
export const EXTENDED_SUPPORT_COST = '4,380 USD a year more';

/** The same where AWS has other prices and currencies. */
export const EXTENDED_SUPPORT_COST_ELSEWHERE = 'more';

/** Whether extended support has that price in a Region: in commercial ones and GovCloud, not in China, the Sovereign Cloud and isolated Regions. */
export function isPricedInUsd(region = ''): boolean {
  return !/^(cn|eusc|us-iso[a-z]*|eu-iso[a-z]*)-/.test(region);
}

/** How EKS ends its support. */
export const UPGRADED_BY_EKS = 'EKS upgrades the control plane by itself, but neither node groups nor add-ons';

/** How EKS supports a version. */
export const supportSays = messages({
  standard: { text: 'standard support of {version} {ends}; then {after}', remedy: 'plan the next upgrade before that day' },
  extended: {
    text: 'extended support of {version} {ends}, and costs {cost} until then; then {after}',
    remedy: 'upgrade to a version in standard support soon',
  },
  none: { text: '{version} is no longer supported: {after}', remedy: 'upgrade to a supported version now' },
});

/** The end of standard support is worth a warning so many days before. */
export const NOTICE_DAYS = 60;

/** Days until the day `YYYY-MM-DD` begins in UTC, begun ones included; none or fewer when it has begun. */
export function daysUntil(day: string, now: Date): number {
  return Math.ceil((Date.parse(day) - now.getTime()) / DAY_MILLIS);
}

/** `ends on 2027-08-02, in 250 days`, or `ended on 2027-08-02`. */
export function describeEnd(day: string, daysLeft: number): string {
  return daysLeft > 0 ? `ends on ${day}, in ${daysLeft} day${daysLeft === 1 ? '' : 's'}` : `ended on ${day}`;
}
