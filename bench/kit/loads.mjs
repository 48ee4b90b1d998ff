/**
 * Loads: what is measured. Always from cluster 0 through the manager.
 *
 * `clusters`: how many there are. `verb`: what cluster 0 does, see `participant.mjs`. `receivers`: how many get each
 * one-way message.
 */
export const loads = [
  { name: 'serial', says: 'one call at a time', clusters: 2, verb: 'ask', inFlight: 1 },
  { name: '64', says: '64 calls in flight', clusters: 2, verb: 'ask', inFlight: 64 },
  { name: '1000', says: '1000 calls in flight', clusters: 2, verb: 'ask', inFlight: 1000 },
  { name: 'large', says: '14 kB answers, 64 in flight', clusters: 2, verb: 'askLarge', inFlight: 64 },
  { name: 'tell-1', says: 'one-way events to 1 cluster', clusters: 2, verb: 'tell', receivers: 1 },
  {
    name: 'all-4',
    says: 'requestAll over 4 clusters, 16 in flight',
    clusters: 4,
    verb: 'askAll',
    inFlight: 16,
  },
  {
    name: 'all-8',
    says: 'requestAll over 8 clusters, 16 in flight',
    clusters: 8,
    verb: 'askAll',
    inFlight: 16,
  },
  { name: 'tell-8', says: 'one-way events to 8 clusters', clusters: 9, verb: 'tellAll', receivers: 8 },
];
