import { balanceShare, count } from '../../chart/numbers';
import type { Reason, Totals } from '../sheet';

/** Why plays were received and not counted, and how many were never received. */
export function Reasons({ reasons, totals }: { reasons: Reason[]; totals: Totals }) {
  return (
    <>
      <ul className="reasons">
        {reasons.map(({ name, why, plays, part }) => (
          <li key={name}>
            <p>
              <b>{name}</b>
              <span>{why}</span>
            </p>
            <span className="reason-bar" aria-hidden="true">
              <span style={{ width: `${100 * part}%` }} hidden={plays === 0} />
            </span>
            <p className="figure">
              <b>{count(plays)}</b>
              <span>{balanceShare(plays, totals.received)}</span>
            </p>
          </li>
        ))}
      </ul>
      {totals.rejected !== null && (
        <p className="beside">
          Refused by the stream, so never received: <b>{count(totals.rejected)}</b>
        </p>
      )}
    </>
  );
}
