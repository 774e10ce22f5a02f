// d3-random has ES modules only, which CommonJS can't require before Node 20.19. So the build puts what is named here into the
// package (tools/build/bundle-libraries.ts).
export { randomBeta } from 'd3-random';
