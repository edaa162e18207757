import { isAppError } from '@parley/contracts';
import type { ModelsSettings } from '@parley/plugin-models/contract';
import { modelsErrors } from '@parley/plugin-models/contract';
import { ErrorState } from '@parley/ui/error-state';
import { Picker } from '@parley/ui/picker';
import { SegmentedControl } from '@parley/ui/radio';
import { useHost } from '@parley/web';
import type { Managed } from '../managed.ts';
import { messages as shared } from '../messages.ts';
import { modelGroups } from '../models/model-groups.ts';
import { useModelChanges } from '../queries.ts';
import { messages } from './messages.ts';
import styles from './settings-form.module.css';

const AUTOMATIC = 'automatic';

/** What holds for all models; each choice is saved at once. */
export function SettingsForm({ managed }: { readonly managed: Managed }) {
  const { settings, rev, items } = managed;
  const { setSettings } = useModelChanges();
  const { announce } = useHost();
  const save = (next: ModelsSettings) =>
    setSettings.mutate({ settings: next, rev }, { onSuccess: () => announce(messages.saved) });
  const { defaultModel, newModels } = settings;
  const pick = (id: string) => {
    const { defaultModel: _, ...rest } = settings;
    save(id === AUTOMATIC ? rest : { ...rest, defaultModel: id });
  };
  const isGone = defaultModel !== undefined && !items.some(({ model }) => model.id === defaultModel);
  const groups = [
    {
      id: AUTOMATIC,
      title: messages.automatic,
      options: [
        { id: AUTOMATIC, label: messages.automatic },
        ...(isGone ? [{ id: defaultModel, label: messages.gone(defaultModel) }] : []),
      ],
    },
    ...modelGroups(items.map(({ model }) => model).filter(({ unavailable }) => unavailable === undefined)),
  ];
  return (
    <div className={styles['form']}>
      {setSettings.isError ? (
        <ErrorState
          title={shared.saveFailed}
          cause={isAppError(setSettings.error, modelsErrors.CHANGED.code) ? shared.changed : setSettings.error.message}
        />
      ) : undefined}
      <section className={styles['field']}>
        <h2 className={styles['name']}>{messages.defaultModel}</h2>
        <Picker
          label={messages.defaultModel}
          groups={groups}
          value={defaultModel ?? AUTOMATIC}
          onChange={pick}
          placeholder={messages.automatic}
          searchPlaceholder={messages.searchModels}
          isDisabled={setSettings.isPending}
        />
        <p className={styles['note']}>{messages.defaultText}</p>
      </section>
      <section className={styles['field']}>
        <SegmentedControl
          label={messages.newModels}
          segments={[
            { id: 'shown', label: messages.shown },
            { id: 'hidden', label: messages.hidden },
          ]}
          value={newModels}
          onChange={(next) => save({ ...settings, newModels: next })}
          isDisabled={setSettings.isPending}
        />
        <p className={styles['note']}>{messages.newText}</p>
      </section>
    </div>
  );
}
