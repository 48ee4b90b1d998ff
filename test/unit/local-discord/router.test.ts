import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RestFaults } from '../../../src/testing/local-discord/rest/faults.js';
import { destinationOf } from '../../../src/testing/local-discord/rest/rest-server.js';
import { matchPath, type Route, Router } from '../../../src/testing/local-discord/rest/router.js';

function route(method: Route['method'], pattern: string): Route {
  return { method, pattern, auth: 'none', handle: () => ({ status: 200, body: pattern }) };
}

describe('Router', () => {
  const router = new Router([route('GET', '/a/@me'), route('GET', '/a/:id'), route('POST', '/a/:id')]);

  it('prefers the route that was named first', () => {
    expect(router.find('GET', '/a/@me').route.pattern).toBe('/a/@me');
  });

  it('hands out what stood in the path', () => {
    expect(router.find('POST', '/a/7').param('id')).toBe('7');
  });

  it('tells an unknown path from a wrong method', () => {
    expect(() => router.find('GET', '/b')).toThrow(expect.objectContaining({ status: 404 }));
    expect(() => router.find('GET', '/a/')).toThrow(expect.objectContaining({ status: 404 }));
    expect(() => router.find('PUT', '/a/7')).toThrow(expect.objectContaining({ status: 405 }));
  });
});

describe('matchPath', () => {
  it('takes a star for any one segment', () => {
    expect(matchPath('/channels/*/messages', '/channels/1/messages')).toBeDefined();
    expect(matchPath('/channels/*/messages', '/channels/1/2/messages')).toBeUndefined();
    expect(matchPath('/channels/*', '/channels/')).toBeUndefined();
  });
});

describe('destinationOf', () => {
  it.each(['/api/gateway/bot', '/api/v10/gateway/bot', '/api/v9/gateway/bot?x=1'])(
    'finds the path in %s',
    (url) => {
      expect(destinationOf(url)).toMatchObject({ at: 'api', path: '/gateway/bot' });
    },
  );

  it('leaves what is not under /api elsewhere', () => {
    expect(destinationOf('/gateway/bot')).toMatchObject({ at: 'elsewhere' });
  });

  it('never throws, whatever the url', () => {
    fc.assert(fc.property(fc.string(), (url) => void destinationOf(url)));
    expect(destinationOf('/api/%zz').path).toBe('/%zz');
  });
});

describe('RestFaults', () => {
  it('fails as often as was ordered, and only that route', () => {
    const faults = new RestFaults();
    faults.add('POST /channels/:id/messages', { status: 500, times: 2 });

    expect(faults.take('GET', '/channels/1/messages')).toBeUndefined();
    expect(faults.take('POST', '/channels/1/messages')).toMatchObject({ status: 500 });
    expect(faults.take('POST', '/channels/2/messages')).toMatchObject({ status: 500 });
    expect(faults.take('POST', '/channels/1/messages')).toBeUndefined();
  });

  it('words a 429 as Discord does', () => {
    const faults = new RestFaults();
    faults.add('GET /gateway/bot', { status: 429 });

    expect(faults.take('GET', '/gateway/bot')).toMatchObject({
      body: { message: 'You are being rate limited.', global: false },
      headers: { 'retry-after': '0.05' },
    });
  });

  it.each(['/gateway/bot', 'GET gateway', ''])('refuses the route "%s"', (bad) => {
    expect(() => new RestFaults().add(bad, { status: 500 })).toThrow('failNext(route)');
  });
});
