import { createRequire } from 'node:module';

/**
 * The files of the font Inter (SIL Open Font License 1.1) in the weights that the pictures use, from
 * `@expo-google-fonts/inter`. resvg reads TrueType but not WOFF2, and a bare container has no fonts at all.
 */
export function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
    require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  ];
}
