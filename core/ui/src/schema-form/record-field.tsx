import { useState } from 'react';
import { Button } from '../button/button.tsx';
import { IconButton } from '../button/icon-button.tsx';
import { PlusIcon, Trash2Icon } from '../icon/index.ts';
import { TextField } from '../text-field/text-field.tsx';
import { emptyValue } from './empty-value.ts';
import type { FieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { Group } from './group.tsx';
import { isPlainObject, type JsonSchema } from './json-schema.ts';
import styles from './schema-form.module.css';

type Entry = readonly [name: string, value: unknown];

/** Values by names that the person chooses. */
export function RecordField(props: FieldProps & { readonly values: JsonSchema }) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, values } = props;
  const { messages, isDisabled, root, Field } = useFormScope();
  const given = Object.entries(isPlainObject(value) ? value : {});
  // Names that are there twice or not yet at all can not stand in an object, so they wait here.
  const [draft, setDraft] = useState<readonly Entry[]>();
  const entries: readonly Entry[] = draft !== undefined && isSame(toObject(draft), value) ? draft : given;
  const set = (next: readonly Entry[]) => {
    setDraft(next);
    onChange(next.length === 0 && !isRequired ? undefined : toObject(next));
  };
  const problemOf = (name: string): string | undefined =>
    entries.filter(([other]) => other === name).length > 1 ? messages.wrong.sameName : undefined;
  return (
    <Group label={label} isLabelHidden={isLabelHidden} schema={schema} path={path} isRequired={isRequired}>
      {entries.length === 0 ? <p className={styles.nothing}>{messages.noItems}</p> : undefined}
      <ul role="list" className={styles.items}>
        {entries.map(([name, inner], index) => (
          <li key={index} className={styles.entry}>
            <TextField
              label={`${messages.item(label, index + 1)}: ${messages.entryName}`}
              isLabelHidden
              placeholder={messages.entryName}
              isCode
              isDisabled={isDisabled}
              validationBehavior="aria"
              value={name}
              onChange={(next) => set(entries.with(index, [next, inner]))}
              errorMessage={problemOf(name)}
            />
            <Field
              schema={values}
              path={[...path, name]}
              label={`${messages.item(label, index + 1)}: ${messages.entryValue}`}
              isLabelHidden
              isRequired
              value={inner}
              onChange={(next) => set(entries.with(index, [name, next]))}
            />
            <IconButton
              label={messages.removeItem(name || messages.item(label, index + 1))}
              isDisabled={isDisabled}
              onPress={() => set(entries.toSpliced(index, 1))}
            >
              <Trash2Icon />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        icon={<PlusIcon />}
        isDisabled={isDisabled}
        onPress={() => set([...entries, ['', emptyValue(values, root)]])}
      >
        {messages.addItem(label)}
      </Button>
    </Group>
  );
}

const toObject = (entries: readonly Entry[]): Record<string, unknown> => Object.fromEntries(entries);
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other ?? {});
