export { checkValue } from './check-value.ts';
export {
  isKeptSecret,
  type JsonSchema,
  type KeptSecret,
  type SchemaProblem,
  type ValuePath,
} from './json-schema.ts';
export { inLargerUnit, type KeyWords, keyWords, type Unit } from './key-words.ts';
export { englishSchemaFormMessages, type SchemaFormMessages } from './messages.ts';
export { SchemaForm, type SchemaFormProps } from './schema-form.tsx';
export { type FormValue, type SchemaFormState, useSchemaForm } from './use-schema-form.ts';
