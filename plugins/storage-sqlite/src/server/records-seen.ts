import type { StoredRecord, Where } from '@parley/contracts';
import type { TableLayout } from './table-layout.ts';

interface Seen {
  readonly layout: TableLayout;
  readonly where: Where<StoredRecord>;
  readonly doc: string;
}

const MOST = 32;

/**
 * Records as one transaction read them last, so that the write which follows a read needs no second one: nobody else writes
 * meanwhile. As texts: whoever read a record may have changed the object.
 */
export interface RecordsSeen {
  /** What was read of a record with the very same filter. */
  find(layout: TableLayout, id: string, where: Where<StoredRecord>): string | undefined;
  add(layout: TableLayout, id: string, where: Where<StoredRecord>, doc: string): void;
  /** To be called before any write of a record with this id. */
  forget(id: string): void;
}

/** Nothing seen yet. */
export function createRecordsSeen(): RecordsSeen {
  const seen = new Map<string, Seen>();
  return {
    find(layout, id, where) {
      const known = seen.get(id);
      return known?.layout === layout && known.where === where ? known.doc : undefined;
    },
    add(layout, id, where, doc) {
      if (seen.size >= MOST) seen.clear();
      seen.set(id, { layout, where, doc });
    },
    forget: (id) => void seen.delete(id),
  };
}
