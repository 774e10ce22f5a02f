/**
 * The functions that `Ops` and TensorFlow.js share. A formula written with them works on values of a program (T is
 * Value) and on tensors (T is Tensor).
 */
export interface Maths<T> {
  add(a: T | number, b: T | number): T;
  sub(a: T | number, b: T | number): T;
  mul(a: T | number, b: T | number): T;
  div(a: T | number, b: T | number): T;
  maximum(a: T | number, b: T | number): T;
  minimum(a: T | number, b: T | number): T;
  abs(x: T): T;
  square(x: T): T;
  sqrt(x: T): T;
  rsqrt(x: T): T;
  exp(x: T): T;
  expm1(x: T): T;
  log(x: T): T;
  relu(x: T): T;
  sigmoid(x: T): T;
  tanh(x: T): T;
  softplus(x: T): T;
  erf(x: T): T;
  sum(x: T, axes?: number[], keepDims?: boolean): T;
  mean(x: T, axes?: number[], keepDims?: boolean): T;
}

/** Keras' backend epsilon, which keeps denominators and probabilities away from 0. */
export const KERAS_EPSILON = 1e-7;
