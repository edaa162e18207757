import { useInsertionEffect, useMemo, useRef } from 'react';

type Actions = { readonly [name: string]: (...values: never[]) => unknown };

/** The same functions at each render, each doing what the latest render said. Only for event handlers, never while rendering. */
export function useStableActions<A extends object>(actions: A): A {
  const latest = useRef(actions);
  useInsertionEffect(() => {
    latest.current = actions;
  });
  const names = Object.keys(actions).join(' ');
  return useMemo(() => {
    const stable = names
      .split(' ')
      .map((name) => [name, (...values: never[]) => (latest.current as unknown as Actions)[name]?.(...values)]);
    return Object.fromEntries(stable) as A;
  }, [names]);
}
