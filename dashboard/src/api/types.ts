// What serving-api answers, field for field as docs/data-contract.md spells it. Instants are RFC 3339 in UTC.

export type Granularity = 'hour' | 'day';
export type Status = 'provisional' | 'final' | 'held';
export type Movement = 'new' | 're_entry' | 'up' | 'down' | 'same';

export interface Region {
  region: string;
  name: string;
  latest_hour: string | null;
  latest_day: string | null;
}

/** `title` and `artist` are null when the catalogue does not know the song. */
export interface Song {
  song_id: string;
  title: string | null;
  artist: string | null;
}

export interface Entry {
  position: number;
  rank: number;
  tied: boolean;
  song: Song;
  plays: number;
  listeners: number;
  /** Part of the chart's total plays, 0 to 1. */
  share: number;
  previous_rank: number | null;
  previous_plays: number | null;
  movement: Movement;
  peak_rank: number;
  periods_on_chart: number;
  streak: number;
}

export interface Balance {
  received: number;
  counted: number;
  duplicate: number;
  too_short: number;
  over_cap: number;
  rejected: number | null;
  unknown_song: number;
}

export interface HistoryPoint {
  period_start: string;
  plays: number | null;
}

export interface Chart {
  region: string;
  region_name: string;
  granularity: Granularity;
  period_start: string;
  period_end: string;
  status: Status;
  revision: number;
  computed_at: string;
  rules_version: string;
  totals: { plays: number; listeners: number; songs: number };
  balance: Balance;
  previous_period: string | null;
  next_period: string | null;
  entries: Entry[];
  number_one_history: HistoryPoint[];
  left: { song: Song; previous_rank: number }[];
}

export interface ChartPeriod {
  period_start: string;
  status: Status;
  revision: number;
}

export interface Stage {
  stage: string;
  passed_until: string | null;
  updated_at: string | null;
  lag_seconds: number | null;
  /** When it should have passed on; null where nothing is promised. */
  due_at: string | null;
  late: boolean;
}

/** How a run of a pipeline ended. `task`, `message` and `url` belong to a failure. */
export interface Run {
  pipeline: string;
  run_id: string;
  /** No run of this pipeline ended later. */
  latest: boolean;
  status: 'success' | 'failed';
  interval_start: string | null;
  interval_end: string | null;
  task: string | null;
  message: string | null;
  url: string | null;
  started_at: string | null;
  ended_at: string;
}

export interface PipelineStatus {
  now: string;
  healthy: boolean;
  stages: Stage[];
  /** The latest of every pipeline and the failed ones of the last 24 hours, newest first. */
  runs: Run[];
}
