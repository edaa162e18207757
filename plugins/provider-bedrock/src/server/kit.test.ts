import { describe, it } from '@jest/globals';
import { kits } from './kit.ts';

for (const kit of kits) kit.test({ describe, it });
