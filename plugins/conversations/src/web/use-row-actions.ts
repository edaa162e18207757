import { useInsertionEffect, useMemo, useRef } from 'react';
import type { RowActions } from './row-actions.ts';
import { focusNeighbour } from './row-keys.ts';
import { useChange } from './use-change.ts';
import { useRemove } from './use-remove.ts';

/** The actions of all rows, the same functions at each render. */
export function useRowActions(): RowActions {
  const latest = useRef<RowActions>(undefined);
  const change = useChange();
  const remove = useRemove();
  useInsertionEffect(() => {
    latest.current = { change, remove };
  });
  return useMemo(
    () => ({
      change(conversation, next) {
        if (next.title === undefined) focusNeighbour(conversation.id);
        latest.current?.change(conversation, next);
      },
      remove(conversation) {
        focusNeighbour(conversation.id);
        latest.current?.remove(conversation);
      },
    }),
    [],
  );
}
