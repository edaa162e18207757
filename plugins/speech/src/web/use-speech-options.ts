import { useContract } from '@parley/web';
import { useQuery } from '@tanstack/react-query';
import { speechContract } from '../contract/index.ts';
import type { SpeechOptions } from '../contract/index.ts';

const FRESH_MS = 5 * 60_000;

/** What this person can do with speech; nothing while it is not known. */
export function useSpeechOptions(): SpeechOptions | undefined {
  const { queries } = useContract(speechContract);
  return useQuery({ ...queries.options.options({}), staleTime: FRESH_MS }).data;
}
