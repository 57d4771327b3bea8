import { Icon } from '../../chart/parts/Icon';
import type { DrawnStage } from '../stages';

/** The stages in the order that a play takes, on one line: level on wide pages, upright on narrow ones. */
export function Spine({ stages }: { stages: DrawnStage[] }) {
  return (
    <ol className="spine">
      {stages.map((stage) => (
        <li key={stage.stage} className={stage.late ? 'late' : ''}>
          <div className="stage-name">
            <h3>{stage.name}</h3>
            <p>{stage.does}</p>
          </div>
          <span className="node" aria-hidden="true" />
          <p className="reached">
            <b>{stage.reached}</b> <span>{stage.unit}</span>
          </p>
          {stage.lag && (
            <div className="lag">
              <p>
                <span>
                  Behind <b>{stage.lag.words}</b>
                </span>
                <span>limit {stage.lag.limit}</span>
              </p>
              <div className="meter" aria-hidden="true">
                <span style={{ width: `${100 * stage.lag.part}%` }} />
              </div>
            </div>
          )}
          <p className="state">
            <Icon name={stage.late ? 'diamond' : 'check'} /> {stage.state}
          </p>
        </li>
      ))}
    </ol>
  );
}
