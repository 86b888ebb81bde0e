/** How the companion's pages ask the companion over HTTP: one endpoint each, with the schemas both sides parse with. */
import { z } from 'zod';
import { zProblem } from '../errors';

/** Longest body of a request, bytes. */
export const API_BODY_BYTES = 1_048_576;

interface Asked<I extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  /** Body of a POST; of a GET the query, whose values are texts: use z.coerce for numbers. */
  readonly input: I;
}

/** Answered with JSON. */
export interface Endpoint<I extends z.ZodType, O extends z.ZodType> extends Asked<I> {
  readonly output: O;
}

/** Answered with bytes: a picture, a clip, an archive. */
export interface RawEndpoint<I extends z.ZodType> extends Asked<I> {
  readonly raw: true;
}

export const endpoint = <I extends z.ZodType, O extends z.ZodType>(about: Endpoint<I, O>): Endpoint<I, O> => about;
export const rawEndpoint = <I extends z.ZodType>(about: Asked<I>): RawEndpoint<I> => ({ ...about, raw: true });

/** Where nothing is asked or answered beyond the fact. */
export const zNothing = z.object({});

/** The body of every answer that is an error. */
export const zApiError = z.object({ problem: zProblem });
