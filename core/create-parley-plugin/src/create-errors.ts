import { defineErrors } from '@parley/contracts';

/** Why no plugin can be made. */
export const createErrors = defineErrors('create', {
  BAD_ID: [400, '{id} is no plugin id; expected kebab-case such as reading-lists'],
  EXISTS: [400, '{folder} is there already and holds files; choose another name'],
  UNKNOWN_TEMPLATE: [400, 'There is no template {template}; the templates are: {known}'],
  NO_PACKAGES: [400, '{folder} holds no {name}; make the packages with `npm run pack` in the folder of Parley'],
  USAGE: [400, 'Expected {command} <name> --template <{known}>'],
});
