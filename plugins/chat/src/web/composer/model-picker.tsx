import type { AvailableModel, ModelAbilities } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { BrainIcon, FileTextIcon, ImageIcon, WrenchIcon } from '@parley/ui/icon';
import { Picker } from '@parley/ui/picker';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { formatCount } from '../message/format.ts';
import { messages } from '../messages.ts';
import type { ModelChoice } from '../state/use-model.ts';
import styles from './model-picker.module.css';

interface ModelPickerProps {
  readonly choice: ModelChoice;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Picks the model of the next message, by provider, with what each can do. */
export function ModelPicker({ choice, isOpen, onOpenChange }: ModelPickerProps) {
  const { models, model, error, pick } = choice;
  const groups = useMemo(() => toGroups(models ?? []), [models]);
  if (error && !models) return <span className={styles.problem}>{messages.modelsFailed}</span>;
  if (models?.length === 0) return <span className={styles.problem}>{messages.noModelHint}</span>;
  return (
    <>
      <Picker
        label={messages.model}
        groups={groups}
        value={model?.id}
        onChange={pick}
        placeholder={messages.noModel}
        searchPlaceholder={messages.searchModels}
        isDisabled={!models}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
      />
      {model?.demo ? <Badge tone="accent">{messages.demo}</Badge> : undefined}
    </>
  );
}

function toGroups(models: readonly AvailableModel[]) {
  const byProvider = Map.groupBy(models, ({ provider }) => provider);
  return [...byProvider].map(([id, list]) => ({
    id,
    title: list[0]?.providerTitle ?? id,
    options: list.map((model) => ({
      id: model.id,
      label: model.name,
      ...(model.description === undefined ? {} : { description: model.description }),
      end: <ModelFacts model={model} />,
    })),
  }));
}

const ICONS: readonly (readonly [keyof ModelAbilities & keyof typeof messages.abilities, ReactNode])[] = [
  ['vision', <ImageIcon key="vision" />],
  ['files', <FileTextIcon key="files" />],
  ['tools', <WrenchIcon key="tools" />],
  ['reasoning', <BrainIcon key="reasoning" />],
];

function ModelFacts({ model }: { readonly model: AvailableModel }) {
  return (
    <span className={styles.facts}>
      {model.demo ? <Badge tone="accent">{messages.demo}</Badge> : undefined}
      {ICONS.filter(([ability]) => model.abilities[ability]).map(([ability, icon]) => (
        <span key={ability} role="img" aria-label={messages.abilities[ability]} title={messages.abilities[ability]}>
          {icon}
        </span>
      ))}
      {model.contextWindowTokens === undefined ? undefined : (
        <span className={styles.context} title={messages.contextWindow(formatCount(model.contextWindowTokens))}>
          {formatCount(model.contextWindowTokens)}
        </span>
      )}
    </span>
  );
}
