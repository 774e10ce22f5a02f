import { type Command, InvalidArgumentError, type Option } from 'commander';
import { ConfigError } from '../errors';
import type { FoundConfig } from './read-config';

/**
 * Gives a command what the config file says under its name: options that the command line leaves out, and its arguments if the
 * command line has none. A value is checked as a flag is.
 *
 * @throws ConfigError for an unknown command or option, or a value that its flag doesn't take
 */
export function applyConfig(command: Command, { path, content }: FoundConfig): void {
  const commands = command.parent?.commands.map((one) => one.name()) ?? [];
  for (const name of Object.keys(content)) {
    if (!commands.includes(name))
      throw new ConfigError(`${path}: expected keys out of ${commands.join(', ')}; received "${name}".`);
  }
  for (const [key, value] of Object.entries(content[command.name()] ?? {})) {
    const argument = command.registeredArguments.findIndex((one) => one.name() === key);
    if (argument >= 0) {
      const isGiven = command.args.length > argument;
      if (!isGiven) command.processedArgs[argument] = [value].flat();
      continue;
    }
    const option = command.options.find((one) => one.attributeName() === key);
    if (!option) throw unknownKey(path, command, key);
    const source = command.getOptionValueSource(key);
    if (source === undefined || source === 'default')
      command.setOptionValueWithSource(key, parsed(path, command, option, value), 'config');
  }
}

function parsed(path: string, command: Command, option: Option, value: unknown): unknown {
  const fail = (problem: string) =>
    new ConfigError(`${path}: ${command.name()}.${option.attributeName()}: ${problem}`);
  if (option.isBoolean() || option.negate) {
    if (typeof value !== 'boolean') throw fail(`expected true or false; received ${JSON.stringify(value)}.`);
    return value;
  }
  const text = Array.isArray(value) ? value.join(',') : String(value);
  try {
    return option.parseArg ? option.parseArg(text, undefined) : text;
  } catch (error) {
    if (error instanceof InvalidArgumentError)
      throw fail(`${error.message} Received ${JSON.stringify(value)}.`);
    throw error;
  }
}

function unknownKey(path: string, command: Command, key: string): ConfigError {
  const known = [
    ...command.registeredArguments.map((one) => one.name()),
    ...command.options.map((one) => one.attributeName()),
  ];
  return new ConfigError(
    `${path}: ${command.name()}: expected keys out of ${known.join(', ')}; received "${key}".`,
  );
}
