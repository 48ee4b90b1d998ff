export * from './shapes.js';
export { type Shape as Form } from './shapes.js';
export * as forms from './shapes.js';
