import type { Origin, PluginEntryView } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { type JsonSchema, SchemaForm, useSchemaForm } from '@parley/ui/schema-form';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { Nothing } from '../facts.tsx';
import { messages } from './messages.ts';
import styles from './plugin-page.module.css';
import { settingsPatch } from './settings-patch.ts';
import { settingsProblems } from './settings-problems.ts';

/** The settings of a plugin, in a form made from their schema. */
export function SettingsTab({ plugin }: { readonly plugin: PluginEntryView }) {
  // What the form began with: what others change meanwhile must not take away what somebody is typing.
  const [base, setBase] = useState(plugin.settings);
  const { settings, settingsSchema } = plugin;
  if (settingsSchema === undefined) return <Nothing>{messages.noSettings}</Nothing>;
  return (
    <SettingsForm
      key={JSON.stringify(base)}
      plugin={plugin}
      schema={settingsSchema}
      base={base}
      isOutdated={JSON.stringify(base) !== JSON.stringify(settings)}
      onFresh={() => setBase(settings)}
    />
  );
}

interface SettingsFormProps {
  readonly plugin: PluginEntryView;
  readonly schema: JsonSchema;
  readonly base: PluginEntryView['settings'];
  /** The settings are others by now. */
  readonly isOutdated: boolean;
  /** Begins again with the settings as they are. */
  readonly onFresh: () => void;
}

function SettingsForm({ plugin, schema, base, isOutdated, onFresh }: SettingsFormProps) {
  const { id, title, settingsOrigin } = plugin;
  const form = useSchemaForm(schema, base);
  const [patch, setPatch] = useState<Record<string, unknown>>();
  const element = useRef<HTMLFormElement>(null);
  const isUntouched = !form.isDirty && patch === undefined;
  useEffect(() => {
    if (isOutdated && isUntouched) onFresh();
  });
  const review = (event: SubmitEvent) => {
    event.preventDefault();
    if (form.check()) setPatch(settingsPatch(base, form.value));
    // The first field that is wrong is drawn as such with the next frame.
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  return (
    <form ref={element} noValidate className={styles['form']} onSubmit={review}>
      {isOutdated && form.isDirty && patch === undefined ? (
        <div role="status" className={styles['outdated']}>
          <p>{messages.outdated}</p>
          <Button size="small" onPress={onFresh}>
            {messages.showPresent}
          </Button>
        </div>
      ) : undefined}
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
          onClose={({ isApplied, problems }) => {
            setPatch(undefined);
            if (isApplied) form.reset();
            else form.refuse(settingsProblems(problems, schema));
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
