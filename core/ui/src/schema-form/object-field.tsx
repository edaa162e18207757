import { Button } from '../button/button.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { Group } from './group.tsx';
import { isPlainObject } from './json-schema.ts';
import type { ObjectField as FieldOfObject } from './read-shape.ts';
import styles from './schema-form.module.css';

interface FieldListProps {
  readonly fields: readonly FieldOfObject[];
  readonly path: FieldProps['path'];
  readonly value: unknown;
  readonly onChange: (value: Readonly<Record<string, unknown>>) => void;
}

/** The fields of one object, one below the other. */
export function FieldList({ fields, path, value, onChange }: FieldListProps) {
  const { Field } = useFormScope();
  const object = isPlainObject(value) ? value : {};
  return (
    <div className={styles.fields}>
      {fields.map(({ key, schema, isRequired }) => (
        <Field
          key={key}
          schema={schema}
          path={[...path, key]}
          isRequired={isRequired}
          value={object[key]}
          onChange={(next) => onChange(withKey(object, key, next))}
        />
      ))}
    </div>
  );
}

/** An object with one key set or, for `undefined`, taken out. */
export function withKey(
  object: Readonly<Record<string, unknown>>,
  key: string,
  value: unknown,
): Record<string, unknown> {
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _, ...rest } = object;
  return rest;
}

/** An object inside an object. One that may be left out and needs something is set and taken out as a whole. */
export function ObjectField(props: FieldProps & { readonly fields: readonly FieldOfObject[] }) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, fields } = props;
  const { messages, isDisabled } = useFormScope();
  const needsSomething = fields.some((field) => field.isRequired);
  const isLeftOut = value === undefined && !isRequired && needsSomething && schema.default === undefined;
  const toggle =
    isRequired || !needsSomething || schema.default !== undefined ? undefined : (
      <Button
        size="small"
        isDisabled={isDisabled}
        aria-label={isLeftOut ? messages.addObject(label) : messages.removeObject(label)}
        onPress={() => onChange(isLeftOut ? {} : undefined)}
      >
        {isLeftOut ? messages.set : messages.remove}
      </Button>
    );
  return (
    <Group label={label} isLabelHidden={isLabelHidden} schema={schema} path={path} end={toggle}>
      {isLeftOut ? undefined : (
        <div className={styles.nested}>
          <FieldList fields={fields} path={path} value={value} onChange={onChange} />
        </div>
      )}
    </Group>
  );
}
