import type { Origin, PluginEntryView } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { type JsonSchema, SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { Nothing } from '../facts.tsx';
import { messages } from './messages.ts';
import styles from './plugin-page.module.css';
import { settingsPatch } from './settings-patch.ts';
import { settingsProblems } from './settings-problems.ts';

/** The settings of a plugin, in a form made from their schema. */
export function SettingsTab({ plugin }: { readonly plugin: PluginEntryView }) {
  const { settings, settingsSchema } = plugin;
  if (settingsSchema === undefined) return <Nothing>{messages.noSettings}</Nothing>;
  // Settings that were changed, here or elsewhere, begin a new form.
  return <SettingsForm key={JSON.stringify(settings)} plugin={plugin} schema={settingsSchema} />;
}

interface SettingsFormProps {
  readonly plugin: PluginEntryView;
  readonly schema: JsonSchema;
}

function SettingsForm({ plugin, schema }: SettingsFormProps) {
  const { id, title, settings, settingsOrigin } = plugin;
  const form = useSchemaForm(schema, settings);
  const [patch, setPatch] = useState<Record<string, unknown>>();
  const element = useRef<HTMLFormElement>(null);
  const review = (event: SubmitEvent) => {
    event.preventDefault();
    if (form.check()) setPatch(settingsPatch(settings, form.value));
    // The first field that is wrong is drawn as such with the next frame.
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  return (
    <form ref={element} noValidate className={styles['form']} onSubmit={review}>
      <SchemaForm {...form} noteFor={(path) => originNote(settingsOrigin[path.join('.')])} />
      {form.isDirty ? (
        <div className={styles['save']}>
          <p role="status">{messages.unsaved}</p>
          <Button onPress={form.reset}>{messages.discard}</Button>
          <Button type="submit" variant="primary">
            {messages.reviewChange}
          </Button>
        </div>
      ) : undefined}
      {patch ? (
        <ChangeDialog
          title={messages.configureTitle(title ?? id)}
          wish={{ changes: [{ do: 'configure', id, settings: patch }] }}
          confirmLabel={messages.apply}
          onClose={({ problems }) => {
            setPatch(undefined);
            form.refuse(settingsProblems(problems, schema));
          }}
        />
      ) : undefined}
    </form>
  );
}

/** Which layer a value comes from, when it is not the default. */
const originNote = (origin: Origin | undefined): ReactNode => {
  if (origin === 'admin') return <Badge tone="accent">{messages.setHere}</Badge>;
  return origin === 'file' ? <Badge>{messages.setInFile}</Badge> : undefined;
};
