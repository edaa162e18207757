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
      {inGroups(fields).map(({ title, members }) => {
        const list = members.map(({ key, schema, isRequired }) => (
          <Field
            key={key}
            schema={schema}
            path={[...path, key]}
            isRequired={isRequired}
            value={object[key]}
            onChange={(next) => onChange(withKey(object, key, next))}
          />
        ));
        if (title === undefined) return list;
        return (
          <fieldset key={`group:${title}`} className={styles.titled}>
            <legend className={styles.groupTitle}>{title}</legend>
            <div className={styles.fields}>{list}</div>
          </fieldset>
        );
      })}
    </div>
  );
}

/** Fields under one heading; those without one stand by themselves. */
interface FieldGroup {
  readonly title: string | undefined;
  readonly members: FieldOfObject[];
}

/** Fields by their `x-group`, each group where its first field is. */
function inGroups(fields: readonly FieldOfObject[]): readonly FieldGroup[] {
  const groups: FieldGroup[] = [];
  for (const field of fields) {
    const given = field.schema['x-group'];
    const title = typeof given === 'string' ? given : undefined;
    const group = title === undefined ? undefined : groups.find((one) => one.title === title);
    if (group) group.members.push(field);
    else groups.push({ title, members: [field] });
  }
  return groups;
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
