/**
 * Closes an open dialog by a click beside it. A click in its own padding lands on the dialog too, and so does a selection
 * that is dragged out of it: where the press began decides.
 */
export function closeByClickOutside(dialog: HTMLDialogElement, close: () => void): () => void {
  let outside = false;
  const press = ({ clientX, clientY }: PointerEvent) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    outside = clientX < left || clientX > right || clientY < top || clientY > bottom;
  };
  const click = () => {
    if (outside) close();
    outside = false;
  };
  dialog.addEventListener('pointerdown', press);
  dialog.addEventListener('click', click);
  return () => {
    dialog.removeEventListener('pointerdown', press);
    dialog.removeEventListener('click', click);
  };
}
