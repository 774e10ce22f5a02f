import { ShellCompDirective } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds the command `complete`. If no word of a command fits, the shell completes paths. */
export function addCompletion(program: Command): void {
  const completion = tab(program);
  program.commands
    .find((command) => command.name() === 'complete')
    ?.description(
      'Writes a script that completes commands and flags in a shell. Bash needs the package bash-completion.',
    )
    .summary('write the completion script of a shell')
    .addHelpText('after', '\nExample:\n  $ source <(thaw complete bash)');
  const { ShellCompDirectiveDefault, ShellCompDirectiveNoFileComp } = ShellCompDirective;
  Object.defineProperty(completion, 'directive', {
    get: () => (completion.completions.length > 0 ? ShellCompDirectiveNoFileComp : ShellCompDirectiveDefault),
    set: () => {},
    configurable: true,
  });
}
