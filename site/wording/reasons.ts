import { reasons } from '#domain/moderation.ts';

/** A public reason for reading; `policy` stands for secrets and personal data alike. */
export function publicReasonText(reason: string): string {
  if (reason === 'policy') return 'Secret or personal data';
  return Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : reason;
}
