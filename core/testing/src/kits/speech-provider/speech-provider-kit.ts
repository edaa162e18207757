import { speechProvider } from '@parley/contracts';
import { defineKit } from '../kit.ts';
import { hearingCases } from './hearing-cases.ts';
import { speakingCases } from './speaking-cases.ts';
import type { SpeechSubject } from './subject.ts';

/** What every `speech-provider` must do. */
export const speechProviderKit = defineKit<SpeechSubject>({
  capability: speechProvider.id,
  cases: [...hearingCases, ...speakingCases],
});
