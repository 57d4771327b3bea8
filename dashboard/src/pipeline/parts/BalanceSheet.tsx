import { count } from '../../chart/numbers';
import { Icon } from '../../chart/parts/Icon';
import { StatusChip } from '../../chart/parts/StatusChip';
import { clockWords, dateWords, startOf } from '../../chart/period';
import { type SheetRow, totalsOf } from '../sheet';
import { Wide } from './Section';

/** One row per hour: where its received plays went, added up on the page. */
export function BalanceSheet({ rows, region }: { rows: SheetRow[]; region: string }) {
  const totals = totalsOf(rows);
  const excluded = totals.excluded > 0;
  return (
    <Wide label={`Hours of ${region}`}>
      <table className="sheet-table">
        <thead>
          <tr>
            <th scope="col">Hour, UTC</th>
            {['Received', 'Counted', 'Duplicate', 'Too short', 'Over cap'].map((head) => (
              <th key={head} scope="col" className="figure">
                {head}
              </th>
            ))}
            {excluded && (
              <th scope="col" className="figure">
                Excluded
              </th>
            )}
            <th scope="col" className="figure">
              Sum
            </th>
            <th scope="col" className="figure">
              Difference
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Hour key={row.period_start} row={row} before={rows[i - 1]} excluded={excluded} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All {rows.length}</th>
            <Figures row={totals} excluded={excluded} />
            <td />
          </tr>
        </tfoot>
      </table>
    </Wide>
  );
}

interface HourProps {
  row: SheetRow;
  /** The row above it. */
  before: SheetRow | undefined;
  excluded: boolean;
}

function Hour({ row, before, excluded }: HourProps) {
  const start = Date.parse(row.period_start);
  const day = startOf('day', start);
  const newDay = before === undefined || startOf('day', Date.parse(before.period_start)) !== day;
  return (
    <tr className={row.held ? 'held' : row.status}>
      <th scope="row">
        <a href={`/?region=${row.region}&granularity=hour&at=${row.period_start}`}>
          {clockWords(start)}
          <span className={newDay ? 'day' : 'hidden'}> {dateWords(start).slice(0, -5)}</span>
        </a>
      </th>
      <Figures row={row} excluded={excluded} />
      <td>
        <StatusChip chip={row.held ? 'held' : row.status} />
      </td>
    </tr>
  );
}

type Sums = Pick<
  SheetRow,
  'received' | 'counted' | 'duplicate' | 'too_short' | 'over_cap' | 'excluded' | 'sum' | 'difference'
>;

function Figures({ row, excluded }: { row: Sums; excluded: boolean }) {
  return (
    <>
      <td className="figure">{count(row.received)}</td>
      <td className="figure counted">{count(row.counted)}</td>
      <td className="figure">{count(row.duplicate)}</td>
      <td className="figure">{count(row.too_short)}</td>
      <td className="figure">{count(row.over_cap)}</td>
      {excluded && <td className="figure">{count(row.excluded ?? 0)}</td>}
      <td className="figure">{count(row.sum)}</td>
      <td className={`figure difference ${row.difference === 0 ? 'adds-up' : 'adds-not'}`}>
        <Icon name={row.difference === 0 ? 'check' : 'cross'} />
        {count(row.difference)}
        <span className="hidden">{row.difference === 0 ? ', adds up' : ', does not add up'}</span>
      </td>
    </>
  );
}
