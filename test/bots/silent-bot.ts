/**
 * A bot file that never makes a `ClusterClient`.
 */
setInterval(() => {}, 1000);
