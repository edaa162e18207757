import type { ModelInfo, Principal } from '@parley/contracts';
import { MODELS_MANAGE } from '@parley/plugin-models/contract';
import type { ModelRule, ModelsSettings } from '@parley/plugin-models/contract';
import type { Said } from './merge-model.ts';

/** Why somebody may not use a model. */
export interface Refusal {
  /** For people. */
  readonly reason: string;
  /** Whether they do not see it either. */
  readonly isHidden: boolean;
}

const TURNED_OFF: Refusal = { reason: 'An administrator has turned it off', isHidden: true };
const FOR_OTHERS: Refusal = {
  reason: 'It is for some people only; an administrator can say for whom',
  isHidden: false,
};

function isEnabled(rule: ModelRule | undefined, listed: ModelInfo | undefined, { newModels }: ModelsSettings): boolean {
  // A name for other models was made by the operator, so it is not new.
  return rule?.enabled ?? (newModels === 'shown' || listed?.standsFor !== undefined);
}

/** Why a principal may not use a model; nothing when it may. */
export function refusalOf(
  principal: Principal,
  { rule, listed }: Pick<Said, 'rule' | 'listed'>,
  settings: ModelsSettings,
): Refusal | undefined {
  if (!isEnabled(rule, listed, settings)) return TURNED_OFF;
  const roles = rule?.roles ?? listed?.roles;
  const isFor = !roles || principal.can(MODELS_MANAGE) || roles.some((role) => principal.roles.includes(role));
  return isFor ? undefined : FOR_OTHERS;
}
