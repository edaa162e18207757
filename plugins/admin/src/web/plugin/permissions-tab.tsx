import type { GrantsView } from '@parley/contracts';
import { Button } from '@parley/ui/button';
import { Switch } from '@parley/ui/switch';
import { useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { CodeList, Nothing, Section } from '../facts.tsx';
import { GRANT_KINDS, isGranted, isSameGrants, withGrant } from './grants.ts';
import { messages } from './messages.ts';
import type { PartProps } from './part-props.ts';
import styles from './plugin-page.module.css';

/** What a plugin asks for and what it is granted. */
export function PermissionsTab({ plugin, node }: PartProps) {
  const { id, title, permissions, grants: granted } = plugin;
  const [edited, setEdited] = useState<GrantsView>();
  const grants = edited ?? granted;
  const [isReviewing, setReviewing] = useState(false);
  const isDirty = !isSameGrants(grants, granted, permissions);
  const asked = GRANT_KINDS.filter((kind) => permissions[kind].length > 0);
  const asksNothing = asked.length === 0 && permissions.storage.length === 0;
  return (
    <div className={styles['stack']}>
      {node && node.denied > 0 ? <p className={styles['denied']}>{messages.deniedTimes(node.denied)}</p> : undefined}
      {asksNothing ? <Nothing>{messages.asksNothing}</Nothing> : undefined}
      {asked.map((kind) => (
        <Section key={kind} title={messages.grants[kind]}>
          <ul role="list" className={styles['grants']}>
            {permissions[kind].map((name) => (
              <li key={name}>
                <Switch
                  isSelected={isGranted(grants, kind, name)}
                  onChange={(isOn) => setEdited(withGrant(grants, permissions, { kind, name, isGranted: isOn }))}
                >
                  <code>{name}</code>
                </Switch>
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {permissions.storage.length === 0 ? undefined : (
        <Section title={messages.grants.storage}>
          <ul role="list" className={styles['grants']}>
            <li>
              <Switch isSelected={grants?.storage ?? true} onChange={(isOn) => setEdited({ ...grants, storage: isOn })}>
                <code>{permissions.storage.join(', ')}</code>
              </Switch>
            </li>
          </ul>
        </Section>
      )}
      {permissions.declares.length === 0 ? undefined : (
        <Section title={messages.declares} note={messages.declaresNote}>
          <CodeList names={permissions.declares} />
        </Section>
      )}
      {isDirty ? (
        <div className={styles['save']}>
          <p role="status">{messages.unsaved}</p>
          <Button onPress={() => setEdited(undefined)}>{messages.discard}</Button>
          <Button variant="primary" onPress={() => setReviewing(true)}>
            {messages.reviewChange}
          </Button>
        </div>
      ) : undefined}
      {isReviewing ? (
        <ChangeDialog
          title={messages.grantTitle(title ?? id)}
          wish={{ changes: [{ do: 'grant', id, grants: grants ?? {} }] }}
          confirmLabel={messages.apply}
          onClose={({ isApplied }) => {
            setReviewing(false);
            if (isApplied) setEdited(undefined);
          }}
        />
      ) : undefined}
    </div>
  );
}
