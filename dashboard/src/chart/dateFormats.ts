/** How the reader's language writes days. All of them are days of the Gregorian calendar, in UTC. */
export interface DateFormats {
  /** "Sun 22 Nov 2026" */
  date(instant: number): string;
  /** "Sun 22 Nov" */
  weekday(instant: number): string;
  /** "22 Nov" */
  day(instant: number): string;
  /** "November 2026" */
  month(instant: number): string;
  /** "Sun" */
  weekdayAlone(instant: number): string;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;
/** So that a date which is read from the right does not turn the words of the page around it. */
const ISOLATE = ['\u2068', '\u2069'];

/** English is the page's own language: its dates are set in one way, whatever the reader's country. */
export function dateFormats(locale: string): DateFormats {
  return locale.startsWith('en') ? ENGLISH : formatsOf(locale);
}

const ENGLISH: DateFormats = {
  date: (instant) => `${ENGLISH.weekday(instant)} ${new Date(instant).getUTCFullYear()}`,
  weekday: (instant) => `${ENGLISH.weekdayAlone(instant)} ${ENGLISH.day(instant)}`,
  day: (instant) => `${new Date(instant).getUTCDate()} ${MONTHS[new Date(instant).getUTCMonth()]}`,
  month: formatsOf('en-GB').month,
  weekdayAlone: (instant) => DAYS[new Date(instant).getUTCDay()] ?? '',
};

function formatsOf(locale: string): DateFormats {
  const written = (parts: Intl.DateTimeFormatOptions) => {
    const [before, after] = RIGHT_TO_LEFT.test(locale) ? ISOLATE : ['', ''];
    // Made when the first is written: the five would hold up the first paint of a phone by 80 ms.
    let format: Intl.DateTimeFormat | null = null;
    return (instant: number) => {
      format ??= new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC', calendar: 'gregory' });
      return `${before}${format.format(instant)}${after}`;
    };
  };
  const day = { day: 'numeric', month: 'short' } as const;
  return {
    date: written({ weekday: 'short', ...day, year: 'numeric' }),
    weekday: written({ weekday: 'short', ...day }),
    day: written(day),
    month: written({ month: 'long', year: 'numeric' }),
    weekdayAlone: written({ weekday: 'short' }),
  };
}
