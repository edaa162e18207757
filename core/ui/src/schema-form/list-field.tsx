import { Button } from '../button/button.tsx';
import { IconButton } from '../button/icon-button.tsx';
import { PlusIcon, Trash2Icon } from '../icon/index.ts';
import type { FieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { Group } from './group.tsx';
import type { JsonSchema } from './json-schema.ts';
import { emptyValue } from './empty-value.ts';
import styles from './schema-form.module.css';

/** Values of one kind in an order. */
export function ListField(props: FieldProps & { readonly items: JsonSchema }) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, items } = props;
  const { messages, isDisabled, root, Field } = useFormScope();
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const set = (next: readonly unknown[]) =>
    onChange(next.length === 0 && !(isRequired || value === undefined) ? undefined : next);
  return (
    <Group label={label} isLabelHidden={isLabelHidden} schema={schema} path={path} isRequired={isRequired}>
      {list.length === 0 ? <p className={styles.nothing}>{messages.noItems}</p> : undefined}
      <ul role="list" className={styles.items}>
        {list.map((item, index) => {
          const name = messages.item(label, index + 1);
          return (
            // Items have no name of their own; they are told apart by their place.
            <li key={index} className={styles.item}>
              <Field
                schema={items}
                path={[...path, index]}
                label={name}
                isLabelHidden
                isRequired
                value={item}
                onChange={(next) => set(list.with(index, next))}
              />
              <IconButton
                size="medium"
                label={messages.removeItem(name)}
                isDisabled={isDisabled}
                onPress={() => set(list.toSpliced(index, 1))}
              >
                <Trash2Icon />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <Button
        size="small"
        icon={<PlusIcon />}
        isDisabled={isDisabled || list.length >= (schema.maxItems ?? Infinity)}
        onPress={() => onChange([...list, emptyValue(items, root)])}
      >
        {messages.addItem(label)}
      </Button>
    </Group>
  );
}
