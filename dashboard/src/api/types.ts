import type { components } from './schema';

// What serving-api answers, as its OpenAPI description has it (`npm run types` writes schema.ts). Here are the names that the
// pages use, and what the description leaves open. Instants are RFC 3339 in UTC.

type Schemas = components['schemas'];
/** T, of which these fields are known better. */
type With<T, F> = Omit<T, keyof F> & F;
/** T, of which a service of the version before leaves these fields out. */
type MayLack<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

export type Granularity = Schemas['Chart']['granularity'];
export type Status = Schemas['Chart']['status'];
export type Movement = Schemas['Entry']['movement'];
export type Region = Schemas['ChartedRegion'];

/** `title` and `artist` are null when the catalogue does not know the song. */
export type Song = Schemas['ShortSong'];
/** T, of whose song no more is used than its names. */
type Named<T> = With<T, { song: Song }>;

export type Entry = Named<Schemas['Entry']>;
/** `excluded` is missing from a service that knows no rules which exclude plays. */
export type Balance = MayLack<Schemas['Balance'], 'excluded'>;
export type Totals = Schemas['Totals'];
export type HistoryPoint = Schemas['NumberOne'];
/** What a revision changed against the one before it. */
export type Change = Schemas['Change'];

/** `change` is missing from a service that keeps no revisions, and null for the first one. */
export type Chart = With<
  MayLack<Schemas['Chart'], 'change' | 'run'>,
  { balance: Balance | null; entries: Entry[] }
>;

/** Every region's number one in one period; status and neighbours are those of the chart of all regions. */
export type World = Schemas['World'];
/** What a chart page would show first of a region: its number one, null for a chart without entries. */
export type WorldRegion = Schemas['RegionalChart'];

/** A chart that is not what it was; status and revision are null where it is no longer there. */
export type ChartChange = Schemas['ChangedChart'];

export type ChartPeriod = With<Schemas['ChartPeriod'], { status: Status }>;
export type Stage = Schemas['Stage'];
/** What passed a stage in each whole minute, hour or day, oldest first. */
export type Flow = Schemas['Flow'];
/** How a run of a pipeline ended. `task`, `message` and `url` belong to a failure. */
export type Run = Schemas['Run'];
/** `runs`: the latest of every pipeline and the failed ones of the last 24 hours, newest first. */
export type PipelineStatus = Schemas['Status'];

export type Revision = With<Schemas['ChartRevision'], { status: Status }>;
export type RulesVersion = Schemas['RulesVersion'];
export type Rules = Schemas['Rules'];

/** A chart as one version of the rules counts it. */
export type Counted = With<Schemas['Side'], { balance: Balance }>;
export type Place = Schemas['Standing'];
/** The best of both; a place is null where a song has none. */
export type WhatIf = With<Schemas['WhatIf'], { base: Counted; other: Counted }>;

export type Neighbour = Schemas['Beside'];
/** Where a figure of a chart comes from, counted anew from the lake when it is asked for. */
export type Trace = Named<Schemas['Trace']>;

export type Outcome = Schemas['TracedPlay']['outcome'];
export type SongPlay = Schemas['TracedPlay'];
/** One play by itself: every time it was received, and what became of it in the charts that could count it. */
export type Play = With<Named<Schemas['Play']>, { charts: ChartOfPlay[] }>;
export type Delivery = Schemas['Delivery'];
/** `revision` and `status` are null while there is no such chart. */
export type ChartOfPlay = With<Schemas['ChartOfPlay'], { status: Status | null }>;

export type BalanceRow = With<
  MayLack<Schemas['Row'], 'excluded'>,
  { granularity: Granularity; status: Status }
>;
/** Kafka's offsets against the lake; `audited_at` is null before the first audit. */
export type Audit = With<Schemas['Audit'], { partitions: MayLack<Schemas['Partition'], 'note'>[] }>;
/** `listener` is never the id of one, only the beginning of its digest. */
export type Flag = With<Schemas['Flag'], { kind: string; song: Song | null }>;

/** All that the catalogue says of a song; null where it says nothing. */
export type SongFacts = Schemas['Song'];
/** Where a song stands in the chart of one region. */
export type Standing = Schemas['Place'];
/** A song and every region's chart of one period that holds it; no period before the first chart of all regions. */
export type SongNow = Schemas['SongToday'];
/** A period in which a song was on a region's chart. */
export type RankPoint = Schemas['Point'];

/** One rank and one number of plays for each period; null where the song was off the chart. */
export type RacingSong = Schemas['Racer'];
/** The songs that were among the ten in at least one of these periods, oldest first; a period's status is null where there is no chart. */
export type Race = Schemas['Race'];
