import type { Audit } from '../api/types';
import { count } from '../chart/numbers';

/** Whether the lake holds what Kafka took, in a sentence; null before the first audit. */
export function auditWords({ audited_at, missing }: Audit): string | null {
  if (audited_at === null) return null;
  if (missing === 0) return 'Every offset of Kafka is in the lake';
  return `${count(missing)} ${missing === 1 ? 'offset of Kafka is' : 'offsets of Kafka are'} missing from the lake`;
}
