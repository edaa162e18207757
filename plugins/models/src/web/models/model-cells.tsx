import type { AvailableModel } from '@parley/contracts';
import type { ManagedModel } from '@parley/plugin-models/contract';
import { Badge } from '@parley/ui/badge';
import { messages } from './messages.ts';
import styles from './models.module.css';
import { ABILITIES } from './use-model-filter.ts';

/** What a model is called, and what is special about it. */
export function ModelName({ item, isDefault }: { readonly item: ManagedModel; readonly isDefault: boolean }) {
  const { model, rule, listed } = item;
  const { enabled: _, ...said } = rule ?? {};
  return (
    <div className={styles['name']}>
      <span className={styles['nameLine']}>
        <bdi>{model.name}</bdi>
        {isDefault ? <Badge tone="accent">{messages.isDefault}</Badge> : undefined}
        {model.isUnknown ? (
          <span title={messages.unknownText}>
            <Badge tone="signal">{messages.unknown}</Badge>
          </span>
        ) : undefined}
        {listed ? undefined : <Badge>{messages.notListed}</Badge>}
        {Object.keys(said).length > 0 ? <Badge>{messages.overridden}</Badge> : undefined}
      </span>
      <code className={styles['id']}>{model.id}</code>
      {rule?.roles && rule.roles.length > 0 ? (
        <span className={styles['note']}>{messages.forRoles(rule.roles)}</span>
      ) : undefined}
    </div>
  );
}

/** How much it reads and writes at once. */
export const ModelLimits = ({ model }: { readonly model: AvailableModel }) => (
  <span title={messages.allTokens(model.contextWindowTokens, model.maxOutputTokens)}>
    {messages.tokens(model.contextWindowTokens)} / {messages.tokens(model.maxOutputTokens)}
  </span>
);

/** What it costs, and who says so since when. */
export function ModelPrice({ model }: { readonly model: AvailableModel }) {
  const { inputUsdPerMillion: input, outputUsdPerMillion: output, source, asOf } = model;
  if (input === undefined) return <span>{messages.noPrice}</span>;
  return (
    <div className={styles['price']}>
      <span>{messages.price(input, output)}</span>
      {asOf === undefined ? undefined : (
        <span className={styles['note']}>
          {source === undefined ? (
            messages.asOf(asOf)
          ) : (
            <a href={source} target="_blank" rel="noreferrer noopener">
              {messages.asOf(asOf)}
            </a>
          )}
        </span>
      )}
    </div>
  );
}

/** What it can do, in words. */
export const ModelCan = ({ model }: { readonly model: AvailableModel }) => (
  <span className={styles['can']}>
    {ABILITIES.filter((name) => model.abilities[name])
      .map((name) => messages.abilities[name])
      .join(', ') || '–'}
  </span>
);
