import { setupNative } from '../../src/native/setup-native';

// One of several processes that set up at once: options in the first argument, the outcome on stdout.
setupNative({ ...JSON.parse(process.argv[2]), log: () => {} }).then((made) => {
  process.stdout.write(JSON.stringify(made));
});
