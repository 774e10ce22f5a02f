import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The counters of a server, in Prometheus' form. */
export function servingMetrics(waiting: () => number) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'thaw_waiting_images',
    help: 'Images that wait for a batch',
    registers,
    collect() {
      this.set(waiting());
    },
  });
  return {
    registry,
    requests: new Counter({
      name: 'thaw_requests_total',
      help: 'Requests by route and status',
      labelNames: ['route', 'status'] as const,
      registers,
    }),
    seconds: new Histogram({
      name: 'thaw_request_seconds',
      help: 'Time of a request in seconds',
      labelNames: ['route'] as const,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    batch: new Histogram({
      name: 'thaw_batch_images',
      help: 'Images per batch',
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
  };
}
