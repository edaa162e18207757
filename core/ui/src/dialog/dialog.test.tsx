import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Button } from '../button/button.tsx';
import { TextField } from '../text-field/text-field.tsx';
import { ConfirmDialog, Dialog, DialogTrigger, Sheet } from './index.ts';

afterEach(cleanup);

const open = async () => {
  const user = userEvent.setup();
  render(
    <DialogTrigger>
      <Button>Open</Button>
      <Dialog title="Rename" footer={<Button slot="close">Cancel</Button>}>
        <TextField label="Name" />
      </Dialog>
    </DialogTrigger>,
  );
  await user.click(screen.getByRole('button', { name: 'Open' }));
  return user;
};

describe('Dialog', () => {
  it('is named by its title and takes the focus', async () => {
    await open();
    const dialog = screen.getByRole('dialog', { name: 'Rename' });
    expect(dialog.contains(document.activeElement)).toBe(true);
  });

  it('keeps the focus inside', async () => {
    const user = await open();
    const dialog = screen.getByRole('dialog');
    for (let press = 0; press < 6; press++) {
      await user.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
  });

  it('closes on Escape and gives the focus back', async () => {
    const user = await open();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })));
  });

  it('closes with a button in the close slot', async () => {
    const user = await open();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stays open on Escape when it can only be answered', async () => {
    const user = userEvent.setup();
    render(
      <Dialog title="Sign in again" isOpen isDismissable={false}>
        <TextField label="Password" />
      </Dialog>,
    );
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  });
});

describe('Sheet', () => {
  it('reports that it wants to close when the caller decides', async () => {
    const user = userEvent.setup();
    const onOpenChange = jest.fn();
    render(
      <Sheet title="Notes" isOpen onOpenChange={onOpenChange}>
        text
      </Sheet>,
    );
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });
});

describe('ConfirmDialog', () => {
  const ask = (onConfirm: () => Promise<void>) =>
    render(
      <DialogTrigger defaultOpen>
        <Button>Delete chat</Button>
        <ConfirmDialog title="Delete?" confirmLabel="Delete" onConfirm={onConfirm}>
          For good.
        </ConfirmDialog>
      </DialogTrigger>,
    );

  it('has the focus on the safe answer', () => {
    ask(async () => undefined);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));
  });

  it('closes when the work is done, not before', async () => {
    const user = userEvent.setup();
    const { promise, resolve } = Promise.withResolvers<void>();
    ask(() => promise);
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.getByRole('alertdialog')).toBeTruthy();
    resolve();
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('stays open when the work fails, and lets the answer be given again', async () => {
    const user = userEvent.setup();
    const onConfirm = jest.fn(() => Promise.reject(new Error('offline')));
    ask(onConfirm);
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(onConfirm).toHaveBeenCalledTimes(2));
    expect(screen.getByRole('alertdialog')).toBeTruthy();
  });
});
