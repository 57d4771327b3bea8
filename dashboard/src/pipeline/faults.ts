import type { Audit, Run } from '../api/types';
import { count } from '../chart/numbers';
import type { SheetRow } from './sheet';

/** "1 hour held", "1 pipeline failed", "12 offsets missing": what is wrong though every stage may flow. */
export function faultWords(rows: SheetRow[], runs: Run[], audit: Audit | null): string[] {
  const held = rows.filter((row) => row.held).length;
  const failed = runs.filter((run) => run.latest && run.status === 'failed').length;
  const missing = audit?.missing ?? 0;
  return [
    held > 0 && `${held} ${held === 1 ? 'hour' : 'hours'} held`,
    failed > 0 && `${failed} ${failed === 1 ? 'pipeline' : 'pipelines'} failed`,
    missing > 0 && `${count(missing)} ${missing === 1 ? 'offset' : 'offsets'} missing`,
  ].filter((words) => words !== false);
}
