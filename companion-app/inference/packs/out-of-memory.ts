/** How runtimes and drivers say that memory ran out. */

const SAID = [
  // ONNX Runtime's arenas, C++, Node.
  /fail\w* to allocate|bad.?alloc|allocation failed|out of memory|\bOOM\b|ENOMEM/i,
  // CUDA and its libraries, Direct3D, WebGPU.
  /ALLOC_FAILED|MEMORY_ALLOCATION|E_OUTOFMEMORY|8007000E|OUT_OF_DEVICE_MEMORY|exceeds the max(imum)? buffer size/i,
];

/** True for an error's text that tells of memory that could not be had. */
export function saysOutOfMemory(text: string): boolean {
  return SAID.some((words) => words.test(text));
}
