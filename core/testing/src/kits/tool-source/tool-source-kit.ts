import { toolSource } from '@parley/contracts';
import { defineKit } from '../kit.ts';
import { callCases } from './call-cases.ts';
import { listCases } from './list-cases.ts';
import type { ToolSourceSubject } from './subject.ts';

/** What every `tool-source` must do. */
export const toolSourceKit = defineKit<ToolSourceSubject>({
  capability: toolSource.id,
  cases: [...listCases, ...callCases],
});
