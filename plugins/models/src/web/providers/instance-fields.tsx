import type { PluginEntryView } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { ChevronDownIcon, ChevronUpIcon } from '@parley/ui/icon';
import { type FormValue, type JsonSchema, SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { TextField } from '@parley/ui/text-field';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { splitSettings } from './instance-form.ts';
import { messages } from './messages.ts';
import { freeKey, kindTitle } from './provider-rows.ts';
import styles from './providers.module.css';

/** A provider as it was entered. */
export interface Instance {
  readonly title: string;
  readonly key: string;
  readonly settings: FormValue;
}

interface InstanceFormProps {
  readonly id: string;
  readonly kind: PluginEntryView;
  readonly taken: ReadonlySet<string>;
  readonly draft: Instance | undefined;
  /** What kept the plan from being made. */
  readonly problems: readonly string[];
  readonly onSubmit: (instance: Instance) => void;
}

const KEY = /^[a-z0-9-]{1,40}$/;

/** Name, short name, address and key of a new provider; what few people need is folded away. */
export function InstanceForm({ id, kind, taken, draft, problems, onSubmit }: InstanceFormProps) {
  // A kind that is not in use yet has its names to itself.
  const isFirst = !kind.isEnabled;
  const [title, setTitle] = useState(draft?.title ?? (isFirst ? kindTitle(kind) : ''));
  const [typedKey, setTypedKey] = useState(draft?.key);
  const [isChecked, setChecked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const schema = (kind.settingsSchema ?? {}) as JsonSchema;
  const { first, rest } = splitSettings(schema);
  const form = useSchemaForm(withoutNames(schema), draft?.settings ?? {});
  const own = isFirst ? defaultKey(schema) : undefined;
  const key = typedKey ?? (own !== undefined && !taken.has(own) ? own : freeKey(title, taken));
  const isTaken = taken.has(key) && key !== kind.id;
  const keyProblem = KEY.test(key) ? (isTaken ? messages.keyTaken : undefined) : messages.keyWrong;
  useEffect(() => element.current?.querySelector<HTMLElement>('input')?.focus(), []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    const isGood = form.check();
    if (isGood && title.trim() !== '' && keyProblem === undefined)
      return onSubmit({ title: title.trim(), key, settings: form.value });
    setOpen((was) => was || !isGood);
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  return (
    <form ref={element} id={id} noValidate onSubmit={submit} className={styles['form']}>
      {problems.length === 0 ? undefined : <ErrorState title={messages.refused} cause={problems.join(' ')} />}
      <TextField
        label={messages.name}
        description={messages.nameHint}
        isRequired
        validationBehavior="aria"
        maxLength={80}
        value={title}
        onChange={setTitle}
        errorMessage={isChecked && title.trim() === '' ? messages.nameMissing : undefined}
      />
      <TextField
        label={messages.key}
        description={messages.keyHint(key)}
        isCode
        isRequired
        validationBehavior="aria"
        maxLength={40}
        value={key}
        onChange={setTypedKey}
        errorMessage={isChecked || typedKey !== undefined ? keyProblem : undefined}
      />
      <SchemaForm {...form} schema={first} areKeysShown={false} />
      {Object.keys(rest.properties ?? {}).length === 0 ? undefined : (
        <>
          <Button
            size="small"
            variant="quiet"
            className={styles['more'] ?? ''}
            icon={isOpen ? <ChevronUpIcon /> : <ChevronDownIcon />}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {isOpen ? messages.less : messages.more}
          </Button>
          {isOpen ? (
            <SchemaForm {...form} problems={form.problems.filter(isInside)} schema={rest} areKeysShown={false} />
          ) : undefined}
        </>
      )}
    </form>
  );
}

/** Problems of no field stand above the first fields only. */
const isInside = ({ path }: { readonly path: readonly unknown[] }): boolean => path.length > 0;

const defaultKey = (schema: JsonSchema): string | undefined => {
  const key = schema.properties?.['key']?.default;
  return typeof key === 'string' ? key : undefined;
};

function withoutNames(schema: JsonSchema): JsonSchema {
  const { first, rest } = splitSettings(schema);
  return {
    ...schema,
    properties: { ...first.properties, ...rest.properties },
    required: [...(first.required ?? []), ...(rest.required ?? [])],
  };
}
