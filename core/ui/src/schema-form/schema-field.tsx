import { useRef } from 'react';
import { IconButton } from '../button/icon-button.tsx';
import { joinClasses } from '../class-names.ts';
import { RotateCcwIcon } from '../icon/index.ts';
import { ChoiceField } from './choice-field.tsx';
import type { FieldProps, SchemaFieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { JsonField } from './json-field.tsx';
import { keyWords, type Unit } from './key-words.ts';
import { ListField } from './list-field.tsx';
import { NumberField } from './number-field.tsx';
import { ObjectField } from './object-field.tsx';
import { readSchema, type Shape } from './read-shape.ts';
import { RecordField } from './record-field.tsx';
import styles from './schema-form.module.css';
import { SecretField } from './secret-field.tsx';
import { SwitchField } from './switch-field.tsx';
import { TextSettingField } from './text-setting-field.tsx';
import { VariantField } from './variant-field.tsx';

/** Deeper than this, a value is edited as JSON: a schema may contain itself. */
const MOST_DEPTH = 5;

/** The field that fits a schema. */
export function SchemaField({ schema: given, label: givenLabel, ...rest }: SchemaFieldProps) {
  const { root, messages, isDisabled, canReset } = useFormScope();
  const frame = useRef<HTMLDivElement>(null);
  const { schema, shape } = readSchema(given, root);
  const words = keyWords(String(rest.path.at(-1) ?? ''), shape.kind === 'number');
  const label = givenLabel ?? schema.title ?? words.label;
  const props: FieldProps = { ...rest, schema, label };
  const { value, path, onChange, isRequired } = rest;
  const isSet = canReset && path.length === 1 && value !== undefined && !isRequired;
  const field = <KnownField {...props} shape={shape} unit={words.unit} />;
  if (!canReset) return field;
  return (
    <div ref={frame} className={joinClasses(styles.resettable)}>
      {field}
      {isSet ? (
        <IconButton
          size="small"
          label={messages.reset(label)}
          isDisabled={isDisabled}
          className={joinClasses(styles.reset)}
          onPress={() => {
            onChange(undefined);
            // The button goes with the value; the focus stays with the field.
            frame.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
          }}
        >
          <RotateCcwIcon />
        </IconButton>
      ) : undefined}
    </div>
  );
}

function KnownField({
  shape,
  unit,
  ...props
}: FieldProps & { readonly shape: Shape; readonly unit: Unit | undefined }) {
  if (props.path.length > MOST_DEPTH) return <JsonField {...props} />;
  switch (shape.kind) {
    case 'text':
      return <TextSettingField {...props} />;
    case 'secret':
      return <SecretField {...props} />;
    case 'number':
      return <NumberField {...props} unit={unit} isInteger={shape.isInteger} />;
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
