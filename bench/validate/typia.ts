import typia from 'typia';
import type { Fields, Many, Small } from './types.js';

export const checks = {
  small: typia.createIs<Small>(),
  fields: typia.createIs<Fields>(),
  many: typia.createIs<Many>(),
};
