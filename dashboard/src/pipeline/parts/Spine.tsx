import type { CSSProperties } from 'react';
import { Icon } from '../../chart/parts/Icon';
import type { DrawnStage, Mood } from '../stages';
import { FlowLine } from './FlowLine';

const ICONS: Record<Mood, 'check' | 'diamond' | 'cross'> = {
  flowing: 'check',
  quiet: 'check',
  late: 'diamond',
  stopped: 'cross',
};

/** The stages in the order that a play takes, on one line: level on wide pages, upright on narrow ones. */
export function Spine({ stages }: { stages: DrawnStage[] }) {
  return (
    <ol className="spine">
      {stages.map((stage, i) => (
        <li key={stage.stage} className={stage.mood}>
          <div className="stage-name">
            <h3>{stage.name}</h3>
            <p>{stage.does}</p>
          </div>
          {i < stages.length - 1 && (
            <span
              // What nobody knows to flow stands still.
              className={stage.mood === 'flowing' && stage.flow.line ? 'pipe moving' : 'pipe'}
              style={{ '--thickness': `${stage.thickness}px` } as CSSProperties}
              aria-hidden="true"
            />
          )}
          <span className="node" aria-hidden="true">
            {stage.mood === 'stopped' && <Icon name="cross" />}
          </span>
          <p className="rate">
            <b>{stage.flow.rate}</b> <span>{stage.flow.unit}</span>
          </p>
          {stage.flow.line && <FlowLine plays={stage.flow.line.plays} />}
          <div className="flow-words">
            {stage.flow.line && (
              <p>
                {stage.flow.line.caption}
                <span className="hidden">: {stage.flow.line.words}</span>
              </p>
            )}
            {stage.flow.waiting && <p className="waiting">{stage.flow.waiting}</p>}
          </div>
          <p className="reached">
            {stage.sense} <b>{stage.reached}</b>
          </p>
          {stage.lag && (
            <div className="lag">
              <p>
                <span>
                  {stage.lag.sense} <b>{stage.lag.words}</b>
                </span>
                <span>limit {stage.lag.limit}</span>
              </p>
              <div className="meter" aria-hidden="true">
                <span style={{ width: `${100 * stage.lag.part}%` }} />
              </div>
            </div>
          )}
          <p className="state">
            <Icon name={ICONS[stage.mood]} /> {stage.state}
          </p>
        </li>
      ))}
    </ol>
  );
}
