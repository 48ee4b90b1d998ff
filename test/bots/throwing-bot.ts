/**
 * A bot file with a mistake: it throws before it has made its `ClusterClient`.
 */
throw new Error('this bot file throws at import, as its test wants it to');
