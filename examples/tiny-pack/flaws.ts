/** Graphs that do harm when they run: each must stop its own job only. */
import type { GraphBuilder, Value } from '../../companion-app/inference';
import type { Flaw } from './write';

/** Numbers that fill 100 GB as 32-bit floats. */
const HUNDRED_GB = 25e9;

/** The value, reached only through what is wrong with the graph. */
export function poisoned(graph: GraphBuilder, value: Value, flaw: Flaw): Value {
  if (flaw === 'huge') {
    const zeros = graph.op('ConstantOfShape', [
      graph.op('Mul', [sizeNobodyFolds(graph, value), graph.integers([HUNDRED_GB])]),
    ]);
    return graph.add(value, graph.op('ReduceSum', [zeros], { keepdims: 0 }));
  }
  return flaw === 'endless' ? endless(graph, value) : value;
}

/** One, as [1], known only when the graph runs: its number of dimensions over itself. */
function sizeNobodyFolds(graph: GraphBuilder, value: Value): Value {
  const shape = graph.op('Shape', [value]);
  const first = graph.op('Slice', [shape, graph.integers([0]), graph.integers([1])]);
  return graph.div(first, first);
}

/** The value through a loop of 2⁶² rounds. */
function endless(graph: GraphBuilder, value: Value): Value {
  const body = graph.body('round');
  body.input('i', 'int64', []);
  const going = body.input('going', 'bool', []);
  const carried = body.input('carried', 'float', undefined);
  body.output(going, 'still_going', 'bool', []);
  body.output(body.op('Abs', [body.op('Neg', [carried])]), 'carried_on', 'float', undefined);
  return graph.op('Loop', [graph.integer(2 ** 62), undefined, value], { body: { graph: body } });
}
