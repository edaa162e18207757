import { defineErrors } from '@parley/contracts';

/** Why a plugin is not built. */
export const buildErrors = defineErrors('build', {
  NO_PACKAGE: [400, '{dir} holds no plugin: {reason}'],
  COMPILE_FAILED: [400, 'The {side} side does not build:\n{text}'],
  TYPES_FAILED: [400, 'The types do not hold:\n{text}'],
  CHECK_FAILED: [400, 'The package would not work, so it was not written:\n{problems}'],
});
