import { count } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { Icon } from '../../chart/parts/Icon';
import { StatusChip } from '../../chart/parts/StatusChip';
import { clockWords, startOf, weekdayWords } from '../../chart/period';
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
            <Column>Hour, UTC</Column>
            {['Received', 'Counted', 'Duplicate', 'Too short', 'Over cap'].map((head) => (
              <Column key={head} figure>
                {head}
              </Column>
            ))}
            {excluded && <Column figure>Excluded</Column>}
            <Column figure>Sum</Column>
            <Column figure>Difference</Column>
            <Column>State</Column>
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
            <Figures row={totals} excluded={excluded} odd={totals.odd} />
            <td className="adds-not">{totals.odd > 0 && oddWords(totals.odd)}</td>
          </tr>
        </tfoot>
      </table>
    </Wide>
  );
}

function oddWords(hours: number): string {
  return `${hours} ${hours === 1 ? 'hour does' : 'hours do'} not add up`;
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
          <span className={newDay ? 'day' : 'hidden'}> {weekdayWords(start)}</span>
        </a>
      </th>
      <Figures row={row} excluded={excluded} odd={row.difference === 0 ? 0 : 1} />
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

interface FiguresProps {
  row: Sums;
  excluded: boolean;
  /** How many hours in it do not add up. */
  odd: number;
}

function Figures({ row, excluded, odd }: FiguresProps) {
  const addsUp = odd === 0;
  return (
    <>
      <td className="figure">{count(row.received)}</td>
      <td className="figure counted">{count(row.counted)}</td>
      <td className="figure">{count(row.duplicate)}</td>
      <td className="figure">{count(row.too_short)}</td>
      <td className="figure">{count(row.over_cap)}</td>
      {excluded && <td className="figure">{count(row.excluded ?? 0)}</td>}
      <td className="figure">{count(row.sum)}</td>
      <td className={`figure difference ${addsUp ? 'adds-up' : 'adds-not'}`}>
        <Icon name={addsUp ? 'check' : 'cross'} />
        {count(row.difference)}
        <span className="hidden">{addsUp ? ', adds up' : ', does not add up'}</span>
      </td>
    </>
  );
}
