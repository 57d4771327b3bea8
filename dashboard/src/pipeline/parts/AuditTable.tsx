import type { Audit } from '../../api/types';
import { count } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { Icon } from '../../chart/parts/Icon';
import { ageWords, exactWords } from '../../chart/period';
import { auditWords } from '../audit';
import { Wide } from './Section';

export function AuditTable({ audit, now }: { audit: Audit; now: number }) {
  const { audited_at, partitions, missing } = audit;
  if (audited_at === null) return null;
  const at = Date.parse(audited_at);
  const notes = partitions.filter(({ note }) => note);
  return (
    <>
      <p className={`audit-words ${missing === 0 ? 'adds-up' : 'adds-not'}`}>
        <Icon name={missing === 0 ? 'check' : 'cross'} /> {auditWords(audit)}
        <time dateTime={audited_at} title={exactWords(at)}>
          audited {ageWords(at, now)}
        </time>
      </p>
      {notes.map(({ partition, note }) => (
        <p key={partition} className="beside">
          Partition {partition}: {note}
        </p>
      ))}
      <Wide label="Offsets by partition">
        <table className="sheet-table">
          <thead>
            <tr>
              <Column>Partition</Column>
              <Column figure>From offset</Column>
              <Column figure>Up to</Column>
              <Column figure>In the lake</Column>
              <Column figure>Missing</Column>
            </tr>
          </thead>
          <tbody>
            {partitions.map((row) => (
              <tr key={row.partition} className={row.missing === 0 ? '' : 'held'}>
                <th scope="row">{row.partition}</th>
                <td className="figure">{count(row.first_offset)}</td>
                <td className="figure">{count(row.next_offset)}</td>
                <td className="figure">{count(row.in_lake)}</td>
                <td className={`figure ${row.missing === 0 ? '' : 'adds-not'}`}>{count(row.missing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}
