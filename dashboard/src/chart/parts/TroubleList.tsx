import type { PipelineStatus } from '../../api/types';
import { type Trouble, troublesOf } from '../trouble';
import { Icon } from './Icon';

/** What is wrong behind the charts. The live region is there before, so that what comes into it is spoken. */
export function TroubleList({ status }: { status: PipelineStatus | null }) {
  const { shown, more } = status ? troublesOf(status) : { shown: [], more: 0 };
  return (
    <div role="status">
      {shown.length > 0 && (
        <ul className="troubles">
          {shown.map((trouble) => (
            <TroubleLine key={`${trouble.kind} ${trouble.name}`} trouble={trouble} />
          ))}
          {more > 0 && (
            <li className="failed">
              <Icon name="cross" />
              <p>
                {more} more {more === 1 ? 'pipeline' : 'pipelines'} failed.
              </p>
              <a href="/pipeline">See all</a>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function TroubleLine({ trouble: { kind, name, what, text, log } }: { trouble: Trouble }) {
  return (
    <li className={kind}>
      <Icon name={({ making: 'loop', late: 'diamond', failed: 'cross' } as const)[kind]} />
      <p>
        <strong>{what}</strong> {text}
      </p>
      {log && (
        <a href={log} target="_blank" rel="noopener">
          Log<span className="hidden"> of {name}, opens in a new tab</span>
        </a>
      )}
    </li>
  );
}
