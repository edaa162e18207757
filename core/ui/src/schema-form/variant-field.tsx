import { Select } from '../select/select.tsx';
import type { FieldProps } from './field-props.ts';
import { useFormScope } from './form-context.ts';
import { Group } from './group.tsx';
import { isPlainObject } from './json-schema.ts';
import { keyWords } from './key-words.ts';
import { FieldList } from './object-field.tsx';
import type { Variant } from './read-shape.ts';
import styles from './schema-form.module.css';

interface VariantFieldProps extends FieldProps {
  readonly discriminator: string;
  readonly variants: readonly Variant[];
}

const UNSET = '\u0000unset';

/** One of several objects: which one is chosen first, its fields follow. */
export function VariantField(props: VariantFieldProps) {
  const { schema, path, label, isLabelHidden, isRequired, value, onChange, discriminator, variants } = props;
  const { messages, isDisabled } = useFormScope();
  const object = isPlainObject(value) ? value : {};
  const chosen = variants.find((variant) => variant.value === object[discriminator]);
  const options = variants.map(({ id }) => ({ id, label: id }));
  const choose = (id: string) => {
    const variant = variants.find((one) => one.id === id);
    onChange(variant ? { [discriminator]: variant.value } : undefined);
  };
  return (
    <Group label={label} isLabelHidden={isLabelHidden} schema={schema} path={path} isRequired={isRequired}>
      <div className={styles.nested}>
        <div className={styles.fields}>
          <Select
            label={keyWords(discriminator, false).label}
            options={isRequired ? options : [{ id: UNSET, label: messages.notSet }, ...options]}
            value={chosen?.id ?? (isRequired ? undefined : UNSET)}
            onChange={choose}
            placeholder={messages.notSet}
            isDisabled={isDisabled}
          />
          {chosen ? (
            <FieldList
              fields={chosen.fields}
              path={path}
              value={object}
              onChange={(next) => onChange({ ...next, [discriminator]: chosen.value })}
            />
          ) : undefined}
        </div>
      </div>
    </Group>
  );
}
