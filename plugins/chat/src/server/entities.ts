import { defineEntity, Id, Run } from '@parley/contracts';
import type { RecordOf, RunEvent } from '@parley/contracts';
import * as z from 'zod';

/** A run as stored; its `rev` is the fence of every change of state. Clients know it by its own id: that of its stream. */
export const runEntity = defineEntity({
  name: 'run',
  version: 1,
  scope: 'user',
  schema: Run.omit({ id: true, createdAt: true, updatedAt: true }).extend({
    idempotencyKey: z.uuid(),
    /** SHA-256 of the request, so that a reused key is noticed. */
    requestHash: z.string(),
    /** What it was asked with, for the same again. */
    parameters: z.record(z.string(), z.unknown()).optional(),
    builtInTools: z.array(z.string()).optional(),
    /** Position of `run-end`; absent until the run is final. */
    lastSeq: z.number().int().min(1).optional(),
    endedAt: z.iso.datetime().optional(),
  }),
  indexes: [{ fields: ['idempotencyKey'], unique: true }, { fields: ['conversationId'] }],
});
export type RunRecord = RecordOf<typeof runEntity>;

/** One run that is not final, under the run's id: what restarts, other nodes and a second sender look at. */
export const activeRunEntity = defineEntity({
  name: 'active-run',
  version: 1,
  scope: 'user',
  parent: 'conversationId',
  schema: z.object({
    conversationId: Id,
    /** The place in the tree it answers at; only one run may be active there. */
    branch: z.string(),
    /** The process that runs it. */
    bootId: Id,
    /** The journal that holds what it says, and the first record there that may. */
    journalId: z.string(),
    journalFrom: z.number().int().min(1),
    /** Somebody asked for a stop on another node. */
    isStopRequested: z.boolean(),
  }),
  indexes: [{ fields: ['branch'], unique: true }, { fields: ['bootId'] }],
});
export type ActiveRunRecord = RecordOf<typeof activeRunEntity>;

/**
 * What all runs of one process said in one commit. The process numbers its records without holes, so whoever takes over
 * its runs closes the journal by writing the next number first.
 */
export const journalEntity = defineEntity({
  name: 'journal',
  version: 1,
  scope: 'global',
  schema: z.object({
    /** `<boot id>.<which of its journals>`. */
    journalId: z.string(),
    number: z.number().int().min(1),
    /** See `encodeEntry`; without any the journal is closed. */
    entries: z.string(),
    /** When it goes, should nobody have deleted it. */
    keepUntil: z.iso.datetime(),
  }),
  indexes: [{ fields: ['journalId', 'number'], unique: true }],
  ttl: 'keepUntil',
});
export type JournalRecord = RecordOf<typeof journalEntity>;

/** A stretch of the log of a run that has ended; nearly always all of it. */
export const logEntity = defineEntity({
  name: 'log',
  version: 1,
  scope: 'user',
  parent: 'runId',
  schema: z.object({
    runId: Id,
    firstSeq: z.number().int().min(1),
    lastSeq: z.number().int().min(1),
    /** Lines of a `LogChunk`. */
    events: z.string(),
    /** When nobody may ask for it any more. */
    keepUntil: z.iso.datetime(),
  }),
  indexes: [{ fields: ['runId', 'firstSeq'], unique: true }],
  ttl: 'keepUntil',
});

/** One life of this plugin in one process, under its boot id; while its lease is fresh, nobody else touches its runs. */
export const nodeEntity = defineEntity({
  name: 'node',
  version: 1,
  scope: 'global',
  schema: z.object({
    /** The data folder it serves; a later process of the same folder proves that this one is dead. */
    folderId: Id,
    /** Tells processes apart, also those that got the same number from the system. */
    processId: z.string(),
    leaseUntil: z.iso.datetime(),
  }),
  indexes: [{ fields: ['leaseUntil'] }],
});
export type NodeRecord = RecordOf<typeof nodeEntity>;

/** The first event of every run; it is made from the record and never written by itself. */
export function toStart(record: RunRecord): RunEvent {
  const { id: runId, conversationId, messageId, userMessageId, model } = record;
  return { type: 'run-start', seq: 1, runId, conversationId, messageId, userMessageId, model };
}

/** A stored run as others see it. */
export function toRun(record: RunRecord): Run {
  const {
    tenantId: _tenantId,
    ownerId: _ownerId,
    rev: _rev,
    idempotencyKey: _key,
    requestHash: _hash,
    parameters: _parameters,
    builtInTools: _builtInTools,
    lastSeq: _lastSeq,
    endedAt: _endedAt,
    ...shown
  } = record;
  return shown;
}
