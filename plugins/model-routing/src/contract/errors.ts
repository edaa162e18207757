import { defineErrors } from '@parley/contracts';

/** What can go wrong with names for models and fallbacks. */
export const modelRoutingErrors = defineErrors('model-routing', {
  TWICE: [422, '{what} is there twice; say it once'],
  NONE: [503, 'None of the models that {name} stands for can be used now: {models}'],
  CIRCULAR: [422, '{what} stands for another name; list the models themselves'],
});
