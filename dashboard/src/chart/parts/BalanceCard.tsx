import type { Chart } from '../../api/types';
import { differenceOf, sumOf } from '../balance';
import { balanceShare, count } from '../numbers';
import { Icon } from './Icon';

const PARTS = [
  { key: 'counted', sign: '=', name: 'Counted' },
  { key: 'duplicate', sign: '+', name: 'Duplicate' },
  { key: 'too_short', sign: '+', name: 'Too short' },
  { key: 'over_cap', sign: '+', name: 'Over cap' },
] as const;

/** Where every received play went. The sum and the difference are worked out here, from the parts. */
export function BalanceCard({ chart }: { chart: Chart }) {
  const { balance, granularity } = chart;
  const difference = differenceOf(balance);
  return (
    <section className="card balance" aria-labelledby="balance-head">
      <h2 id="balance-head">Balance of this {granularity}</h2>
      <div className="split" aria-hidden="true">
        {PARTS.map(({ key }) => (
          <span key={key} className={key} style={{ flexGrow: balance[key] }} hidden={balance[key] === 0} />
        ))}
      </div>
      <dl>
        <Line name="Received" value={balance.received} strong />
        {PARTS.map(({ key, sign, name }) => (
          <Line
            key={key}
            sign={sign}
            name={name}
            value={balance[key]}
            share={balanceShare(balance[key], balance.received)}
          />
        ))}
        <Line name="Sum" value={sumOf(balance)} strong ruled />
        <div className={difference === 0 ? 'adds-up' : 'adds-not'}>
          <dt>Difference</dt>
          <dd>
            <b>{count(difference)}</b>
            <span className="verdict">
              <Icon name={difference === 0 ? 'check' : 'cross'} />
              {difference === 0 ? 'adds up' : 'does not add up'}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface LineProps {
  name: string;
  value: number;
  sign?: string;
  share?: string;
  strong?: boolean;
  ruled?: boolean;
}

function Line({ name, value, sign, share, strong, ruled }: LineProps) {
  return (
    <div className={`${strong ? 'strong' : ''}${ruled ? ' ruled' : ''}`}>
      <dt>
        {sign && <span className="sign">{sign}</span>}
        {name}
      </dt>
      <dd>
        {count(value)}
        <span className="part">{share}</span>
      </dd>
    </div>
  );
}
