export { rawRoute, route, type RawAnswer, type Route } from './route';
