import { useState } from 'react';
import { fetchChartCsv } from '../../api/client';
import type { Chart } from '../../api/types';
import { type Address, writeAddress } from '../address';
import { fileName, save } from '../save';
import { Icon } from './Icon';
import { usePopover } from './usePopover';

/** Takes the chart elsewhere: its numbers, its picture, or the link to it. */
export function Exports({ chart, address }: { chart: Chart | null; address: Address }) {
  const [said, setSaid] = useState('');
  const more = usePopover();
  const attempt = (work: (chart: Chart) => Promise<string>, failed: string) => async () => {
    if (!chart) return;
    if (more.open) more.close();
    setSaid('');
    try {
      setSaid(await work(chart));
    } catch {
      setSaid(failed);
    }
  };
  const csv = attempt((shown) => saveCsv(shown, address.revision), 'The CSV was not made. Try again.');
  const png = attempt(
    (shown) => savePng(shown, address.revision),
    'The PNG was not made. Try again, or take the CSV.',
  );
  const share = attempt(
    (shown) => shareLink(shown, address),
    'The link was not copied. It stands in the address bar.',
  );
  const off = chart === null;
  return (
    <div className="exports">
      <div className="group">
        <button type="button" disabled={off} onClick={csv}>
          CSV
        </button>
        <button type="button" disabled={off} onClick={png}>
          PNG
        </button>
        <button type="button" disabled={off} onClick={share}>
          <Icon name="share" /> <span>Share</span>
        </button>
      </div>
      <div className="more" ref={more.around}>
        <button
          type="button"
          className="icon-button"
          disabled={off}
          aria-label="Share or save"
          aria-expanded={more.open}
          onClick={more.toggle}
        >
          <Icon name="share" />
        </button>
        {more.open && (
          <div className="popover more-popover">
            <button type="button" onClick={share}>
              Share the link
            </button>
            <button type="button" onClick={csv}>
              Save as CSV
            </button>
            <button type="button" onClick={png}>
              Save as PNG
            </button>
          </div>
        )}
      </div>
      <div role="status">{said && <p className="toast">{said}</p>}</div>
    </div>
  );
}

async function saveCsv(chart: Chart, revision: number | null): Promise<string> {
  const { region, granularity, period_start } = chart;
  save(await fetchChartCsv(region, granularity, period_start, revision), `${fileName(chart, revision)}.csv`);
  return 'CSV saved';
}

async function savePng(chart: Chart, revision: number | null): Promise<string> {
  const { drawPoster } = await import('../poster');
  save(await drawPoster(chart), `${fileName(chart, revision)}.png`);
  return 'PNG saved';
}

/** The link names the period, so that it shows the same chart tomorrow. */
async function shareLink(chart: Chart, address: Address): Promise<string> {
  const search = writeAddress({ ...address, at: chart.period_start });
  const url = `${window.location.origin}/${search}`;
  const phone = window.matchMedia('(pointer: coarse)').matches;
  if (phone && 'share' in navigator) {
    await navigator.share({ title: `Top 10, ${chart.region_name}`, url }).catch((refusal: unknown) => {
      if (!(refusal instanceof DOMException && refusal.name === 'AbortError')) throw refusal;
    });
    return '';
  }
  await navigator.clipboard.writeText(url);
  return 'Link copied';
}
