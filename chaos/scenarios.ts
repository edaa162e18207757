import type { Scenario } from './lib/scenario.ts';
import { killWhileSending } from './scenarios/a01-kill-while-sending.ts';
import { killWhileStreaming } from './scenarios/a07-kill-while-streaming.ts';
import { sameRequestManyTimes } from './scenarios/a08-same-request-many-times.ts';
import { stopWhileStreaming } from './scenarios/a28-stop-while-streaming.ts';
import { redisAway } from './scenarios/a31-redis-away.ts';
import { searchAway } from './scenarios/a32-search-away.ts';
import { databaseLocked } from './scenarios/a33-database-locked.ts';
import { mongodbAway } from './scenarios/a33-mongodb-away.ts';
import { diskFull } from './scenarios/a34-disk-full.ts';
import { migrationKilled, migrationKilledOnMongoDb } from './scenarios/a56-migration-killed.ts';
import { backupUnderLoad } from './scenarios/a57-backup-under-load.ts';

/** Every scenario, by its check's id. */
export const scenarios: readonly Scenario[] = [
  killWhileSending,
  killWhileStreaming,
  sameRequestManyTimes,
  stopWhileStreaming,
  redisAway,
  searchAway,
  databaseLocked,
  mongodbAway,
  diskFull,
  migrationKilled,
  migrationKilledOnMongoDb,
  backupUnderLoad,
];
