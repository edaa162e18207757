import { ChoiceField } from './choice-field.tsx';
import type { FieldProps, SchemaFieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { JsonField } from './json-field.tsx';
import { keyWords } from './key-words.ts';
import { ListField } from './list-field.tsx';
import { NumberField } from './number-field.tsx';
import { ObjectField } from './object-field.tsx';
import { readSchema } from './read-shape.ts';
import { RecordField } from './record-field.tsx';
import { SecretField } from './secret-field.tsx';
import { SwitchField } from './switch-field.tsx';
import { TextSettingField } from './text-setting-field.tsx';
import { VariantField } from './variant-field.tsx';

/** Deeper than this, a value is edited as JSON: a schema may contain itself. */
const MOST_DEPTH = 5;

/** The field that fits a schema. */
export function SchemaField({ schema: given, label: givenLabel, ...rest }: SchemaFieldProps) {
  const { root } = useFormScope();
  const { schema, shape } = readSchema(given, root);
  const words = keyWords(String(rest.path.at(-1) ?? ''), shape.kind === 'number');
  const label = givenLabel ?? schema.title ?? words.label;
  const props: FieldProps = { ...rest, schema, label };
  if (rest.path.length > MOST_DEPTH) return <JsonField {...props} />;
  switch (shape.kind) {
    case 'text':
      return <TextSettingField {...props} />;
    case 'secret':
      return <SecretField {...props} />;
    case 'number':
      return <NumberField {...props} unit={words.unit} isInteger={shape.isInteger} />;
    case 'boolean':
      return <SwitchField {...props} />;
    case 'choice':
      return <ChoiceField {...props} options={shape.options} />;
    case 'list':
      return <ListField {...props} items={shape.items} />;
    case 'object':
      return <ObjectField {...props} fields={shape.fields} />;
    case 'record':
      return <RecordField {...props} values={shape.values} />;
    case 'variants':
      return <VariantField {...props} discriminator={shape.discriminator} variants={shape.variants} />;
    default:
      return <JsonField {...props} />;
  }
}
