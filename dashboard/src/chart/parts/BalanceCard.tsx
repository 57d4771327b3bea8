import type { Balance, Chart } from '../../api/types';
import { differenceOf, sumOf } from '../balance';
import { balanceShare, count } from '../numbers';
import { Icon } from './Icon';

const PARTS = [
  { key: 'counted', sign: '=', name: 'Counted' },
  { key: 'duplicate', sign: '+', name: 'Duplicate' },
  { key: 'too_short', sign: '+', name: 'Too short' },
  { key: 'over_cap', sign: '+', name: 'Over cap' },
  { key: 'excluded', sign: '+', name: 'Excluded' },
] as const;

/** Where every received play went. The sum and the difference are worked out here, from the parts. */
export function BalanceCard({ chart: { balance, granularity } }: { chart: Chart }) {
  return (
    <section className="card balance" aria-labelledby="balance-head">
      <h2 id="balance-head">Balance of this {granularity}</h2>
      {balance ? <Books balance={balance} /> : <p>Not shown: this chart has no balance.</p>}
    </section>
  );
}

function Books({ balance }: { balance: Balance }) {
  const difference = differenceOf(balance);
  // Most rules exclude nothing; a line of its own is for those that do.
  const parts = PARTS.filter(({ key }) => key !== 'excluded' || balance.excluded).map((part) => ({
    ...part,
    plays: balance[part.key] ?? 0,
  }));
  return (
    <>
      <div className="split" aria-hidden="true">
        {parts.map(({ key, plays }) => (
          <span key={key} className={key} style={{ flexGrow: plays }} hidden={plays === 0} />
        ))}
      </div>
      <dl>
        <Line name="Received" value={balance.received} strong />
        {parts.map(({ key, sign, name, plays }) => (
          <Line
            key={key}
            sign={sign}
            name={name}
            value={plays}
            share={balanceShare(plays, balance.received)}
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
    </>
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
