import type { Statements } from './statements.ts';

/**
 * What a statement is known to read: `first` takes whatever comes first, nothing but its limit narrows it; `few` matches few
 * records; of `any` the plan must say.
 */
export type Reach = 'first' | 'few' | 'any';

/** Tells which statements are short, whatever the size of their table. */
export interface QueryPlans {
  /** Whether a statement finds its rows in an index, in their order, and tests no field without a column. */
  isShort(sql: string, reach: Reach): boolean;
  /** Indexes have changed. */
  forget(): void;
}

const MAX_PLANS = 1_000;
/** 2 MB: all of so small a database is read in milliseconds, for which the way to another thread is not worth it. */
const SMALL_PAGES = 512;

const readsOn = (step: string): boolean => step.startsWith('SCAN') || /\(id[<>]\?\)/.test(step);

function isShortPlan(steps: readonly string[], reach: Reach): boolean {
  return steps.every((step) => !step.startsWith('USE TEMP B-TREE') && (reach === 'first' || !readsOn(step)));
}

/** Plans of the statements of `statements`, each asked for once. */
export function createQueryPlans(statements: Statements): QueryPlans {
  const known = new Map<string, boolean>();
  const planOf = (sql: string): readonly string[] => {
    const rows = statements.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as unknown as (readonly unknown[])[];
    return rows.map((row) => String(row[3]));
  };
  const isSmall = (): boolean => {
    const [pages] = statements.get('PRAGMA page_count').get() as unknown as [number];
    return pages <= SMALL_PAGES;
  };
  return {
    isShort: (sql, reach) => {
      let isShort = known.get(sql);
      if (isShort === undefined) {
        if (known.size >= MAX_PLANS) known.clear();
        isShort = !sql.includes('json_type(') && (reach === 'few' || isShortPlan(planOf(sql), reach));
        known.set(sql, isShort);
      }
      return isShort || isSmall();
    },
    forget: () => known.clear(),
  };
}
