import { redoLast, undoLast } from './current-project';

/** Lets Control + Z take the last change back on every page, and Control + Shift + Z or Control + Y make it again. */
export function listenToUndoKeys(): void {
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if ((!ctrlKey && !metaKey) || altKey || isTyping(target)) return;
    const letter = key.toLowerCase();
    if (letter !== 'z' && letter !== 'y') return;
    event.preventDefault();
    if (letter === 'y' || shiftKey) redoLast();
    else undoLast();
  });
}

/** Whether the browser's own undo is meant, of a text that is being typed. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type);
}
