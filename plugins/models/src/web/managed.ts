import type { Client } from '@parley/contracts';
import type { modelsContract } from '@parley/plugin-models/contract';

/** Everything that is known of models: what the page shows and changes. */
export type Managed = Awaited<ReturnType<Client<(typeof modelsContract)['operations']>['manage']>>;
