/** Backup, restore and migration: whole installations at once, for the operator's commands. */
export { backup } from './backup.ts';
export type { BackupOptions, BackupResult } from './backup.ts';
export { migrate } from './migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrate.ts';
export { restore } from './restore.ts';
export type { RestoreOptions, RestoreResult } from './restore.ts';
export type { Progress } from './transfer-options.ts';
