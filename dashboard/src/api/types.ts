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
  /** Missing from a service that knows no rules which exclude plays. */
  excluded?: number;
  rejected: number | null;
  unknown_song: number;
}

export interface Totals {
  plays: number;
  listeners: number;
  songs: number;
}

export interface HistoryPoint {
  period_start: string;
  plays: number | null;
}

/** What a revision changed against the one before it. */
export interface Change {
  plays: number;
  /** At least one song has another rank. */
  ranks: boolean;
  words: string;
}

/** `change` is missing from a service that keeps no revisions, and null for the first one. */
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
  change?: Change | null;
  totals: Totals;
  /** Null where the service has kept none. */
  balance: Balance | null;
  previous_period: string | null;
  next_period: string | null;
  entries: Entry[];
  number_one_history: HistoryPoint[];
  left: { song: Song; previous_rank: number }[];
}

/** What a chart page would show first of a region: its number one, null for a chart without entries. */
export interface WorldRegion {
  region: string;
  region_name: string;
  status: Status;
  revision: number;
  plays: number;
  number_one: NumberOne | null;
}

export interface NumberOne {
  song: Song;
  plays: number;
  previous_rank: number | null;
  movement: Movement;
  /** Periods on the chart without a gap, not at No. 1. */
  streak: number;
  tied: boolean;
}

export interface Climber {
  region: string;
  region_name: string;
  song: Song;
  rank: number;
  previous_rank: number;
  plays: number;
}

export interface NewEntry {
  region: string;
  region_name: string;
  song: Song;
  rank: number;
  plays: number;
  movement: 'new' | 're_entry';
}

/** Every region's number one in one period; status and neighbours are those of the chart of all regions. */
export interface World {
  granularity: Granularity;
  period_start: string;
  period_end: string;
  status: Status;
  previous_period: string | null;
  next_period: string | null;
  regions: WorldRegion[];
  climbers: Climber[];
  new_entries: NewEntry[];
}

/** A chart that is not what it was; status and revision are null where it is no longer there. */
export interface ChartChange {
  region: string;
  granularity: string;
  period_start: string;
  status: string | null;
  revision: number | null;
}

export interface ChartPeriod {
  period_start: string;
  status: Status;
  revision: number;
}

export interface Stage {
  stage: string;
  passed_until: string;
  updated_at: string;
  lag_seconds: number;
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

export interface Revision {
  revision: number;
  status: Status;
  computed_at: string;
  rules_version: string;
  run: string | null;
  plays: number;
  change: Change | null;
}

export interface RulesVersion {
  version: string;
  min_ms_played: number;
  max_plays_per_hour: number;
  max_plays_per_day: number;
  exclude_flagged: string[];
}

export interface Rules {
  current: string;
  versions: RulesVersion[];
}

/** A chart as one version of the rules counts it. */
export interface Counted {
  rules_version: string;
  totals: Totals;
  balance: Balance;
}

export interface Place {
  position: number;
  rank: number;
  tied: boolean;
  plays: number;
  listeners: number;
}

export interface WhatIf {
  region: string;
  region_name: string;
  granularity: Granularity;
  period_start: string;
  period_end: string;
  base: Counted;
  other: Counted;
  /** The best of both; null where a song has no place. */
  entries: { song: Song; base: Place | null; other: Place | null }[];
}

export interface Neighbour {
  song: Song;
  plays: number;
  margin: number;
}

/** Where a figure of a chart comes from, counted anew from the lake when it is asked for. */
export interface Trace {
  region: string;
  region_name: string;
  granularity: Granularity;
  period_start: string;
  period_end: string;
  status: Status;
  revision: number;
  rules_version: string;
  run: string | null;
  computed_at: string;
  song: Song;
  position: number | null;
  rank: number | null;
  tied: boolean;
  plays: number;
  listeners: number;
  received: number;
  duplicate: number;
  too_short: number;
  over_cap: number;
  excluded: number;
  above: Neighbour | null;
  below: Neighbour | null;
  first_play: string | null;
  last_play: string | null;
  /** The first 1,000. */
  files: { path: string /** Null when it has left the lake. */; bytes: number | null }[];
  /** How many there are. */
  file_count: number;
  /** Of all of them. */
  bytes: number;
  checksum: string;
  /** The lake's figures are those of the chart. */
  agrees: boolean;
}

export type Outcome = 'counted' | 'too_short' | 'over_cap' | 'excluded';

export interface SongPlay {
  event_id: string;
  played_at: string;
  ms_played: number;
  platform: string | null;
  deliveries: number;
  outcome: Outcome;
}

/** One play by itself: every time it was received, and what became of it in the charts that could count it. */
export interface Play {
  event_id: string;
  played_at: string;
  region: string;
  song: Song;
  ms_played: number;
  platform: string | null;
  /** In the order of their arrival: the first is kept, the others are duplicates. */
  deliveries: Delivery[];
  charts: ChartOfPlay[];
}

export interface Delivery {
  received_at: string;
  kafka_partition: number;
  kafka_offset: number;
  file: string;
  kept: boolean;
}

/** `revision` and `status` are null while there is no such chart. */
export interface ChartOfPlay {
  region: string;
  granularity: Granularity;
  period_start: string;
  revision: number | null;
  status: Status | null;
  outcome: Outcome | 'not_charted';
  why: string;
}

export interface BalanceRow extends Balance {
  period_start: string;
  region: string;
  granularity: Granularity;
  status: Status;
}

/** Kafka's offsets against the lake; `audited_at` is null before the first audit. */
export interface Audit {
  audited_at: string | null;
  partitions: {
    partition: number;
    first_offset: number;
    next_offset: number;
    in_lake: number;
    missing: number;
    /** Which are missing, or since when the partition is looked at. */
    note?: string | null;
  }[];
  missing: number;
}

export interface Flag {
  hour: string;
  kind: string;
  region: string | null;
  /** Never the id of a listener, only the beginning of its digest. */
  listener: string | null;
  song: Song | null;
  plays: number;
  listeners: number;
  minutes: number | null;
  words: string;
}
