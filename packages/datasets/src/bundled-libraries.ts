// d3-random has only ES modules, which CommonJS can't require before Node 20.19. Therefore the build bundles the functions named
// here into the package (tools/build/bundle-libraries.ts).
export { randomBeta } from 'd3-random';
