// The keys that go from row to row of a table.

/** Of a row that has the focus, the page of its song; elsewhere Enter does what it does. */
export function openSong(): boolean {
  const row = document.activeElement;
  if (!row?.matches('[data-row]')) return false;
  row.querySelector<HTMLElement>('.title a')?.click();
  return true;
}

/** Gives the focus to the row after or before the one that has it; to the first where none has. */
export function stepRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(
    (row) => !row.closest('[inert]'),
  );
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at === -1 ? 0 : at + step]?.focus();
}
