import { searchIndex } from '@parley/contracts';
import { defineKit } from '../kit.ts';
import { documentCases } from './document-cases.ts';
import { isolationCases } from './isolation-cases.ts';
import { languageCases } from './language-cases.ts';
import { pageCases } from './page-cases.ts';
import { queryCases } from './query-cases.ts';
import { snippetCases } from './snippet-cases.ts';
import type { SearchSubject } from './subject.ts';

/** What every `search-index` must do. */
export const searchIndexKit = defineKit<SearchSubject>({
  capability: searchIndex.id,
  cases: [...documentCases, ...isolationCases, ...queryCases, ...languageCases, ...pageCases, ...snippetCases],
});
