import type { AvailableModel } from '@parley/contracts';
import { modelBadge } from '@parley/plugin-chat/contract';
import { Badge } from '@parley/ui/badge';
import { CheckIcon, StarIcon } from '@parley/ui/icon';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import { Slot, useContributions } from '@parley/web';
import { memo, useMemo } from 'react';
import { formatCount } from '../../message/format.ts';
import { messages } from '../../messages.ts';
import styles from './model-row.module.css';
import { abilitiesOf, priceOf } from './model-words.ts';

/** So many badges of plugins a row has room for. */
const MOST_BADGES = 2;

/** What can be done with a row; the functions never change identity. */
export interface RowActions {
  readonly pick: (model: AvailableModel) => void;
  readonly toggleFavourite: (model: AvailableModel) => void;
  readonly point: (key: string) => void;
}

interface ModelRowProps {
  readonly id: string;
  readonly lineKey: string;
  readonly model: AvailableModel;
  readonly isActive: boolean;
  readonly isPicked: boolean;
  readonly isFavourite: boolean;
  readonly actions: RowActions;
}

/** One model: its name, what it can, how much it reads and what it costs; or why it can not be picked. */
export const ModelRow = memo(function ModelRow(props: ModelRowProps) {
  const { id, lineKey, model, isActive, isPicked, isFavourite, actions } = props;
  const price = priceOf(model);
  const isDisabled = model.unavailable !== undefined;
  return (
    <div
      id={id}
      role="option"
      aria-selected={isPicked}
      aria-disabled={isDisabled || undefined}
      data-active={isActive || undefined}
      className={styles.row}
      onPointerMove={isActive ? undefined : () => actions.point(lineKey)}
      onClick={() => actions.pick(model)}
    >
      <span className={styles.text}>
        <span className={styles.name}>
          <bdi>{model.name}</bdi>
          {model.demo ? <Badge tone="accent">{messages.demo}</Badge> : undefined}
          <PluginBadges model={model} />
          {isFavourite ? <VisuallyHidden>{messages.favourite}</VisuallyHidden> : undefined}
        </span>
        <span className={styles.second}>{isDisabled ? model.unavailable : <Abilities model={model} />}</span>
      </span>
      <span className={styles.figures}>
        {model.contextWindowTokens === undefined ? undefined : (
          <span>
            {formatCount(model.contextWindowTokens)}
            <VisuallyHidden> {messages.contextWord}</VisuallyHidden>
          </span>
        )}
        {price === undefined ? undefined : (
          <span>
            {price}
            <VisuallyHidden> {messages.perMillion}</VisuallyHidden>
          </span>
        )}
      </span>
      <span
        className={styles.star}
        data-on={isFavourite || undefined}
        // With a keyboard or a screen reader the same is done by the keys and the button below the list.
        aria-hidden="true"
        title={isFavourite ? messages.removeFavourite : messages.addFavourite}
        onClick={(event) => {
          event.stopPropagation();
          actions.toggleFavourite(model);
        }}
      >
        <StarIcon />
      </span>
      <CheckIcon className={styles.check} />
    </div>
  );
});

function Abilities({ model }: { readonly model: AvailableModel }) {
  const abilities = abilitiesOf(model);
  if (abilities.length === 0) return messages.textOnly;
  return abilities.map((ability) => messages.abilities[ability]).join(' · ');
}

function PluginBadges({ model }: { readonly model: AvailableModel }) {
  const first = useContributions(modelBadge).slice(0, MOST_BADGES);
  const props = useMemo(() => ({ model }), [model]);
  if (first.length === 0) return undefined;
  return <Slot of={modelBadge} props={props} select={(contribution) => first.includes(contribution)} />;
}
