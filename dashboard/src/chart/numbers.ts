const grouped = new Intl.NumberFormat(undefined, { useGrouping: 'always', maximumFractionDigits: 0 });
const withDecimal = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = percentWith(2);
const oneDecimal = percentWith(1);
const whole = new Intl.NumberFormat(undefined, { style: 'percent', signDisplay: 'exceptZero' });

/** A whole number with its thousands grouped; what is missing is a dash, never 0. */
export function count(value: number | null): string {
  return value === null ? '–' : grouped.format(value);
}

/** What passes in a second, "12,480"; where little does, the decimal says more than the figure before it. */
export function rate(value: number): string {
  if (value === 0) return grouped.format(0);
  if (value < 0.1) return `<${withDecimal.format(0.1)}`;
  return value < 9.95 ? withDecimal.format(value) : grouped.format(value);
}

/** A song's part of the chart, "4.57%". */
export function share(part: number): string {
  return twoDecimals.format(part);
}

/** A part of the balance, "1.1%"; what is there but tiny says so instead of rounding to nothing. */
export function balanceShare(part: number, total: number): string {
  if (total === 0) return '–';
  const ratio = part / total;
  return ratio > 0 && ratio < 0.001 ? `<${oneDecimal.format(0.001)}` : oneDecimal.format(ratio);
}

/** "+19%", or null when there is nothing to compare with. */
export function change(now: number, before: number | null): string | null {
  return before ? whole.format(now / before - 1).replace('-', '−') : null;
}

function percentWith(decimals: number): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}
