/** Small packages and archives for tests, hostile ones too. */
export { entriesOf, writeArchive } from './write-archive.ts';
export type { ArchiveEntry } from './write-archive.ts';
export { makeFolder, writePackage } from './write-package.ts';
export type { PackageChanges } from './write-package.ts';
