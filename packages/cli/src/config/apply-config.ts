import { type Argument, type Command, InvalidArgumentError, type Option } from 'commander';
import { ConfigError } from '../errors';
import { flagText } from './flag-text';
import type { FoundConfig } from './read-config';

/**
 * Applies the config file to a command: options that the command line lacks, and arguments if the command line has
 * none. Values are checked like those of flags.
 *
 * Call this function before the command is parsed, so that the config can supply required options. Call it again before
 * the command's action, because parsing replaces the arguments.
 *
 * @param given whether the command line has an option
 * @throws ConfigError for an unknown command or option, or a value that its flag doesn't take
 */
export function applyConfig(
  command: Command,
  { path, content }: FoundConfig,
  given: (option: Option) => boolean = () => false,
): void {
  const commands = command.parent?.commands.map((one) => one.name()) ?? [];
  for (const name of Object.keys(content)) {
    if (!commands.includes(name))
      throw new ConfigError(`${path}: expected keys out of ${commands.join(', ')}; received "${name}".`);
  }
  const own = content[command.name()] ?? {};
  if (typeof own !== 'object' || Array.isArray(own))
    throw new ConfigError(
      `${path}: ${command.name()}: expected an object of flags; received ${JSON.stringify(own)}.`,
    );
  for (const [key, value] of Object.entries(own)) {
    const argument = command.registeredArguments.findIndex((one) => one.name() === key);
    if (argument >= 0) {
      applyArgument(path, command, argument, value);
      continue;
    }
    const option = command.options.find((one) => one.attributeName() === key);
    if (!option) throw unknownKey(path, command, key);
    const source = command.getOptionValueSource(key);
    const isOpen = source === undefined || source === 'default' || source === 'config';
    const read = parsed(path, command, option, value);
    if (isOpen && !conflicts(command, option).some(given))
      command.setOptionValueWithSource(key, read, 'config');
  }
}

function applyArgument(path: string, command: Command, index: number, value: unknown): void {
  const argument = command.registeredArguments[index];
  argument.required = false;
  if (command.args.length > index) return;
  const texts = [value].flat();
  if (!texts.every((text) => typeof text === 'string') || (texts.length !== 1 && !argument.variadic)) {
    const expected = argument.variadic ? 'a path, or a list of paths' : 'a path';
    throw new ConfigError(
      `${path}: ${command.name()}.${argument.name()}: expected ${expected}; received ${JSON.stringify(value)}.`,
    );
  }
  const paths = texts.map((text) => parsedArgument(argument, text));
  command.processedArgs[index] = argument.variadic ? paths : paths[0];
}

function parsedArgument(argument: Argument, text: string): unknown {
  return argument.parseArg ? argument.parseArg(text, undefined) : text;
}

/** The options that can't be combined with this one, whichever of the two declares the conflict. */
function conflicts(command: Command, option: Option): Option[] {
  const names = (one: Option) =>
    (one as Option & { readonly conflictsWith: readonly string[] }).conflictsWith;
  return command.options.filter(
    (other) => names(option).includes(other.attributeName()) || names(other).includes(option.attributeName()),
  );
}

function parsed(path: string, command: Command, option: Option, value: unknown): unknown {
  const fail = (problem: string) =>
    new ConfigError(`${path}: ${command.name()}.${option.attributeName()}: ${problem}`);
  if (option.isBoolean() || option.negate) {
    if (typeof value !== 'boolean') throw fail(`expected true or false; received ${JSON.stringify(value)}.`);
    return value;
  }
  const text = flagText(option.attributeName(), value);
  if (text === undefined)
    throw fail(`expected a value as the flag takes it; received ${JSON.stringify(value)}.`);
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
