import { useHost, useSession } from '@parley/web';
import { useAtom } from 'jotai';
import { useLayoutEffect } from 'react';
import { type Appearance, applyAppearance, DEFAULT_APPEARANCE } from './appearance.ts';

/** The look the user chose, and how to change a part of it. */
export function useAppearance(): readonly [Appearance, (change: Partial<Appearance>) => void] {
  const [stored, setStored] = useAtom(useHost().atom('appearance', DEFAULT_APPEARANCE, { scope: 'persist' }));
  const appearance = { ...DEFAULT_APPEARANCE, ...stored };
  return [appearance, (change) => setStored({ ...appearance, ...change })];
}

/** Keeps the page in step with the signed-in user's choice; before a sign-in it leaves what the last one chose. */
export function AppearanceEffect(): undefined {
  const [appearance] = useAppearance();
  const { status } = useSession();
  useLayoutEffect(() => {
    if (status === 'signed-in') applyAppearance(appearance);
  });
  return undefined;
}
