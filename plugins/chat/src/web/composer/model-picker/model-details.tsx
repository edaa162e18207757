import type { AvailableModel } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { StarIcon } from '@parley/ui/icon';
import { formatCount, modelName } from '../../message/format.ts';
import { messages } from '../../messages.ts';
import styles from './model-details.module.css';
import { formatUsd } from './model-words.ts';

interface ModelDetailsProps {
  readonly model: AvailableModel;
  readonly isFavourite: boolean;
  readonly onToggleFavourite: () => void;
}

/** More about the model that the keys or the pointer are on. */
export function ModelDetails({ model, isFavourite, onToggleFavourite }: ModelDetailsProps) {
  return (
    <div className={styles.details}>
      <div className={styles.text}>
        <p className={styles.head}>
          <bdi className={styles.name}>{model.name}</bdi> · <bdi>{model.providerTitle}</bdi>
        </p>
        {model.description === undefined ? undefined : <p dir="auto">{model.description}</p>}
        <p>{factsOf(model).join(' · ')}</p>
        {model.standsFor === undefined ? undefined : <p>{messages.oneOf(model.standsFor.map(modelName).join(', '))}</p>}
        {model.isUnknown ? <p>{messages.unknownModel}</p> : undefined}
        {model.source === undefined ? undefined : (
          <p>
            <a href={model.source} target="_blank" rel="noopener noreferrer">
              {messages.pricesFrom(model.asOf)}
            </a>
          </p>
        )}
      </div>
      <Button
        size="small"
        variant="quiet"
        icon={<StarIcon className={isFavourite ? styles.on : undefined} />}
        aria-pressed={isFavourite}
        aria-label={messages.favouriteNamed(model.name)}
        onPress={onToggleFavourite}
      >
        {messages.favourite}
      </Button>
    </div>
  );
}

function factsOf(model: AvailableModel): readonly string[] {
  const { contextWindowTokens, maxOutputTokens, inputUsdPerMillion, outputUsdPerMillion } = model;
  const facts: string[] = [];
  if (contextWindowTokens !== undefined) facts.push(messages.reads(formatCount(contextWindowTokens)));
  if (maxOutputTokens !== undefined) facts.push(messages.writes(formatCount(maxOutputTokens)));
  if (inputUsdPerMillion !== undefined && outputUsdPerMillion !== undefined && !model.demo)
    facts.push(messages.priceWords(formatUsd(inputUsdPerMillion), formatUsd(outputUsdPerMillion)));
  return facts;
}
