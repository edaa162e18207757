import { cache } from '@parley/contracts';
import { defineKit } from '../kit.ts';
import { counterCases } from './counter-cases.ts';
import { lockCases } from './lock-cases.ts';
import { outageCases } from './outage-cases.ts';
import type { CacheSubject } from './subject.ts';
import { takeCases } from './take-cases.ts';
import { valueCases } from './value-cases.ts';

/** What every `cache` must do. */
export const cacheKit = defineKit<CacheSubject>({
  capability: cache.id,
  cases: [...valueCases, ...counterCases, ...takeCases, ...lockCases, ...outageCases],
});
