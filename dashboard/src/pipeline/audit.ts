import type { Audit } from '../api/types';
import { count } from '../chart/numbers';

/** Whether the lake holds what Kafka took in the days that the audit looks at, in a sentence; null before the first audit. */
export function auditWords({ audited_at, missing }: Audit): string | null {
  if (audited_at === null) return null;
  if (missing === 0) return 'Every offset of the last 7 days is in the lake';
  return `${count(missing)} ${missing === 1 ? 'offset' : 'offsets'} of the last 7 days ${missing === 1 ? 'is' : 'are'} missing from the lake`;
}
