import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The commands of `pnpm help --all` (12.21) that take precedence over a script; `test` and `start` run the script. */
const COMMANDS = new Set(
  `access add adduser approve approve-builds audit bin bugs c cache cat-file cat-index change ci
clean-install completion config create dedupe deploy deprecate dislink dist-tag dist-tags dlx docs
doctor edit env exec fetch find find-hash fund get help home i ic ignored-builds import info init
install install-clean install-test issues it la lane licences licenses link list ll ln login logout
ls m multi outdated owner owners pack pack-app patch patch-commit patch-remove peers permissions
ping pipeline pkg prefix profile prune publish purge rb rebuild recursive remove repo rm root rt
run run-script runtime s sbom se search self-update set set-script setup shim show ss stage star
stars store tasks team token un undeprecate uni uninstall unlink unpublish unstar up update upgrade
v version view whoami why with xmas`.split(/\s+/),
);

const folders = [
  '.',
  ...['apps', 'packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  ),
].filter((folder) => existsSync(join(root, folder, 'package.json')));

test.each(folders)(
  'no script of %s has the name of a command of pnpm, which would run in its place',
  (folder) => {
    const { scripts = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    expect(Object.keys(scripts).filter((name) => COMMANDS.has(name))).toEqual([]);
  },
);
