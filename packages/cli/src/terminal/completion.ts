import { ShellCompDirective } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds the command `complete`. If no word of a command fits, the shell completes paths. */
export function addCompletion(program: Command): void {
  const completion = tab(program);
  const { ShellCompDirectiveDefault, ShellCompDirectiveNoFileComp } = ShellCompDirective;
  Object.defineProperty(completion, 'directive', {
    get: () => (completion.completions.length > 0 ? ShellCompDirectiveNoFileComp : ShellCompDirectiveDefault),
    set: () => {},
    configurable: true,
  });
}
